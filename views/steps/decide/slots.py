"""Which slot is decided: the list to pick from, the next open one, and all decisions at a glance."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from canvas.advice.excluded import omitted
from canvas.document.workshop import Decision
from canvas.method.catalog import Slot
from templates.plan import choice_said
from views.literal import literal
from views.visit.session import Visit, content
from views.widgets.choices import pick
from views.widgets.rows import text_and_button

# A rule takes it out; what a team says of it itself is a choice like any other.
GONE = "does not apply"
MARKS = {"accepted": "✓", "proposed": "◐", "draft": "…", None: "○"}


def slot_picker(visit: Visit) -> Slot:
    """Let the person pick a slot; the first one without a recorded decision comes up by itself."""
    slots = content().slots
    state = {slot: visit.workshop.decision_for(slot) for slot in slots}
    left = omitted(visit.workshop, content())
    labels = {
        slot: f"{definition.title} · {GONE}" if slot in left else _label(definition, state[slot])
        for slot, definition in slots.items()
    }
    asked = {slot: decision for slot, decision in state.items() if slot not in left}
    first_open = next((slot for slot, d in asked.items() if _is_open(d)), None)
    left, right = text_and_button("bottom")
    picked = pick("Decision", labels, key="slot", default=first_open, where=left)
    right.button("Next open", on_click=_next_open, args=(asked,), icon=":material/skip_next:")
    return slots[picked]


def _label(slot: Slot, decision: Decision | None) -> str:
    # What was chosen stands in the list of all decisions: here a long choice would be cut.
    return f"{MARKS[decision.status if decision else None]} {slot.title}"


def _is_open(decision: Decision | None) -> bool:
    return decision is None or decision.status == "draft"


def _next_open(state: Mapping[str, Decision | None]) -> None:
    order = list(content().slots)
    at = order.index(st.session_state["slot"])
    for slot in [*order[at + 1 :], *order[:at]]:
        if slot in state and _is_open(state[slot]):
            st.session_state["slot"] = slot
            return


def all_decisions(visit: Visit) -> None:
    """List every slot with what fills it, recorded or drafted or still open, then the decisions beyond the slots."""
    with st.container(border=True):
        st.subheader("All decisions")
        left = omitted(visit.workshop, content())
        for slot, definition in content().slots.items():
            if slot in left:
                st.markdown(f":gray[{definition.title}: {GONE}]")
                continue
            found = visit.workshop.decision_for(slot)
            what = literal(choice_said(found, content())) if found else ":gray[open]"
            st.markdown(f"{MARKS[found.status if found else None]} {definition.title}: **{what}**{_told(found)}")
        for decision in visit.workshop.beyond:
            if decision.in_force:
                title, what = literal(decision.name), literal(decision.choice)
                st.markdown(f"{MARKS[decision.status]} {title}: **{what}**{_told(decision)}")


def _told(decision: Decision | None) -> str:
    if decision is None:
        return ""
    number = f"no.\u00a0{decision.number}" if decision.number else ""
    status = "" if decision.status == "accepted" else decision.status
    return f" :gray[{', '.join(filter(None, (number, status)))}]"
