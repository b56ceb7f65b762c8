"""Fifty clients edit while the server is killed again and again: nothing acknowledged is lost, nothing is invented."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas.document.workshop import Workshop
from canvas.log.events import Event
from tests.live_client import LiveClient, until
from tests.live_server import Server

CLIENTS = 50
KILLS = 3
SEED = 20261123
BLOCKS = ("value", "data", "pipeline", "serving", "monitoring")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


async def edit(client: LiveClient, chance: random.Random, stopped: asyncio.Event) -> None:
    """Work as a person in a hurry does, connected or not: write, mend, move and delete notes, also those of others."""
    written = 0
    while not stopped.is_set():
        written += 1
        place = {"canvas": "stack-canvas", "block": chance.choice(BLOCKS), "pos": chance.uniform(0, 1000)}
        known = sorted(client.board.notes)
        what = chance.choice(["add", "text", "text", "place", "deleted"]) if known else "add"
        if what == "add":
            text = f"{client.name} writes {written}"
            value = {"place": place, "kind": "fact", "text": text}
            await client.change("add", f"n-{client.name}-{written}", value)
        else:
            value = {"text": f"{client.name} mends {written}", "place": place, "deleted": chance.random() < 0.5}[what]
            await client.change("set", chance.choice(known), value, prop=what)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), chance.uniform(0.5, 1.5))


async def kill_and_restart(server: Server, clients: list[LiveClient], chance: random.Random) -> None:
    for _ in range(KILLS):
        await until(lambda: sum(client.connected for client in clients) > CLIENTS / 2, 15, "most are connected")
        await asyncio.sleep(chance.uniform(0.2, 2.5))
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(chance.uniform(0, 0.5))
        await asyncio.to_thread(server.start)


async def session(server: Server, clients: list[LiveClient]) -> None:
    stopped = asyncio.Event()
    chance = random.Random(SEED)
    editing = [edit(client, random.Random(f"{SEED}-{client.name}"), stopped) for client in clients]
    running = [asyncio.create_task(client.run()) for client in clients]
    working = [asyncio.create_task(work) for work in editing]
    try:
        await kill_and_restart(server, clients, chance)
        stopped.set()
        await asyncio.gather(*working)
        await until(lambda: not any(client.outbox for client in clients), 20, "every change is answered")
        last = max(max(client.acknowledged.values()) for client in clients)
        await until(lambda: all(client.board.seq >= last for client in clients), 10, "everybody has caught up")
    finally:
        for task in [*running, *working]:
            task.cancel()
        await asyncio.gather(*running, *working, return_exceptions=True)


def events_of(server: Server, workshop: str) -> list[Event]:
    store = server.store()
    events: list[Event] = []
    while page := store.events_since(workshop, events[-1].seq if events else 0):
        events += page
    store.close()
    return events


def test_nothing_acknowledged_is_lost_and_nothing_is_invented_when_the_server_dies(server: Server) -> None:
    store = server.store()
    workshop = store.create(Workshop(title="Parcel delays"))
    clients = [LiveClient(server.join(store, workshop), f"c{number}", SEED) for number in range(CLIENTS)]
    asyncio.run(session(server, clients))
    server.kill()

    events = events_of(server, workshop)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    in_log = Counter(event.op_id for event in events if event.action != "import")
    acknowledged = {op_id for client in clients for op_id in client.acknowledged}
    refused = [told for client in clients for told in client.refused.values()]
    deleted = {event.item for event in events if event.prop == "deleted" and event.value}
    assert len(acknowledged) > 5 * CLIENTS, "the clients must have worked"
    assert all(len(client.closes) >= KILLS for client in clients), "everybody must have lost the server each time"
    unchanged = acknowledged - set(in_log)
    assert {in_log[op_id] for op_id in acknowledged - unchanged} == {1}
    assert all(changed_nothing(client, op_id) for client in clients for op_id in unchanged & set(client.acknowledged))
    assert set(in_log) <= {op_id for client in clients for op_id in client.sent_at}, "nothing is invented"
    assert [(code, item) for code, item in refused if code != "unknown" or item not in deleted] == []

    board = clients[0].board.shown()
    assert all(client.board.shown() == board for client in clients)
    document = store.document(workshop)
    assert {note.id: note.text for _, note in document.notes("stack-canvas")} == {
        k: n["text"] for k, n in board.items()
    }
    assert {
        block: [note.id for note in notes] for block, notes in document.canvases["stack-canvas"].items()
    } == by_block(board)
    store.close()


def changed_nothing(client: LiveClient, op_id: str) -> bool:
    """Return whether an op may be acknowledged without an event: the note was deleted, or there, already."""
    return client.props[op_id] == "deleted"


def by_block(board: dict[str, dict[str, dict[str, object]]]) -> dict[str, list[str]]:
    blocks: dict[str, list[tuple[object, str]]] = {}
    for key, note in board.items():
        blocks.setdefault(str(note["place"]["block"]), []).append((note["place"]["pos"], key))
    return {block: [key for _, key in sorted(entries)] for block, entries in sorted(blocks.items())}
