"""Where live workshops are kept: an append-only log per workshop in SQL, folded in memory while it is open.

SQLite (WAL) by default, PostgreSQL by address. Every write is one transaction that takes the workshop's next sequence,
so processes that share a database agree on one order. Who may write is decided in `log/ops.py`; who is who in
`access.py`.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from canvas.document.workshop import Workshop
from canvas.errors import DatabaseAway, DatabaseDamaged, DatabaseOvertaken, OpRefused, WorkshopNotFound
from canvas.log.events import Event, State
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.method.content import Content
from canvas.store.causing import Causing
from canvas.store.counters import Counters
from canvas.store.database import erase_deleted, file_of, is_postgresql, open_database, writing
from canvas.store.event_rows import events_after, events_of_op, hold, row_of, seq_of, set_seq, state_stored
from canvas.store.notify import announce
from canvas.store.sql_tables import EVENT, SNAPSHOT, WORKSHOP
from canvas.store.writers import refuse_overtaken

# The file of the database in a data folder.
EMBEDDED = "workshops.sqlite"
RECENT_EVENTS = 100
SNAPSHOT_EVERY = 500
# Opening needs the newest snapshot, looking back the nearest: of those before the newest two, every tenth stays.
EVERY_TENTH = 10
CACHED_WORKSHOPS = 200

T = TypeVar("T")
# Called with a workshop and the sequence it has reached.
Listener = Callable[[str, int], None]

GONE = "There is no such workshop. It may have been deleted, or the link is mistyped."
AWAY = "The database does not answer just now. Your change is kept and sent again."


def utc_now() -> str:
    """Return the present time as ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def new_id(prefix: str = "") -> str:
    """Return a random id that nobody can guess: 80 bits, letters and digits."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    return prefix + "".join(secrets.choice(alphabet) for _ in range(16))


@dataclass
class _Open:
    """A workshop in memory. The lock keeps its state in step with the log, of which `recent` is the end."""

    state: State
    recent: deque[Event] = field(default_factory=lambda: deque(maxlen=RECENT_EVENTS))
    lock: threading.RLock = field(default_factory=threading.RLock)

    def take(self, event: Event) -> None:
        """Fold the next event of the log in."""
        self.state.apply(event)
        self.recent.append(event)

    def since(self, seq: int) -> list[Event] | None:
        """Return the events after `seq`, or None when they reach further back than memory does."""
        if seq >= self.state.seq:
            return []
        known = bool(self.recent) and self.recent[0].seq <= seq + 1
        return [event for event in self.recent if event.seq > seq] if known else None


class Store:
    """All workshops of one database. Safe to use from several threads; `clock` gives the time of events."""

    def __init__(self, url: str, clock: Callable[[], str] = utc_now) -> None:
        self.engine = open_database(url)
        self._file = file_of(self.engine.url)
        self.clock = clock
        self.counters = Counters()
        self._open: dict[str, _Open] = {}
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []

    @classmethod
    def in_folder(cls, folder: Path, clock: Callable[[], str] = utc_now) -> Store:
        """Open the embedded database in `folder`, which is made when missing."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{folder / EMBEDDED}", clock)

    def check(self) -> None:
        """Raise `DatabaseAway` when the database cannot be read now, `DatabaseDamaged` when it never will be.

        `DatabaseOvertaken` says that a later version of the tool has upgraded it.
        """
        if self._file is not None:
            self._file.check()
        with self.engine.connect() as connection:
            refuse_overtaken(connection)
            connection.execute(sa.select(WORKSHOP.c.id).limit(1))

    def close(self) -> None:
        self.engine.dispose()

    def create(
        self, document: Workshop, author: str = "system", beside: Callable[[sa.Connection, str], None] | None = None
    ) -> str:
        """Start a new workshop whose log begins with one import of `document`. Returns its id.

        `beside` is called with the connection and the id before anything is kept, and what it writes is kept with it.
        """
        workshop_id = new_id()
        body = document.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
        event = Event(1, new_id(), 0, self.clock(), author, "import", "workshop:", None, body)
        with writing(self.engine) as connection:
            connection.execute(sa.insert(WORKSHOP).values(id=workshop_id, seq=1, created_at=event.at))
            connection.execute(sa.insert(EVENT).values(row_of(workshop_id, event)))
            if beside is not None:
                beside(connection, workshop_id)
        return workshop_id

    def exists(self, workshop_id: str) -> bool:
        """Return whether a workshop with this id is in the database."""
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(WORKSHOP.c.id).where(WORKSHOP.c.id == workshop_id)) is not None

    def delete(self, workshop_id: str) -> None:
        """Remove a workshop and everything it holds: events, snapshots, links, names."""
        with writing(self.engine) as connection:
            connection.execute(sa.delete(WORKSHOP).where(WORKSHOP.c.id == workshop_id))
        erase_deleted(self.engine)
        self._forget(workshop_id)

    def document(self, workshop_id: str) -> Workshop:
        """Return the workshop as it is now. Raises `WorkshopNotFound`."""
        return self.read(workshop_id, document_of)

    def read(self, workshop_id: str, reader: Callable[[State], T]) -> T:
        """Call `reader` with the present state, which it must not change or keep, and return what it returns."""
        opened = self._opened(workshop_id)
        with opened.lock:
            with self.engine.connect() as connection:
                self._catch_up(connection, workshop_id, opened, seq_of(connection, workshop_id))
            return reader(opened.state)

    def news(
        self, workshop_id: str, seq: int, reader: Callable[[list[Event], State], T], reached: int | None = None
    ) -> T:
        """Call `reader` with the events after `seq` and the state after the last of them; return what it returns.

        `reached` is what a hint says: when memory has come as far, the database is not asked. Raises
        `WorkshopNotFound`.
        """
        opened = self._opened(workshop_id)
        with opened.lock:
            found = opened.since(seq)
            if found is None or reached is None or reached > opened.state.seq:
                with self.engine.connect() as connection:
                    self._catch_up(connection, workshop_id, opened, seq_of(connection, workshop_id))
                    found = opened.since(seq)
                    if found is None:
                        found = list(events_after(connection, workshop_id, seq, opened.state.seq - seq))
            return reader(found, opened.state)

    def events_since(self, workshop_id: str, seq: int, limit: int = 1000) -> list[Event]:
        """Return the events after `seq` in order, at most `limit`."""
        with self.engine.connect() as connection:
            return list(events_after(connection, workshop_id, seq, limit))

    def apply(self, workshop_id: str, op: Op, author: Author, content: Content) -> list[Event]:
        """Validate an op, append what it causes, and return those events (the old ones when the op is known).

        Raises `OpRefused` when it is not allowed; then nothing is written.
        """
        return self.apply_together(workshop_id, [op], author, content)

    def apply_together(self, workshop_id: str, ops: Sequence[Op], author: Author, content: Content) -> list[Event]:
        """Apply ops one after the other, each judged by what those before it leave: all of them, or none.

        Returns the events that they caused. Ops that belong together are sent again together: when one of them is
        known, those that they had caused are returned and nothing is applied. Raises `OpRefused`, which names the op,
        when one of them is not allowed; then nothing is written.
        """
        began = time.perf_counter()
        try:
            events, written = self._write(workshop_id, ops, author, content)
        except DatabaseDamaged as damaged:
            if self._file is not None:
                self._file.doubt()
            raise OpRefused("busy", str(damaged)) from None
        except DatabaseOvertaken as overtaken:
            raise OpRefused("busy", f"{overtaken} Your change is kept in this page.") from None
        except DatabaseAway:
            # Whether the last commit arrived is not known; the op's id makes sending it again harmless.
            raise OpRefused("busy", AWAY) from None
        self.counters.count_accepted(written, time.perf_counter() - began)
        if written:
            self.hint(workshop_id, events[-1].seq)
        return events

    def _write(self, workshop_id: str, ops: Sequence[Op], author: Author, content: Content) -> tuple[list[Event], int]:
        """Return the events of ops, and how many of them are new: all or none."""
        opened = self._opened(workshop_id)
        with opened.lock:
            with writing(self.engine) as connection:
                # Holding the workshop's row gives sequences out one at a time, across processes too. What the last
                # holder committed is seen by the statements after it, because each reads anew (READ COMMITTED).
                self._catch_up(connection, workshop_id, opened, hold(connection, workshop_id))
                known = [event for op in ops for event in events_of_op(connection, workshop_id, op.op_id)]
                if known:
                    return known, 0
                asked = Causing(connection, workshop_id, author, content, self.clock)
                events = asked.events_of(ops, opened.state)
                if not events:
                    return [], 0
                connection.execute(sa.insert(EVENT), [row_of(workshop_id, event) for event in events])
                set_seq(connection, workshop_id, events[-1].seq)
                if is_postgresql(self.engine):
                    announce(connection, workshop_id, events[-1].seq)
                self._keep_snapshot(connection, workshop_id, opened.state, events)
            for event in events:
                opened.take(event)
        return events, len(events)

    def listen(self, listener: Listener) -> None:
        """Call `listener(workshop_id, seq)` after each change made through this store object or hinted to it."""
        self._listeners.append(listener)

    def hint(self, workshop_id: str, seq: int) -> None:
        """Tell the listeners that a workshop has reached `seq`, here or in another process."""
        for listener in self._listeners:
            listener(workshop_id, seq)

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
        with self.engine.connect() as connection:
            if seq_of(connection, workshop_id) is None:
                raise WorkshopNotFound(GONE)
            return state_stored(connection, workshop_id)

    def _catch_up(self, connection: sa.Connection, workshop_id: str, opened: _Open, reached: int | None) -> None:
        """Take in what other processes wrote. Raises `WorkshopNotFound` when one of them deleted the workshop."""
        if reached is None:
            self._forget(workshop_id)
            raise WorkshopNotFound(GONE)
        if reached > opened.state.seq:
            for event in events_after(connection, workshop_id, opened.state.seq, None):
                opened.take(event)

    def _forget(self, workshop_id: str) -> None:
        with self._lock:
            self._open.pop(workshop_id, None)

    def _keep_snapshot(self, connection: sa.Connection, workshop_id: str, state: State, events: list[Event]) -> None:
        # Of the state before these events: that is what memory holds until the transaction is through.
        if state.seq // SNAPSHOT_EVERY != events[-1].seq // SNAPSHOT_EVERY:
            row = {"workshop": workshop_id, "seq": state.seq, "state": state.dump()}
            connection.execute(sa.insert(SNAPSHOT).values(row))
            of_this = SNAPSHOT.c.workshop == workshop_id
            newest = sa.select(SNAPSHOT.c.seq).where(of_this).order_by(SNAPSHOT.c.seq.desc()).limit(2)
            tenth = (SNAPSHOT.c.seq // SNAPSHOT_EVERY + 1) % EVERY_TENTH == 0
            connection.execute(sa.delete(SNAPSHOT).where(of_this, SNAPSHOT.c.seq.not_in(newest), ~tenth))
