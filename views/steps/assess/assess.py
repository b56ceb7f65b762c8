"""Assess: one practice at a time, and at the right every model moving from the same answers."""

from __future__ import annotations

import streamlit as st

from assessments.library.packs import library
from assessments.standing.score_all import score_all
from views.steps.assess.blind_round import blind_round
from views.steps.assess.check_again import check_again_list
from views.steps.assess.evidence_card import PART, PRACTICES, evidence_card
from views.steps.assess.measures_card import measures_card
from views.steps.assess.model_cards import model_closely, model_overview, model_pictures
from views.steps.assess.practice_card import practice_card, practice_picker
from views.steps.assess.roadmap_card import roadmap_card
from views.visit.session import Visit
from views.widgets.refused_packs import refused_packs


def recorded(visit: Visit) -> None:
    """Show what the team has recorded, practice by practice, and what every model makes of it."""
    results = score_all(visit.workshop, library())
    main, side = st.columns([3, 2], gap="medium")
    with main:
        # The evidence leads to a practice, so which tab is open is known and can be set.
        names = [PRACTICES, "Evidence", "Measured figures", "Roadmap", "Pictures"]
        practices, proof, measures, way, pictures = st.tabs(names, key=PART, on_change="rerun")
        with practices:
            check_again_list(visit)
            practice_card(visit, practice_picker(visit))
        with proof:
            if proof.open:
                evidence_card(visit)
        with measures:
            measures_card(visit)
        with way:
            if way.open:
                roadmap_card(visit)
        with pictures:
            if pictures.open:
                model_pictures(results, visit.workshop.targets)
    with side:
        with st.container(border=True):
            model_closely(results, visit.workshop.targets)
        with st.container(border=True):
            model_overview(results)


visit: Visit = st.session_state["visit"]
refused_packs()
# While people answer alone, what the others have recorded stays out of their sight.
if not blind_round(visit):
    recorded(visit)
