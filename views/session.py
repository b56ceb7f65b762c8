"""Who is looking at which workshop, and the one way in which plain pages read and change it.

Everything is read anew at each run; `st.session_state` holds nothing that must survive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import streamlit as st

from assessments.migration import current
from assessments.packs import library
from canvas.access import Member, cookie_of
from canvas.content import Content
from canvas.document import document_of
from canvas.errors import DatabaseAway, LinkRefused, OpRefused, WorkshopNotFound
from canvas.log import State
from canvas.messages import facilitation
from canvas.requests import Op
from canvas.store import new_id
from canvas.workshop import Workshop
from views.context import context


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

    def base(self, item: str, prop: str) -> int:
        """Return the sequence of the last change of one property, 0 when it was never set."""
        return self.bases.get((item, prop), 0)


def today() -> date:
    """Return the present day, the same for everybody."""
    return datetime.now(UTC).date()


def content() -> Content:
    """Return the content of the canvas room."""
    return context().content


def arrive() -> Visit | None:
    """Return the present visit, or None on the start page. Stops the page with a message when the door is closed."""
    workshop_id = st.query_params.get("w")
    if not workshop_id:
        return None
    try:
        cookie = cookie_of(workshop_id, st.query_params.get("as"), st.context.cookies.to_dict())
        member = context().access.member(workshop_id, cookie)
        return visit_of(member)
    except (LinkRefused, WorkshopNotFound) as refused:
        st.error(str(refused), icon=":material/lock:")
        st.link_button("To the start page", "/")
        st.stop()
    except DatabaseAway as away:
        st.error(str(away), icon=":material/cloud_off:")
        st.stop()


def visit_of(member: Member) -> Visit:
    """Return the workshop as one member finds it at this moment."""

    def look(state: State) -> Visit:
        bases = {(key, name): p.seq for key, item in state.items.items() for name, p in item.properties.items()}
        workshop = current(document_of(state), library())
        return Visit(member, workshop, state.seq, bases, facilitation(state, member.author))

    return context().store.read(member.workshop, look)


def submit(visit: Visit, item: str, changes: Mapping[str, Any], action: str = "set") -> bool:
    """Apply changes of one item's properties, each with the base this page saw. Shows why when one is refused."""
    fine = True
    for prop, value in changes.items():
        op = {"op_id": new_id(), "action": action, "item": item, "prop": prop, "value": value}
        fine = _apply(visit, Op.model_validate({**op, "base": visit.base(item, prop)})) and fine
    return fine


def note_down(visit: Visit, item: str, prop: str, value: Any) -> bool:
    """Store what follows from the content alone, which is the same whoever stores it first."""
    return _apply(visit, Op(op_id=new_id(), action="set", item=item, prop=prop, value=value))


def ask(visit: Visit, action: Literal["add", "record", "restore"], item: str, value: Any) -> bool:
    """Ask for a change that is more than one property. Shows why when it is refused."""
    return _apply(visit, Op(op_id=new_id(), action=action, item=item, value=value))


def record_decision(visit: Visit, slot: str) -> bool:
    """Give the draft of a slot its number, dated today."""
    return ask(visit, "record", f"draft:{slot}", today().isoformat())


def _apply(visit: Visit, op: Op) -> bool:
    try:
        context().store.apply(visit.id, op, visit.member.author, context().content)
    except OpRefused as refused:
        # Kept until the page has run again: a message shown inside a callback would vanish with it.
        st.session_state["refused"] = {"message": str(refused), "code": refused.code, "op": op}
        return False
    return True


def show_refusal(visit: Visit) -> None:
    """Show what was refused in the last run. A stale change is shown with both texts and can be kept after all."""
    refused = st.session_state.pop("refused", None)
    if refused is None:
        return
    op: Op = refused["op"]
    if refused["code"] != "stale":
        st.error(refused["message"], icon=":material/error:")
        return
    with st.container(border=True):
        st.markdown(f":material/merge: **{refused['message']}** Yours was not saved; theirs is shown below.")
        st.text(f"Yours: {op.value}")
        st.button("Keep mine", on_click=_keep_mine, args=(visit, op), key="keep-mine")


def _keep_mine(visit: Visit, op: Op) -> None:
    _apply(visit, op.model_copy(update={"op_id": new_id(), "base": None}))
