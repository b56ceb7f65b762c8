"""What a team can say of a decision: that it does not apply, what else is in use, as what it is recorded, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from canvas.document.workshop import Decision
from canvas.log.op import Author, Op
from canvas.store.store import new_id
from tests.joined import joined
from tests.opened_pages import Open, keyed, labelled, somebody_sets, stored, words
from tests.whole_app import open_page
from views.visit.clock import today
from views.web.context import context

SLOT = "data.storage"
BECAUSE = f"because-{SLOT}"
Draft = Callable[..., AppTest]


def leader_records(room: str, item: str, value: Any = "2026-11-20") -> None:
    op = Op(op_id=new_id(), action="record", item=item, value=value)
    context().store.apply(room, op, Author("lead", "facilitator"), context().content)


def decided(room: str, choice: str, because: str = "We run it already", **more: Any) -> None:
    """Draft a choice for the slot and record it."""
    for prop, value in {"choice": choice, "because": because}.items():
        somebody_sets(room, f"draft:{SLOT}", prop, value)
    leader_records(room, f"draft:{SLOT}", {"decided_on": "2026-11-20", **more})


@pytest.fixture
def drafted(room: str, opened: Open) -> Draft:
    """The page of Decide with a draft for the slot."""

    def open_page_with(choice: str = "s3", **said: Any) -> AppTest:
        for prop, value in {"choice": choice, **said}.items():
            somebody_sets(room, f"draft:{SLOT}", prop, value)
        shown = opened("decide")
        assert shown.session_state["slot"] == SLOT
        return shown

    return open_page_with


def only(room: str) -> Decision:
    [decision] = stored(room).decisions
    return decision


# The choice


def test_a_slot_that_does_not_apply_is_recorded_with_its_reason_and_never_without(room: str, opened: Open) -> None:
    shown = opened("decide")
    shown.button(key=f"choose-{SLOT}-not-applicable").click().run()
    assert keyed(shown.text_area, BECAUSE).placeholder == "Why your system has no use for this"
    shown.button(key=f"record-{SLOT}").click().run()
    assert "Write why first" in words(shown)
    assert only(room).status == "draft"
    keyed(shown.text_area, BECAUSE).set_value("Nothing is stored: every request brings its data").run()
    shown.button(key=f"record-{SLOT}").click().run()
    assert (only(room).choice, only(room).status) == ("not-applicable", "accepted")
    assert "**Not applicable**" in words(shown)


@pytest.mark.parametrize("choice", ["none-yet", "not-applicable"])
def test_nothing_stands_beside_a_slot_without_a_choice(drafted: Draft, choice: str) -> None:
    assert not [box for box in drafted(choice).multiselect if str(box.key).startswith("beside-")]


def test_what_else_is_in_use_is_picked_or_typed_and_recorded(room: str, drafted: Draft) -> None:
    shown = drafted(because="We run it already")
    keyed(shown.multiselect, f"beside-{SLOT}").set_value(["postgresql", "Our tape robot"]).run()
    assert not shown.exception
    assert only(room).beside == ("postgresql", "other: Our tape robot")
    assert keyed(shown.multiselect, f"beside-{SLOT}").value == ["postgresql", "other: Our tape robot"]
    shown.button(key=f"record-{SLOT}").click().run()
    assert only(room).beside == ("postgresql", "other: Our tape robot")
    assert "Amazon S3, beside it PostgreSQL and Our tape robot" in words(shown).replace("\\", "")


def test_the_title_of_an_option_that_is_typed_is_that_option(room: str, drafted: Draft) -> None:
    keyed(drafted().multiselect, f"beside-{SLOT}").set_value(["postgresql", "apache kafka"]).run()
    assert only(room).beside == ("postgresql", "kafka")


def test_words_that_are_too_long_stay_in_the_field_with_the_reason(room: str, drafted: Draft) -> None:
    shown = drafted()
    keyed(shown.multiselect, f"beside-{SLOT}").set_value(["x" * 151]).run()
    assert only(room).beside == ()
    assert "Nothing is saved until it is shortened" in words(shown)
    assert keyed(shown.multiselect, f"beside-{SLOT}").value == ["other: " + "x" * 151]


def test_own_words_can_be_like_an_entry_and_others_are_not_asked(room: str, drafted: Draft) -> None:
    shown = drafted("other: Our own object shelf")
    keyed(shown.selectbox, f"like-{SLOT}").set_value("Amazon S3").run()
    assert only(room).like == "s3"
    shown.button(key=f"choose-{SLOT}-s3").click().run()
    assert only(room).like is None
    assert not [box for box in shown.selectbox if str(box.key).startswith("like-")]


def test_a_recorded_choice_that_is_drafted_again_keeps_what_stands_beside_it(room: str, drafted: Draft) -> None:
    shown = drafted(because="We run it already", beside=["kafka"])
    leader_records(room, f"draft:{SLOT}")
    shown.run()
    shown.button(key=f"choose-{SLOT}-s3").click().run()
    assert [(d.status, d.beside) for d in stored(room).decisions] == [("accepted", ("kafka",)), ("draft", ("kafka",))]


# The record


@pytest.mark.parametrize("typed", ["2026-05-17", "2026-05", "2019"])
def test_a_record_has_the_day_month_or_year_that_was_typed(room: str, drafted: Draft, typed: str) -> None:
    shown = drafted(because="We run it already")
    # Both in one message: the field is left by the click.
    keyed(shown.text_input, f"when-{SLOT}").set_value(typed)
    shown.button(key=f"record-{SLOT}").click().run()
    assert only(room).decided_on == typed
    assert f"recorded {typed}" in words(shown)


def test_a_record_without_a_day_is_of_today(room: str, drafted: Draft) -> None:
    shown = drafted(because="We run it already")
    shown.button(key=f"record-{SLOT}").click().run()
    assert only(room).decided_on == today().isoformat()


@pytest.mark.parametrize(
    ("typed", "why"), [("last May", "This is no day"), ("2026-02-30", "This is no day"), ("2090-01", "still to come")]
)
def test_what_is_no_day_stays_in_its_field_and_nothing_is_recorded(
    room: str, drafted: Draft, typed: str, why: str
) -> None:
    shown = drafted(because="We run it already")
    keyed(shown.text_input, f"when-{SLOT}").set_value(typed)
    shown.button(key=f"record-{SLOT}").click().run()
    assert only(room).number is None
    assert why in words(shown)
    assert keyed(shown.text_input, f"when-{SLOT}").value == typed
    keyed(shown.text_input, f"when-{SLOT}").set_value("2026-05")
    shown.button(key=f"record-{SLOT}").click().run()
    assert (only(room).number, only(room).decided_on) == (1, "2026-05")


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_a_draft_is_recorded_as_proposed_or_rejected(room: str, drafted: Draft, status: str) -> None:
    shown = drafted(because="It is dear")
    shown.button(key=f"{status}-{SLOT}").click().run()
    assert (only(room).number, only(room).status) == (1, status)
    assert f"{status}]" in words(shown)
    # What was rejected fills nothing, so the slot is open again.
    in_force = stored(room).decision_for(SLOT)
    assert (in_force is None) == (status == "rejected")


def test_a_reason_is_needed_as_whatever_it_is_recorded(room: str, drafted: Draft) -> None:
    shown = drafted()
    shown.button(key=f"rejected-{SLOT}").click().run()
    assert "Write why first" in words(shown)
    assert only(room).number is None


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
    assert not keys & {"accepted-1", "rejected-1", f"proposed-{SLOT}", f"rejected-{SLOT}"}
    assert shown.button(key=f"record-{SLOT}").disabled


def test_the_next_open_slot_is_not_one_that_is_proposed_or_does_not_apply(room: str, opened: Open) -> None:
    decided(room, "s3", status="proposed")
    shown = opened("decide")
    second = list(context().content.slots)[1]
    assert shown.session_state["slot"] == second
    somebody_sets(room, f"draft:{second}", "choice", "not-applicable")
    somebody_sets(room, f"draft:{second}", "because", "There is no data of ours")
    leader_records(room, f"draft:{second}")
    shown.run()
    labelled(shown.button, "Next open").click().run()
    assert shown.session_state["slot"] == list(context().content.slots)[2]
