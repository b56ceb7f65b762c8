"""Recorded decisions on the page: what they say, what becomes of them, and who can say so."""

from __future__ import annotations

from typing import Any

import pytest

from canvas.document.workshop import Decision
from canvas.log.op import Author, Op
from canvas.store.store import new_id
from tests.joined import joined
from tests.opened_pages import Open, keyed, somebody_sets, stored, words
from tests.whole_app import open_page
from views.visit.clock import today
from views.web.context import context

SLOT = "data.storage"


def leader_records(room: str, item: str, value: Any = "2026-11-20") -> None:
    op = Op(op_id=new_id(), action="record", item=item, value=value)
    context().store.apply(room, op, Author("lead", "facilitator"), context().content)


def decided(room: str, choice: str, because: str = "We run it already", **more: Any) -> None:
    """Draft a choice for the slot and record it."""
    for prop, value in {"choice": choice, "because": because}.items():
        somebody_sets(room, f"draft:{SLOT}", prop, value)
    leader_records(room, f"draft:{SLOT}", {"decided_on": "2026-11-20", **more})


def only(room: str) -> Decision:
    [decision] = stored(room).decisions
    return decision


# What becomes of it


@pytest.mark.parametrize("outcome", ["accepted", "rejected"])
def test_a_proposed_decision_is_accepted_or_rejected_with_a_reason(room: str, opened: Open, outcome: str) -> None:
    decided(room, "s3", status="proposed")
    shown = opened("decide")
    shown.session_state["slot"] = SLOT
    shown.run()
    shown.button(key=f"{outcome}-1").click().run()
    assert only(room).status == "proposed"
    keyed(shown.text_area, "outcome-because-1").set_value("The council agreed")
    keyed(shown.text_input, "outcome-day-1").set_value("2026-06")
    shown.button(key=f"{outcome}-1").click().run()
    assert not shown.exception
    found = only(room)
    assert (found.status, found.status_on, found.status_because) == (outcome, "2026-06", "The council agreed")
    assert f"{outcome.capitalize()} 2026-06: The council agreed" in words(shown)


def test_an_accepted_decision_is_deprecated_and_its_slot_is_open_again(room: str, opened: Open) -> None:
    decided(room, "s3")
    shown = opened("decide")
    shown.session_state["slot"] = SLOT
    shown.run()
    assert not [button for button in shown.button if button.key in {"accepted-1", "rejected-1"}]
    keyed(shown.text_area, "outcome-because-1").set_value("The bucket is closed")
    shown.button(key="deprecated-1").click().run()
    assert (only(room).status, only(room).status_on) == ("deprecated", today().isoformat())
    assert stored(room).decision_for(SLOT) is None
    assert not [button for button in shown.button if button.key == "deprecated-1"]


def test_a_record_that_another_replaces_says_by_which(room: str, opened: Open) -> None:
    decided(room, "s3")
    decided(room, "kafka")
    shown = opened("decide")
    shown.session_state["slot"] = SLOT
    shown.run()
    assert "Decision 2 replaces it." in words(shown)
    assert "superseded]" in words(shown)


def test_a_reason_that_came_after_somebody_said_what_became_of_it_is_shown(room: str, opened: Open) -> None:
    decided(room, "s3")
    shown = opened("decide")
    shown.session_state["slot"] = SLOT
    shown.run()
    keyed(shown.text_area, "outcome-because-1").set_value("Mine").run()
    outcome = {"status": "deprecated", "on": "2026-11-20", "because": "Theirs"}
    op = Op(op_id=new_id(), action="set", item="outcome:1", prop="outcome", value=outcome)
    context().store.apply(room, op, Author("lead", "facilitator"), context().content)
    shown.run()
    assert "Somebody else has said meanwhile that this is deprecated." in words(shown)
    assert "Mine" in [text.value for text in shown.text]
    shown.button(key="go-outcome-because-1").click().run()
    assert "Mine" not in [text.value for text in shown.text]


@pytest.mark.parametrize("role", ["participant", "viewer"])
def test_who_does_not_lead_sees_states_and_no_buttons_for_them(
    room: str, monkeypatch: pytest.MonkeyPatch, role: Any
) -> None:
    decided(room, "s3", status="proposed")
    somebody_sets(room, f"draft:{SLOT}", "choice", "kafka")
    shown = open_page(monkeypatch, joined(room, role), "decide")
    shown.session_state["slot"] = SLOT
    shown.run()
    assert "proposed]" in words(shown)
    keys = {str(button.key) for button in shown.button}
    assert not keys & {"accepted-1", "rejected-1"}
