"""What notes propose: tools they name, sentences about practices, and what must not count as a fact."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from assessments.hints.hints import shipped as shipped_rules
from assessments.hints.note_content import load, shipped
from assessments.hints.note_hints import note_hints, reads, tools_in
from assessments.hints.note_rules import ClauseExample, NoteRule
from assessments.hints.suggested_answers import contradictions, proposals
from assessments.library.load import CONTENT
from assessments.library.load import shipped as shipped_library
from assessments.library.packs import library
from canvas.document.file import load_workshop, save_workshop
from canvas.document.workshop import Answer, Note, Workshop
from canvas.errors import ContentError
from canvas.method.load import shipped as shipped_content
from canvas.method.note_signs import NoteExample
from canvas.reading.types import NoteKind
from templates.plan import make_plan
from templates.report.model import report_model

CANVAS = shipped_content()
NOTES = shipped()
EXAMPLES = Path(__file__).parents[1] / "examples"
SENTENCES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.text[:50]}")
    for rule in NOTES.rules
    for example in rule.examples
]
RULE_HEAD = "id: ours\ntitle: Ours\nsource: {title: Our own}\nlicense: CC BY 4.0\nattribution: Us\nrules:\n"


def board(text: str, block: str, kind: NoteKind = "fact", answers: tuple[Answer, ...] = ()) -> Workshop:
    note = Note(id="n", kind=kind, text=text)
    return Workshop(title="W", canvases={"stack-canvas": {block: (note,)}}, answers=answers)


def proposed(workshop: Workshop) -> dict[str, str]:
    return {found.practice: found.value for found in proposals(workshop, CANVAS)}


@pytest.mark.parametrize(("rule", "example"), SENTENCES)
def test_a_sentence_speaks_of_a_practice_or_does_not(rule: NoteRule, example: NoteExample) -> None:
    assert reads(rule, example.text, NOTES.reading) is example.found


@pytest.mark.parametrize("rule", NOTES.rules, ids=lambda rule: rule.id)
def test_each_rule_shows_what_it_sees_and_what_it_must_not(rule: NoteRule) -> None:
    found = [example.found for example in rule.examples]
    assert found.count(True) >= 4
    assert found.count(False) >= 4
    assert rule.blocks


@pytest.mark.parametrize("rule", NOTES.rules, ids=lambda rule: rule.id)
def test_a_sentence_of_each_rule_proposes_its_answer_in_its_block(rule: NoteRule) -> None:
    text = next(example.text for example in rule.examples if example.found)
    found = note_hints(board(text, rule.blocks[0], rule.kinds[0]), CANVAS, shipped_rules())
    for practice in rule.practices:
        assert (rule.value, rule.because) in {(hint.value, hint.because) for hint in found[practice]}
    elsewhere = note_hints(board(text, "dilemmas", rule.kinds[0]), CANVAS, shipped_rules())
    assert rule.because not in {hint.because for hints in elsewhere.values() for hint in hints}


@pytest.mark.parametrize("example", NOTES.reading.examples, ids=lambda example: example.text)
def test_a_note_names_tools_or_does_not(example: ClauseExample) -> None:
    assert tuple(dict.fromkeys(tool for tool, _ in tools_in(example.text, example.block, NOTES))) == example.tools


@pytest.mark.parametrize("kind", ["question", "proposal", "risk", "dilemma"])
def test_only_a_fact_says_that_a_tool_is_there(kind: NoteKind) -> None:
    assert proposed(board("Models are kept in MLflow", "registry")) == {"registry.versions": "manual"}
    assert proposed(board("Models are kept in MLflow", "registry", kind)) == {}


def test_a_tool_proposes_what_a_decision_for_it_would_with_the_note_as_evidence() -> None:
    (found,) = proposals(board("Models are kept in the MLflow Model Registry", "registry"), CANVAS)
    assert (found.practice, found.value, found.confidence) == ("registry.versions", "manual", "low")
    (hint,) = found.hints
    assert hint.because == "The chosen registry keeps versions of models."
    assert hint.subjects == ("n",)
    block = CANVAS.block("registry")
    assert block is not None
    assert hint.places == (f"{block.title}, note 'Models are kept in the MLflow Model Registry'",)


def test_a_place_is_short_enough_for_evidence() -> None:
    (found,) = proposals(board("Models are kept in MLflow " + "and so on " * 100, "registry"), CANVAS)
    assert len(found.hints[0].places[0]) <= 200
    assert found.hints[0].places[0].endswith("…'")


def test_notes_that_say_the_same_share_one_hint() -> None:
    notes = (Note(id="a", text="Models are kept in MLflow"), Note(id="b", text="MLflow has an alias for each stage"))
    workshop = Workshop(title="W", canvases={"stack-canvas": {"registry": notes}})
    (found,) = proposals(workshop, CANVAS)
    assert [hint.subjects for hint in found.hints] == [("a", "b")]


def test_a_note_that_denies_and_one_that_claims_propose_the_smaller_claim() -> None:
    notes = (Note(id="a", text="Tests run in CI on every push"), Note(id="b", text="No CI for the training code"))
    workshop = Workshop(title="W", canvases={"stack-canvas": {"pipeline": notes}})
    found = {one.practice: one for one in proposals(workshop, CANVAS)}["foundations.ci"]
    assert found.value == "none"
    assert {hint.value for hint in found.hints} == {"none", "automated"}


@pytest.mark.parametrize(
    ("text", "answer", "denied"),
    [
        ("Every prediction is logged", "none", True),
        ("Every prediction is logged", "manual", False),
        ("Predictions are not logged", "automated", True),
        ("Predictions are not logged", "none", False),
    ],
)
def test_a_note_against_an_answer_is_a_contradiction(text: str, answer: str, denied: bool) -> None:
    given = (Answer.model_validate({"id": "serving.prediction-log", "value": answer}),)
    assert bool(contradictions(board(text, "serving", answers=given), CANVAS)) is denied


def test_the_name_of_a_tool_contradicts_nothing() -> None:
    given = (Answer(id="registry.versions", value="none"),)
    assert contradictions(board("Models are kept in MLflow", "registry", answers=given), CANVAS) == ()


def test_the_command_line_and_the_report_tell_what_the_board_denies(tmp_path: Path) -> None:
    given = (Answer(id="serving.prediction-log", value="none"),)
    workshop = board("Every prediction is logged", "serving", answers=given)
    save_workshop(workshop, tmp_path / "w.workshop.yaml")
    printed = CliRunner().invoke(cli.app, ["advise", str(tmp_path / "w.workshop.yaml")])
    assert "Answers that the board denies: 1" in printed.output
    assert "note 'Every prediction is logged'" in printed.output
    as_json = CliRunner().invoke(cli.app, ["advise", str(tmp_path / "w.workshop.yaml"), "--json"])
    assert '"practice": "serving.prediction-log"' in as_json.output
    (row,) = report_model(make_plan(workshop, CANVAS, library()), (), "2026-11-23").contradictions
    assert row.places[0] == "Predictions are logged with inputs and model version: answered with not done"
    assert "automated" in row.because


# What the notes of the examples propose, beside the answers that were read from the files of each project.
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "open-source-mlops-package",
            {
                "data.versions": "manual",
                "data.preparation": "none",
                "deployment.fallback": "none",
                "docs.model-card": "none",
                "experiments.tracking": "manual",
                "model.explanations": "manual",
                "monitoring.drift": "none",
            },
        ),
        ("platform-at-scale", {"data.versions": "manual", "monitoring.drift": "automated"}),
        (
            "starter-git-dvc-make",
            {
                "data.versions": "manual",
                "docs.model-card": "none",
                "experiments.tracking": "manual",
                "foundations.dependencies": "manual",
                "model.test-set": "none",
                "monitoring.drift": "none",
            },
        ),
    ],
)
def test_the_notes_of_the_examples_propose_this_and_deny_nothing(name: str, expected: dict[str, str]) -> None:
    workshop = load_workshop(EXAMPLES / f"{name}.workshop.yaml")
    alone = workshop.model_copy(update={"decisions": (), "tables": {}, "requirements": ()})
    assert proposed(alone) == expected
    assert contradictions(alone, CANVAS) == ()


@pytest.mark.parametrize("path", sorted((CONTENT / "notes").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_names_its_schema(path: Path) -> None:
    schema = "note-reading" if path.stem == "_reading" else "notes"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schemas/{schema}.schema.json"


SAME = "    examples: [{text: a, found: true}, {text: b, found: false}]"
RULE = f"  - id: r\n    practices: [data.schema]\n    value: none\n    because: B.\n    says: [aa]\n{SAME}\n"


@pytest.mark.parametrize(
    ("rules", "line", "what"),
    [
        (RULE.replace("data.schema", "data.nothing"), 8, "'data.nothing' is no practice"),
        (RULE.replace("says: [aa]", "says: [aa]\n    blocks: [nowhere]"), 12, "'nowhere' is no block"),
        (RULE + RULE, 13, "the id 'r' is used twice"),
        (RULE.replace("value: none", "value: often"), 9, "often"),
        (RULE.replace("says: [aa]", "says: ['(']"), 11, "says"),
    ],
)
def test_a_broken_rule_is_refused_with_file_and_line(tmp_path: Path, rules: str, line: int, what: str) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "_reading.yaml").write_bytes((CONTENT / "notes/_reading.yaml").read_bytes())
    (folder / "ours.yaml").write_text(RULE_HEAD + rules, encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load(tmp_path, CANVAS, shipped_library())
    found = [(Path(p.file).name, p.line) for p in refused.value.problems if what in str(p)]
    assert ("ours.yaml", line) in found


def test_an_unknown_tool_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="the file is missing"):
        load(tmp_path, CANVAS, shipped_library())
    folder = tmp_path / "notes"
    folder.mkdir()
    text = (CONTENT / "notes/_reading.yaml").read_text(encoding="utf-8")
    (folder / "_reading.yaml").write_text(text.replace("tools: [feast]", "tools: [feats]"), encoding="utf-8")
    with pytest.raises(ContentError, match="'feats' is no catalog entry"):
        load(tmp_path, CANVAS, shipped_library())
