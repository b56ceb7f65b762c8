"""The way from a draft to a record: its reason, when it was decided, and as what it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from canvas.document.workshop import Decision
from canvas.method.catalog import Slot
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.text_gate import clean
from canvas.reading.types import NOT_APPLICABLE
from templates.plan import choice_said
from views.literal import literal
from views.steps.decide.options_list import drafted
from views.visit.changing import Refusal, record_decision, tell
from views.visit.session import Visit, content
from views.visit.shown import drawn_anew
from views.widgets.fields import own_day, save_text, saver, taken_day, text_field, used
from views.widgets.keeping import Save, keep, kept, let_go

REASON_LETTERS = TEXT_LIMITS["long-text"]
WHY = "Why this one, in a sentence that still makes sense in a year"
WHY_NOT = "Why your system has no use for this"
# What is recorded besides what is agreed, with what it means.
OTHERWISE = {"proposed": "Proposed: not agreed yet", "rejected": "Rejected: looked at, and turned down"}


@dataclass(frozen=True)
class Needed:
    """A field that must be filled before a draft is recorded; `missing` is said when it is not."""

    key: str
    save: Save
    limit: int = REASON_LETTERS
    missing: str = "Write why first, then record it."


def reason_and_record(visit: Visit, slot: Slot, draft: Decision | None, in_force: Decision | None) -> None:
    """Ask for the reason of a drafted choice and record it as a numbered decision."""
    item, key = f"draft:{slot.id}", f"because-{slot.id}"
    if draft is None:
        late_reason(visit, slot, in_force, key)
        return
    st.markdown(f"**Because** :gray[· {literal(choice_said(draft, content()))}]")
    save = reason_field(visit, item, draft.because, key, WHY_NOT if draft.choice == NOT_APPLICABLE else WHY)
    if draft.because and visit.base(item, "because") < visit.base(item, "choice"):
        st.caption(":orange[:material/warning:] This reason was written before this was chosen. Does it still hold?")
    record_row(visit, item, slot.id, [Needed(key, save)])


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


def late_reason(visit: Visit, slot: Slot, decision: Decision | None, key: str) -> None:
    """Show a reason whose draft somebody else has recorded or taken back while it was written, and the ways on."""
    found = kept(key)
    if found is None or not clean(found.typed):
        return
    # The box stands in place of the field.
    drawn_anew(key)
    with st.container(border=True, key=f"kept-{key}"):
        recorded = any(d.slot == slot.id and d.number for d in visit.workshop.decisions)
        gone = "recorded this decision or took the choice back" if recorded else "took the drafted choice back"
        what = "recorded this decision" if decision else gone
        st.markdown(f":material/merge: :small[**Somebody else {what} while you wrote.** Your reason is not saved:]")
        st.text(found.typed)
        with st.container(horizontal=True):
            if decision:
                args = (visit, slot.id, decision.choice, key)
                st.button("Draft it again with my reason", key=f"again-{key}", on_click=draft_again, args=args)
            st.button("Let it go", key=f"go-{key}", on_click=let_go, args=(key,))


def draft_again(visit: Visit, slot: str, choice: str, reason_key: str) -> None:
    """Draft a choice that is recorded already, with the reason that came too late. Says why when it is refused."""
    found = kept(reason_key)
    if found and tell(drafted(visit, slot, choice, because=clean(found.typed), over=True)):
        let_go(reason_key)
