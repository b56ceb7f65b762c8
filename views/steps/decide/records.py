"""Recorded decisions as cards: number, status, when and why, and what a facilitator can say became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from canvas.document.workshop import Decision
from canvas.method.typed_values import TEXT_LIMITS
from templates.plan import choice_said, choice_title
from views.literal import literal
from views.visit.changing import Refusal, submit, tell
from views.visit.session import Visit, content
from views.widgets.fields import own_day, own_text, own_words, taken_day, taken_text, used

REASON_LETTERS = TEXT_LIMITS["long-text"]
BADGES = {
    "proposed": ":blue-badge[:material/hourglass_empty: proposed]",
    "accepted": ":green-badge[:material/task_alt: accepted]",
    "rejected": ":red-badge[:material/close: rejected]",
    "deprecated": ":orange-badge[:material/history: deprecated]",
    "superseded": ":gray-badge[:material/history: superseded]",
}
# What may become of a decision, by its present status, with the words of the button.
NEXT: Mapping[str, Mapping[str, str]] = {
    "proposed": {"accepted": "Accept", "rejected": "Reject"},
    "accepted": {"deprecated": "Deprecate"},
}


def records_of(visit: Visit, decisions: Iterable[Decision]) -> None:
    """Show recorded decisions, the latest first."""
    recorded = sorted((d for d in decisions if d.number is not None), key=lambda d: -(d.number or 0))
    successors: dict[int | None, int | None] = {
        d.supersedes: d.number for d in recorded if d.supersedes and d.status not in {"proposed", "rejected"}
    }
    for decision in recorded:
        with st.container(border=True, key=f"record-card-{decision.number}"):
            _record(decision, successors.get(decision.number))
            _what_became(visit, decision)


def _record(decision: Decision, successor: int | None) -> None:
    day = f", recorded {decision.decided_on}" if decision.decided_on else ""
    title = f"{literal(decision.title)}: " if decision.title else ""
    words = literal(choice_said(decision, content()))
    like = f" :gray[like {literal(choice_title(decision.like, content()))}]" if decision.like else ""
    st.markdown(f"Decision {decision.number}{day} {BADGES[decision.status]}  \n{title}**{words}**{like}")
    if decision.because:
        st.text(decision.because)
    if decision.status_on or decision.status_because:
        when = f" {decision.status_on}" if decision.status_on else ""
        why = f": {literal(decision.status_because)}" if decision.status_because else ""
        st.markdown(f":small[{decision.status.capitalize()}{when}{why}]")
    if successor:
        st.caption(f"Decision {successor} replaces it.")
    elif decision.status == "accepted" and decision.slot:
        st.caption("Choosing something else and recording it appends a decision that replaces this one.")


def _what_became(visit: Visit, decision: Decision) -> None:
    """Let a facilitator say what became of a record, and show a reason that came too late to say it with."""
    reason, day = f"outcome-because-{decision.number}", f"outcome-day-{decision.number}"
    ways = NEXT.get(decision.status, {})
    if not (visit.leads and ways):
        _too_late(decision, reason)
        return
    with st.popover(" or ".join(ways.values()).capitalize(), key=f"outcome-{decision.number}", icon=":material/gavel:"):
        own_text("Why", key=reason, limit=REASON_LETTERS, placeholder="What has changed, or was agreed")
        own_day("When", key=day)
        with st.container(horizontal=True):
            for status, label in ways.items():
                st.button(
                    label,
                    key=f"{status}-{decision.number}",
                    type="primary" if status == "accepted" else "secondary",
                    on_click=_becomes,
                    args=(visit, decision.number, status, reason, day),
                )


def _becomes(visit: Visit, number: int, status: str, reason_key: str, day_key: str) -> None:
    because, day = taken_text(reason_key, REASON_LETTERS), taken_day(day_key)
    if because is None or day is None:
        return
    if not because:
        tell(Refusal("malformed", "Write why first."))
    elif submit(visit, f"outcome:{number}", {"outcome": {"status": status, "on": day, "because": because}}):
        used(reason_key, day_key)


def _too_late(decision: Decision, reason_key: str) -> None:
    typed = own_words(reason_key)
    if not typed:
        return
    st.markdown(
        f":material/merge: :small[**Somebody else has said meanwhile that this is {decision.status}.** "
        "Your reason is not saved:]"
    )
    st.text(typed)
    st.button("Discard it", key=f"go-{reason_key}", on_click=used, args=(reason_key,))
