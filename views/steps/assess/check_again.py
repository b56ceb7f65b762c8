"""Answers that were given before their practice changed: marked, with what changed, until somebody confirms them."""

from __future__ import annotations

import streamlit as st

from assessments.library.packs import library
from assessments.library.revisions import migrate, outdated
from assessments.shapes.practice import PracticeDefinition
from views.literal import literal
from views.visit.answering import answer_now
from views.visit.session import Visit
from views.widgets.rows import text_and_button


def still_true(visit: Visit, practice: PracticeDefinition) -> None:
    """Store that an answer holds for the practice as it reads today."""
    answer_now(visit, practice.id, {"revision": practice.revision})


def check_again(visit: Visit, practice: PracticeDefinition) -> None:
    """Show above a practice that its answer is older than its text, and take the confirmation; else nothing."""
    answer = next((answer for answer in visit.workshop.answers if answer.id == practice.id), None)
    if not outdated(answer, practice):
        return
    with st.container(border=True, key=f"check-again-{practice.id}"):
        st.markdown(f":orange-badge[:material/update: Check again] {literal(practice.changed or '')}")
        st.button(
            "Still true",
            key=f"still-true-{practice.id}",
            icon=":material/check:",
            help="The answer below also holds for the practice as it reads today. Otherwise answer it anew.",
            on_click=still_true,
            args=(visit, practice),
            disabled=not visit.may_edit,
        )


def check_again_list(visit: Visit) -> None:
    """Show all answers that should be checked again in one card; nothing when there are none."""
    marks = migrate(visit.workshop, library()).check_again
    if not marks:
        return
    with st.container(border=True, key="check-again"):
        st.markdown(f"**Check again** :gray[{len(marks)}]")
        st.caption(
            "What these practices ask has changed since they were answered. Scores count the answers as they are."
        )
        for mark in marks:
            text, button = text_and_button()
            text.markdown(f"{literal(mark.title)}  \n:gray[{literal(mark.why)}]")
            button.button(
                "Still true",
                key=f"still-true-{mark.item}-listed",
                on_click=still_true,
                args=(visit, library().practices[mark.item]),
                disabled=not visit.may_edit,
            )
