"""What notes propose: the tools they name, and what must not count as a fact. Nothing else is read out of prose."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assessments.hints.suggested_answers import contradictions, suggestions
from assessments.hints.tools_in_notes import load
from assessments.library.kinds import TOOL_NAMES
from assessments.library.load import CONTENT
from assessments.library.packs import library
from assessments.shapes.tool_names import ToolNameList
from canvas.document.file import load_workshop
from canvas.document.workshop import Answer, Note, Workshop
from canvas.errors import ContentError
from canvas.method.load import shipped as shipped_content
from canvas.reading.types import NoteKind

CANVAS = shipped_content()
NAMES: ToolNameList = load(CONTENT, CANVAS)
EXAMPLES = Path(__file__).parents[2] / "examples"


def board(text: str, block: str, kind: NoteKind = "fact", answers: tuple[Answer, ...] = ()) -> Workshop:
    note = Note(id="n", kind=kind, text=text)
    return Workshop(title="W", canvases={"stack-canvas": {block: (note,)}}, answers=answers)


def proposed(workshop: Workshop) -> dict[str, str]:
    return {found.practice: found.value for found in suggestions(workshop, CANVAS, library())}


@pytest.mark.parametrize("kind", ["question", "proposal", "risk", "dilemma"])
def test_only_a_fact_says_that_a_tool_is_there(kind: NoteKind) -> None:
    assert proposed(board("Models are kept in MLflow", "registry")) == {"registry.versions": "manual"}
    assert proposed(board("Models are kept in MLflow", "registry", kind)) == {}


def test_a_tool_proposes_what_a_decision_for_it_would_with_the_note_as_evidence() -> None:
    (found,) = suggestions(board("Models are kept in the MLflow Model Registry", "registry"), CANVAS, library())
    assert (found.practice, found.value, found.confidence) == ("registry.versions", "manual", "low")
    (hint,) = found.hints
    assert hint.because == "The chosen registry keeps versions of models."
    assert hint.subjects == ("n",)
    block = CANVAS.block("registry")
    assert block is not None
    assert hint.places == (f"{block.title}, note 'Models are kept in the MLflow Model Registry'",)


def test_a_place_is_short_enough_for_evidence() -> None:
    (found,) = suggestions(board("Models are kept in MLflow " + "and so on " * 100, "registry"), CANVAS, library())
    assert len(found.hints[0].places[0]) <= 200
    assert found.hints[0].places[0].endswith("…'")


def test_notes_that_say_the_same_share_one_hint() -> None:
    notes = (Note(id="a", text="Models are kept in MLflow"), Note(id="b", text="MLflow has an alias for each stage"))
    workshop = Workshop(title="W", canvases={"stack-canvas": {"registry": notes}})
    (found,) = suggestions(workshop, CANVAS, library())
    assert [hint.subjects for hint in found.hints] == [("a", "b")]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("No CI for the training code", "pipeline"),
        ("Every prediction is logged", "serving"),
        ("Data sets are not versioned", "data"),
        ("There is no model card", "metadata"),
    ],
)
def test_a_sentence_without_a_tool_proposes_nothing(text: str, block: str) -> None:
    assert proposed(board(text, block)) == {}
    assert proposed(board(text, block, "risk")) == {}


def test_the_name_of_a_tool_contradicts_nothing() -> None:
    given = (Answer(id="registry.versions", value="none"),)
    assert contradictions(board("Models are kept in MLflow", "registry", answers=given), CANVAS, library()) == ()


# What the tools in the notes of the examples propose, beside the answers that were read from the files of each project.
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("open-source-mlops-package", {"experiments.tracking": "manual"}),
        # Its notes name tools for practices that are answered.
        ("platform-at-scale", {}),
        (
            "starter-git-dvc-make",
            {"data.versions": "manual", "experiments.tracking": "manual", "foundations.dependencies": "manual"},
        ),
    ],
)
def test_the_notes_of_the_examples_propose_this_and_deny_nothing(name: str, expected: dict[str, str]) -> None:
    workshop = load_workshop(EXAMPLES / f"{name}.workshop.yaml")
    alone = workshop.model_copy(update={"decisions": (), "tables": {}, "requirements": ()})
    assert proposed(alone) == expected
    assert contradictions(alone, CANVAS, library()) == ()


def test_the_file_names_its_schema() -> None:
    first = (CONTENT / TOOL_NAMES.pattern).read_text(encoding="utf-8").splitlines()[0]
    schema = first.removeprefix("# yaml-language-server: $schema=")
    assert schema == "schemas/tool-names.schema.json"
    assert (CONTENT / schema).is_file()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("tools: [feast]", "tools: [feats]", "'feats' is no catalog entry"),
        ("kinds: [fact]", "kinds: [guess]", "kinds"),
        ("  - '\\?'", "  - '(?'", "doubts"),
        ("names:\n", "rules: []\nnames:\n", "rules"),
    ],
)
def test_what_breaks_the_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    text = (CONTENT / TOOL_NAMES.pattern).read_text(encoding="utf-8")
    broken = text.replace(old, new, 1)
    assert broken != text
    shutil.copy(CONTENT / "_meta.yaml", tmp_path)
    (tmp_path / TOOL_NAMES.pattern).write_text(broken, encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load(tmp_path, CANVAS)
    lines = {problem.line for problem in refused.value.problems if what in str(problem)}
    assert min(lines) == 1 + text[: text.index(old)].count("\n")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="the file is missing"):
        load(tmp_path, CANVAS)
