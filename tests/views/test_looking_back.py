"""The history page: what its comparison begins with, and what it says of moments that were kept by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas.document.file import load_workshop
from canvas.log.facilitation import room_of
from canvas.log.op import Author, Op
from canvas.store.store import new_id
from tests.joined import joined
from tests.opened_pages import Open, keyed, labelled, somebody_sets, words
from tests.whole_app import open_page
from views.web.context import context

EXAMPLES = Path(__file__).parents[2] / "examples"


def leads(room: str, prop: str, value: Any) -> None:
    if prop == "agenda":
        value = {"leaves": context().store.read(room, room_of).agenda, "enters": value}
    op = Op(op_id=new_id(), action="set", item="room:", prop=prop, value=value)
    context().store.apply(room, op, Author("leader", "facilitator"), context().content)


def test_a_workshop_in_which_nothing_changed_has_nothing_to_compare(room: str, opened: Open) -> None:
    shown = opened("history")
    keyed(shown.button_group, "history-mode").set_value("Compare").run()
    assert "Nothing has changed" in shown.info[0].value
    assert not any(str(box.key).startswith("compare-") for box in shown.selectbox)


def test_the_comparison_begins_with_now_and_the_last_moment_that_differs(room: str, opened: Open) -> None:
    somebody_sets(room, "workshop:", "team", "Depot")
    leads(room, "agenda", "value")
    somebody_sets(room, "workshop:", "team", "Depot 2")
    leads(room, "agenda", "vote")
    leads(room, "timer", {"seconds": 60})
    shown = opened("history")
    keyed(shown.button_group, "history-mode").set_value("Compare").run()
    assert shown.session_state["compare-to"] == "now"
    assert shown.session_state["compare-from"] == "kept-2"
    assert keyed(shown.selectbox, "compare-from").options[1:3] == [
        "Before: Value proposition",
        "After: Value proposition",
    ]
    assert "Depot 2" in words(shown)


def test_a_moment_kept_by_itself_says_so_until_somebody_names_it(room: str, opened: Open) -> None:
    somebody_sets(room, "workshop:", "team", "Depot")
    leads(room, "agenda", "value")
    shown = opened("history")
    shown.button(key="moment-kept-2").click().run()
    assert "kept by itself" in words(shown)
    shown.text_input[0].set_value("Ours")
    labelled(shown.button, "Keep").click().run()
    assert shown.button(key="moment-kept-2").label == "Ours"
    assert "kept by itself" not in words(shown)


@pytest.mark.usefixtures("own_store")
def test_an_opened_example_has_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    room = context().store.create(load_workshop(EXAMPLES / "starter-git-dvc-make.workshop.yaml"))
    somebody_sets(room, "workshop:", "team", "Depot")
    shown = open_page(monkeypatch, joined(room, "facilitator"), "history")
    keyed(shown.button_group, "history-mode").set_value("Compare").run()
    assert keyed(shown.selectbox, "compare-from").options == ["As it was opened", "Now"]
