"""What adopting the generated project does to the scores, worked out once for each state of a workshop."""

from __future__ import annotations

import streamlit as st

from assessments.library.packs import library
from templates.plan import make_plan
from templates.scaffold.adopting import Adopting, after_adopting
from views.visit.session import Visit, content


def adopted(visit: Visit) -> Adopting:
    """Return what adopting the project of the present decisions does."""
    return _worked_out(visit.id, visit.seq, visit)


@st.cache_data(max_entries=32, show_spinner=False)
def _worked_out(workshop: str, seq: int, _visit: Visit) -> Adopting:
    return after_adopting(make_plan(_visit.workshop, content(), library()))
