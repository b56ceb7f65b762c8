"""Everybody is asked one question alone: who sees what before the reveal and after it, and what is taken from it."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from canvas.log.facilitation import room_of
from canvas.log.op import Author, Op, Role
from canvas.store.store import new_id
from tests.joined import joined
from tests.opened_pages import keyed, labelled, open_menu, stored, values, words
from tests.whole_app import open_page
from views.web.context import context

FACT = "label-delay"
FIELD = f"judgement:{FACT}:1"


def does(room: str, who: Author, item: str, prop: str, value: Any) -> None:
    op = Op(op_id=new_id(), action="set", item=item, prop=prop, value=value)
    context().store.apply(room, op, who, context().content)


def leads(room: str, state: str | None) -> None:
    value = {"state": state, "question": FACT} if state else None
    does(room, Author("lead", "facilitator"), "room:", "assessing", value)


def replies(room: str, *given: float) -> None:
    for number, value in enumerate(given):
        does(room, Author(f"p{number}", "participant"), f"judgement:{FACT}", "reply", value)


@pytest.fixture
def page(room: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Opens a page as somebody of a role."""
    return lambda role="facilitator", step="phase-zero": open_page(monkeypatch, joined(room, role), step)


def running(room: str) -> Any:
    return context().store.read(room, room_of).assessing


def fields(shown: AppTest) -> list[Any]:
    return [field for field in shown.text_input if field.key == FIELD]


def taking(shown: AppTest) -> list[Any]:
    return [button for button in shown.button if button.label == "Take as the answer"]


def test_the_facilitator_asks_reveals_takes_an_answer_and_closes(room: str, page: Any) -> None:
    shown = page()
    open_menu(shown, FACT).button(key=f"alone-{FACT}").click().run()
    assert (running(room).state, running(room).question, running(room).model) == ("open", FACT, None)
    keyed(shown.text_input, FIELD).set_value("7").run()
    replies(room, 7, 14)
    labelled(shown.button, "Reveal").click().run()
    assert not shown.exception
    assert "3 answers" in words(shown)
    assert values(room) == {}
    taking(shown)[0].click().run()
    assert values(room) == {FACT: 7}
    assert "the answer]" in words(shown)
    assert len(taking(shown)) == 1
    shown.button(key="close-question").click().run()
    assert running(room) is None
    assert "Revealed" not in words(shown)


def test_nobody_sees_what_others_say_before_the_reveal(room: str, page: Any) -> None:
    leads(room, "open")
    replies(room, 3211)
    for role in ("facilitator", "participant", "viewer"):
        shown = page(role)
        assert "3211" not in words(shown)
        assert "3211" not in [box.value for box in shown.text_input]
        assert not taking(shown)


def test_each_finds_what_they_said_themselves(room: str, page: Any) -> None:
    leads(room, "open")
    shown = page("participant")
    keyed(shown.text_input, FIELD).set_value("7").run()
    assert "Your answer is kept." in words(shown)
    assert keyed(page("participant").text_input, FIELD).value == "7"
    assert fields(page("facilitator"))[0].value == ""


def test_the_question_is_not_answered_for_all_meanwhile_nor_shown_as_it_was(room: str, page: Any) -> None:
    does(room, Author("lead", "facilitator"), f"requirement:{FACT}", "value", 3211)
    leads(room, "open")
    shown = page("participant")
    assert not [box for box in shown.text_input if box.key == f"requirement:{FACT}:value"]
    assert "3211" not in words(shown)
    assert "Everybody answers this alone now" in words(shown)


def test_numbers_are_revealed_in_their_order_with_how_many_gave_each(room: str, page: Any) -> None:
    leads(room, "open")
    replies(room, 14, 7, 100, 14)
    leads(room, "shown")
    shown = page("participant")
    told = [line.value for line in shown.markdown if "●" in line.value]
    assert [line.split("**")[1].split()[0] for line in told] == ["7", "14", "100"]
    assert "●● 2" in told[1]
    assert not taking(shown)
    assert not fields(shown)


def test_a_round_without_answers_says_so(room: str, page: Any) -> None:
    leads(room, "open")
    leads(room, "shown")
    assert "Nobody answered it." in [info.value for info in page().info]


def test_who_takes_part_answers_and_leads_nothing(room: str, page: Any) -> None:
    leads(room, "open")
    shown = page("participant")
    assert len(fields(shown)) == 1
    labels = {button.label for button in shown.button}
    assert not labels & {"Reveal", "Close", "Ask everybody alone"}


def test_who_looks_on_is_told_when_it_will_be_seen(room: str, page: Any) -> None:
    leads(room, "open")
    shown = page("viewer")
    assert not fields(shown)
    assert any("viewing only" in info.value for info in shown.info)


def test_while_a_round_goes_on_no_other_can_be_begun(room: str, page: Any) -> None:
    shown = page()
    assert not open_menu(shown, FACT).button(key=f"alone-{FACT}").disabled
    does(room, Author("lead", "facilitator"), "room:", "assessing", {"state": "open", "model": "mltestscore"})
    shown.run()
    assert open_menu(shown, FACT).button(key=f"alone-{FACT}").disabled
    assert "Everybody answers this alone" not in words(shown)


def test_a_question_of_another_page_is_not_asked_on_this_one(room: str, page: Any) -> None:
    leads(room, "open")
    assert "Everybody answers this alone" not in words(page(step="readiness"))


@pytest.mark.parametrize(("state", "told"), [("open", "one question alone just now"), ("shown", "answered alone")])
def test_assess_leads_to_the_question_and_takes_it_for_no_round_of_its_own(
    room: str, page: Any, state: str, told: str
) -> None:
    leads(room, "open")
    leads(room, state)
    role: Role
    for role in ("facilitator", "participant"):
        shown = page(role, "assess")
        assert not shown.exception
        assert told in words(shown)
        assert not shown.warning
        assert not [button for button in shown.button if button.label in {"Reveal the answers", "Start the round"}]


def test_what_does_not_apply_takes_no_answer_before_that_is_taken_back(room: str, page: Any) -> None:
    for prop, value in {"reason": "We are told at once", "state": "not-applicable"}.items():
        does(room, Author("lead", "facilitator"), f"requirement:{FACT}", prop, value)
    leads(room, "open")
    replies(room, 7)
    leads(room, "shown")
    shown = page()
    taking(shown)[0].click().run()
    assert values(room) == {}
    assert any("Take that back first" in error.value for error in shown.error)
    assert stored(room).requirements[0].reason == "We are told at once"
