"""Where live workshops are kept: an append-only log per workshop in SQL, folded in memory while it is open.

SQLite (WAL) by default, PostgreSQL by address. Every write is one transaction that takes the workshop's next sequence,
so processes that share a database agree on one order. Who may write is decided in `ops.py`; who is who in `access.py`.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from canvas.content import Content
from canvas.document import document_of
from canvas.errors import WorkshopNotFound
from canvas.log import Event, State
from canvas.ops import to_events, undo_op
from canvas.requests import Author, Op
from canvas.tables import EVENT, METADATA, SNAPSHOT, WORKSHOP
from canvas.workshop import Workshop

SNAPSHOT_EVERY = 500
CACHED_WORKSHOPS = 200

T = TypeVar("T")
Listener = Callable[[str, list[Event]], None]


def utc_now() -> str:
    """Return the present time as ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def new_id(prefix: str = "") -> str:
    """Return a random id that nobody can guess: 80 bits, letters and digits."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    return prefix + "".join(secrets.choice(alphabet) for _ in range(16))


@dataclass
class _Open:
    """A workshop in memory. The lock keeps its state and the events that made it in step."""

    state: State
    lock: threading.RLock = field(default_factory=threading.RLock)


class Store:
    """All workshops of one database. Safe to use from several threads; `clock` gives the time of events."""

    def __init__(self, url: str, clock: Callable[[], str] = utc_now) -> None:
        self.engine = _engine(url)
        self.clock = clock
        self._open: dict[str, _Open] = {}
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []
        METADATA.create_all(self.engine)

    @classmethod
    def in_folder(cls, folder: Path, clock: Callable[[], str] = utc_now) -> Store:
        """Open the embedded database in `folder`, which is made when missing."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{folder / 'workshops.sqlite'}", clock)

    def close(self) -> None:
        self.engine.dispose()

    def create(self, document: Workshop, author: str = "system") -> str:
        """Start a new workshop whose log begins with one import of `document`. Returns its id."""
        workshop_id = new_id()
        body = document.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
        event = Event(1, new_id(), 0, self.clock(), author, "import", "workshop:", None, body)
        with self.engine.begin() as connection:
            connection.execute(sa.insert(WORKSHOP).values(id=workshop_id, seq=1, created_at=event.at))
            connection.execute(sa.insert(EVENT).values(_row(workshop_id, event)))
        return workshop_id

    def exists(self, workshop_id: str) -> bool:
        """Return whether a workshop with this id is in the database."""
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(WORKSHOP.c.id).where(WORKSHOP.c.id == workshop_id)) is not None

    def delete(self, workshop_id: str) -> None:
        """Remove a workshop and everything it holds: events, snapshots, links, names."""
        with self.engine.begin() as connection:
            connection.execute(sa.delete(WORKSHOP).where(WORKSHOP.c.id == workshop_id))
        with self._lock:
            self._open.pop(workshop_id, None)

    def document(self, workshop_id: str) -> Workshop:
        """Return the workshop as it is now. Raises `WorkshopNotFound`."""
        return self.read(workshop_id, document_of)

    def read(self, workshop_id: str, reader: Callable[[State], T]) -> T:
        """Call `reader` with the present state, which it must not change or keep, and return what it returns."""
        opened = self._opened(workshop_id)
        with opened.lock:
            with self.engine.connect() as connection:
                self._catch_up(connection, workshop_id, opened.state)
            return reader(opened.state)

    def events_since(self, workshop_id: str, seq: int, limit: int = 1000) -> list[Event]:
        """Return the events after `seq` in order, at most `limit`."""
        with self.engine.connect() as connection:
            return list(_events(connection, workshop_id, seq, limit))

    def apply(self, workshop_id: str, op: Op, author: Author, content: Content) -> list[Event]:
        """Validate an op, append what it causes, and return those events (the old ones when the op is known).

        Raises `OpRefused` when it is not allowed; then nothing is written.
        """
        opened = self._opened(workshop_id)
        with opened.lock:
            with self._writing(workshop_id) as connection:
                self._catch_up(connection, workshop_id, opened.state)
                known = list(_events_of_op(connection, workshop_id, op.op_id))
                if known:
                    return known
                events = self._cause(connection, workshop_id, op, opened.state, author, content)
                if events:
                    connection.execute(sa.insert(EVENT), [_row(workshop_id, event) for event in events])
                    connection.execute(_set_seq(workshop_id, events[-1].seq))
            for event in events:
                opened.state.apply(event)
            self._keep_snapshot(workshop_id, opened.state, len(events))
        self._tell(workshop_id, events)
        return events

    def listen(self, listener: Listener) -> None:
        """Call `listener(workshop_id, events)` after each change made through this store object."""
        self._listeners.append(listener)

    def _cause(
        self, connection: sa.Connection, workshop_id: str, op: Op, state: State, author: Author, content: Content
    ) -> list[Event]:
        at = self.clock()
        if op.action != "undo":
            return to_events(op, state, content, author, at)
        caused = list(_events_of_op(connection, workshop_id, str(op.value)))
        events: list[Event] = []
        for step in undo_op(op, caused, state, author):
            events += to_events(step, state, content, author, at)
        return [_renumbered(event, state.seq + 1 + part, part) for part, event in enumerate(events)]

    def _opened(self, workshop_id: str) -> _Open:
        with self._lock:
            opened = self._open.pop(workshop_id, None)
            if opened is None:
                opened = _Open(self._load(workshop_id))
            # Last used last, so that the first is the one to forget when many workshops have been open.
            self._open[workshop_id] = opened
            if len(self._open) > CACHED_WORKSHOPS:
                self._open.pop(next(iter(self._open)))
            return opened

    def _load(self, workshop_id: str) -> State:
        latest = sa.select(SNAPSHOT.c.state).where(SNAPSHOT.c.workshop == workshop_id).order_by(SNAPSHOT.c.seq.desc())
        with self.engine.connect() as connection:
            found = connection.scalar(latest.limit(1))
            known = connection.scalar(sa.select(WORKSHOP.c.id).where(WORKSHOP.c.id == workshop_id))
        if known is None:
            raise WorkshopNotFound("There is no such workshop. It may have been deleted, or the link is mistyped.")
        return State.restore(found) if found else State()

    @contextmanager
    def _writing(self, workshop_id: str) -> Iterator[sa.Connection]:
        """Open a transaction that holds the workshop's row, so that sequences are given one at a time."""
        with self.engine.connect().execution_options(write=True) as connection, connection.begin():
            held = connection.execute(_set_seq(workshop_id, WORKSHOP.c.seq))
            if held.rowcount != 1:
                raise WorkshopNotFound("This workshop has been deleted.")
            yield connection

    def _catch_up(self, connection: sa.Connection, workshop_id: str, state: State) -> None:
        for event in _events(connection, workshop_id, state.seq, None):
            state.apply(event)

    def _keep_snapshot(self, workshop_id: str, state: State, added: int) -> None:
        if added and state.seq // SNAPSHOT_EVERY != (state.seq - added) // SNAPSHOT_EVERY:
            with self.engine.begin() as connection:
                row = {"workshop": workshop_id, "seq": state.seq, "state": state.dump()}
                connection.execute(sa.insert(SNAPSHOT).values(row))

    def _tell(self, workshop_id: str, events: list[Event]) -> None:
        if events:
            for listener in self._listeners:
                listener(workshop_id, events)


def _engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _configure_sqlite)
        sa.event.listen(engine, "begin", _begin_immediately)
    return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediately(connection: sa.Connection) -> None:
    # A reader that becomes a writer half-way can fail with "database is locked"; writers say so from the start.
    # synchronous=FULL above: a note shown as saved must survive a power cut, not only kill -9.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")


def _set_seq(workshop_id: str, seq: Any) -> sa.Update:
    return sa.update(WORKSHOP).where(WORKSHOP.c.id == workshop_id).values(seq=seq)


def _renumbered(event: Event, seq: int, part: int) -> Event:
    return Event(**{**vars(event), "seq": seq, "part": part})


_BODY = ("action", "item", "prop", "value", "was", "base", "version")


def _row(workshop_id: str, event: Event) -> dict[str, Any]:
    body = {name: getattr(event, name) for name in _BODY}
    columns = {name: getattr(event, name) for name in ("seq", "op_id", "part", "at", "author")}
    return {"workshop": workshop_id, **columns, "body": body}


def _event(row: Any) -> Event:
    return Event(row.seq, row.op_id, row.part, row.at, row.author, **row.body)


def _events(connection: sa.Connection, workshop_id: str, since: int, limit: int | None) -> Iterator[Event]:
    wanted = sa.select(EVENT).where(EVENT.c.workshop == workshop_id, EVENT.c.seq > since).order_by(EVENT.c.seq)
    return (_event(row) for row in connection.execute(wanted.limit(limit)))


def _events_of_op(connection: sa.Connection, workshop_id: str, op_id: str) -> Iterator[Event]:
    wanted = sa.select(EVENT).where(EVENT.c.workshop == workshop_id, EVENT.c.op_id == op_id).order_by(EVENT.c.part)
    return (_event(row) for row in connection.execute(wanted))
