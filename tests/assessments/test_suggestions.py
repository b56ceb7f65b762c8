"""What the board says about practices: proposed where nobody answered, a finding where an answer denies it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import cli
from assessments.hints.hints import load, shipped
from assessments.hints.suggested_answers import contradictions, suggestions
from assessments.library.load import CONTENT
from assessments.library.load import shipped as shipped_library
from assessments.library.packs import library
from assessments.shapes.rules import SuggestionRule
from canvas.advice.examples import workshop_with
from canvas.document.file import load_workshop, save_workshop
from canvas.document.workshop import Answer
from canvas.errors import ContentError
from canvas.method.conditions import Condition
from canvas.method.load import shipped as shipped_content
from canvas.reading.types import PracticeValue
from templates.plan import make_plan
from templates.report.model import report_model

CANVAS = shipped_content()
RULES = shipped()
EXAMPLES = Path(__file__).parents[2] / "examples"
HOW = "end-to-end.model-logging.how"
LOG = "serving.prediction-log"
HEAD = "id: ours\ntitle: Ours\nsource: {title: Our own}\nlicense: CC BY 4.0\nattribution: Us\nrules:\n"


def satisfying(condition: Condition) -> dict[str, str | bool | float]:
    """Return facts under which a condition of the shipped rules holds."""
    if condition.all:
        return {subject: value for part in condition.all for subject, value in satisfying(part).items()}
    subject = condition.requirement or condition.decision or condition.cell
    assert subject is not None
    if condition.given:
        return {subject: "something"}
    if condition.equals is not None:
        return {subject: condition.equals}
    if condition.within:
        return {subject: condition.within[0]}
    assert condition.not_in
    options = (
        [entry.id for entry in CANVAS.options(subject)]
        if subject in CANVAS.slots
        else [option.id for option in CANVAS.requirements[subject].options]
    )
    return {subject: next(option for option in options if option not in condition.not_in)}


@pytest.mark.parametrize(
    ("how", "value"),
    [("none", "none"), ("manual", "manual"), ("scripted", "manual"), ("automated", "automated")],
)
def test_a_cell_proposes_an_answer_with_its_place(how: str, value: str) -> None:
    (found,) = suggestions(workshop_with({HOW: how}, CANVAS), CANVAS, library())
    assert (found.practice, found.value, found.confidence) == (LOG, value, "low")
    (hint,) = found.hints
    assert hint.subjects == (HOW,)
    assert hint.places[0].startswith("Steps of the workflow › Performance logging › How it is done: ")
    assert hint.because


def test_a_decision_proposes_by_hand_and_none_yet_proposes_not_done() -> None:
    (tool,) = suggestions(workshop_with({"registry.models": "mlflow-registry"}, CANVAS), CANVAS, library())
    assert (tool.practice, tool.value) == ("registry.versions", "manual")
    assert tool.hints[0].places == ("Model registry: MLflow Model Registry",)
    (nothing,) = suggestions(workshop_with({"registry.models": "none-yet"}, CANVAS), CANVAS, library())
    assert (nothing.practice, nothing.value) == ("registry.versions", "none")


def test_a_choice_in_own_words_proposes_nothing() -> None:
    assert suggestions(workshop_with({"registry.models": "other: a shared drive"}, CANVAS), CANVAS, library()) == ()


@pytest.mark.parametrize("fallback", ["none", "none-harmless", "rule"])
def test_a_gap_that_does_no_harm_is_neither_a_fall_back_nor_the_lack_of_one(fallback: str) -> None:
    workshop = workshop_with({"fallback": fallback, "fallback-tried": True}, CANVAS)
    found = [(one.practice, one.value) for one in suggestions(workshop, CANVAS, library())]
    value = {"none": "none", "none-harmless": None, "rule": "manual"}[fallback]
    assert found == ([("deployment.fallback", value)] if value else [])


def test_of_several_hints_the_smallest_claim_is_proposed_and_all_are_told() -> None:
    said = {"governance-core.monitoring-logging.state": "not-there", HOW: "automated"}
    found = {p.practice: p for p in suggestions(workshop_with(said, CANVAS), CANVAS, library())}
    assert found[LOG].value == "none"
    assert {hint.value for hint in found[LOG].hints} == {"none", "automated"}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(id=LOG, value="none"),
        Answer(id=LOG, value="manual"),
        Answer(id=LOG, state="unknown"),
        Answer(id=LOG, state="not-applicable", reason="Batch only"),
    ],
    ids=["not done", "by hand", "don't know", "not applicable"],
)
def test_what_is_answered_is_left_alone(answer: Answer) -> None:
    workshop = workshop_with({HOW: "automated"}, CANVAS).model_copy(update={"answers": (answer,)})
    assert suggestions(workshop, CANVAS, library()) == ()


@pytest.mark.parametrize("answer", ["none", "manual", "automated"])
@pytest.mark.parametrize("how", ["none", "manual", "automated"])
def test_only_done_by_machine_against_not_done_is_a_contradiction(answer: PracticeValue, how: PracticeValue) -> None:
    workshop = workshop_with({HOW: how}, CANVAS).model_copy(update={"answers": (Answer(id=LOG, value=answer),)})
    found = contradictions(workshop, CANVAS, library())
    assert bool(found) == ({answer, how} == {"none", "automated"})
    for one in found:
        assert (one.practice, one.answer, one.hint.value, one.hint.subjects) == (LOG, answer, how, (HOW,))
        assert one.title == shipped_library().practices[LOG].title
        assert one.hint.places


def test_the_command_line_and_the_report_tell_what_the_board_denies(tmp_path: Path) -> None:
    given = (Answer(id=LOG, value="none"),)
    workshop = workshop_with({HOW: "automated"}, CANVAS).model_copy(update={"answers": given})
    save_workshop(workshop, tmp_path / "w.workshop.yaml")
    printed = CliRunner().invoke(cli.app, ["advise", str(tmp_path / "w.workshop.yaml")])
    assert "Answers that the board denies: 1" in printed.output
    assert "seen: Steps of the workflow › Performance logging › How it is done: By itself" in printed.output
    as_json = CliRunner().invoke(cli.app, ["advise", str(tmp_path / "w.workshop.yaml"), "--json"])
    assert '"practice": "serving.prediction-log"' in as_json.output
    (row,) = report_model(make_plan(workshop, CANVAS, library()), (), "2026-11-23").contradictions
    assert row.places[0] == "Predictions are logged with inputs and model version: the answer is “not done”"
    assert "automated" in row.because


def test_a_plan_does_not_contradict_that_it_is_not_done_yet() -> None:
    workshop = workshop_with({"registry.models": "mlflow-registry"}, CANVAS)
    workshop = workshop.model_copy(update={"answers": (Answer(id="registry.versions", value="none"),)})
    assert contradictions(workshop, CANVAS, library()) == ()


def test_no_decision_alone_says_that_something_runs_by_itself() -> None:
    conditions = [rule.automated for rule in RULES if rule.automated]
    assert conditions
    assert not any(subject in CANVAS.slots for condition in conditions for subject in condition.subjects())


@pytest.mark.parametrize(
    ("rule", "value"),
    [(rule, value) for rule in RULES for value, _ in rule.conditions()],
    ids=lambda part: part.practice if isinstance(part, SuggestionRule) else part,
)
def test_every_part_of_every_rule_can_be_met(rule: SuggestionRule, value: PracticeValue) -> None:
    facts = satisfying(dict(rule.conditions())[value])
    (found,) = suggestions(workshop_with(facts, CANVAS), CANVAS, library(), [rule])
    assert (found.practice, found.value) == (rule.practice, value)
    assert {place.rpartition(": ")[2] for place in found.hints[0].places} != {"open"}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([c for rule in RULES for _, c in rule.conditions()]), max_size=12), st.data())
def test_no_practice_is_both_proposed_and_answered(conditions: list[Condition], data: st.DataObject) -> None:
    facts = {subject: value for condition in conditions for subject, value in satisfying(condition).items()}
    practices = sorted({rule.practice for rule in RULES})
    values = st.sampled_from(["none", "manual", "automated"])
    given_answers = data.draw(st.dictionaries(st.sampled_from(practices), values, max_size=20))
    answers = tuple(Answer(id=item, value=value) for item, value in given_answers.items())
    workshop = workshop_with(facts, CANVAS).model_copy(update={"answers": answers})
    proposed = [found.practice for found in suggestions(workshop, CANVAS, library())]
    denied = {found.practice for found in contradictions(workshop, CANVAS, library())}
    assert len(proposed) == len(set(proposed))
    assert not set(proposed) & set(given_answers)
    assert denied <= set(given_answers)


def test_the_starter_contradicts_itself_about_tuning() -> None:
    workshop = load_workshop(EXAMPLES / "starter-git-dvc-make.workshop.yaml")
    found = {one.practice: one for one in contradictions(workshop, CANVAS, library())}
    assert found["model.tuning"].answer == "none"
    assert found["model.tuning"].hint.subjects == ("model-checklist.tuned.state",)


@pytest.mark.parametrize("path", sorted((CONTENT / "suggestions").glob("[!_]*.yaml")), ids=lambda path: path.stem)
def test_a_file_of_rules_names_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schemas/suggestions.schema.json"


@pytest.mark.parametrize(
    ("rules", "line", "what"),
    [
        ("- {practice: data.nothing, because: B., none: {decision: pipeline.ci, is: none-yet}}", 7, "data.nothing"),
        ("- practice: data.schema\n  because: B.\n  none: {decision: pipeline.nothing, is: none-yet}", 9, "no slot"),
        ("- practice: data.schema\n  because: B.\n  none: {decision: pipeline.ci, is: dvc}", 9, "cannot fill it"),
        (f"- practice: data.schema\n  because: B.\n  manual: {{cell: {HOW}, is: often}}", 9, "something else"),
        ("- practice: data.schema\n  because: B.\n  manual: {cell: end-to-end.a.how, is: none}", 9, "no cell"),
        ("- practice: data.schema\n  because: B.", 7, "at least one of"),
        ("- practice: data.schema\n  because: B.\n  confidence: high", 9, "confidence"),
        ("- practice: data.schema\n  because: B.\n  sometimes: {decision: pipeline.ci, is: none-yet}", 9, "sometimes"),
    ],
)
def test_a_broken_rule_is_refused_with_file_and_line(tmp_path: Path, rules: str, line: int, what: str) -> None:
    file = tmp_path / "suggestions" / "ours.yaml"
    file.parent.mkdir()
    file.write_text(HEAD + rules + "\n", encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load(tmp_path, CANVAS, shipped_library())
    found = [(Path(p.file).name, p.line) for p in refused.value.problems if what in str(p)]
    assert found == [("ours.yaml", line)]


def test_a_misnamed_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "suggestions" / "theirs.yaml"
    file.parent.mkdir()
    rule = "- {practice: data.schema, because: B., none: {decision: pipeline.ci, is: none-yet}}\n"
    file.write_text(HEAD + rule, encoding="utf-8")
    with pytest.raises(ContentError, match=r"theirs\.yaml:1: id 'ours' differs"):
        load(tmp_path, CANVAS, shipped_library())
