"""What can be done with a question besides answering it: say that it does not apply, or ask everybody alone."""

from __future__ import annotations

from functools import partial

import streamlit as st

from canvas.document.workshop import Requirement
from canvas.method.facts import RequirementDefinition
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.types import NOT_APPLICABLE
from views.literal import literal
from views.visit.changing import Refusal, change, tell
from views.visit.session import Visit
from views.widgets.fields import text_field
from views.widgets.keeping import kept


def is_absent(given: Requirement | None) -> bool:
    """Return whether a question was said not to apply."""
    return given is not None and given.state == NOT_APPLICABLE


def fact_menu(visit: Visit, definition: RequirementDefinition, given: Requirement | None, *, running: bool) -> None:
    """Show the menu of a question; with a blind round `running` no other can be begun."""
    if not visit.may_edit:
        return
    label, key = f"More: {definition.title}", f"more-{definition.id}"
    # What is in it is drawn when it is opened: a page has dozens of questions, and hardly one of them is set aside.
    menu = st.popover(label, icon=":material/more_horiz:", type="tertiary", key=key, on_change="rerun")
    if not menu.open and kept(f"requirement:{definition.id}:reason") is None:
        return
    with menu:
        _absence(visit, definition, given)
        if visit.leads:
            st.button(
                "Ask everybody alone",
                key=f"alone-{definition.id}",
                icon=":material/visibility_off:",
                on_click=ask_alone,
                args=(visit, definition.id),
                disabled=running,
                help="A blind round is going on. Close it first." if running else None,
            )


def _absence(visit: Visit, definition: RequirementDefinition, given: Requirement | None) -> None:
    item = f"requirement:{definition.id}"
    text_field(
        "Why it does not apply",
        given.reason if given else None,
        visit.base(item, "reason"),
        partial(say_absent, visit, item, given),
        key=f"{item}:reason",
        limit=TEXT_LIMITS["long-text"],
        placeholder="Saved once there is a reason",
    )
    if is_absent(given):
        st.button("It does apply", key=f"applies-{definition.id}", on_click=_applies, args=(visit, item))
    elif given is not None and given.value is not None:
        st.caption(f"It takes the place of the answer: {literal(definition.printed(given.value))}")


def say_absent(visit: Visit, item: str, given: Requirement | None, reason: str | None, over: bool) -> Refusal | None:
    """Mark a question as not applicable, with its reason; without one nothing is marked. Returns why not."""
    if reason is None:
        needed = "What does not apply needs its reason. Write one, or say below that it does apply."
        return Refusal("malformed", needed) if is_absent(given) else None
    refusal = change(visit, item, {"reason": reason, "state": NOT_APPLICABLE}, over=over)
    if refusal is None and given is not None and given.value is not None:
        st.session_state[_answer_before(item)] = (given.value, given.state)
    return refusal


def _applies(visit: Visit, item: str) -> None:
    tell(take_back(visit, item))


def take_back(visit: Visit, item: str) -> Refusal | None:
    """Open a question again, with the answer that this tab had seen before it was marked. Returns why not, or None."""
    value, state = st.session_state.get(_answer_before(item), (None, "open"))
    said = {} if value is None else {"value": value}
    refusal = change(visit, item, {"state": state, "reason": None, **said})
    if refusal is None:
        st.session_state.pop(_answer_before(item), None)
    return refusal


def _answer_before(item: str) -> str:
    return f"{item}:before"


def ask_alone(visit: Visit, question: str) -> None:
    """Begin a blind round about one question. Says why when it is refused."""
    tell(change(visit, "room:", {"assessing": {"state": "open", "question": question}}))
