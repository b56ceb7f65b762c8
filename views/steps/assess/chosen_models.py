"""Which two or three models this workshop leads with; who leads chooses them here and on "Where we stand"."""

from __future__ import annotations

import streamlit as st

from assessments.library.packs import library
from assessments.scoring.leading import Leading
from canvas.reading.types import MOST_CHOSEN
from views.literal import literal
from views.visit.changing import Refusal, change
from views.visit.session import Visit
from views.widgets.choices import choices_field


def chosen_models(visit: Visit, lead: Leading) -> None:
    """Show the chosen models, to change by who leads; by default it says so."""
    st.subheader("Models of this workshop", anchor="chosen-models")
    titles = {model.id: model.title for model in library().models.values()}

    def save(models: list[str] | None, over: bool) -> Refusal | None:
        return change(visit, "workshop:", {"models": models or None}, over=over)

    if visit.leads:
        choices_field(
            f"Page, report and roadmap lead with these, {MOST_CHOSEN} at most",
            titles,
            [id_ for id_ in visit.workshop.models if id_ in titles],
            visit.base("workshop:", "models"),
            save,
            key="chosen-models",
            max_selections=MOST_CHOSEN,
            placeholder="By default",
        )
    if lead.by_default:
        named = ", ".join(titles[id_] for id_ in lead.models)
        st.caption(f"Nobody has chosen yet. By default they lead with: {literal(named)}.")
    if lead.missing:
        st.caption(f"Chosen, and not loaded now: {literal(', '.join(lead.missing))}.")
