"""A roadmap as Markdown, CSV and issues: each holds every step, with what a team needs to do it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from assessments.library.load import shipped
from assessments.library.packs import library
from assessments.roadmap.phases import Roadmap, roadmap
from canvas.document.workshop import Answer, Target, Workshop
from canvas.method.load import shipped as shipped_content
from templates.roadmap.export import COLUMNS, WRITERS, to_csv, to_issues, to_json, to_markdown

TARGETS = (
    Target(model="google", value=1, by="2027-06-01"),
    Target(model="delivery", value=1),
    Target(model="aws", value=9),
)


@pytest.fixture(scope="module")
def made() -> Roadmap:
    answers = (Answer(id="foundations.source-control", value="manual"),)
    return roadmap(Workshop(title="W", answers=answers, targets=TARGETS), library())


def test_the_page_names_every_target_and_what_becomes_of_it(made: Roadmap) -> None:
    page = to_markdown(made, library(), shipped_content())
    last = len(made.phases)
    assert f'Google Cloud MLOps levels by 2027-06-01: reached with phase {last} ("Level 1: ' in page
    assert "Delivery metrics: cannot be reached, the model only describes what was measured" in page
    assert "AWS MLOps phases: cannot be reached, the target is higher than the best value" in page


def test_the_page_holds_every_step_with_its_proof_in_order(made: Roadmap) -> None:
    page = to_markdown(made, library(), shipped_content())
    places = [page.index(f"### {step.candidate.title}\n") for step in made.steps]
    assert places == sorted(places)
    assert all(proof in page for step in made.steps for proof in step.candidate.proof)
    assert page.count("- Owner:\n") == len(made.steps)
    assert all(f"## Phase {phase.number}\n\nEffort {phase.effort}.\n" in page for phase in made.phases)
    assert "\n\n\n" not in page


def test_a_page_without_targets_says_where_it_leads() -> None:
    begun = Workshop(title="W", answers=(Answer(id="data.schema", value="none"),))
    page = to_markdown(roadmap(begun, library()), library(), shipped_content())
    assert "the next band of each model that can gate" in page


def test_a_page_without_answers_and_targets_says_that_there_is_nothing_to_plan_from() -> None:
    page = to_markdown(roadmap(Workshop(title="W"), library()), library(), shipped_content())
    assert page.startswith(
        "# Roadmap\n\nThere is nothing to plan from yet: no practice that counts in a model is answered"
    )
    assert "at its best" not in page
    assert "#" not in page.removeprefix("# Roadmap")


@pytest.mark.parametrize(("capacity", "says"), [(500, r"\d+ steps in 1 phase, "), (1, r"(\d+) steps in \1 phases, ")])
def test_steps_and_phases_are_counted_with_their_nouns(capacity: int, says: str) -> None:
    found = roadmap(Workshop(title="W", targets=TARGETS[:1]), library(), capacity)
    assert re.search(says, to_markdown(found, library(), shipped_content()))


def test_a_single_step_is_one_step() -> None:
    done = {practice: "automated" for practice in shipped().practices}
    answers = tuple(
        Answer.model_validate({"id": i, "value": v}) for i, v in {**done, "pipeline.triggers": "none"}.items()
    )
    found = roadmap(Workshop(title="W", answers=answers, targets=TARGETS[:1]), library())
    assert "\n1 step in 1 phase, effort" in to_markdown(found, library(), shipped_content())


def test_a_page_with_nothing_to_do_says_so() -> None:
    answers = tuple(Answer(id=practice, value="automated") for practice in shipped().practices)
    page = to_markdown(roadmap(Workshop(title="W", answers=answers), library()), library(), shipped_content())
    assert "There is nothing to reach" in page
    assert "## Phase" not in page
    done = roadmap(Workshop(title="W", answers=answers, targets=TARGETS[:1]), library())
    reached = to_markdown(done, library(), shipped_content())
    assert 'reached today ("Level 2' in reached


def rows_of(found: Roadmap) -> list[dict[str, str]]:
    """Return the CSV of a roadmap as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(to_csv(found).encode().decode("utf-8-sig"))))


SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫")
BEFORE = ("", " ", "\u00a0", "\u3000", "\u200b", "\u200e", "\ufeff", " \u200d ")


@pytest.mark.parametrize("before", BEFORE, ids=ascii)
@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_of_any_column_is_a_formula(made: Roadmap, sign: str, before: str) -> None:
    text = f"{before}{sign}1+1"
    step = made.steps[0]
    candidate = replace(step.candidate, title=text, prerequisites=(text,), blocks=(text,), proof=(text,))
    hostile = replace(step, candidate=candidate, owner=text, by=text, helps=(text,))
    (row,) = rows_of(replace(made, phases=(replace(made.phases[0], steps=(hostile,)),)))
    assert [name for name, cell in row.items() if cell.startswith(f"'{before}{sign}")] == [
        "title",
        "first",
        "blocks",
        "helps",
        "owner",
        "by",
        "proof",
    ]
    assert not [cell for cell in row.values() if cell.startswith((*BEFORE[1:], *SIGNS))]


def test_other_cells_are_as_they_were_written(made: Roadmap) -> None:
    for text in ("Łukasz", "3 - 1", "a=b", "·", "−5 °C", "متر", ""):
        step = replace(made.steps[0], owner=text)
        (row,) = rows_of(replace(made, phases=(replace(made.phases[0], steps=(step,)),)))
        assert row["owner"] == text


def test_the_csv_has_one_line_a_step(made: Roadmap) -> None:
    rows = rows_of(made)
    assert tuple(rows[0]) == COLUMNS
    assert [row["item"] for row in rows] == [step.candidate.item for step in made.steps]
    assert [int(row["phase"]) for row in rows] == [phase.number for phase in made.phases for _ in phase.steps]
    assert all(row["owner"] == "" and row["proof"] and row["blocks"] for row in rows)
    assert any(row["first"] for row in rows)
    assert {row["from"] for row in rows} <= {"unanswered", "none", "manual"}


def test_an_issue_can_be_worked_on_without_the_page(made: Roadmap) -> None:
    issues = to_issues(made, library(), shipped_content())
    assert len(issues) == len(made.steps)
    assert json.loads(to_json(made, library(), shipped_content())) == issues
    for issue, step in zip(issues, made.steps, strict=True):
        assert set(issue) == {"title", "body", "labels"}
        assert issue["title"] == step.candidate.title
        body = issue["body"]
        assert isinstance(body, str)
        assert f"`{step.candidate.item}`" in body
        assert all(f"- [ ] {proof}\n" in body for proof in step.candidate.proof)
        assert shipped().practices[step.candidate.item].verify in body
        assert "\n\n\n" not in body


def test_each_suffix_has_its_writer(made: Roadmap) -> None:
    written = {suffix: write(made, library(), shipped_content(), ()) for suffix, write in WRITERS.items()}
    assert written == {
        ".md": to_markdown(made, library(), shipped_content()),
        ".csv": to_csv(made),
        ".json": to_json(made, library(), shipped_content()),
    }


def test_the_labels_of_an_issue_are_phase_and_blocks(made: Roadmap) -> None:
    first = to_issues(made, library(), shipped_content())[0]
    assert first["labels"] == ["roadmap", "phase-1", *made.steps[0].candidate.blocks]
    block = shipped_content().block(made.steps[0].candidate.blocks[0])
    assert block is not None
    assert block.title in first["body"]
