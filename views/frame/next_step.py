"""What comes after the page one is on, at its end: the next page of this workshop's agenda, or what else there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from canvas.advice.step_progress import step_done
from canvas.document.workshop import Workshop
from canvas.method.content import Content
from canvas.method.steps import Agenda, AgendaEntry
from views.steps import Step
from views.visit.agenda import agenda_of
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
        others = [step for step in steps[1:] if step.id not in planned]
        last = any(entry.step == here.id for entry in agenda.entries)
        st.markdown("**This was the last step of the agenda.** What else there is:" if last else "What else there is:")
        with st.container(horizontal=True):
            for other in others:
                st.page_link(pages[other.id], label=other.title, query_params=visit.query)
            st.page_link(pages[steps[0].id], label="All workshops", icon=":material/home:")


def following_entry(
    agenda: Agenda, running: str | None, here: str, workshop: Workshop, content: Content
) -> AgendaEntry | None:
    """Return the entry of an agenda that leads on from the page of a step; None after its last page.

    `running` is the id of the entry that the room is at, if any. From a page that an agenda comes to more than once,
    and where the room is not, the first way on counts whose page nobody has begun.
    """
    ways = list(_ways_on(agenda, here))
    if not ways:
        order = list(content.steps)
        later = (entry for entry in agenda.entries if order.index(entry.step) > order.index(here))
        return next(later, None)
    for entries, following in ways:
        if running in entries:
            return following
    open_ways = (f for _, f in ways if f is not None and not step_done(content.steps[f.step], workshop, content).done)
    return next(open_ways, ways[-1][1])


def _ways_on(agenda: Agenda, here: str) -> Iterator[tuple[set[str], AgendaEntry | None]]:
    """Yield the ids of each run of entries on a page, with the entry that comes after it."""
    run: set[str] = set()
    for entry in agenda.entries:
        if entry.step == here:
            run.add(entry.id)
        elif run:
            yield run, entry
            run = set()
    if run:
        yield run, None
