"""What surrounds every page of a workshop: the steps at the left and the live header at the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from canvas.method.steps import Term
from canvas.method.subjects import subject_step
from canvas.store.access import NAME_LENGTH
from views.frame.courses import course_data, page_purpose
from views.frame.invite import invite
from views.frame.progress import Progress, progress
from views.header import header
from views.literal import literal
from views.live import seen_by
from views.steps import Step
from views.visit.agenda import agenda_of
from views.visit.changing import Refusal, refusing, still_told
from views.visit.session import Visit, content, rename
from views.visit.shown import run_name
from views.widgets.fields import text_field

# What every workshop needs at its end, however short it is.
ALWAYS = ("where-we-stand", "take-home", "history")
OTHER_ICONS = {
    "where-we-stand": ":material/flag:",
    "take-home": ":material/inventory_2:",
    "history": ":material/history:",
}
ROLE_WORDS = {
    "facilitator": "You are the facilitator",
    "participant": "You take part",
    "viewer": "You can look; others make the changes",
}


def step_list(visit: Visit, pages: Mapping[str, StreamlitPage], steps: Sequence[Step], here: Step) -> None:
    """Show the steps with their progress. Every link carries the workshop, which navigation alone would drop.

    The steps that the time of this workshop has no room for are a click away.
    """
    planned = {entry.step for entry in agenda_of(visit).entries} | {here.id}
    done = progress(visit.workshop, content())
    with st.sidebar:
        st.markdown("**MLOps Stack Canvas**")
        for group, members in groupby(steps[1:], key=lambda step: step.group):
            listed = [step for step in members if step.id in planned or step.id in ALWAYS]
            if listed:
                st.caption(group)
            for step in listed:
                _step_link(visit, pages, step, here, done.get(step.id))
        others = [step for step in steps[1:] if step.id not in planned and step.id not in ALWAYS]
        if others:
            with st.expander(f"More of the method ({len(others)})"):
                for step in others:
                    _step_link(visit, pages, step, here, done.get(step.id))
        st.space("small")
        own_name(visit)
        glossary(here)
        st.page_link(pages["start"], label="All workshops", icon=":material/home:")
        st.caption(
            f"{ROLE_WORDS[visit.member.role]}. Method: [ml-ops.org](https://ml-ops.org), INNOQ, CC BY 4.0; "
            "the canvas board CC BY-SA 4.0."
        )


def _step_link(visit: Visit, pages: Mapping[str, StreamlitPage], step: Step, here: Step, done: Progress | None) -> None:
    label = f"**{step.title}**" if step is here else step.title
    text = f"{label} :gray[· {done.text}]" if done and done.text else label
    icon = done.icon if done else OTHER_ICONS.get(step.id, ":material/notes:")
    st.page_link(pages[step.id], label=text, icon=icon, query_params=visit.query, width="stretch")


def glossary(here: Step) -> None:
    """Explain all words of the field, by alphabet; those of the page that is shown come first."""
    terms = sorted(content().terms.values(), key=lambda term: term.term.lower())
    of_page = [term for term in terms if term.step == here.id]
    others = [term for term in terms if term.step != here.id]
    with st.popover("Glossary", icon=":material/menu_book:", width="stretch"):
        if of_page:
            st.markdown(f"**{here.title}**\n\n{_explained(of_page)}\n\n**All other words**")
        st.markdown(_explained(others))


def _explained(terms: Sequence[Term]) -> str:
    return "\n".join(f"- **{term.term}**: {term.meaning}" for term in terms)


@refusing
def _rename(visit: Visit, name: str | None, _over: bool) -> Refusal | None:
    rename(visit, name or "")
    return None


def own_name(visit: Visit) -> None:
    """Let people type the name that the others see, change it, or take it away."""
    with st.popover(literal(visit.member.name or "Your name"), icon=":material/person:", width="stretch"):
        text_field(
            "The others see it. Leave it empty to stay nameless.",
            visit.member.name,
            visit.member.name,
            partial(_rename, visit),
            key="own-name",
            limit=NAME_LENGTH,
        )


def header_bar(visit: Visit, pages: Mapping[str, StreamlitPage], steps: Sequence[Step], here: Step) -> None:
    """Show the live header, and go where the facilitator leads this person."""
    data = {
        **seen_by(visit.member, visit.seq),
        "room": dict(visit.room),
        "title": visit.workshop.title,
        "step": here.title,
        "here": here.id,
        "steps": {step.id: step.title for step in steps},
        "asked": {id_: subject_step(id_, content()) for id_ in content().requirements},
        "plan": agenda_of(visit).id,
        "purpose": page_purpose(content().steps[here.id].purpose),
        **course_data(content(), visit.leads),
        "canInvite": visit.leads,
        "run": run_name(),
    }
    wanted = header(data, key=f"header-{visit.id}", on_renew=still_told)
    if wanted.go and wanted.go in pages:
        st.switch_page(pages[wanted.go], query_params=visit.query)
    if wanted.invite:
        invite(visit)
