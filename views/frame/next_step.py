"""What comes after the page one is on, at its end: the next page of this workshop's agenda, or what else there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from views.frame.frame import ALWAYS
from views.steps import Step
from views.visit.agenda import agenda_of, following_entry
from views.visit.session import Visit, content


def next_step(visit: Visit, pages: Mapping[str, StreamlitPage], steps: Sequence[Step], here: Step) -> None:
    """Lead on from the page of a step."""
    agenda = agenda_of(visit)
    following = following_entry(agenda, visit.room.get("agenda"), here.id, visit.workshop, content())
    with st.container(key="next-step"):
        if following is not None:
            step = content().steps[following.step]
            what = "" if following.title == step.title else f"{following.title}, "
            about = f"{what}{following.minutes} min. You leave with: {step.outcome}"
            label = f"**Next: {step.title}** :gray[· {about}]"
            st.page_link(pages[step.id], label=label, icon=":material/arrow_forward:", query_params=visit.query)
            return
        planned = {entry.step for entry in agenda.entries} | {here.id}
        # Whoever has come to the end takes something home; what the agenda had no time for comes after it.
        others = sorted((s for s in steps[1:] if s.id not in planned), key=lambda s: s.id not in ALWAYS)
        last = any(entry.step == here.id for entry in agenda.entries)
        st.markdown("**The agenda ends here.** What else there is:" if last else "What else there is:")
        with st.container(horizontal=True):
            for other in others:
                st.page_link(pages[other.id], label=other.title, query_params=visit.query)
            st.page_link(pages[steps[0].id], label="All workshops", icon=":material/home:")
