"""Who makes a step of the roadmap, and by when: two inputs beside it. The roadmap itself is in `roadmap_card.py`."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assessments.roadmap import Step
from views.session import Visit, submit

MOST_LETTERS = 200


def assignment_widget(visit: Visit, step: Step) -> None:
    """Show owner and day of a step; what is entered is saved, and emptying it takes it back."""
    item, title = f"assignment:{step.candidate.item}", step.candidate.title
    # A key holds the sequence of the value it shows, so that a change by somebody else makes the input new.
    owner_key, day_key = (f"{item}:{prop}:{visit.base(item, prop)}" for prop in ("owner", "by"))

    def assign(prop: str, value: str | None) -> None:
        submit(visit, item, {"deleted": None, prop: value})

    def assign_day() -> None:
        picked: date | None = st.session_state[day_key]
        assign("by", picked.isoformat() if picked else None)

    owner, day = st.columns([3, 2], vertical_alignment="center")
    owner.text_input(
        f"{title}: owner",
        value=step.owner or "",
        max_chars=MOST_LETTERS,
        key=owner_key,
        placeholder="Owner",
        icon=":material/person:",
        label_visibility="collapsed",
        on_change=lambda: assign("owner", st.session_state[owner_key] or None),
        disabled=not visit.may_edit,
    )
    day.date_input(
        f"{title}: by",
        value=date.fromisoformat(step.by) if step.by else None,
        key=day_key,
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        on_change=assign_day,
        disabled=not visit.may_edit,
    )
