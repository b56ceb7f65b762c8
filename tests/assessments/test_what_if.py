"""What other answers would do to every model, without changing anything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.compare.what_if import answering, what_if
from assessments.errors import AnswerRefused
from assessments.library.load import shipped
from assessments.library.packs import library
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Workshop

PRACTICES = tuple(shipped().practices)
VALUES = st.sampled_from(["none", "manual", "automated"])
quick = settings(max_examples=15, deadline=None)


@st.composite
def workshops(draw: st.DrawFn) -> Workshop:
    given = draw(st.dictionaries(st.sampled_from(PRACTICES), VALUES, max_size=60))
    return Workshop(title="W", answers=tuple(Answer(id=item, value=value) for item, value in given.items()))


@quick
@given(workshops())
def test_without_a_change_nothing_moves(workshop: Workshop) -> None:
    found = what_if(workshop, {}, library())
    assert (
        [change.before for change in found]
        == [change.after for change in found]
        == list(score_all(workshop, library()))
    )


@quick
@given(workshops(), st.dictionaries(st.sampled_from(PRACTICES), VALUES, min_size=1, max_size=10))
def test_it_is_the_score_of_the_workshop_with_these_answers(workshop: Workshop, changes: dict[str, str]) -> None:
    answers = {answer.id: answer for answer in workshop.answers}
    answers |= {item: Answer(id=item, value=value) for item, value in changes.items()}
    wanted = score_all(Workshop(title="W", answers=tuple(answers.values())), library())
    before = workshop.model_dump()
    assert tuple(change.after for change in what_if(workshop, changes, library())) == wanted
    assert workshop.model_dump() == before


def test_a_change_moves_the_models_that_ask_for_it_and_no_other() -> None:
    found = what_if(Workshop(title="W"), {"pipeline.orchestrated": "manual"}, library())
    moved = {change.after.id for change in found if change.changed}
    asking = {model.id for model in shipped().models_using("pipeline.orchestrated")}
    assert "automation-levels" in moved
    assert moved <= asking
    levels = next(change for change in found if change.after.id == "automation-levels")
    assert (levels.before.lower, levels.after.lower) == (0, 1)


def test_an_item_keeps_one_answer() -> None:
    workshop = Workshop(
        title="W", answers=(Answer(id="data.schema", value="none"), Answer(id="data.backup", value="none"))
    )
    changed = answering(workshop, {"data.schema": "manual"}, library())
    assert {(answer.id, answer.value) for answer in changed.answers} == {
        ("data.schema", "manual"),
        ("data.backup", "none"),
    }
    assert len(changed.answers) == 2


def test_a_not_applicable_practice_can_be_tried_out_as_done() -> None:
    workshop = Workshop(title="W", answers=(Answer(id="data.schema", state="not-applicable", reason="No data"),))
    assert any(change.changed for change in what_if(workshop, {"data.schema": "automated"}, library()))


@pytest.mark.parametrize(
    ("item", "value", "named"),
    [
        ("data.nothing", "manual", "data.nothing"),
        ("data.schema", "sometimes", "sometimes"),
        ("data.schema", 3.0, "3.0"),
        ("delivery.lead-time", "manual", "manual"),
        ("delivery.lead-time", -1.0, "delivery.lead-time': -1 cannot be"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_name(item: str, value: str | float, named: str) -> None:
    with pytest.raises(AnswerRefused, match=named):
        what_if(Workshop(title="W"), {item: value}, library())
