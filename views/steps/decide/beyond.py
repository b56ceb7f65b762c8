"""Decisions that no slot asks for: what the team drafts under a title of its own, and the records of these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from canvas.log.events import State
from canvas.log.item_kinds import BEYOND
from canvas.method.typed_values import TEXT_LIMITS
from canvas.store.store import new_id
from views.steps.decide.recording import WHY, Needed, reason_field, record_row
from views.steps.decide.records import records_of
from views.visit.changing import Refusal, change
from views.visit.session import Visit, read
from views.widgets.add_input import add_input
from views.widgets.choices import choice_field
from views.widgets.fields import saver, text_field
from views.widgets.keeping import Save
from views.widgets.remove_button import remove_button
from views.widgets.rows import text_and_button

TITLE_LETTERS = TEXT_LIMITS["text"]
Said = Mapping[str, Any]


def other_decisions(visit: Visit) -> None:
    """Show the drafts and records beyond the slots, and a line to add another."""
    drafts = read(visit, _drafts)
    with st.container(border=True, key="other-decisions"):
        st.subheader("Other decisions", anchor="other-decisions")
        st.caption("What you decide that none of the questions above asks for: it gets a number and a record as well.")
        for item, said in drafts.items():
            with st.container(border=True, key=f"beyond-{item.partition(':')[2]}"):
                _draft(visit, item, said)
        records_of(visit, visit.workshop.beyond)
        if visit.may_edit:
            _add(visit)


def _drafts(state: State) -> dict[str, Said]:
    """Return what is said in each draft beyond the slots, finished or not, by item."""
    found: dict[str, Said] = {}
    for item in state.of_kind("draft"):
        said = {name: given.value for name, given in item.properties.items() if given.value is not None}
        if item.id.startswith(BEYOND) and said:
            found[f"draft:{item.id}"] = said
    return found


def _add(visit: Visit) -> None:
    def add(title: str) -> Refusal | None:
        return change(visit, f"draft:{BEYOND}{new_id()}", {"title": title})

    add_input("Add a decision: its title", "add-decision", add, max_chars=TITLE_LETTERS)


def _draft(visit: Visit, item: str, said: Said) -> None:
    """Ask what is decided, and why, and record it."""
    name = item.partition(":")[2]
    named, act = text_and_button("bottom")
    title = _text(visit, item, "title", said, "What it is about", named)
    remove_button(visit, item, str(said.get("title", "")), act)
    choice = _text(visit, item, "choice", said, "What you decide")
    st.markdown("**Because**")
    key = f"because-{name}"
    save = reason_field(visit, item, said.get("because"), key, WHY)
    needed = [
        Needed(f"{item}:title", title, TITLE_LETTERS, "Say what it is about first, then record it."),
        Needed(f"{item}:choice", choice, TITLE_LETTERS, "Say what you decide first, then record it."),
        Needed(key, save),
    ]
    record_row(visit, item, name, needed, _replaces(visit, name), first=False)


def _text(visit: Visit, item: str, prop: str, said: Said, label: str, where: Any = st) -> Save:
    save, key = saver(visit, item, prop), f"{item}:{prop}"
    look = {"where": where, "disabled": not visit.may_edit}
    text_field(label, said.get(prop), visit.base(item, prop), save, key=key, limit=TITLE_LETTERS, **look)
    return save


def _replaces(visit: Visit, name: str) -> str | None:
    """Let the facilitator name the decision that this one takes the place of. Returns the key of the field, if any."""
    earlier = {d.number: f"{d.number}. {d.title}" for d in visit.workshop.beyond if d.number and d.status == "accepted"}
    if not earlier or not visit.leads:
        return None
    key = f"replaces-{name}"
    held = f"{key}:held"

    def hold(number: int | None, _over: bool) -> None:
        st.session_state[held] = number

    choice_field("Takes the place of", earlier, st.session_state.get(held), 0, hold, key=key, placeholder="No other")
    return key
