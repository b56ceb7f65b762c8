"""The architecture as a small picture on a page, the same SVG as in the report."""

from __future__ import annotations

import streamlit as st

from assessments.library.packs import library
from templates.architecture import export
from templates.errors import TemplatesError
from templates.plan import make_plan
from views.visit.session import Visit, content


@st.cache_data(max_entries=64, show_spinner=False)
def _svg(workshop: str, seq: int, _visit: Visit) -> str:
    return export(make_plan(_visit.workshop, content(), library()), ".svg").decode()


def architecture_sketch(visit: Visit) -> None:
    """Show the architecture of the present decisions; without a layout engine, say what to install."""
    try:
        st.image(_svg(visit.id, visit.seq, visit), width="stretch", alt="Architecture as chosen so far")
    except TemplatesError as error:
        st.warning(str(error))
