"""Who is looking at which workshop, and the one door through which pages reach what is kept of it.

Everything is read anew at each run; `st.session_state` holds nothing that must survive. Whatever passes the door asks
the store first who is there: a page may be open long after its link was taken back, and callbacks, fragments and
downloads run without the page. What pages change is in `changing.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa
import streamlit as st

from assessments.library.packs import library
from assessments.library.revisions import current
from canvas.advice.excluded import worded
from canvas.document.workshop import Workshop
from canvas.errors import DatabaseAway, LinkRefused, OpRefused, WorkshopNotFound
from canvas.live.frames import facilitation
from canvas.log.events import Event, State
from canvas.log.fold import document_of
from canvas.log.op import Op, Role
from canvas.method.content import Content
from canvas.store.access import Link, Member, cookie_of
from views.literal import literal
from views.web.context import context

T = TypeVar("T")
# What somebody typed before they found the door closed.
UNSAVED = "unsaved"


@dataclass(frozen=True)
class Visit:
    """One run of a page for one member: the workshop as it is now, and the sequence of every property.

    `room` is how the room was led at `seq`, in the words of the live route.
    """

    member: Member
    workshop: Workshop
    seq: int
    bases: Mapping[tuple[str, str], int]
    room: Mapping[str, Any]

    @property
    def id(self) -> str:
        return self.member.workshop

    @property
    def query(self) -> dict[str, str]:
        """What every link to a page of this workshop must carry: the workshop, and the role of this tab."""
        return {"w": self.id, "as": self.member.role}

    @property
    def may_edit(self) -> bool:
        return self.member.role != "viewer"

    @property
    def leads(self) -> bool:
        return self.member.role == "facilitator"

    @cached_property
    def content(self) -> Content:
        """The content of the canvas room, in the words that fit this team. A page asks for it with every input."""
        return worded(self.workshop, context().content)

    def base(self, item: str, *props: str) -> int:
        """Return the sequence of the last change of any of an item's properties, 0 when none was ever set."""
        return max(self.bases.get((item, prop), 0) for prop in props)


def content() -> Content:
    """Return the content of the canvas room, in the words that fit the team whose workshop is looked at."""
    visit: Visit | None = st.session_state.get("visit")
    return visit.content if visit else context().content


def arrive() -> Visit | None:
    """Return the present visit, or None on the start page. Stops the page with a message when the door is closed."""
    workshop_id = st.query_params.get("w")
    if not workshop_id:
        return None
    with door():
        cookie = cookie_of(workshop_id, st.query_params.get("as"), st.context.cookies.to_dict())
        return visit_of(context().access.member(workshop_id, cookie))


@contextmanager
def door() -> Iterator[None]:
    """Run a page, and end it with one message as soon as the store says that this cannot be, or not for this person."""
    try:
        yield
    except (LinkRefused, WorkshopNotFound) as refused:
        _closed(str(refused), ":material/lock:")
    except DatabaseAway as away:
        _closed(str(away), ":material/cloud_off:")
    except OpRefused as refused:
        # What a field or a button sends is told beside it; this is what a page does by itself.
        _closed(literal(str(refused)), ":material/error:")


def _closed(message: str, icon: str) -> None:
    st.error(message, icon=icon)
    for text in st.session_state.pop(UNSAVED, []):
        st.markdown("What you had typed last was not saved. Copy it if you want to keep it:")
        st.code(text, language=None, wrap_lines=True)
    st.link_button("To the start page", "/")
    st.stop()


def visit_of(member: Member) -> Visit:
    """Return the workshop as one member finds it at this moment."""

    def look(state: State) -> Visit:
        bases = {(key, name): p.seq for key, item in state.items.items() for name, p in item.properties.items()}
        workshop = current(document_of(state), library())
        return Visit(member, workshop, state.seq, bases, facilitation(state, member.author))

    return context().store.read(member.workshop, look)


def present(visit: Visit, *, leads: bool = False) -> Member:
    """Return the member as the store knows them at this moment. Everything below begins with this question.

    Raises `LinkRefused` when their link was taken back, or when only a facilitator may do what they ask for.
    """
    member = context().access.again(visit.member)
    if leads and member.role != "facilitator":
        raise LinkRefused("Only a facilitator can do this. Open the facilitator's link, or ask one.")
    return member


def read(visit: Visit, reader: Callable[[State], T]) -> T:
    """Return what `reader` makes of the present state."""
    present(visit)
    return context().store.read(visit.id, reader)


@contextmanager
def log_of(visit: Visit) -> Iterator[sa.Connection]:
    """Open the database for a look into the log of this workshop."""
    present(visit)
    with context().store.engine.connect() as connection:
        yield connection


def write(visit: Visit, ops: list[Op]) -> list[Event]:
    """Apply ops, all or none. Raises `OpRefused` when the workshop does not take them."""
    return context().store.apply_together(visit.id, ops, present(visit).author, context().content)


def write_made(visit: Visit, make: Callable[[State], Sequence[Op]]) -> list[Event]:
    """Apply, all or none, the ops that `make` returns of the state that they change. Raises as `write`."""
    return context().store.apply_made(visit.id, make, present(visit).author, content())


def stamp() -> str:
    """Return the present time as events carry it."""
    return context().store.clock()


def names(visit: Visit) -> dict[str, str]:
    """Return the names of those who typed one, by participant id."""
    present(visit)
    return context().access.names(visit.id)


def rename(visit: Visit, name: str) -> None:
    """Store the name that this person typed, or forget it when it is empty."""
    context().access.rename(present(visit), name)


def links(visit: Visit) -> list[Link]:
    """Return the links that open this workshop; only for who leads."""
    present(visit, leads=True)
    return context().access.links(visit.id)


def link_for(visit: Visit, role: Role) -> str:
    """Return the token of a link of a role; only for who leads."""
    present(visit, leads=True)
    return context().access.link_for(visit.id, role)


def revoke(visit: Visit, link: str) -> None:
    """Take a link back; only for who leads."""
    present(visit, leads=True)
    context().access.revoke(visit.id, link)
