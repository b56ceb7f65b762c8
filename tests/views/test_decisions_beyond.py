"""Decisions that no slot asks for: added, drafted by whoever takes part, recorded, replaced, listed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.joined import joined
from tests.opened_pages import Open, keyed, stored, words
from tests.whole_app import open_page

TITLE = "Who is on call"


def added(shown: AppTest, title: str = TITLE) -> str:
    """Add a decision and return the name of its draft."""
    before = {str(box.key) for box in shown.text_input}
    keyed(shown.chat_input, "add-decision").set_value(title).run()
    assert not shown.exception
    new = next(box for box in shown.text_input if str(box.key).endswith(":title") and str(box.key) not in before)
    return str(new.key).removeprefix("draft:").removesuffix(":title")


def filled(shown: AppTest, name: str, choice: str = "The platform team", because: str = "They hold the pager") -> None:
    keyed(shown.text_input, f"draft:{name}:choice").set_value(choice).run()
    keyed(shown.text_area, f"because-{name}").set_value(because).run()


def test_a_decision_beyond_the_slots_is_added_reasoned_and_recorded(room: str, opened: Open) -> None:
    shown = opened("decide")
    name = added(shown)
    filled(shown, name)
    shown.button(key=f"record-{name}").click().run()
    assert not shown.exception
    [found] = stored(room).beyond
    assert (found.number, found.title, found.choice, found.because) == (
        1,
        TITLE,
        "The platform team",
        "They hold the pager",
    )
    assert f"{TITLE}: **The platform team**" in words(shown).replace("  \n", " ").replace("\n", " ")
    assert not [box for box in shown.text_input if str(box.key).endswith(":title")]


@pytest.mark.parametrize(
    ("empty", "why"),
    [("title", "Say what it is about first"), ("choice", "Say what you decide first"), ("because", "Write why first")],
)
def test_nothing_is_recorded_while_a_part_is_missing(room: str, opened: Open, empty: str, why: str) -> None:
    shown = opened("decide")
    name = added(shown)
    filled(shown, name)
    field = keyed(shown.text_area, f"because-{name}") if empty == "because" else None
    (field or keyed(shown.text_input, f"draft:{name}:{empty}")).set_value("")
    shown.button(key=f"record-{name}").click().run()
    assert why in words(shown)
    assert [decision.number for decision in stored(room).beyond if decision.number] == []


def test_a_later_one_takes_the_place_of_an_earlier_one(room: str, opened: Open) -> None:
    shown = opened("decide")
    first = added(shown)
    filled(shown, first)
    shown.button(key=f"record-{first}").click().run()
    second = added(shown, "Who is on call at night")
    filled(shown, second, "Nobody")
    keyed(shown.selectbox, f"replaces-{second}").select_index(0).run()
    shown.button(key=f"record-{second}").click().run()
    assert [(d.number, d.status, d.supersedes) for d in stored(room).beyond] == [
        (1, "superseded", None),
        (2, "accepted", 1),
    ]


def test_a_draft_can_be_removed(room: str, opened: Open) -> None:
    shown = opened("decide")
    name = added(shown)
    shown.button(key=f"remove-draft:{name}").click().run()
    assert not [box for box in shown.text_input if str(box.key).endswith(":title")]
    assert stored(room).beyond == ()


def test_what_became_of_one_is_said_as_of_any_other(room: str, opened: Open) -> None:
    shown = opened("decide")
    name = added(shown)
    filled(shown, name)
    shown.button(key=f"proposed-{name}").click().run()
    keyed(shown.text_area, "outcome-because-1").set_value("No money")
    shown.button(key="rejected-1").click().run()
    [found] = stored(room).beyond
    assert (found.status, found.status_because) == ("rejected", "No money")


def test_who_takes_part_drafts_and_the_facilitator_records(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = open_page(monkeypatch, joined(room, "participant"), "decide")
    name = added(shown)
    filled(shown, name)
    assert shown.button(key=f"record-{name}").disabled
    assert not [button for button in shown.button if button.key == f"proposed-{name}"]
    [found] = stored(room).beyond
    assert (found.status, found.title) == ("draft", TITLE)


def test_who_looks_on_can_add_nothing(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = open_page(monkeypatch, joined(room, "viewer"), "decide")
    assert not [line for line in shown.chat_input if line.key == "add-decision"]
