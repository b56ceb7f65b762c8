"""What a rule takes out, on the pages: told with its reason, asked nowhere, kept where something was said about it."""

from __future__ import annotations

import pytest

from tests.opened_pages import Open, somebody_sets, stored, words
from views.frame.progress import progress
from views.literal import literal
from views.web.context import context


@pytest.fixture
def ready_made(room: str) -> str:
    somebody_sets(room, "requirement:retraining", "value", "weekly")
    somebody_sets(room, "requirement:model-source", "value", "ready-made")
    return room


def test_a_question_that_left_is_told_and_not_asked(ready_made: str, opened: Open) -> None:
    shown = opened("phase-zero")
    said = words(shown)
    because = literal("A ready-made model answers, and no model of our own is trained.")
    assert f"**Does not apply:** {because}" in said
    assert "Kept, and not counted meanwhile: weekly" in said.replace("Weekly", "weekly")
    fields = [str(field.key) for field in (*shown.number_input, *shown.text_input, *shown.selectbox)]
    assert not [key for key in fields if key.startswith("requirement:data-volume:value")]


def test_a_slot_that_left_has_no_options_and_is_not_the_next_open_one(ready_made: str, opened: Open) -> None:
    shown = opened("decide")
    picker = next(box for box in shown.selectbox if box.label == "Decision")
    assert any("Training framework · does not apply" in label for label in picker.options)
    picker.set_value("experiments.framework").run()
    assert not shown.exception
    assert "**Does not apply:** Without training there is no library to train with." in words(shown)
    assert not [button for button in shown.button if str(button.key).startswith("choose-experiments.framework-")]
    next(button for button in shown.button if button.label == "Next open").click().run()
    assert shown.session_state["slot"] == "experiments.tracking"


def test_nothing_is_told_where_no_rule_holds(room: str, opened: Open) -> None:
    somebody_sets(room, "requirement:model-source", "value", "own")
    assert "Does not apply" not in words(opened("phase-zero"))
    assert "does not apply" not in words(opened("decide"))


def test_rows_that_left_are_counted_and_not_asked(ready_made: str, opened: Open) -> None:
    said = words(opened("crisp-ml"))
    assert "rows do not apply. A ready-made model answers" in said
    assert "The model is trained" not in said


def test_what_left_is_not_waited_for(ready_made: str) -> None:
    content = context().content
    now = progress(stored(ready_made), content)
    assert now["decide"].of == len(content.slots) - 4


def test_take_home_names_the_commands_that_the_project_has(ready_made: str, opened: Open) -> None:
    said = words(opened("take-home"))
    assert "`make evaluate`, `make serve` and `make test` work with Python and make." in said
    assert "make train" not in said
