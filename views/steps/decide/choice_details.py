"""What is said beside a drafted choice: what else is in use next to it, and which tool own words come close to."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from canvas.document.workshop import Decision
from canvas.method.catalog import Slot
from canvas.reading.types import NONE_YET, NOT_APPLICABLE, OTHER
from views.steps.decide.options_list import OWN_LETTERS
from views.visit.changing import Refusal, change
from views.visit.session import Visit, content
from views.widgets.choices import choice_field, choices_field
from views.widgets.fields import saver, too_long


def choice_details(visit: Visit, slot: Slot, draft: Decision) -> None:
    """Ask what a choice in own words is like, and what is in use beside a choice."""
    if draft.choice in (NONE_YET, NOT_APPLICABLE):
        return
    with st.container(key=f"details-{slot.id}"):
        if draft.choice.startswith(OTHER):
            _like(visit, slot, draft)
        _beside(visit, slot, draft)


def _like(visit: Visit, slot: Slot, draft: Decision) -> None:
    item = f"draft:{slot.id}"
    choice_field(
        "Most like",
        {entry.id: entry.title for entry in content().options(slot.id)},
        draft.like,
        visit.base(item, "like"),
        saver(visit, item, "like"),
        key=f"like-{slot.id}",
        placeholder="None of these",
        help="Advice, diagram and project treat it as that one, and print your words.",
        disabled=not visit.may_edit,
    )


def _beside(visit: Visit, slot: Slot, draft: Decision) -> None:
    item = f"draft:{slot.id}"

    def save(chosen: Sequence[str] | None, over: bool) -> Refusal | None:
        words = [one.removeprefix(OTHER) for one in chosen or () if one.startswith(OTHER)]
        if longest := next((text for text in words if len(text) > OWN_LETTERS), None):
            return Refusal("too-large", too_long(longest, OWN_LETTERS))
        return change(visit, item, {"beside": list(chosen or ()) or None}, over=over)

    choices_field(
        "Also in use beside it",
        {entry.id: entry.title for entry in content().options(slot.id) if entry.id != draft.choice},
        draft.beside,
        visit.base(item, "beside"),
        save,
        key=f"beside-{slot.id}",
        own=OTHER,
        placeholder="Nothing else",
        help="Pick what else is in use here, or type it. What you chose above stays the main one.",
        disabled=not visit.may_edit,
    )
