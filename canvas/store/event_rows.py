"""Events as rows of the `event` table and back, and stored states.

Which of them are read or written, and when, is up to `store.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from canvas.errors import DatabaseDamaged, DatabaseOvertaken, EventTooNew
from canvas.log.events import VERSION, Event, State
from canvas.log.upgrades import event_from
from canvas.store.database import DAMAGED
from canvas.store.sql_tables import EVENT, SNAPSHOT, WORKSHOP

# Made once: SQLAlchemy takes longer to put a statement together than SQLite to run it.
_ROW = WORKSHOP.c.id == sa.bindparam("of_workshop")
_SEQ = sa.select(WORKSHOP.c.seq).where(_ROW)
_SET_SEQ = sa.update(WORKSHOP).where(_ROW).values(seq=sa.bindparam("reached"))
_HOLD = sa.update(WORKSHOP).where(_ROW).values(seq=WORKSHOP.c.seq).returning(WORKSHOP.c.seq)
_EVENTS = sa.select(EVENT).where(EVENT.c.workshop == sa.bindparam("of_workshop"))
_EVENTS_AFTER = _EVENTS.where(EVENT.c.seq > sa.bindparam("after")).order_by(EVENT.c.seq)
_EVENTS_OF_OP = _EVENTS.where(EVENT.c.op_id == sa.bindparam("of_op")).order_by(EVENT.c.part)


def seq_of(connection: sa.Connection, workshop_id: str) -> int | None:
    """Return the sequence that a workshop has reached, or None when there is no such workshop."""
    seq: int | None = connection.scalar(_SEQ, {"of_workshop": workshop_id})
    return seq


def hold(connection: sa.Connection, workshop_id: str) -> int | None:
    """Lock a workshop's row until the transaction ends, and return its sequence, or None when there is none."""
    seq: int | None = connection.scalar(_HOLD, {"of_workshop": workshop_id})
    return seq


def set_seq(connection: sa.Connection, workshop_id: str, seq: int) -> None:
    """Set the sequence of a workshop."""
    connection.execute(_SET_SEQ, {"of_workshop": workshop_id, "reached": seq})


_BODY = ("action", "item", "prop", "value", "was", "base", "version")


def row_of(workshop_id: str, event: Event) -> dict[str, Any]:
    """Return the row that keeps an event."""
    body = {name: getattr(event, name) for name in _BODY}
    columns = {name: getattr(event, name) for name in ("seq", "op_id", "part", "at", "author")}
    return {"workshop": workshop_id, **columns, "body": body}


def event_of(row: Any) -> Event:
    """Return the event that a row keeps, as one of the present version.

    Raises `DatabaseDamaged` when it keeps none, `DatabaseOvertaken` when a later version of the tool wrote it.
    """
    columns = {"seq": row.seq, "op_id": row.op_id, "part": row.part, "at": row.at, "author": row.author}
    try:
        return event_from({**columns, **row.body})
    except EventTooNew as newer:
        raise DatabaseOvertaken(str(newer)) from None
    except (TypeError, ValueError, AttributeError):
        raise DatabaseDamaged(DAMAGED) from None


def events_after(connection: sa.Connection, workshop_id: str, since: int, limit: int | None) -> Iterator[Event]:
    """Yield the events after `since` in order, at most `limit`."""
    wanted = _EVENTS_AFTER if limit is None else _EVENTS_AFTER.limit(limit)
    found = connection.execute(wanted, {"of_workshop": workshop_id, "after": since})
    return (event_of(row) for row in found)


def events_of_op(connection: sa.Connection, workshop_id: str, op_id: str) -> Iterator[Event]:
    """Yield the events that one op caused, in order."""
    found = connection.execute(_EVENTS_OF_OP, {"of_workshop": workshop_id, "of_op": op_id})
    return (event_of(row) for row in found)


def state_stored(connection: sa.Connection, workshop_id: str, until: int | None = None) -> State:
    """Return the newest stored state of a workshop that is not after `until`; the empty one when none is of use.

    One that another version stored is not: its log is folded anew.
    """
    wanted = sa.select(SNAPSHOT.c.state).where(SNAPSHOT.c.workshop == workshop_id)
    if until is not None:
        wanted = wanted.where(SNAPSHOT.c.seq <= until)
    found = connection.scalar(wanted.order_by(SNAPSHOT.c.seq.desc()).limit(1))
    try:
        return State.restore(found) if found and found["version"] == VERSION else State()
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DatabaseDamaged(DAMAGED) from None
