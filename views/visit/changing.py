"""How pages change the workshop: each change with what the page saw of it, and what was refused told to the person.

An input (`widgets/fields.py`, `widgets/choices.py`) keeps what it could not save and shows why beside itself; what a
button asked for is told at the top of the page and, where that is out of sight, in a corner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, ParamSpec

import streamlit as st

from canvas.errors import DatabaseAway, LinkRefused, OpRefused, WorkshopNotFound
from canvas.log.op import Op
from canvas.store.store import new_id
from views.visit.session import Visit, write

REFUSED = "refused"
# What the last run told, and that the next one is to tell it again.
TOLD = "told-refusal"
STILL = "still-told"
# The sequence of what this tab has changed last of each property.
OWN = "own-changes"
P = ParamSpec("P")


@dataclass(frozen=True)
class Refusal:
    """A change that was not made: why, and what it would have been. `code` is that of `OpRefused`, or `out`.

    `said` is the change as people read it.
    """

    code: str
    message: str
    item: str = ""
    changes: Mapping[str, Any] | None = None
    said: str = ""

    @property
    def stale(self) -> bool:
        """Whether somebody else was faster; the change may be asked for again with the other's in sight."""
        return self.code == "stale"


def refusing(act: Callable[P, Refusal | None]) -> Callable[P, Refusal | None]:
    """Make what a person asks for return why it was not done, instead of raising it: a callback has nobody to catch."""

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> Refusal | None:
        try:
            return act(*args, **kwargs)
        except OpRefused as refused:
            return Refusal(refused.code, str(refused))
        except DatabaseAway as away:
            return Refusal("busy", str(away))
        except (LinkRefused, WorkshopNotFound) as refused:
            # The page that runs next finds the door closed and says so.
            return Refusal("out", str(refused))

    return run


def change(
    visit: Visit, item: str, changes: Mapping[str, Any], *, over: bool = False, seen: int | None = None
) -> Refusal | None:
    """Set properties of one item, all or none, with what this page saw of each. Returns why not, or None.

    `over` sets them whatever somebody else has made of them: for a person who has seen both. When somebody else was
    faster, a single text is told as it is. `seen` is the sequence that the person saw, where a component knows it
    better than the run.
    """
    bases = {prop: None if over else _seen(visit, item, prop, seen) for prop in changes}
    ops = [_op("set", item, value, prop, bases[prop]) for prop, value in changes.items()]
    refused = _written(visit, ops)
    values = list(changes.values())
    said = values[0] if len(values) == 1 and isinstance(values[0], str) else ""
    return refused and Refusal(refused.code, refused.message, item, changes, said)


def _seen(visit: Visit, item: str, prop: str, seen: int | None = None) -> int:
    """Return the sequence of the last change of a property that this person knows: that of their page, or their own.

    One click can be two changes, that of the field which is left and that of the button; the first is no news.
    """
    own: Mapping[tuple[str, str, str], int] = st.session_state.get(OWN, {})
    known = visit.base(item, prop) if seen is None else seen
    return max(known, own.get((visit.id, item, prop), 0))


def submit(visit: Visit, item: str, changes: Mapping[str, Any]) -> bool:
    """Set properties of one item, all or none. Says why when it is refused."""
    return tell(change(visit, item, changes))


def note_down(visit: Visit, item: str, prop: str, value: Any) -> Refusal | None:
    """Store what follows from the content alone, which is the same whoever stores it first."""
    return _written(visit, [_op("set", item, value, prop)])


def ask(visit: Visit, action: Literal["add", "record", "restore"], item: str, value: Any) -> bool:
    """Ask for a change that is more than one property. Says why when it is refused."""
    return tell(asked(visit, action, item, value))


def asked(visit: Visit, action: Literal["add", "record", "restore"], item: str, value: Any) -> Refusal | None:
    """Ask for a change that is more than one property. Returns why not, or None."""
    return _written(visit, [_op(action, item, value)])


def take_back(visit: Visit, op_id: str) -> bool:
    """Take back all that one step of this person changed. Says why when it is refused."""
    return tell(_written(visit, [_op("undo", "workshop:", op_id)]))


def record_decision(visit: Visit, draft: str, day: str, status: str, supersedes: int | None = None) -> bool:
    """Give a draft its number. `day` may be a month or a year. Says why when it is refused."""
    replaced = {} if supersedes is None else {"supersedes": supersedes}
    return ask(visit, "record", draft, {"decided_on": day, "status": status, **replaced})


def tell(refusal: Refusal | None) -> bool:
    """Keep a refusal until the page runs, which shows it. Returns whether there was none."""
    if refusal is not None:
        # Kept until the page has run again: a message shown inside a callback would vanish with it.
        st.session_state[REFUSED] = refusal
    return refusal is None


def _op(action: Any, item: str, value: Any, prop: str | None = None, base: int | None = None) -> Op:
    return Op(op_id=new_id(), action=action, item=item, prop=prop, value=value, base=base)


@refusing
def _written(visit: Visit, ops: Sequence[Op]) -> None:
    for event in write(visit, list(ops)):
        st.session_state.setdefault(OWN, {})[visit.id, event.item, event.prop] = event.seq


def show_refusal(visit: Visit) -> None:
    """Show what was refused of what this person did last.

    A stale change is shown with both texts and can be made after all.
    """
    news: Refusal | None = st.session_state.pop(REFUSED, None)
    before = st.session_state.get(TOLD) if st.session_state.pop(STILL, False) else None
    refused: Refusal | None = news or before
    st.session_state[TOLD] = refused
    if refused is None:
        return
    if news:
        st.toast(refused.message, icon=":material/error:", duration="long")
    if not refused.stale or refused.changes is None:
        st.error(refused.message, icon=":material/error:")
        return
    with st.container(border=True):
        st.markdown(f":material/merge: **{refused.message}** Yours was not saved; theirs is shown below.")
        if refused.said:
            st.text(f"Yours: {refused.said}")
        args = (visit, refused)
        st.button("Keep mine", on_click=make_after_all, args=args, key="keep-mine")


def still_told() -> None:
    """Let the next run, which this person has not asked for, tell what the last one told of a refusal."""
    st.session_state[STILL] = True


def make_after_all(visit: Visit, refused: Refusal) -> bool:
    """Make a change that somebody else was faster with, now that both have been seen."""
    return tell(change(visit, refused.item, refused.changes or {}, over=True))
