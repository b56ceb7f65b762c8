"""One input for one typed value, whatever it belongs to: an answer, a cell of a table, a property of a risk.

Its key holds the sequence of the value it shows, so that a change by somebody else makes it new.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from canvas.definitions import TEXT_LIMITS, ValueDefinition
from canvas.workshop import RequirementValue
from views.session import Visit, submit

# Few short options are seen at a glance; more are a list to open. Letters that fit side by side on half a page.
HALF_A_PAGE = 44
OPTION_EDGES = 3
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
) -> None:
    """Show the input that fits the type; what is entered is saved as `prop` of `item`, and emptying it opens it again.

    The label is the title of the definition, for those who hear the page; `label` names what it is about. `letters` is
    how many of them fit into the place of the input.
    """
    key = f"{item}:{prop}:{visit.base(item, prop)}"
    spoken = f"{label}: {definition.title}" if label else definition.title
    common: dict[str, Any] = {
        "key": key,
        "on_change": _save,
        "args": (visit, item, prop, key),
        "label_visibility": "collapsed",
        "disabled": not visit.may_edit,
    }
    if definition.type == "choice":
        _choice(definition, value, spoken, letters, common)
    elif definition.type == "yes-no":
        st.segmented_control(spoken, [True, False], default=value, format_func=lambda v: WORDS[v], **common)
    elif definition.type == "number":
        number = float(value) if isinstance(value, int | float) else None
        bounds = {"min_value": definition.minimum, "max_value": definition.maximum}
        st.number_input(spoken, value=number, placeholder=definition.title, format="%g", **bounds, **common)
    else:
        told: dict[str, Any] = {"max_chars": TEXT_LIMITS[definition.type], "placeholder": definition.title, **common}
        if definition.type == "text" and letters < HALF_A_PAGE:
            st.text_input(spoken, str(value or ""), **told)
        else:
            st.text_area(spoken, str(value or ""), height="content", **told)


def _choice(
    definition: ValueDefinition, value: RequirementValue | None, spoken: str, letters: int, common: dict[str, Any]
) -> None:
    ids = [option.id for option in definition.options]
    titles = {option.id: option.title for option in definition.options}
    known = str(value) if value in ids else None
    if sum(len(title) + OPTION_EDGES for title in titles.values()) <= letters + OPTION_EDGES:
        st.segmented_control(spoken, ids, default=known, format_func=lambda i: titles[i], **common)
        return
    index = ids.index(known) if known else None
    st.selectbox(spoken, ids, index, format_func=lambda i: titles[i], placeholder=definition.title, **common)


def _save(visit: Visit, item: str, prop: str, key: str) -> None:
    value: Any = st.session_state[key]
    submit(visit, item, {prop: None if value == "" else value})
