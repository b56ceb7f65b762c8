"""What differs between two workshops: as data, in words, and on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.compare.comparison import as_text, compare, differ, worth_telling
from assessments.library.packs import library
from canvas.document.differences import GROUPS, differences
from canvas.document.file import load_workshop, save_workshop
from canvas.document.workshop import Answer, Decision, Note, Requirement, Risk, Target, Task, Workshop
from canvas.method.load import shipped
from tests.hostile import HOSTILE, OTHER_SCRIPTS, hostile_workshop

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/starter-git-dvc-make.workshop.yaml"


def board(**blocks: str) -> Workshop:
    """Return a workshop whose blocks hold one note for each letter."""
    notes = {block: tuple(Note(id=letter, text=f"note {letter}") for letter in ids) for block, ids in blocks.items()}
    return Workshop(title="w", canvases={"stack-canvas": notes})


def told(before: Workshop, after: Workshop) -> list[tuple[Any, ...]]:
    return [(d.kind, d.id, d.field, d.before, d.after) for d in differences(before, after)]


def test_a_note_that_came_went_or_changed_is_told_with_both_values() -> None:
    before, after = board(value="ab"), board(value="bc")
    assert told(before, after) == [
        ("added", "c", "text", None, "note c"),
        ("removed", "a", "text", "note a", None),
    ]
    changed = Note(id="a", text="other", kind="risk", source="S1")
    after = Workshop(
        title="w", canvases={"stack-canvas": {"value": (changed, *before.canvases["stack-canvas"]["value"][1:])}}
    )
    assert told(before, after) == [
        ("changed", "a", "kind", "fact", "risk"),
        ("changed", "a", "text", "note a", "other"),
        ("changed", "a", "source", None, "S1"),
    ]


def test_two_differ_when_a_comparison_has_something_to_tell() -> None:
    before, judged = Workshop(title="w"), Workshop(title="w", editions={"google": "2020"})
    other = Workshop(title="w", editions={"google": "2021"})
    pairs = [(before, before), (before, judged), (judged, other), (before, Workshop(title="x"))]
    assert [differ(*pair, shipped(), library()) for pair in pairs] == [False, False, True, True]
    assert [bool(compare(*pair, shipped(), library()).lines) for pair in pairs] == [False, False, True, True]


def test_what_goes_without_saying_is_told_when_there_is_nothing_else() -> None:
    edition = differences(Workshop(title="w"), Workshop(title="w", editions={"google": "2020"}))
    both = differences(Workshop(title="w"), Workshop(title="x", editions={"google": "2020"}))
    assert [d.field for d in worth_telling(edition)] == ["edition"]
    assert [d.field for d in worth_telling(both)] == ["title"]


def test_a_note_in_another_block_is_moved_not_removed_and_added() -> None:
    assert told(board(value="ab", data="c"), board(value="a", data="bc")) == [("moved", "b", "block", "value", "data")]


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("abcd", "dabc", ["d"]),
        ("abcd", "bcda", ["a"]),
        ("abcd", "bcd", []),
        ("abcd", "xabycdz", []),
        ("abcdef", "abfcde", ["f"]),
        ("ab", "ba", ["b"]),
    ],
)
def test_a_new_order_names_the_fewest_notes_that_moved(before: str, after: str, moved: list[str]) -> None:
    found = [d.id for d in differences(board(value=before), board(value=after)) if d.kind == "moved"]
    assert found == moved


def test_a_recorded_draft_is_told_once_as_the_decision_it_became() -> None:
    draft = Decision(slot="serving.runtime", status="draft", choice="fastapi")
    recorded = Decision(number=1, slot="serving.runtime", status="accepted", choice="fastapi", because="x")
    before, after = Workshop(title="w", decisions=(draft,)), Workshop(title="w", decisions=(recorded,))
    assert told(before, after) == [("added", "1", "choice", None, "fastapi")]
    assert told(before, Workshop(title="w")) == [("removed", "serving.runtime", "choice", "fastapi", None)]


def test_a_superseded_decision_is_told_with_its_successor() -> None:
    first = Decision(number=1, slot="serving.runtime", status="accepted", choice="fastapi", because="x")
    second = Decision(number=2, slot="serving.runtime", status="accepted", choice="none-yet", because="y", supersedes=1)
    before = Workshop(title="w", decisions=(first,))
    after = Workshop(title="w", decisions=(first.model_copy(update={"status": "superseded"}), second))
    assert told(before, after) == [
        ("changed", "1", "status", "accepted", "superseded"),
        ("added", "2", "choice", None, "none-yet"),
    ]


def test_yes_and_one_are_different_but_numbers_are_numbers() -> None:
    def with_value(value: Any) -> Workshop:
        return Workshop(title="w", requirements=(Requirement.model_construct(id="x", value=value, state="decided"),))

    assert told(with_value(True), with_value(1)) == [("changed", "x", "value", True, 1)]
    assert told(with_value(200), with_value(200.0)) == []


LETTERS = st.sampled_from("abcdef")
TEXTS = st.sampled_from(["one", "two"])
BLOCKS = st.dictionaries(
    st.sampled_from(["value", "data", "serving"]), st.lists(LETTERS, unique=True, max_size=6), max_size=3
)


@st.composite
def workshops(draw: st.DrawFn) -> Workshop:
    """Draw a small workshop in which every kind of thing may be there or not."""
    seen: set[str] = set()
    blocks: dict[str, tuple[Note, ...]] = {}
    for block, ids in sorted(draw(BLOCKS).items()):
        fresh = [id_ for id_ in ids if id_ not in seen]
        seen |= set(fresh)
        if fresh:
            blocks[block] = tuple(Note(id=id_, text=draw(TEXTS)) for id_ in fresh)
    optional = {
        "requirements": Requirement(id="latency-p95", value=draw(st.sampled_from([1, 2])), state="decided"),
        "tasks": Task(id="t", title=draw(TEXTS)),
        "risks": Risk(id="r", text=draw(TEXTS)),
        "decisions": Decision(
            slot="serving.runtime", status="draft", choice=draw(st.sampled_from(["fastapi", "none-yet"]))
        ),
        "answers": Answer(id="data.schema", value=draw(st.sampled_from(["none", "manual"]))),
        "targets": Target(model="google", value=draw(st.sampled_from([1, 2]))),
    }
    chosen = {name: (entry,) if draw(st.booleans()) else () for name, entry in optional.items()}
    return Workshop(title=draw(TEXTS), canvases={"stack-canvas": blocks} if blocks else {}, **chosen)  # type: ignore[arg-type]


@settings(deadline=None)
@given(workshops(), workshops())
def test_nothing_is_told_exactly_when_two_workshops_are_equal(one: Workshop, other: Workshop) -> None:
    assert differences(one, one) == ()
    assert (differences(one, other) == ()) == (one == other)


@settings(deadline=None)
@given(workshops(), workshops())
def test_back_and_forth_tell_the_same_mirrored(one: Workshop, other: Workshop) -> None:
    mirror = {"added": "removed", "removed": "added", "changed": "changed", "moved": "moved"}
    there = {(d.group, d.kind, d.id) for d in differences(one, other) if d.field != "place"}
    back = {(d.group, mirror[d.kind], d.id) for d in differences(other, one) if d.field != "place"}
    assert there == back
    order = [GROUPS.index(d.group) for d in differences(one, other)]
    assert order == sorted(order)


@pytest.mark.parametrize("texts", [HOSTILE, OTHER_SCRIPTS])
def test_people_s_text_is_shown_as_it_is(texts: tuple[str, ...]) -> None:
    shown = as_text(compare(Workshop(title="w"), hostile_workshop(texts), shipped(), library()))
    assert all(text in shown for text in texts)


def run(*words: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "cli.py"), "compare", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, env=dict(os.environ))


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    workshop = load_workshop(EXAMPLE)
    answers = [answer for answer in workshop.answers if answer.id != "data.schema"]
    blocks = dict(workshop.canvases["stack-canvas"])
    blocks["value"] = (*blocks["value"], Note(id="n-new", text="Who owns it?", kind="question"))
    answered = (*answers, Answer(id="data.schema", value="automated"))
    path = tmp_path / "newer.workshop.yaml"
    save_workshop(
        workshop.model_copy(update={"answers": answered, "canvases": {**workshop.canvases, "stack-canvas": blocks}}),
        path,
    )
    return path


def test_compare_prints_what_changed_and_every_score(newer: Path) -> None:
    done = run(EXAMPLE, newer)
    assert done.returncode == 0, done.stderr
    assert "Value Proposition: note added\n    + Who owns it?" in done.stdout
    assert "    - Not done\n    + Automated" in done.stdout
    scores = done.stdout.split("Scores:\n")[1]
    assert "ML Test Score" in scores
    assert "as before" in scores


def test_compare_says_when_nothing_changed() -> None:
    done = run("starter-git-dvc-make", EXAMPLE)
    assert done.stdout.startswith("The two are the same.\nScores:\n")
    assert " -> " not in done.stdout


def test_compare_as_json_is_one_document(newer: Path) -> None:
    found = json.loads(run(EXAMPLE, newer, "--json").stdout)
    assert {"group", "kind", "id", "where", "field", "before", "after"} == set(found["differences"][0])
    assert list(dict.fromkeys(d["id"] for d in found["differences"])) == ["n-new", "data.schema"]
    assert {"id", "title", "before", "after"} <= set(found["scores"][0])
    assert {"value", "lower", "upper", "band"} == set(found["scores"][0]["before"])


def test_compare_names_the_lines_of_a_broken_file_and_a_missing_one(tmp_path: Path) -> None:
    broken = tmp_path / "w.workshop.yaml"
    broken.write_text("format: 1\ntitel: x\n")
    done = run(EXAMPLE, broken)
    assert done.returncode == 1
    assert "w.workshop.yaml:2: unknown key 'titel'" in done.stderr
    missing = run(EXAMPLE, tmp_path / "none.yaml")
    assert missing.returncode == 1
    assert "Traceback" not in missing.stderr
    assert run(EXAMPLE).returncode == 2


def test_compare_tells_why_a_score_changed(newer: Path) -> None:
    found = json.loads(run(EXAMPLE, newer, "--json").stdout)["scores"]
    for score in (score for score in found if score["causes"] is not None):
        change = score["after"]["lower"] - score["before"]["lower"]
        assert sum(cause["amount"] for cause in score["causes"]) == pytest.approx(change)
        assert [cause["cause"] for cause in score["causes"]] == ["practice", "applicability", "edition", "assessor"]
    assert any(cause["items"] == ["data.schema"] for score in found for cause in score["causes"] or ())
    assert "by practices (1 answer)" in run(EXAMPLE, newer).stdout


def test_a_confirmed_answer_is_told_and_a_new_revision_of_a_new_value_is_not() -> None:
    old, same = (Workshop(title="w", answers=(Answer(id="data.schema", value="manual", revision=n),)) for n in (1, 2))
    other = Workshop(title="w", answers=(Answer(id="data.schema", value="automated", revision=2),))
    assert [(line.what, line.before) for line in compare(old, same, shipped(), library()).lines] == [
        ("checked again", None)
    ]
    assert [line.what for line in compare(old, other, shipped(), library()).lines] == ["value changed"]


def test_an_edition_is_told_when_it_changed_and_not_when_it_was_only_written_down() -> None:
    none, one, two = (Workshop(title="w", editions=e) for e in ({}, {"google": "a"}, {"google": "b"}))
    assert compare(none, one, shipped(), library()).lines == ()
    (line,) = compare(one, two, shipped(), library()).lines
    assert (line.subject, line.what, line.after) == ("Google Cloud MLOps levels", "edition changed", "b")
