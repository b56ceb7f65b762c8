"""What a rule takes out, on the pages: told with its reason, asked nowhere, kept where something was said about it."""

from __future__ import annotations

import pytest

from canvas.advice.sheet import advice_sheet
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


@pytest.mark.parametrize(("step", "advices"), [("workflow", 1), ("levels", 3)])
def test_an_advice_that_does_not_apply_says_so_as_the_terminal_does(
    ready_made: str, opened: Open, step: str, advices: int
) -> None:
    said = words(opened(step))
    because = literal("A ready-made model answers, and no model of our own is trained.")
    assert said.count(f"**Does not apply:** {because}") >= advices
    missing = [one for one in advice_sheet(stored(ready_made), context().content).advice.values() if one.missing]
    assert said.count("**Not enough answered yet.**") <= len(missing)


def test_the_pages_ask_in_the_words_of_a_team_that_trains_nothing(ready_made: str, opened: Open) -> None:
    said = words(opened("phase-zero"))
    assert "The learning task" not in said
    assert "Can you lay hands on examples to judge by, with the answers you would want?" in said
    assert "Binary classification" not in "".join(line for line in said.splitlines() if "Assumed meanwhile" in line)
