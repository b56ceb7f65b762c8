"""Whose practices are asked: those of one model, or all. What the sheet, a blind round and the consensus share."""

from __future__ import annotations

import streamlit as st

from assessments.scoring.leading import leading_models
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from canvas.document.workshop import Workshop

ALL = "all"
# The model whose practices this person looks at, and a practice that another part of the page leads to.
MODEL = "sheet-model"
BROUGHT_UP = "sheet-brought-up"


def practices_asked_by(model_id: str, judged: Library) -> dict[str, PracticeDefinition]:
    """Return the practices that a model asks for; all of them when it asks for none, as a model of measures does."""
    practices = dict(judged.practices)
    if model_id == ALL:
        return practices
    asked = {criterion.item for criterion in judged.models[model_id].criteria}
    return {id_: practice for id_, practice in practices.items() if id_ in asked} or practices


def asking_models(judged: Library) -> list[ModelDefinition]:
    """Return the models that ask for practices, in the order of the library."""
    return [m for m in judged.models.values() if any(criterion.item in judged.practices for criterion in m.criteria)]


def chosen_model(workshop: Workshop, judged: Library) -> str:
    """Return whose practices this person looks at: their own choice, or the first that the workshop leads with."""
    ids = [model.id for model in asking_models(judged)]
    picked = st.session_state.get(MODEL)
    if picked == ALL or picked in ids:
        return str(picked)
    return next((id_ for id_ in leading_models(workshop, judged).models if id_ in ids), ids[0] if ids else ALL)


def bring_up(practice: str) -> None:
    """Lead to the row of a practice. Only for callbacks."""
    number, _ = brought_up()
    st.session_state[BROUGHT_UP] = (number + 1, practice)


def brought_up() -> tuple[int, str]:
    """Return the practice that is led to, empty when none is, and the number of this lead; it never comes again."""
    found: tuple[int, str] = st.session_state.get(BROUGHT_UP, (0, ""))
    return found


def let_go() -> None:
    """Lead to no practice any more."""
    st.session_state[BROUGHT_UP] = (brought_up()[0], "")
