"""Deciding and answering on pages that change under the hand: labels, slots, buttons beside a field, people."""

from __future__ import annotations

from typing import Any

import pytest

from canvas.document.workshop import Decision
from canvas.log.op import Author, Op
from canvas.store.store import new_id
from templates.plan import choice_title
from tests.joined import joined
from tests.opened_pages import Open, keyed, labelled, somebody_sets, stored, words
from tests.whole_app import open_page
from views.web.context import context

SLOT = "data.storage"


# Labels that change


def test_next_open_after_a_record_leads_to_the_next_slot(room: str, opened: Open) -> None:
    shown = opened("decide")
    first = shown.session_state["slot"]
    next(button for button in shown.button if str(button.key).startswith(f"choose-{first}-")).click().run()
    keyed(shown.text_area, f"because-{first}").set_value("We run it already").run()
    shown.button(key=f"record-{first}").click().run()
    [decision] = stored(room).decisions
    assert (decision.slot, decision.because) == (first, "We run it already")
    labelled(shown.button, "Next open").click().run()
    assert not shown.exception
    assert shown.session_state["slot"] != first


def test_a_reason_from_before_the_choice_is_told(room: str, opened: Open) -> None:
    shown = opened("decide")
    slot = shown.session_state["slot"]
    first, second = [str(b.key) for b in shown.button if str(b.key).startswith(f"choose-{slot}-")][:2]
    shown.button(key=first).click().run()
    keyed(shown.text_area, f"because-{slot}").set_value("We run it already").run()
    assert "before this was chosen" not in words(shown)
    shown.button(key=second).click().run()
    assert "This reason was written before this was chosen." in words(shown)
    keyed(shown.text_area, f"because-{slot}").set_value("It is cheaper").run()
    assert "before this was chosen" not in words(shown)


def test_a_text_whose_field_went_away_before_it_was_saved_is_told_on_its_page(room: str, opened: Open) -> None:
    task = Op(op_id=new_id(), action="add", item="task:t-1", value={"title": "Sort"})
    context().store.apply(room, task, Author("somebody", "facilitator"), context().content)
    shown = opened("phase-zero")
    keyed(shown.text_area, "task:t-1:note").set_value("x" * 5000).run()
    assert "Nothing is saved until it is shortened" in words(shown)
    assert "What you had typed was not saved," not in words(shown)
    somebody_sets(room, "task:t-1", "deleted", True)
    shown.run()
    assert "What you had typed was not saved," in words(shown)
    assert "x" * 5000 in [code.value for code in shown.code]
    shown.button(key="go-task:t-1:note").click().run()
    assert "What you had typed was not saved," not in words(shown)


def test_who_takes_part_drafts_a_decision_and_leaves_the_record_to_the_facilitator(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = open_page(monkeypatch, joined(room, "participant"), "decide")
    slot = shown.session_state["slot"]
    next(button for button in shown.button if str(button.key).startswith(f"choose-{slot}-")).click().run()
    keyed(shown.text_area, f"because-{slot}").set_value("We run it already").run()
    record = shown.button(key=f"record-{slot}")
    assert record.disabled
    assert "The facilitator records decisions" in record.help
    [decision] = stored(room).decisions
    assert (decision.status, decision.because) == ("draft", "We run it already")


@pytest.mark.parametrize("press", ["record", "tab"])
@pytest.mark.parametrize("way", ["again", "go"])
def test_a_reason_that_came_after_somebody_recorded_the_decision_is_kept(
    room: str, opened: Open, press: str, way: str
) -> None:
    shown = opened("decide")
    slot = shown.session_state["slot"]
    next(button for button in shown.button if str(button.key).startswith(f"choose-{slot}-")).click().run()
    somebody_sets(room, f"draft:{slot}", "because", "Theirs")
    record = Op(op_id=new_id(), action="record", item=f"draft:{slot}", value="2026-11-29")
    context().store.apply(room, record, Author("somebody", "facilitator"), context().content)
    keyed(shown.text_area, f"because-{slot}").set_value("Mine")
    (shown.button(key=f"record-{slot}").click() if press == "record" else shown).run()
    assert not shown.exception
    [decision] = stored(room).decisions
    assert (decision.because, decision.number) == ("Theirs", 1)
    assert "Somebody else recorded this decision while you wrote." in words(shown)
    assert "Mine" in [text.value for text in shown.text]
    shown.button(key=f"{way}-because-{slot}").click().run()
    assert "while you wrote" not in words(shown)
    drafts = [(d.choice, d.because) for d in stored(room).decisions if d.status == "draft"]
    assert drafts == ([(decision.choice, "Mine")] if way == "again" else [])
    if way == "again":
        assert keyed(shown.text_area, f"because-{slot}").value == "Mine"
        shown.button(key=f"record-{slot}").click().run()
        assert [(d.because, d.number) for d in stored(room).decisions] == [("Theirs", 1), ("Mine", 2)]


def test_a_choice_clicked_from_a_field_with_other_words_in_it_is_made(room: str, opened: Open) -> None:
    shown = opened("decide")
    slot = shown.session_state["slot"]
    button = next(button for button in shown.button if str(button.key).startswith(f"choose-{slot}-"))
    # Leaving the field sends its words, and the click its choice, in one message.
    keyed(shown.text_input, f"other-{slot}").set_value("A cupboard of tapes")
    button.click().run()
    assert not shown.exception
    assert "Somebody else" not in words(shown)
    [draft] = stored(room).decisions
    assert draft.choice == str(button.key).removeprefix(f"choose-{slot}-")


def test_of_two_who_choose_at_once_the_slower_is_told_in_words(room: str, opened: Open) -> None:
    shown = opened("decide")
    slot = shown.session_state["slot"]
    mine, theirs = [button for button in shown.button if str(button.key).startswith(f"choose-{slot}-")][:2]
    somebody_sets(room, f"draft:{slot}", "choice", str(theirs.key).removeprefix(f"choose-{slot}-"))
    choice = str(mine.key).removeprefix(f"choose-{slot}-")
    mine.click().run()
    assert [text.value for text in shown.text if "Yours" in text.value] == [
        f"Yours: {choice_title(choice, context().content)}"
    ]
    shown.button(key="keep-mine").click().run()
    assert [draft.choice for draft in stored(room).decisions] == [choice]


def test_every_slot_is_decided_one_after_the_other(room: str, opened: Open) -> None:
    shown = opened("decide")
    for _ in context().content.slots:
        slot = shown.session_state["slot"]
        next(button for button in shown.button if str(button.key).startswith(f"choose-{slot}-")).click().run()
        keyed(shown.text_area, f"because-{slot}").set_value(f"Because of {slot}").run()
        shown.button(key=f"record-{slot}").click().run()
        labelled(shown.button, "Next open").click().run()
        assert not shown.exception
    decisions = stored(room).decisions
    assert {decision.slot for decision in decisions} == set(context().content.slots)
    assert all(decision.because == f"Because of {decision.slot}" for decision in decisions)


def test_things_with_the_same_label_are_told_apart(room: str, opened: Open) -> None:
    somebody_sets(room, "workshop:", "team", "Depot")
    for moment in ("m-one", "m-two"):
        op = Op(op_id=new_id(), action="add", item=f"moment:{moment}", value={"name": "After lunch"})
        context().store.apply(room, op, Author("somebody", "facilitator"), context().content)
    shown = opened("history")
    keyed(shown.button_group, "history-mode").set_value("Compare").run()
    box = keyed(shown.selectbox, "compare-from")
    assert box.options == ["The start", "After lunch", "After lunch (2)", "Now"]
    picked = []
    for index in (1, 2):
        keyed(shown.selectbox, "compare-from").select_index(index).run()
        picked.append(shown.session_state["compare-from"])
    assert picked == ["m-one", "m-two"]


# A button beside a text field


def test_record_asks_for_the_reason_instead_of_being_closed(room: str, opened: Open) -> None:
    shown = opened("decide")
    slot = shown.session_state["slot"]
    next(button for button in shown.button if str(button.key).startswith(f"choose-{slot}-")).click().run()
    assert not shown.button(key=f"record-{slot}").disabled
    shown.button(key=f"record-{slot}").click().run()
    assert "Write why first" in words(shown)
    assert stored(room).decision_for(slot) == Decision(
        slot=slot, status="draft", **_draft(stored(room).decision_for(slot))
    )


def test_a_draft_keeps_every_fact_that_the_page_names_also_behind_own_words(room: str, opened: Open) -> None:
    somebody_sets(room, "requirement:input-kind", "value", "image")
    somebody_sets(room, "requirement:task-type", "value", "multi-label")
    shown = opened("decide")
    shown.session_state["slot"] = "experiments.framework"
    shown.run()
    assert any(
        "From: " in text and "Kind of input" in text and "Kind of task" in text for text in words(shown).splitlines()
    )
    shown.button(key="choose-experiments.framework-pytorch").click().run()
    drafted = stored(room).decision_for("experiments.framework")
    assert drafted is not None
    assert {"input-kind", "task-type"} <= set(drafted.drivers)
    keyed(shown.text_input, "other-experiments.framework").set_value("our own").run()
    own = stored(room).decision_for("experiments.framework")
    assert own is not None
    assert {"input-kind", "task-type"} <= set(own.drivers)


def _draft(found: Decision | None) -> dict[str, Any]:
    assert found is not None
    return {"choice": found.choice, "options": found.options, "drivers": found.drivers}


def test_record_counts_what_is_in_the_field_at_the_click(room: str, opened: Open) -> None:
    shown = opened("decide")
    slot = shown.session_state["slot"]
    next(button for button in shown.button if str(button.key).startswith(f"choose-{slot}-")).click().run()
    keyed(shown.text_area, f"because-{slot}").set_value("Typed and clicked in one go")
    shown.button(key=f"record-{slot}").click().run()
    [decision] = stored(room).decisions
    assert (decision.number, decision.because) == (1, "Typed and clicked in one go")


def test_an_option_chosen_after_own_words_is_no_news_from_somebody_else(room: str, opened: Open) -> None:
    shown = opened("decide")
    slot = shown.session_state["slot"]
    keyed(shown.text_input, f"other-{slot}").set_value("A cupboard of tapes").run()
    next(button for button in shown.button if str(button.key).startswith(f"choose-{slot}-")).click().run()
    replaced = shown.session_state["replaced"][f"other-{slot}"]
    assert (replaced.was, replaced.now, replaced.theirs) == ("A cupboard of tapes", "", False)


def test_own_words_that_give_way_to_somebody_elses_choice_are_news(room: str, opened: Open) -> None:
    shown = opened("decide")
    slot = shown.session_state["slot"]
    keyed(shown.text_input, f"other-{slot}").set_value("A cupboard of tapes").run()
    somebody_sets(room, f"draft:{slot}", "choice", "local-files")
    shown.run()
    assert shown.session_state["replaced"][f"other-{slot}"].theirs
