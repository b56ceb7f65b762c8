"""Live sync: an edit against a bare echo on the same server, and a room of a hundred that edits and votes."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import connect

from canvas.document.workshop import Workshop
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from tests.bench.measure import Row, against, bounded, cpu_seconds, median, p95
from tests.live_client import LiveClient, until
from tests.live_server import Server

SAMPLES = 150
PARTICIPANTS = 100
EDIT_EVERY_S = 5.0
WORK_FOR_S = 20.0
VOTES_EACH = 5
VOTE_FOR_S = 30.0
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}

Act = Callable[[LiveClient, int], Any]


def sync_against_echo(server: Server) -> list[Row]:
    """Compare an edit, from its author until another client has it, with the echo of a frame of the same size."""
    store = server.store()
    workshop = store.create(Workshop(title="Speed"))
    writer, reader = (LiveClient(server.join(store, workshop), name) for name in ("writer", "reader"))
    edits, echoes = asyncio.run(_interleaved(server, writer, reader))
    store.close()
    return [
        against("An edit until another client has it, median", median(edits), median(echoes), "ms", "echo"),
        against("the same, 95th percentile", p95(edits), p95(echoes), "ms", "echo"),
    ]


async def _interleaved(server: Server, writer: LiveClient, reader: LiveClient) -> tuple[list[float], list[float]]:
    edits: list[float] = []
    echoes: list[float] = []
    async with (
        running([writer, reader]),
        connect(f"ws://127.0.0.1:{server.port}/echo", compression=None, proxy=None) as bare,
    ):
        await writer.change("add", "n-speed", {"place": PLACE, "kind": "fact", "text": "first"})
        await until(lambda: not writer.outbox and "n-speed" in reader.board.notes, 5, "the note")
        arrived = asyncio.Event()
        reader.on_frame = lambda frame: arrived.set() if frame["t"] == "events" else None
        for number in range(SAMPLES):
            arrived.clear()
            began = time.perf_counter()
            await writer.change("set", "n-speed", f"text {number}", prop="text")
            await asyncio.wait_for(arrived.wait(), 5)
            edits.append(time.perf_counter() - began)
            await asyncio.sleep(0.02)
            frame = json.dumps({"t": "events", "events": [{"seq": number, "value": "x" * 160}]})
            began = time.perf_counter()
            await bare.send(frame)
            json.loads(await bare.recv())
            echoes.append(time.perf_counter() - began)
            await asyncio.sleep(0.02)
    return edits[10:], echoes[10:]


def room_of_a_hundred(server: Server) -> list[Row]:
    """Measure a hundred participants who each edit once in five seconds, then all vote within half a minute."""
    store = server.store()
    workshop = store.create(Workshop(title="A room of a hundred"))
    lead = LiveClient(server.join(store, workshop, "facilitator"), "lead")
    clients = [LiveClient(server.join(store, workshop), f"p{number}") for number in range(PARTICIPANTS)]
    for number in range(60):
        value = {"place": {**PLACE, "pos": float(number)}, "kind": "fact", "text": f"Note {number} of the room"}
        op = Op(op_id=f"seed-{number}", action="add", item=f"note:n-seed-{number}", value=value)
        store.apply(workshop, op, Author("seed", "facilitator"), shipped())
    rows = asyncio.run(_busy_room(server, lead, clients))
    store.close()
    return rows


async def _busy_room(server: Server, lead: LiveClient, clients: list[LiveClient]) -> list[Row]:
    async with running([lead, *clients]):
        await asyncio.sleep(2)
        edit, share = await _work(server, clients, _edit, int(WORK_FOR_S / EDIT_EVERY_S), EDIT_EVERY_S)
        await lead.change("set", "", {"state": "open", "budget": 99}, prop="voting", kind="room")
        await until(lambda: not lead.outbox, 5, "voting is open")
        vote, voting_share = await _work(server, clients, _vote, VOTES_EACH, VOTE_FOR_S / VOTES_EACH)
    what = f"{PARTICIPANTS} participants, one edit per {EDIT_EVERY_S:g} s each"
    votes = f"{PARTICIPANTS} participants vote {VOTES_EACH} times each within {VOTE_FOR_S:g} s"
    return [
        bounded(f"{what}: server, share of one core", share, "%", 0.25),
        bounded(
            f"{what}: edit until another client has it, p95",
            p95(edit),
            "ms",
            0.1,
            f"median {median(edit) * 1e3:.3g} ms",
        ),
        bounded(f"{votes}: server, share of one core", voting_share, "%", 0.25),
        bounded(
            f"{votes}: vote until its voter sees it, p95", p95(vote), "ms", 0.1, f"median {median(vote) * 1e3:.3g} ms"
        ),
    ]


async def _work(
    server: Server, clients: list[LiveClient], act: Act, times: int, every_s: float
) -> tuple[list[float], float]:
    """Let all clients act, spread over time; return the delays of what they did and the server's share of one core."""
    assert server.process
    delays: list[float] = []
    listen(clients, delays)
    began, used = time.perf_counter(), cpu_seconds(server.process.pid)
    await asyncio.gather(*(_pace(client, act, times, every_s) for client in clients))
    await until(lambda: not any(client.outbox for client in clients), 10, "everything is answered")
    return delays, (cpu_seconds(server.process.pid) - used) / (time.perf_counter() - began)


async def _pace(client: LiveClient, act: Act, times: int, every_s: float) -> None:
    chance = random.Random(client.name)
    for number in range(times):
        pause = chance.uniform(0, every_s)
        await asyncio.sleep(pause)
        await act(client, number)
        await asyncio.sleep(every_s - pause)


def listen(clients: list[LiveClient], delays: list[float]) -> None:
    """Note how long each op takes to its author for votes, and to the next client in the list for edits."""
    sent: dict[str, float] = {}

    def watch(client: LiveClient, source: LiveClient) -> None:
        def take(frame: dict[str, Any]) -> None:
            now = time.perf_counter()
            for event in frame.get("events", ()):
                if event["op_id"] in source.sent_at and event["op_id"] not in sent:
                    sent[event["op_id"]] = now
                    delays.append(now - source.sent_at[event["op_id"]])

        client.on_frame = take

    voting = any(client.acknowledged for client in clients)
    for index, client in enumerate(clients):
        watch(client, client if voting else clients[index - 1])


async def _edit(client: LiveClient, number: int) -> None:
    value = {"place": {**PLACE, "pos": 100.0 + number}, "kind": "fact", "text": f"{client.name} has idea {number}"}
    if number % 2:
        await client.change("set", f"n-{client.name}-{number - 1}", f"{client.name} mends {number}", prop="text")
    else:
        await client.change("add", f"n-{client.name}-{number}", value)


async def _vote(client: LiveClient, number: int) -> None:
    note = f"n-seed-{(int(client.name[1:]) * 7 + number) % 60}"
    await client.change("set", note, 1, prop="count", kind="vote")


@asynccontextmanager
async def running(clients: list[LiveClient]) -> AsyncIterator[None]:
    """Keep clients connected."""
    tasks = [asyncio.create_task(client.run()) for client in clients]
    try:
        await until(lambda: all(client.connected for client in clients), 30, "everybody is connected")
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
