"""No model of our own is trained: what leaves, what is kept all the same, and that nothing changes for anybody else."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from canvas.advice.advisors import advise
from canvas.advice.carry import carried
from canvas.advice.excluded import kept_back, omitted
from canvas.advice.facts import known_facts, resolve
from canvas.advice.options import block_gate, contradictions, open_subjects
from canvas.advice.sheet import advice_sheet, as_json, as_text
from canvas.advice.step_progress import open_facts, step_done
from canvas.document.file import load_workshop
from canvas.document.workshop import Decision, Note, Requirement, Row, Workshop
from canvas.errors import ContentError
from canvas.method.conditions import Condition
from canvas.method.load import CONTENT, load, shipped
from canvas.method.omissions import KINDS, OmissionRule
from canvas.reading.types import RequirementValue
from tests.content_copy import replace_once

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.workshop.yaml"))
RULE = shipped().omissions["no-own-training"]
WITHOUT_RULES = replace(shipped(), omissions={})


def team(source: str | None = "ready-made", **facts: RequirementValue) -> Workshop:
    given = {"model-source": source, **{name.replace("_", "-"): value for name, value in facts.items()}}
    requirements = tuple(Requirement(id=k, value=v, state="decided") for k, v in given.items() if v is not None)
    return Workshop(title="Answers of the helpdesk", requirements=requirements)


def gate(workshop: Workshop, block: str) -> str:
    found = shipped().block(block)
    assert found is not None
    return block_gate(found, known_facts(workshop, shipped())).state


# With these the feature block is mandatory for everybody else.
STRICT: dict[str, RequirementValue] = {"regulated": True, "reproducibility": True}


def test_the_feature_block_is_mandatory_for_who_trains_and_not_applicable_with_the_reason_for_who_does_not() -> None:
    assert [gate(team(source, **STRICT), "features") for source in (None, "own", "tuned")] == ["mandatory"] * 3
    block = shipped().block("features")
    assert block is not None
    state = block_gate(block, known_facts(team(**STRICT), shipped()))
    assert (state.state, state.because, state.unknown) == ("not-applicable", (RULE.because,), ())
    # The block of the same id on no other canvas leaves with it.
    assert block_gate(block, known_facts(team(**STRICT), shipped()), "another-canvas").state == "mandatory"


@pytest.mark.parametrize("block", ["monitoring", "data"])
def test_what_a_team_without_training_needs_as_well_keeps_its_gate(block: str) -> None:
    assert gate(team(**STRICT), block) == gate(team("own", **STRICT), block) != "not-applicable"


def test_only_the_answer_that_says_so_switches_anything_off() -> None:
    assert [bool(omitted(team(source), shipped())) for source in (None, "own", "tuned", "ready-made")] == [
        False, False, False, True
    ]  # fmt: skip
    assumed = Requirement(id="model-source", value="ready-made", state="assumed")
    assert omitted(Workshop(title="W", requirements=(assumed,)), shipped())


def test_everything_that_leaves_says_by_which_rule_and_why() -> None:
    found = omitted(team(), shipped())
    assert found.keys() == RULE.subjects.keys()
    assert {(gone.rule, gone.because) for gone in found.values()} == {("no-own-training", RULE.because)}
    assert found["experiments.framework"].why == RULE.slots["experiments.framework"]


STAYING = {
    "requirements": ["main-metric", "label-delay", "manual-labelling", "personal-data", "latency-p95", "model-owner"],
    "slots": ["data.versioning", "experiments.tracking", "pipeline.ci", "serving.runtime", "monitoring.drift",
              "foundations.repository", "deployment.strategy", "metadata.store"],
    "blocks": ["stack-canvas.experiments", "stack-canvas.pipeline", "stack-canvas.monitoring"],
    "advisors": ["go", "serving-pattern", "rollout", "eu-risk", "governance-variant", "readiness"],
}  # fmt: skip


@pytest.mark.parametrize("kind", STAYING)
def test_what_matters_without_training_stays(kind: str) -> None:
    assert not set(STAYING[kind]) & set(RULE.of(kind))


def test_answers_about_what_leaves_are_kept_and_are_no_facts_until_the_rule_is_off_again() -> None:
    decided = Decision(slot="features.store", choice="feast", status="draft")
    row = Row(id="model-training", cells={"how": "manual"})
    said = team(retraining="weekly", data_volume=40).model_copy(
        update={"decisions": (decided,), "tables": {"end-to-end": (row,)}}
    )
    facts, found = known_facts(said, shipped()), resolve(said, shipped())["retraining"]
    assert not {"retraining", "data-volume", "features.store", "end-to-end.model-training.how"} & set(
        [*facts.requirements, *facts.choices, *facts.cells]
    )
    assert (found.value, found.printed, found.because) == (None, "does not apply", RULE.because)
    assert [gone.subject for gone in kept_back(said, shipped())] == [
        "data-volume", "retraining", "features.store", "end-to-end.model-training"
    ]  # fmt: skip
    # The document is untouched, so that changing the one answer brings all of it back.
    again = said.model_copy(update={"requirements": (*team("own").requirements, *said.requirements[1:])})
    back = known_facts(again, shipped())
    assert (back.requirements["retraining"], back.choices["features.store"]) == ("weekly", "feast")
    assert back.cells["end-to-end.model-training.how"] == "manual"
    assert kept_back(again, shipped()) == ()


def test_a_decision_in_a_slot_that_left_contradicts_nothing() -> None:
    hosted = Decision(slot="features.store", choice="feast", status="draft")
    needy = [entry for entry in shipped().options("pipeline.orchestrator") if entry.needs]
    decisions = (hosted, *(Decision(slot="pipeline.orchestrator", choice=e.id, status="draft") for e in needy[:1]))
    facts: dict[str, RequirementValue] = {"kubernetes": False, "cloud": "none", "hosting": "self-hosted"}
    with_rule, without = (
        team(source, **facts).model_copy(update={"decisions": decisions}) for source in ("ready-made", "own")
    )
    found = [contradictions(said, known_facts(said, shipped()), shipped()) for said in (with_rule, without)]
    assert found[0] == ()
    assert found[1] != ()


def test_findings_about_training_are_silent() -> None:
    table = {"change-scenarios": (Row(id="decay", cells={"expected": "expected", "trigger": "none"}),)}
    said = {
        source: team(source, retraining="never").model_copy(update={"tables": table})
        for source in ("own", "ready-made")
    }
    found = {s: {f.definition.id for f in advice_sheet(w, shipped()).findings} for s, w in said.items()}
    assert {"decay-without-retraining", "no-retraining-trigger"} <= found["own"]
    assert found["own"] - found["ready-made"] == {"decay-without-retraining", "no-retraining-trigger"}


def test_an_advisor_that_left_says_so_keeps_its_keys_and_asks_for_nothing() -> None:
    sheet = advice_sheet(team(training_mode="offline", prediction_timing="on-request"), shipped())
    found = as_json(sheet)["workflow_type"]
    assert found == {"value": None, "ranked": [], "because": [], "missing": [], "omitted": RULE.because}
    assert f"Workflow type: not applicable\n  {RULE.because}" in as_text(sheet)
    trained = as_json(advice_sheet(team("own", training_mode="offline", prediction_timing="on-request"), shipped()))
    assert (trained["workflow_type"]["value"], trained["workflow_type"]["omitted"]) == ("web-service", None)


def test_nobody_is_asked_for_what_left() -> None:
    facts = known_facts(team(), shipped())
    unsettled = Condition.model_validate({"any": [{"requirement": "retraining", "is": "never"},
                                                  {"requirement": "regulated", "is": True}]})  # fmt: skip
    assert (unsettled.holds(facts), open_subjects([unsettled], facts)) == (None, ("regulated",))
    for step in shipped().steps.values():
        assert not set(open_facts(step, team(), shipped())) & set(RULE.requirements)


def test_an_advisor_that_stays_is_not_held_up_by_what_left() -> None:
    # The last rows of a phase are finished; its training rows cannot be.
    rows = {row.id: "done" for row in shipped().tables["crisp-tasks"].rows if f"crisp-tasks.{row.id}" not in RULE.rows}
    table = {"crisp-tasks": tuple(Row(id=id_, cells={"state": state}) for id_, state in rows.items())}
    done = team().model_copy(update={"tables": table})
    assert advise("phase-gate", known_facts(done, shipped()), shipped()).value == "all-open"
    trained = team("own").model_copy(update={"tables": table})
    assert advise("phase-gate", known_facts(trained, shipped()), shipped()).value is None


def test_progress_counts_what_applies() -> None:
    for step_id, fewer in (("levels", 4), ("ml-canvas", 1), ("ai-canvas", 1)):
        step = shipped().steps[step_id]
        own, ready = (step_done(step, team(source), shipped()) for source in ("own", "ready-made"))
        assert own.of - ready.of >= fewer, step_id
        assert ready.of > 0


def test_what_left_is_not_carried_to_a_block() -> None:
    labels = [
        [item.label for item in carried(team(source, retraining="weekly"), shipped(), "stack-canvas", "pipeline")]
        for source in ("own", "ready-made")
    ]
    assert [("Retraining" in found) for found in labels] == [True, False]


def test_notes_on_a_block_that_left_are_told_as_kept() -> None:
    note = Note(id="n1", kind="fact", text="A store since May.")
    said = team().model_copy(update={"canvases": {"stack-canvas": {"features": (note,)}}})
    assert [gone.subject for gone in kept_back(said, shipped())] == ["stack-canvas.features"]


@pytest.mark.parametrize("source", [None, "own", "tuned"])
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name.split(".")[0])
def test_for_everybody_who_trains_advice_is_what_it_was_without_rules(file: Path, source: str | None) -> None:
    found = load_workshop(file)
    said = found.model_copy(update={"requirements": (*found.requirements, *team(source).requirements)})
    assert as_json(advice_sheet(said, shipped())) == as_json(advice_sheet(said, WITHOUT_RULES))
    assert resolve(said, shipped()) == resolve(said, WITHOUT_RULES)
    for canvas in shipped().canvases.values():
        for block in canvas.blocks:
            gates = [block_gate(block, known_facts(said, content), canvas.id) for content in (shipped(), WITHOUT_RULES)]
            assert gates[0] == gates[1]


BROKEN = {
    "a requirement": ("      retraining: What", "      retrainig: What", "'retrainig' is no requirement"),
    "a slot": ("      features.store: There", "      features.shop: There", "'features.shop' is no slot"),
    "a block": ("stack-canvas.features: There", "stack-canvas.nothing: There", "is no block of a canvas"),
    "a row": ("end-to-end.model-training: No", "end-to-end.nothing: No", "is no row of a table"),
    "an advisor": ("      workflow-type: The", "      workflow: The", "'workflow' is no advisor"),
    "a finding": ("      no-retraining-trigger: There", "      no-trigger: There", "'no-trigger' is no finding"),
    "its own ground": ("      retraining: What", "      model-source: What", "so it cannot leave by one"),
    "a ground that is no answer": (
        "when: {requirement: model-source, is: ready-made}",
        "when: {decision: pipeline.ci, is: none-yet}",
        "rests on 'pipeline.ci', which is no requirement",
    ),
    "an answer that cannot be": ("is: ready-made}", "is: bought}", "asks 'model-source' for something else"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_rule_about_something_that_is_not_there_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    old, new, said = BROKEN[name]
    line = replace_once(folder / "omissions.yaml", old, new)
    with pytest.raises(ContentError) as refused:
        load(folder)
    told = [str(problem).removeprefix(f"{folder}/") for problem in refused.value.problems]
    assert any(said in problem and problem.startswith(f"omissions.yaml:{line}:") for problem in told), told


def test_one_id_leaves_once() -> None:
    given = RULE.model_dump(by_alias=True)
    with pytest.raises(ValueError, match="'go' leaves twice"):
        OmissionRule.model_validate({**given, "when": {"requirement": "regulated", "is": True}, "advisors": {"go": "a"},
                                     "findings": {"go": "b"}})  # fmt: skip
    assert len(RULE.subjects) == sum(len(RULE.of(kind)) for kind in KINDS)
