"""Inputs of the pages: what is typed is saved as it was meant, or stays with the reason, and is never just gone."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from canvas.log.op import Author, Op
from canvas.store.store import new_id
from tests.opened_pages import Open, keyed, labelled, somebody_sets, stored, values, words
from tests.whole_app import go_to
from views.visit.shown import RUNS, SHOWN
from views.web.context import context

# Numbers


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("metric-threshold", "0,92", 0.92),
        ("metric-threshold", "0.92", 0.92),
        ("requests-per-day", "1.000.000", 1_000_000),
        ("requests-per-day", "1 000 000", 1_000_000),
        ("requests-per-day", "2.500,00", 2500),
        ("requests-per-day", "2,500.00", 2500),
    ],
)
def test_a_number_is_saved_as_it_was_meant_in_any_locale(
    room: str, opened: Open, field: str, typed: str, meant: float
) -> None:
    shown = opened("phase-zero")
    keyed(shown.text_input, f"requirement:{field}:value").set_value(typed).run()
    assert values(room) == {field: meant}
    assert not shown.exception


def test_a_share_of_so_many_is_taken_in_percent_and_told(room: str, opened: Open) -> None:
    shown = opened("phase-zero")
    key = "requirement:base-rate:value"
    keyed(shown.text_input, key).set_value("1 in 500").run()
    assert values(room) == {"base-rate": 0.2}
    assert "Read '1 in 500' as 0.2 %." in words(shown).replace("\\", "")
    keyed(shown.text_input, key).set_value("0.5").run()
    assert values(room) == {"base-rate": 0.5}
    assert "Read '" not in words(shown)
    keyed(shown.text_input, key).set_value("very few").run()
    assert "such as 5 or 1 in 20." in words(shown).replace("\\", "")


def test_a_number_with_two_readings_is_refused_beside_the_field_with_both(room: str, opened: Open) -> None:
    shown = opened("phase-zero")
    key = "requirement:benefit-per-year:value"
    keyed(shown.text_input, key).set_value("1.500").run()
    assert values(room) == {}
    assert keyed(shown.text_input, key).value == "1.500"
    said = words(shown).replace("\\", "")
    assert "can be read as 1.5 or as 1500. Write 1.5 or 1500." in said
    keyed(shown.text_input, key).set_value("1500").run()
    assert values(room) == {"benefit-per-year": 1500}
    assert "can be read as" not in words(shown)


def test_what_was_refused_is_still_there_after_a_look_at_another_page(
    room: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = opened("phase-zero")
    key = "requirement:benefit-per-year:value"
    keyed(shown.text_input, key).set_value("about 5").run()
    go_to(shown, monkeypatch, "canvas")
    assert not [box for box in shown.text_input if box.key == key]
    go_to(shown, monkeypatch, "phase-zero")
    assert keyed(shown.text_input, key).value == "about 5"
    shown.button(key=f"back-{key}").click().run()
    assert keyed(shown.text_input, key).value == ""


def test_a_percentage_is_no_fraction_and_the_field_asks_which_was_meant(room: str, opened: Open) -> None:
    somebody_sets(room, "requirement:main-metric", "value", "roc-auc")
    shown = opened("phase-zero")
    keyed(shown.text_input, "requirement:metric-threshold:value").set_value("92").run()
    assert values(room) == {"main-metric": "roc-auc"}
    assert "it goes from 0 to 1. Did you mean 0.92?" in words(shown).replace("\\", "")


def test_a_threshold_that_a_later_metric_cannot_reach_is_kept_and_told_beside_its_field(
    room: str, opened: Open
) -> None:
    somebody_sets(room, "requirement:main-metric", "value", "rmse")
    somebody_sets(room, "requirement:metric-threshold", "value", 92)
    assert "cannot be" not in words(opened("phase-zero"))
    somebody_sets(room, "requirement:main-metric", "value", "roc-auc")
    shown = opened("phase-zero")
    assert keyed(shown.text_input, "requirement:metric-threshold:value").value == "92"
    assert "it goes from 0 to 1. Did you mean 0.92?" in words(shown).replace("\\", "")
    assert values(room)["metric-threshold"] == 92


# Choices


def test_metrics_that_suit_the_task_are_listed_first_and_what_was_chosen_stays_chosen(room: str, opened: Open) -> None:
    key = "requirement:main-metric:value"
    somebody_sets(room, "requirement:main-metric", "value", "accuracy")
    shown = opened("phase-zero")
    assert keyed(shown.selectbox, key).options[0] == "Accuracy"
    somebody_sets(room, "requirement:task-type", "value", "multi-label")
    somebody_sets(room, "requirement:base-rate", "value", 0.1)
    shown.run()
    listed = keyed(shown.selectbox, key)
    assert listed.options[:3] == ["Macro F1", "Micro F1", "Mean average precision"]
    assert listed.value == "accuracy"
    assert values(room)["main-metric"] == "accuracy"


# Texts


def test_a_text_that_is_too_long_stays_in_its_field_whole_and_says_by_how_much(room: str, opened: Open) -> None:
    shown = opened("phase-zero")
    field = keyed(shown.text_area, "requirement:users:value")
    field.set_value("x" * 304).run()
    assert values(room) == {}
    assert keyed(shown.text_area, "requirement:users:value").value == "x" * 304
    said = words(shown)
    assert "304 characters" in said
    assert "shortened by 104" in said.replace("\\", "")
    keyed(shown.text_area, "requirement:users:value").set_value("x" * 200).run()
    assert values(room) == {"users": "x" * 200}
    assert "304 characters" not in words(shown)


def test_a_pasted_list_waits_until_somebody_says_what_becomes_of_it(room: str, opened: Open) -> None:
    shown = opened("phase-zero")
    keyed(shown.chat_input, "add-task").set_value("Sort parcels\n\n  Load  vans\nDrive").run()
    assert stored(room).tasks == ()
    labelled(shown.button, "Add 3, one for each line").click().run()
    assert [task.title for task in stored(room).tasks] == ["Sort parcels", "Load vans", "Drive"]
    assert not [area for area in shown.text_area if "not added yet" in area.label]
    keyed(shown.chat_input, "add-task").set_value("y" * 304).run()
    assert len(stored(room).tasks) == 3
    assert keyed(shown.text_area, "add-task:waiting").value == "y" * 304
    assert not [button for button in shown.button if button.label == "Add"]
    keyed(shown.text_area, "add-task:waiting").set_value("Hand over").run()
    labelled(shown.button, "Add").click().run()
    assert stored(room).tasks[-1].title == "Hand over"


# Two people, one answer


def test_the_slower_of_two_sees_both_answers_and_decides(room: str, opened: Open) -> None:
    shown = opened("phase-zero")
    somebody_sets(room, "requirement:users", "value", "The couriers")
    key = "requirement:users:value"
    keyed(shown.text_area, key).set_value("The dispatchers").run()
    assert values(room) == {"users": "The couriers"}
    said = words(shown)
    assert "Theirs: The couriers" in said
    assert "Yours: The dispatchers" in said
    shown.button(key=f"mine-{key}").click().run()
    assert values(room) == {"users": "The dispatchers"}
    assert "Theirs" not in words(shown)


@pytest.mark.parametrize(("way", "left"), [("theirs", "The couriers"), ("both", "The couriers\nThe dispatchers")])
def test_the_slower_of_two_may_take_theirs_or_keep_both(room: str, opened: Open, way: str, left: str) -> None:
    shown = opened("phase-zero")
    somebody_sets(room, "requirement:users", "value", "The couriers")
    key = "requirement:users:value"
    keyed(shown.text_area, key).set_value("The dispatchers").run()
    shown.button(key=f"{way}-{key}").click().run()
    assert values(room) == {"users": left}
    assert keyed(shown.text_area, key).value == left


def sends_before_it_shows(shown: AppTest, run: int, field: Any, value: Any) -> None:
    """Send a value as a browser does that has shown nothing later than a run."""
    shown.text_input(key=SHOWN).set_value(str(run))
    field.set_value(value).run()


@pytest.mark.parametrize(
    ("requirement", "kind", "before", "theirs"),
    [
        ("users", "text_area", "The couriers", "The dispatchers"),
        ("metric-threshold", "text_input", "0.8", 0.9),
        ("human-check", "button_group", True, False),
        ("main-metric", "selectbox", "rmse", "mae"),
    ],
)
def test_what_a_browser_sends_once_more_puts_nothing_back_over_what_somebody_else_saved(
    room: str, opened: Open, requirement: str, kind: str, before: Any, theirs: Any
) -> None:
    shown, key = opened("phase-zero"), f"requirement:{requirement}:value"
    field = lambda: keyed(getattr(shown, kind), key)  # noqa: E731
    field().set_value(before).run()
    run = shown.session_state[RUNS].present
    somebody_sets(room, f"requirement:{requirement}", "value", theirs)
    shown.run()
    events = context().store.read(room, lambda state: state.seq)
    for _ in range(2):
        sends_before_it_shows(shown, run, field(), before)
        assert values(room)[requirement] == theirs
        assert context().store.read(room, lambda state: state.seq) == events
        assert "Theirs:" not in words(shown)
    field().set_value(before).run()
    assert values(room)[requirement] != theirs, "who has seen theirs may put the old answer back"


def test_who_answers_before_their_browser_shows_what_somebody_else_saved_sees_both(room: str, opened: Open) -> None:
    shown, key = opened("phase-zero"), "requirement:users:value"
    run = shown.session_state[RUNS].present
    for text in ("The couriers", "The drivers"):
        somebody_sets(room, "requirement:users", "value", text)
        shown.run()
    sends_before_it_shows(shown, run, keyed(shown.text_area, key), "The dispatchers")
    assert values(room) == {"users": "The drivers"}
    assert keyed(shown.text_area, key).value == "The drivers"
    assert "Theirs: The drivers" in words(shown)
    assert "Yours: The dispatchers" in words(shown)


def test_who_corrects_themselves_before_their_browser_shows_it_is_not_told_of_somebody_else(
    room: str, opened: Open
) -> None:
    shown, key = opened("phase-zero"), "requirement:users:value"
    run = shown.session_state[RUNS].present
    keyed(shown.text_area, key).set_value(" The couriers ").run()
    sends_before_it_shows(shown, run, keyed(shown.text_area, key), "The dispatchers")
    assert values(room) == {"users": "The dispatchers"}
    assert "Theirs:" not in words(shown)


def test_two_who_choose_for_one_practice_leave_no_mixture_of_both(room: str, opened: Open) -> None:
    shown = opened("assess")
    practice = shown.session_state["practice"]
    somebody_sets(room, f"answer:{practice}", "state", "unknown")
    keyed(shown.button_group, f"answer:{practice}").set_value("automated").run()
    [answer] = stored(room).answers
    assert (answer.state, answer.value) == ("unknown", None)
    said = words(shown)
    assert "Theirs: Don't know" in said.replace("\\", "")
    assert "Yours: Automated" in said
    shown.button(key=f"mine-answer:{practice}").click().run()
    [answer] = stored(room).answers
    assert (answer.state, answer.value) == ("answered", "automated")


def test_a_link_goes_and_comes_back_with_the_task_it_names(room: str, opened: Open) -> None:
    for id_, after in (("t-a", []), ("t-b", ["t-a"]), ("t-c", ["t-b"])):
        task = Op(op_id=new_id(), action="add", item=f"task:{id_}", value={"title": id_, "after": after})
        context().store.apply(room, task, Author("somebody", "participant"), context().content)
    shown = opened("phase-zero")

    def after(task: str) -> tuple[list[str], list[str]]:
        field = keyed(shown.multiselect, f"task:{task}:after")
        return list(field.value), list(field.options)

    assert (after("t-b"), after("t-c")) == ((["t-a"], ["t-a"]), (["t-b"], ["t-a", "t-b"]))
    shown.button(key="remove-task:t-b").click().run()
    assert after("t-c") == ([], ["t-a"])
    somebody_sets(room, "task:t-b", "deleted", False)
    shown.run()
    assert (after("t-b"), after("t-c")) == ((["t-a"], ["t-a"]), (["t-b"], ["t-a", "t-b"]))
    assert stored(room).tasks[2].after == ("t-b",)
