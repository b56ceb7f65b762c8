"""What the advice would draft: open slots without contradicting itself, mends that mend, reasons to stand by."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from canvas.advice.drafting import LOOKED_AT, advised_drafts, mends
from canvas.advice.facts import known_facts
from canvas.advice.options import contradictions, rank_options
from canvas.advice.reasons import MOST, reason_from
from canvas.document.file import load_workshop
from canvas.document.workshop import Decision, Requirement, Workshop
from canvas.method.load import shipped
from canvas.reading.types import RequirementValue

CONTENT = shipped()
ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.workshop.yaml"))
CASES = sorted((ROOT / "tests/cases").glob("*.workshop.yaml"))
PROS = [fit.because for entry in CONTENT.catalog.values() for fit in entry.fits if fit.weight > 0]


def team(facts: dict[str, RequirementValue], choices: dict[str, str] | None = None) -> Workshop:
    requirements = tuple(Requirement(id=id_, value=value, state="decided") for id_, value in facts.items())
    decided = tuple(Decision(slot=slot, status="draft", choice=choice) for slot, choice in (choices or {}).items())
    return Workshop(title="Parcels", requirements=requirements, decisions=decided)


def drafted(workshop: Workshop) -> tuple[Decision, ...]:
    return advised_drafts(workshop, known_facts(workshop, CONTENT), CONTENT).drafts


def undecided(path: Path) -> Workshop:
    return load_workshop(path).model_copy(update={"decisions": ()})


# Drafts


@pytest.mark.parametrize("path", EXAMPLES + CASES, ids=lambda path: path.stem)
def test_all_that_is_drafted_together_contradicts_nothing(path: Path) -> None:
    for workshop in (undecided(path), load_workshop(path)):
        found = known_facts(workshop, CONTENT)
        before = contradictions(workshop, found, CONTENT)
        after = workshop.model_copy(update={"decisions": (*workshop.decisions, *drafted(workshop))})
        assert set(contradictions(after, known_facts(after, CONTENT), CONTENT)) <= set(before)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_open_slot_is_drafted_or_named_to_look_at(path: Path) -> None:
    workshop = undecided(path)
    found = advised_drafts(workshop, known_facts(workshop, CONTENT), CONTENT)
    slots = [draft.slot for draft in found.drafts] + [one.slot for one in found.look_first]
    assert sorted(filter(None, slots)) == sorted(CONTENT.slots)
    assert found.drafts
    assert all(draft.advised and draft.status == "draft" and draft.because is None for draft in found.drafts)


def test_what_somebody_decided_or_a_rule_takes_out_is_left_alone() -> None:
    workshop = team({"model-source": "ready-made", "team-size": 3}, {"data.storage": "s3"})
    found = advised_drafts(workshop, known_facts(workshop, CONTENT), CONTENT)
    touched = {draft.slot for draft in found.drafts} | {one.slot for one in found.look_first}
    assert not touched & {"data.storage", "experiments.framework"}


def test_nothing_is_drafted_without_an_answer_that_speaks_for_it() -> None:
    found = advised_drafts(Workshop(title="w"), known_facts(Workshop(title="w"), CONTENT), CONTENT)
    assert not found.drafts
    assert {one.why for one in found.look_first} == {"unjudged"}


def test_options_on_equal_grounds_are_left_to_people_and_named() -> None:
    for path in EXAMPLES:
        workshop = undecided(path)
        facts = known_facts(workshop, CONTENT)
        found = advised_drafts(workshop, facts, CONTENT)
        for one in found.look_first:
            if one.why == "even":
                assert len(one.titles) >= 2
                assert rank_options(one.slot, facts, CONTENT)[0].pros


def test_a_draft_names_what_was_looked_at_and_what_led_to_it() -> None:
    workshop = team({"prediction-timing": "on-request", "team-size": 3, "latency-p95": 300})
    [runtime] = [draft for draft in drafted(workshop) if draft.slot == "serving.runtime"]
    assert runtime.choice == "fastapi"
    assert len(runtime.options) == LOOKED_AT - 1
    assert runtime.choice not in runtime.options
    assert {"prediction-timing", "team-size", "latency-p95"} <= set(runtime.drivers)


def test_one_choice_speaks_for_the_next_one() -> None:
    workshop = team({"team-size": 3}, {"foundations.repository": "gitlab"})
    [ci] = [draft for draft in drafted(workshop) if draft.slot == "pipeline.ci"]
    assert ci.choice == "gitlab-ci"


# Mends


def test_a_mend_is_offered_for_both_places_and_mends() -> None:
    workshop = team({}, {"pipeline.ci": "github-actions", "foundations.repository": "gitlab"})
    facts = known_facts(workshop, CONTENT)
    [found] = contradictions(workshop, facts, CONTENT)
    offered = {mend.slot: mend.choice for mend in mends(found, workshop, facts, CONTENT)}
    assert offered["pipeline.ci"] == "gitlab-ci"
    assert offered["foundations.repository"] == "github"
    for slot, choice in offered.items():
        others = tuple(decision for decision in workshop.decisions if decision.slot != slot)
        after = workshop.model_copy(update={"decisions": (*others, Decision(slot=slot, status="draft", choice=choice))})
        assert contradictions(after, known_facts(after, CONTENT), CONTENT) == ()


def test_no_mend_is_offered_where_the_main_choice_is_not_at_fault() -> None:
    kserve = Decision(slot="serving.runtime", status="draft", choice="fastapi", beside=("kserve",))
    workshop = team({"kubernetes": False}).model_copy(update={"decisions": (kserve,)})
    facts = known_facts(workshop, CONTENT)
    [found] = contradictions(workshop, facts, CONTENT)
    assert mends(found, workshop, facts, CONTENT) == ()


# Reasons


def test_a_reason_is_one_sentence_of_the_strongest() -> None:
    assert reason_from(["answers at once, as you need it"]) == "Answers at once, as we need it."
    assert reason_from(["lives where your code lives", "no server to run"]) == (
        "Lives where our code lives; and no server to run."
    )
    assert reason_from([str(number) for number in range(9)]) == f"{'; '.join('01')}; and {MOST - 1}."
    assert reason_from([]) == ""


def test_every_reason_of_the_catalog_can_be_said_by_the_team_itself() -> None:
    for because in PROS:
        said = reason_from([because])
        assert not re.search(r"\byou(r|rs|rself|rselves)?\b", said, re.IGNORECASE), said
        assert not re.search(r"\b(for|gives?|lets?|to|with) we\b", said), said
        assert said.endswith(".")
        assert ".." not in said
