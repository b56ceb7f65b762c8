"""A question that does not apply: marked with its reason, counted as answered, taken back without losing the answer."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from canvas.document.workshop import Requirement
from tests.joined import joined
from tests.opened_pages import Open, keyed, open_menu, somebody_sets, stored, values, words
from tests.whole_app import open_page
from views.frame.progress import progress
from views.web.context import context

FACT = "metric-threshold"
ITEM = f"requirement:{FACT}"
REASON = "Nobody has set a bar"


def marked(shown: AppTest, reason: str = REASON) -> AppTest:
    keyed(open_menu(shown, FACT).text_input, f"{ITEM}:reason").set_value(reason).run()
    assert not shown.exception
    return shown


def given(room: str) -> Requirement:
    return next(item for item in stored(room).requirements if item.id == FACT)


def fields(shown: AppTest, key: str) -> list[Any]:
    return [field for field in (*shown.text_input, *shown.text_area) if field.key == key]


def test_a_question_is_marked_with_its_reason_and_told_as_that(room: str, opened: Open) -> None:
    shown = opened("phase-zero")
    assert "Does not apply" not in words(shown)
    marked(shown)
    assert (given(room).state, given(room).reason) == ("not-applicable", REASON)
    assert f"**Does not apply:** {REASON}" in words(shown)
    assert not fields(shown, f"{ITEM}:value")


def test_it_counts_as_answered(room: str, opened: Open) -> None:
    before = progress(stored(room), context().content)["phase-zero"].done
    shown = marked(opened("phase-zero"))
    assert progress(stored(room), context().content)["phase-zero"].done == before + 1
    assert "1 of " in words(shown)


def test_without_a_reason_nothing_is_marked(room: str, opened: Open) -> None:
    shown = marked(opened("phase-zero"), "   ")
    assert stored(room).requirements == ()
    assert fields(shown, f"{ITEM}:value")


def test_its_reason_can_be_changed_but_not_emptied(room: str, opened: Open) -> None:
    shown = marked(opened("phase-zero"))
    marked(shown, "The bar comes with the contract")
    assert given(room).reason == "The bar comes with the contract"
    marked(shown, "")
    assert given(room).reason == "The bar comes with the contract"
    assert "What does not apply needs its reason" in words(shown)


@pytest.mark.parametrize("state", ["decided", "assumed"])
def test_the_answer_that_it_took_the_place_of_comes_back_with_it(room: str, opened: Open, state: str) -> None:
    somebody_sets(room, ITEM, "value", 0.9)
    somebody_sets(room, ITEM, "state", state)
    shown = open_menu(opened("phase-zero"), FACT)
    assert "It takes the place of the answer: 0\\.9" in words(shown)
    marked(shown)
    assert values(room) == {}
    open_menu(shown, FACT).button(key=f"applies-{FACT}").click().run()
    assert not shown.exception
    assert (given(room).value, given(room).state, given(room).reason) == (0.9, state, None)
    assert keyed(shown.text_input, f"{ITEM}:value").value == "0.9"


def test_it_is_open_again_when_there_was_no_answer(room: str, opened: Open) -> None:
    shown = marked(opened("phase-zero"))
    open_menu(shown, FACT).button(key=f"applies-{FACT}").click().run()
    assert (given(room).value, given(room).state, given(room).reason) == (None, "open", None)
    keyed(shown.text_input, f"{ITEM}:value").set_value("0.8").run()
    assert values(room) == {FACT: 0.8}


def test_what_was_typed_and_refused_before_it_was_marked_is_still_told(room: str, opened: Open) -> None:
    shown = opened("phase-zero")
    keyed(shown.text_input, f"{ITEM}:value").set_value("about nine").run()
    marked(shown)
    assert "about nine" in [code.value for code in shown.code]


def test_an_answer_that_somebody_else_gives_meanwhile_is_not_taken_away_unseen(room: str, opened: Open) -> None:
    shown = open_menu(opened("phase-zero"), FACT)
    somebody_sets(room, ITEM, "value", 0.7)
    somebody_sets(room, ITEM, "state", "decided")
    marked(shown)
    assert values(room) == {FACT: 0.7}
    assert "Somebody else changed this" in words(shown)


def test_who_looks_on_marks_nothing(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = open_page(monkeypatch, joined(room, "viewer"), "phase-zero")
    assert not fields(shown, f"{ITEM}:reason")
