"""One input for one typed value, whatever it belongs to: an answer, a cell of a table, a property of a risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canvas.advice.facts import known_facts
from canvas.document.unfit import given_values, range_of
from canvas.method.facts import RequirementDefinition
from canvas.method.suited import best_first
from canvas.method.typed_values import TEXT_LIMITS, Option, ValueDefinition
from canvas.reading.types import RequirementValue
from views.visit.session import Visit, content
from views.widgets.choices import choice_field
from views.widgets.fields import number_field, saver, text_field

# Few short options are seen at a glance; more are a list to open. Letters that fit side by side on half a page.
HALF_A_PAGE = 44
OPTION_EDGES = 3
CHOOSE = "Choose"
WORDS = {True: "Yes", False: "No"}


def value_widget(
    visit: Visit,
    item: str,
    prop: str,
    definition: ValueDefinition,
    value: RequirementValue | None,
    *,
    label: str = "",
    letters: int = HALF_A_PAGE,
    place: Mapping[str, Any] | None = None,
) -> None:
    """Show the input that fits the type; what is entered is saved as `prop` of `item`, and emptying it opens it again.

    The label is the title of the definition, for those who hear the page; `label` names what it is about. `letters` is
    how many of them fit into the place of the input. `place` has the `key`, `seq` and `save` of what is
    no property of the workshop.
    """
    spoken = f"{label}: {definition.title}" if label else definition.title
    place = place or {"seq": visit.base(item, prop), "save": saver(visit, item, prop), "key": f"{item}:{prop}"}
    look: dict[str, Any] = {"label_visibility": "collapsed", "disabled": not visit.may_edit}
    # In a cell of a table the head of the column says it, and has more room.
    hint = definition.title if letters >= HALF_A_PAGE else ""
    if definition.type == "choice":
        titles = {option.id: option.title for option in _in_order(visit, definition)}
        segments = sum(len(title) + OPTION_EDGES for title in titles.values()) <= letters + OPTION_EDGES
        look |= {} if segments else {"placeholder": hint or CHOOSE}
        choice_field(spoken, titles, None if value is None else str(value), segments=segments, **place, **look)
    elif definition.type == "yes-no":
        choice_field(spoken, WORDS, value if isinstance(value, bool) else None, segments=True, **place, **look)
    elif definition.type == "number":
        number = value if isinstance(value, int | float) else None
        bounds = range_of(definition, given_values(visit.workshop), content())
        number_field(spoken, number, bounds=bounds, placeholder=hint, **place, **look)
    else:
        # As high as what is in it: on one line the end of an answer is out of sight.
        look |= {"placeholder": hint, "height": "content"}
        text_field(spoken, str(value or ""), limit=TEXT_LIMITS[definition.type], long=True, **place, **look)


def _in_order(visit: Visit, definition: ValueDefinition) -> tuple[Option, ...]:
    """Return the options as they are listed: of a choice that goes with another one, those that suit it first."""
    if isinstance(definition, RequirementDefinition) and definition.suits_of:
        return best_first(definition, known_facts(visit.workshop, content()))
    return definition.options
