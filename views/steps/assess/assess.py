"""Assess: the practices as a sheet, then every model on the same answers, evidence, figures, the roadmap, pictures."""

from __future__ import annotations

import streamlit as st

from assessments.library.packs import library
from assessments.scoring.leading import leading_models
from assessments.standing.score_all import score_all
from views.steps.assess.blind_round import blind_round
from views.steps.assess.chosen_models import chosen_models
from views.steps.assess.evidence_card import evidence_card
from views.steps.assess.measures_card import measures_card
from views.steps.assess.model_cards import model_closely, model_overview, model_pictures
from views.steps.assess.practice_sheet import PART, PRACTICES, ROADMAP, practice_sheet
from views.steps.assess.roadmap_card import roadmap_card
from views.visit.session import Visit
from views.widgets.refused_packs import refused_packs


def every_model(visit: Visit) -> None:
    """Show where every model stands, and one of them closely."""
    lead = leading_models(visit.workshop, library())
    results = lead.first(score_all(visit.workshop, library()), lambda result: result.id)
    main, side = st.columns([3, 2], gap="medium")
    with main, st.container(border=True):
        model_closely(results, visit.workshop.targets)
    with side, st.container(border=True):
        chosen_models(visit, lead)
        model_overview(results, lead)


def pictures(visit: Visit) -> None:
    """Show every model as a picture."""
    model_pictures(score_all(visit.workshop, library()), visit.workshop.targets)


PARTS = {
    PRACTICES: practice_sheet,
    "All models": every_model,
    "Evidence": evidence_card,
    "Measured figures": measures_card,
    ROADMAP: roadmap_card,
    "Pictures": pictures,
}


def recorded(visit: Visit) -> None:
    """Show what the team has recorded, practice by practice, and what every model makes of it; only the part open."""
    # The evidence leads to a practice, so which tab is open is known and can be set.
    for tab, show in zip(st.tabs(list(PARTS), key=PART, on_change="rerun"), PARTS.values(), strict=True):
        with tab:
            if tab.open:
                show(visit)


visit: Visit = st.session_state["visit"]
refused_packs()
# While people answer alone, what the others have recorded stays out of their sight.
if not blind_round(visit):
    recorded(visit)
