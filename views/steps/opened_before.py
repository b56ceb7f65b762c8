"""The workshops that this browser has a valid cookie for, told apart by more than their names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import urlencode

import streamlit as st

from canvas.document.workshop import Workshop
from canvas.errors import LinkRefused, WorkshopNotFound
from canvas.log.events import State
from canvas.log.fold import document_of
from canvas.reading.text_gate import counted, isolated
from canvas.store.access import COOKIE_PREFIX
from views.visit.clock import zone
from views.web.context import context

ROLES = {"facilitator": "you lead", "participant": "you take part", "viewer": "you view it"}


@dataclass(frozen=True)
class Opened:
    """One workshop of this browser in one role, and when it was changed last, in the reader's time."""

    id: str
    role: str
    workshop: Workshop
    changed: datetime


def opened_before() -> list[Opened]:
    """Return what this browser has joined, the latest changed first."""
    found = []
    for name, value in st.context.cookies.items():
        workshop, _, role = name.removeprefix(COOKIE_PREFIX).rpartition("-")
        if name.startswith(COOKIE_PREFIX) and workshop:
            try:
                context().access.member(workshop, value)
                document, seq = context().store.read(workshop, _look)
                (last,) = context().store.events_since(workshop, seq - 1, 1)
            except (LinkRefused, WorkshopNotFound):
                continue
            found.append(Opened(workshop, role, document, datetime.fromisoformat(last.at).astimezone(zone())))
    return sorted(found, key=lambda one: (one.changed, one.role), reverse=True)


def _look(state: State) -> tuple[Workshop, int]:
    return document_of(state), state.seq


def show_opened() -> None:
    """Show them as links, each with team, role, last change and how far it is; nothing where there are none.

    Plain links: each workshop is opened afresh, so that nothing of another one is taken along.
    """
    known = opened_before()
    if known:
        st.subheader("Opened in this browser")
        st.html(f'<ul class="opened">{"".join(_entry(one) for one in known)}</ul>')


def _entry(one: Opened) -> str:
    title, team = (escape(isolated(text)) for text in (one.workshop.title, one.workshop.team or ""))
    address = escape(f"/?{urlencode({'w': one.id, 'as': one.role})}", quote=True)
    told = f"{ROLES.get(one.role, one.role)} · changed {one.changed:%Y-%m-%d %H:%M}"
    return (
        f'<li><a href="{address}" target="_self"><strong dir="auto">{title}</strong>'
        + (f'<span dir="auto">{team}</span>' if team else "")
        + f"<span>{told}</span><span>{how_far(one.workshop)}</span></a></li>"
    )


def how_far(workshop: Workshop) -> str:
    """Return what a workshop holds, in words."""
    notes = sum(1 for canvas in workshop.canvases for _ in workshop.notes(canvas))
    decided = sum(1 for decision in workshop.decisions if decision.status == "accepted")
    answers = sum(1 for item in workshop.requirements if item.value is not None) + len(workshop.answers)
    return ", ".join((counted(notes, "note"), counted(decided, "decision"), counted(answers, "answer")))
