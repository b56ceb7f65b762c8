"""Opening a workshop: a log of a hundred events against one of a hundred thousand, on the same board."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from websockets.asyncio.client import connect

from canvas.document.workshop import Workshop
from canvas.log.events import Event, State
from canvas.log.fold import document_of
from canvas.store.event_rows import row_of, set_seq
from canvas.store.sql_tables import EVENT, SNAPSHOT
from canvas.store.store import SNAPSHOT_EVERY, Store
from tests.bench.measure import Row, against, median
from tests.live_server import Server

NOTES = 60
SHORT, LONG = 100, 100_000
SAMPLES = 9
AT = "2026-11-23T10:00:00.000+00:00"


def opening(folder: Path) -> list[Row]:
    """Measure opening from the database, and the first picture over the socket of a server that just started."""
    store = Store.in_folder(folder)
    # One event more than whole hundreds, and half-way between two snapshots, as a log is on average.
    workshops = {events: _workshop(store, events) for events in (SHORT, LONG + SNAPSHOT_EVERY // 2)}
    short, long = workshops.values()
    store.close()
    times: dict[str, list[float]] = {short: [], long: []}
    for _ in range(SAMPLES):
        for workshop in (short, long):
            times[workshop].append(_open(folder, workshop))
    hellos = _hellos(folder, short, long)
    size = f"{LONG:,} events against {SHORT}"
    return [
        against(
            f"Opening a workshop from the database, {size}",
            median(times[long]),
            median(times[short]),
            "ms",
            "short log",
            3,
        ),
        against(
            f"First board over the socket, {size}", median(hellos[long]), median(hellos[short]), "ms", "short log", 3
        ),
    ]


def _workshop(store: Store, length: int) -> str:
    """Write a log as the store would have, straight into the tables. Returns the workshop's id."""
    workshop = store.create(Workshop(title="A long log"))
    first = store.events_since(workshop, 0)[0]
    state = State()
    state.apply(first)
    rows = []
    with store.engine.connect().execution_options(write=True) as connection, connection.begin():
        for event in _log(length):
            state.apply(event)
            rows.append(row_of(workshop, event))
            if event.seq % SNAPSHOT_EVERY == 0 and event.seq > length - 2 * SNAPSHOT_EVERY:
                row = {"workshop": workshop, "seq": event.seq, "state": state.dump()}
                connection.execute(sa.insert(SNAPSHOT).values(row))
        for start in range(0, len(rows), 5000):
            connection.execute(sa.insert(EVENT), rows[start : start + 5000])
        set_seq(connection, workshop, state.seq)
    return workshop


def _log(length: int) -> Iterator[Event]:
    for seq in range(2, length + 1):
        note = f"note:n-{seq % NOTES}"
        if seq < NOTES + 2:
            place = {"canvas": "stack-canvas", "block": "value", "pos": float(seq)}
            value = {"place": place, "kind": "fact", "text": f"Note {seq}"}
            yield Event(seq, f"op-{seq}", 0, AT, "author", "add", note, None, value)
        else:
            yield Event(seq, f"op-{seq}", 0, AT, "author", "set", note, "text", f"Text {seq}", "before", 1)


def _open(folder: Path, workshop: str) -> float:
    store = Store.in_folder(folder)
    began = time.perf_counter()
    store.read(workshop, document_of)
    took = time.perf_counter() - began
    store.close()
    return took


def _hellos(folder: Path, short: str, long: str) -> dict[str, list[float]]:
    """Ask a fresh server for each board; the server has opened neither before."""
    times: dict[str, list[float]] = {short: [], long: []}
    for order in ((short, long), (long, short), (short, long)):
        server = Server(folder)
        server.start()
        try:
            store = server.store()
            tickets = {workshop: server.join(store, workshop) for workshop in order}
            warm = server.join(store, store.create(Workshop(title="Warm")))
            store.close()
            asyncio.run(_first_board(warm.address, warm.cookie, warm.origin))
            for workshop in order:
                ticket = tickets[workshop]
                times[workshop].append(asyncio.run(_first_board(ticket.address, ticket.cookie, ticket.origin)))
        finally:
            server.kill()
    return times


async def _first_board(address: str, cookie: str, origin: str) -> float:
    async with connect(address, additional_headers={"Cookie": cookie, "Origin": origin}, proxy=None) as socket:
        began = time.perf_counter()
        await socket.send(json.dumps({"t": "hello", "since": 0}))
        while json.loads(await socket.recv())["t"] != "snapshot":
            pass
        return time.perf_counter() - began
