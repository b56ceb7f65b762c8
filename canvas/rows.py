"""Events as rows of the `event` table, and back. Which of them are read or written, and when, is up to `store.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from canvas.log import Event
from canvas.tables import EVENT, WORKSHOP


def set_seq(workshop_id: str, seq: Any) -> sa.Update:
    """Return the statement that sets a workshop's sequence, and locks its row until the transaction ends."""
    return sa.update(WORKSHOP).where(WORKSHOP.c.id == workshop_id).values(seq=seq)


_BODY = ("action", "item", "prop", "value", "was", "base", "version")


def row_of(workshop_id: str, event: Event) -> dict[str, Any]:
    """Return the row that keeps an event."""
    body = {name: getattr(event, name) for name in _BODY}
    columns = {name: getattr(event, name) for name in ("seq", "op_id", "part", "at", "author")}
    return {"workshop": workshop_id, **columns, "body": body}


def event_of(row: Any) -> Event:
    """Return the event that a row keeps."""
    return Event(row.seq, row.op_id, row.part, row.at, row.author, **row.body)


def events_after(connection: sa.Connection, workshop_id: str, since: int, limit: int | None) -> Iterator[Event]:
    """Yield the events after `since` in order, at most `limit`."""
    wanted = sa.select(EVENT).where(EVENT.c.workshop == workshop_id, EVENT.c.seq > since).order_by(EVENT.c.seq)
    return (event_of(row) for row in connection.execute(wanted.limit(limit)))


def events_of_op(connection: sa.Connection, workshop_id: str, op_id: str) -> Iterator[Event]:
    """Yield the events that one op caused, in order."""
    wanted = sa.select(EVENT).where(EVENT.c.workshop == workshop_id, EVENT.c.op_id == op_id).order_by(EVENT.c.part)
    return (event_of(row) for row in connection.execute(wanted))
