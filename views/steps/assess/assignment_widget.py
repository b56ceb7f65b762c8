"""Who makes a step of the roadmap, and by when: two inputs beside it. The roadmap itself is in `roadmap_card.py`."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from assessments.roadmap.phases import Step
from views.visit.changing import Refusal, change
from views.visit.session import Visit
from views.widgets.fields import day_field, text_field

MOST_LETTERS = 200


def assignment_widget(visit: Visit, step: Step) -> None:
    """Show owner and day of a step; what is entered is saved, and emptying it takes it back."""
    item, title = f"assignment:{step.candidate.item}", step.candidate.title
    look: dict[str, Any] = {"label_visibility": "collapsed", "disabled": not visit.may_edit}

    def assign(prop: str, value: str | None, over: bool) -> Refusal | None:
        return change(visit, item, {"deleted": None, prop: value}, over=over)

    owner, day = st.columns([3, 2], vertical_alignment="center")
    text_field(
        f"{title}: owner",
        step.owner,
        visit.base(item, "owner", "deleted"),
        partial(assign, "owner"),
        key=f"{item}:owner",
        limit=MOST_LETTERS,
        where=owner,
        placeholder="Owner",
        icon=":material/person:",
        **look,
    )
    day_field(
        f"{title}: by",
        step.by,
        visit.base(item, "by", "deleted"),
        partial(assign, "by"),
        key=f"{item}:by",
        where=day,
        **look,
    )
