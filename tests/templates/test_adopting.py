"""What adopting the generated project does to the scores: never an empty heading, and every sentence worked out."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.library.packs import library
from assessments.standing.score_all import score_all
from canvas.document.file import load_workshop
from canvas.document.workshop import Answer, Requirement, Workshop
from canvas.method.load import shipped
from templates.plan import make_plan
from templates.report.markdown import to_markdown
from templates.report.model import report_model
from templates.scaffold.adopting import Adopting, after_adopting
from templates.scaffold.parts import shipped_parts
from templates.scaffold.render import render_project
from templates.scaffold.select import select

ROOT = Path(__file__).parents[2]
EXAMPLES = {path.name.split(".")[0]: load_workshop(path) for path in sorted(ROOT.glob("examples/*.workshop.yaml"))}
CASES = {path.name.split(".")[0]: load_workshop(path) for path in sorted(ROOT.glob("tests/cases/*.workshop.yaml"))}
EMPTY = Workshop(title="Parcels")
ALL = {**EXAMPLES, **CASES, "empty": EMPTY}


def adopting(workshop: Workshop) -> Adopting:
    return after_adopting(make_plan(workshop, shipped(), library()))


def claimed(workshop: Workshop) -> dict[str, str]:
    chosen = select(make_plan(workshop, shipped(), library()), shipped_parts())
    return {claim.id: claim.value for claim in chosen.practices}


@pytest.mark.parametrize("name", ALL)
def test_it_is_never_an_empty_heading(name: str) -> None:
    found = adopting(ALL[name])
    assert found.lines
    assert all(line.strip() and line.count("  ") == 0 for line in found.lines)
    if not found.moved:
        assert any("No sure score moves" in line or "no sure score moves" in line for line in found.why)


@pytest.mark.parametrize("name", ALL)
def test_each_figure_is_that_of_scoring_with_what_the_files_carry(name: str) -> None:
    workshop = ALL[name]
    given = {answer.id: answer for answer in workshop.answers}
    found = adopting(workshop)
    better = {item: Answer(id=item, value=value) for item, value in claimed(workshop).items() if item in found.raised}
    adopted = workshop.model_copy(update={"answers": tuple({**given, **better}.values())})
    before = {result.id: result.lower for result in score_all(workshop, library())}
    after = {result.id: result.lower for result in score_all(adopted, library())}
    moved = {one.model: (one.before, one.after) for one in found.moved}
    assert moved == {id_: (before[id_], after[id_]) for id_ in before if before[id_] != after[id_]}
    rank = ["none", "manual", "automated"]
    for item in found.counted:
        assert rank.index(str(given[item].value)) >= rank.index(claimed(workshop)[item])


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_decided_workshop_says_why_an_empty_one_would_gain_more(name: str) -> None:
    mine, empty = adopting(EXAMPLES[name]), adopting(EMPTY)
    model = "mltestscore"
    gains = [
        next((one.after - one.before for one in found.moved if one.model == model), 0.0) for found in (mine, empty)
    ]
    told = [line for line in mine.why if line.startswith("An empty workshop would gain more on ML Test Score")]
    assert bool(told) == (gains[0] < gains[1])
    if told:
        whole = next(one for one in empty.moved if one.model == model)
        assert f"{whole.before:g} → {whole.after:g} against" in told[0]
        # And what of it is missing here: counted already, without files, or shown by no file of other choices.
        rest = mine.why[mine.why.index(told[0]) + 1 :]
        assert rest
        assert all(
            "already" in line or "There are no files for" in line or "do not show" in line or "not apply" in line
            for line in rest
        )


def test_an_empty_workshop_is_compared_with_nothing() -> None:
    found = adopting(EMPTY)
    assert found.moved
    assert found.counted == ()
    assert not any("empty workshop" in line for line in found.why)
    assert "Nothing is decided yet, so these are the files of our default choices." in found.why


def test_where_everything_is_automated_nothing_moves_and_it_says_so() -> None:
    answers = tuple(Answer(id=item, value="automated") for item in library().practices)
    found = adopting(Workshop(title="W", answers=answers))
    assert (found.moved, found.raised) == ((), ())
    assert "So no sure score moves: your answers say as much already." in found.why


def test_what_does_not_apply_stays_so() -> None:
    item = next(iter(claimed(EMPTY)))
    absent = Workshop(title="W", answers=(Answer(id=item, state="not-applicable", reason="No"),))
    found = adopting(absent)
    assert item not in (*found.raised, *found.counted)
    assert any("and 1 does not apply here" in line for line in found.why)


def test_an_answer_that_cannot_be_true_stops_the_project_and_is_named() -> None:
    given = [("main-metric", "roc-auc"), ("metric-threshold", 92.0)]
    requirements = tuple(Requirement(id=id_, value=value, state="decided") for id_, value in given)
    found = adopting(Workshop(title="W", requirements=requirements))
    assert found.moved == ()
    assert len(found.why) == 1
    assert found.why[0].startswith("No project can be generated now")


@pytest.mark.parametrize("name", ALL)
def test_the_project_carries_what_is_said_of_it(name: str) -> None:
    plan = make_plan(ALL[name], shipped(), library())
    assert {claim.id: claim.value for claim in render_project(plan).practices} == claimed(ALL[name])


def test_the_report_says_it_under_the_roadmap() -> None:
    text = to_markdown(report_model(make_plan(EMPTY, shipped(), library()), (), "2026-11-30"))
    part = text.split("### After adopting the generated project")[1].split("\n## ")[0]
    assert "ML Test Score: 0 →" in part
