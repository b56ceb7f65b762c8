"""The way from a draft beyond the slots to a record: its reason, when it was decided, and as what it is recorded.

That of the slots is in `views/deciding`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.text_gate import clean
from views.visit.changing import Refusal, record_decision
from views.visit.session import Visit
from views.widgets.fields import own_day, save_text, saver, taken_day, text_field, used
from views.widgets.keeping import Save, keep, kept

REASON_LETTERS = TEXT_LIMITS["long-text"]
WHY = "Why this one, in a sentence that still makes sense in a year"
# What is recorded besides what is agreed, with what it means.
OTHERWISE = {"proposed": "Proposed: not agreed yet", "rejected": "Rejected: considered, and not chosen"}


@dataclass(frozen=True)
class Needed:
    """A field that must be filled before a draft is recorded; `missing` is said when it is not."""

    key: str
    save: Save
    limit: int = REASON_LETTERS
    missing: str = "Write why first, then record it."


def reason_field(visit: Visit, item: str, because: str | None, key: str, placeholder: str) -> Save:
    """Ask for the reason of a draft; return what saves it."""
    save = saver(visit, item, "because")
    text_field(
        "Because",
        because,
        visit.base(item, "because"),
        save,
        key=key,
        limit=REASON_LETTERS,
        long=True,
        label_visibility="collapsed",
        placeholder=placeholder,
        disabled=not visit.may_edit,
    )
    return save


def record_row(
    visit: Visit, item: str, name: str, needed: Sequence[Needed], replaces: str | None = None, *, first: bool = True
) -> None:
    """Show the day, the button that records as accepted, and the others behind another; `replaces` names its field.

    Of several on one page one comes `first`.
    """
    day = f"when-{name}"
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"record-row-{name}"):
        if visit.leads:
            own_day("When", key=day, width=150)
        record_as = partial(record, visit, item, needed, day, replaces)
        st.button(
            "Record decision",
            key=f"record-{name}",
            type="primary" if first else "secondary",
            icon=":material/task_alt:",
            on_click=record_as,
            args=("accepted",),
            disabled=not visit.leads,
            help=None if visit.leads else "The facilitator records decisions: a record keeps its number for ever.",
        )
        if visit.leads:
            with st.popover("Record as…", key=f"otherwise-{name}"):
                for status, label in OTHERWISE.items():
                    st.button(label, key=f"{status}-{name}", on_click=record_as, args=(status,), width="stretch")


def record(visit: Visit, item: str, needed: Sequence[Needed], day_key: str, replaces: str | None, status: str) -> None:
    """Record a draft with its fields as they stand: the click may come before a field's own change."""
    for field in needed:
        if clean(st.session_state[field.key]):
            save_text(field.key, field.limit, field.save)
        else:
            keep(field.key, "", None, Refusal("malformed", field.missing))
    day = taken_day(day_key)
    if day is None or any(kept(field.key) for field in needed):
        return
    if record_decision(visit, item, day, status, st.session_state.get(replaces) if replaces else None):
        used(day_key)
