"""What surrounds every page of a workshop: the steps at the left and the live header at the top."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from canvas.access import NAME_LENGTH
from views.context import context
from views.header import header
from views.invite import invite
from views.lead import lead
from views.literal import literal
from views.progress import progress
from views.session import Visit, content
from views.steps import STEPS, Step

ROLE_WORDS = {"facilitator": "You are the facilitator", "participant": "You take part", "viewer": "You are looking on"}


def step_list(visit: Visit, pages: Mapping[str, StreamlitPage], here: Step) -> None:
    """Show the steps with their progress. Every link carries the workshop, which navigation alone would drop."""
    known = progress(visit.workshop, content())
    with st.sidebar:
        st.markdown("**MLOps Stack Canvas**")
        for step in STEPS[1:]:
            done = known.get(step.id)
            label = f"**{step.title}**" if step is here else step.title
            text = f"{label} :gray[· {done.text}]" if done and done.text else label
            icon = done.icon if done else step.icon
            st.page_link(pages[step.id], label=text, icon=icon, query_params=visit.query, width="stretch")
        st.space("small")
        if visit.member.role == "facilitator":
            lead(visit)
        own_name(visit)
        st.page_link(pages["start"], label="All workshops", icon=":material/home:")
        st.caption(
            f"{ROLE_WORDS[visit.member.role]}. Method: [ml-ops.org](https://ml-ops.org), INNOQ, CC BY 4.0; "
            "the canvas board CC BY-SA 4.0."
        )


def own_name(visit: Visit) -> None:
    """Let people type the name that the others see, change it, or take it away."""
    with st.popover(literal(visit.member.name or "Your name"), icon=":material/person:", width="stretch"):
        key = f"own-name:{visit.member.name}"
        st.text_input(
            "The others see it. Leave it empty to stay nameless.",
            visit.member.name or "",
            max_chars=NAME_LENGTH,
            key=key,
            on_change=lambda: context().access.rename(visit.member, st.session_state[key]),
        )


def header_bar(visit: Visit, pages: Mapping[str, StreamlitPage], here: Step) -> None:
    """Show the live header, and go where the facilitator leads this person."""
    member = visit.member
    data = {
        "workshop": visit.id,
        "me": {"id": member.id, "role": member.role, "name": member.name},
        "live": "/live",
        "seq": visit.seq,
        "title": visit.workshop.title,
        "step": here.title,
        "here": here.id,
        "steps": {step.id: step.title for step in STEPS},
        "agenda": {entry.id: entry.title for entry in content().agenda.entries},
        "canInvite": member.role == "facilitator",
    }
    wanted = header(data, key=f"header-{visit.id}")
    if wanted.go and wanted.go in pages:
        st.switch_page(pages[wanted.go], query_params=visit.query)
    if wanted.invite:
        invite(visit)
