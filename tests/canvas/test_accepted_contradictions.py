"""A contradiction that the team lives with is a risk of its register, and counts as open again when that is gone."""

from __future__ import annotations

import pytest

from canvas.advice.accepted import accepted_among, accepting_risk, risk_of, source_of, source_said
from canvas.advice.facts import known_facts
from canvas.advice.options import Contradiction, contradictions
from canvas.advice.sheet import advice_sheet, as_json, as_text
from canvas.document.workshop import Decision, Requirement, Risk, Workshop
from canvas.method.load import shipped

CONTENT = shipped()
TEAM = Workshop(
    title="Tag suggester",
    requirements=(Requirement(id="kubernetes", value=False, state="decided"),),
    decisions=(
        Decision(slot="serving.runtime", status="draft", choice="kserve"),
        Decision(slot="pipeline.ci", status="draft", choice="github-actions"),
        Decision(slot="foundations.repository", status="draft", choice="gitlab"),
    ),
)


def found_in(team: Workshop) -> dict[str, Contradiction]:
    return {one.choice: one for one in contradictions(team, known_facts(team, CONTENT), CONTENT)}


def with_risk(**changed: str) -> Workshop:
    risk = Risk.model_validate({"id": "r1", **accepting_risk(found_in(TEAM)["kserve"], CONTENT), **changed})
    return TEAM.model_copy(update={"risks": (risk,)})


def test_what_is_accepted_is_told_apart_from_what_is_open() -> None:
    team = with_risk()
    sheet = advice_sheet(team, CONTENT)
    assert [one.choice for one in sheet.accepted] == ["kserve"]
    assert [one.choice for one in sheet.contradictions] == ["github-actions"]
    assert [one["choice"] for one in as_json(sheet)["accepted_contradictions"]] == ["kserve"]
    text = as_text(sheet)
    assert "Contradictions: 1\n" in text
    assert "  accepted as a risk: Serving runtime: KServe and Kubernetes at hand: no\n" in text


def test_the_risk_says_what_does_not_go_together() -> None:
    found = found_in(TEAM)["kserve"]
    [risk] = with_risk().risks
    assert risk.text == f"{CONTENT.slots['serving.runtime'].title}: KServe. {found.because}"
    assert risk_of(found, with_risk()) == risk


@pytest.mark.parametrize("residual", ["open", "too-high"])
def test_a_risk_that_is_judged_otherwise_leaves_the_contradiction_open(residual: str) -> None:
    team = with_risk(residual=residual)
    assert accepted_among(found_in(team).values(), team) == ()
    assert risk_of(found_in(team)["kserve"], team) is not None


def test_without_the_risk_nothing_is_accepted() -> None:
    assert accepted_among(found_in(TEAM).values(), TEAM) == ()
    assert risk_of(found_in(TEAM)["kserve"], TEAM) is None


def test_a_mended_contradiction_is_not_accepted_either() -> None:
    kept = [decision for decision in with_risk().decisions if decision.choice != "kserve"]
    team = with_risk().model_copy(update={"decisions": tuple(kept)})
    assert [one.choice for one in advice_sheet(team, CONTENT).accepted] == []


def test_a_reader_is_told_in_words_where_such_a_risk_comes_from() -> None:
    [risk] = with_risk().risks
    assert source_said(risk) == "a contradiction among decisions and answers"
    assert source_said(Risk(id="r2", text="T", source="note n1")) == "note n1"
    assert source_said(Risk(id="r3", text="T")) is None


def test_every_contradiction_of_the_content_has_a_name_of_its_own_that_a_risk_can_hold() -> None:
    """However entries and needs are combined: within a catalog entry each need looks at other places."""
    names = [
        source_of(Contradiction(slot.id, entry.id, (slot.id, *need.must.subjects()), need.because, need.mend))
        for slot in CONTENT.slots.values()
        for entry in CONTENT.catalog.values()
        if slot.id in entry.slots
        for need in entry.needs
    ]
    assert names
    assert max(map(len, names)) <= 200
    assert len(set(names)) == len(names)
