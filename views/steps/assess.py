"""Assess: one practice at a time, and at the right every model moving from the same answers."""

from __future__ import annotations

import streamlit as st

from assessments.score import score_all
from views.measures_card import measures_card
from views.model_cards import model_closely, model_overview
from views.practice_card import practice_card, practice_picker
from views.refused_packs import refused_packs
from views.roadmap_card import roadmap_card
from views.session import Visit

visit: Visit | None = st.session_state["visit"]
if visit is None:
    st.info("Open a workshop first.")
    st.page_link("steps/start.py", label="To the start page")
else:
    refused_packs()
    results = score_all(visit.workshop)
    main, side = st.columns([3, 2], gap="medium")
    with main:
        practices, measures, way = st.tabs(["Practices", "Measured figures", "Roadmap"])
        with practices:
            practice_card(visit, practice_picker(visit))
        with measures:
            measures_card(visit)
        with way:
            roadmap_card(visit)
    with side:
        with st.container(border=True):
            model_closely(results)
        with st.container(border=True):
            model_overview(results)
