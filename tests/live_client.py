"""A small client of the live route, written from `docs/live-protocol.md` alone: board, outbox, resend, replay.

`Board` is what one reader has been told; it knows no sockets. `LiveClient` keeps one up to date over a WebSocket.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

FIRST_PAUSE_S, LONGEST_PAUSE_S, GROWTH = 0.3, 6.0, 1.7
FINAL_CLOSES = {4401, 4403, 4404}
BUSY_PAUSE_S = 0.5
PROPERTIES = ("place", "kind", "text", "source", "deleted")


class SnapshotNeeded(Exception):
    """An event speaks of a note that this reader was never told about."""


@dataclass
class Board:
    """The notes as one reader knows them: each property with the sequence that set it, so that order never matters."""

    seq: int = 0
    notes: dict[str, dict[str, tuple[Any, int]]] = field(default_factory=dict)

    def take(self, frame: dict[str, Any]) -> None:
        """Take in a frame of the server. Raises `SnapshotNeeded`."""
        if frame["t"] == "snapshot":
            self.notes = {note["id"]: _properties(note) for note in frame["notes"]}
            self.seq = frame["seq"]
        elif frame["t"] == "events":
            for event in frame["events"]:
                self._event(event)
        elif frame["t"] == "note":
            self._restored(frame["id"], frame["note"])

    def _event(self, event: dict[str, Any]) -> None:
        if event["item"].startswith("note:"):
            note_id = event["item"].removeprefix("note:")
            changes = event["value"] if event["action"] == "add" else {event["prop"]: event["value"]}
            if event["action"] == "set" and note_id not in self.notes:
                # It was deleted when the snapshot was taken, and only a deletion taken back makes it matter again.
                if event["prop"] == "deleted" and not event["value"]:
                    raise SnapshotNeeded(note_id)
            else:
                self._set(note_id, changes, event["seq"])
        self.seq = max(self.seq, event["seq"])

    def _set(self, note_id: str, changes: dict[str, Any], seq: int) -> None:
        note = self.notes.setdefault(note_id, {})
        for name, value in changes.items():
            if name in PROPERTIES and seq >= note.get(name, (None, 0))[1]:
                note[name] = (value, seq)

    def _restored(self, note_id: str, note: dict[str, Any] | None) -> None:
        if note is None:
            self.notes.pop(note_id, None)
            return
        for name, (value, seq) in _properties(note).items():
            self._set(note_id, {name: value}, seq)

    def shown(self) -> dict[str, dict[str, Any]]:
        """Return what a person sees: the notes that are not deleted, by id."""
        plain = {key: {name: value for name, (value, _) in note.items()} for key, note in self.notes.items()}
        return {
            key: {name: note.get(name) for name in ("place", "kind", "text", "source")}
            for key, note in sorted(plain.items())
            if not note.get("deleted") and "text" in note
        }


def _properties(note: dict[str, Any]) -> dict[str, tuple[Any, int]]:
    seqs = note["seqs"]
    plain = {**note, "place": {name: note[name] for name in ("canvas", "block", "pos")}, "deleted": False}
    return {name: (plain[name], seqs.get(name, 0)) for name in PROPERTIES}


@dataclass(frozen=True)
class Ticket:
    """What a browser has after following a join link: where to connect, and the headers it sends there."""

    address: str
    origin: str
    cookie: str


class LiveClient:
    """One participant. `run` keeps it connected; `change` queues an op, which is sent until the server answers it."""

    def __init__(self, ticket: Ticket, name: str, seed: int = 0) -> None:
        self.ticket, self.name = ticket, name
        self.board = Board()
        self.outbox: dict[str, dict[str, Any]] = {}
        self.sent_at: dict[str, float] = {}
        self.props: dict[str, str | None] = {}
        self.acknowledged: dict[str, int] = {}
        # Code and item of what was refused, by op.
        self.refused: dict[str, tuple[str, str]] = {}
        self.closes: list[int] = []
        self.on_frame: Callable[[dict[str, Any]], None] = lambda frame: None
        self._random = random.Random(f"{name}-{seed}")
        self._socket: ClientConnection | None = None
        self._count = 0

    async def run(self) -> None:
        """Connect, catch up, resend and listen until cancelled or told for good to go away."""
        pause = FIRST_PAUSE_S
        while not (self.closes and self.closes[-1] in FINAL_CLOSES):
            heard = False
            try:
                async with self._connection() as socket:
                    await self._say(socket, {"t": "hello", "since": self.board.seq})
                    async for text in socket:
                        heard = True
                        await self._take(socket, json.loads(text))
            except (OSError, TimeoutError, InvalidHandshake, InvalidMessage, ConnectionClosed) as lost:
                self.closes.append(_code(lost))
            except SnapshotNeeded:
                self.board.seq = 0
            else:
                self.closes.append(int(socket.close_code or 0))
            self._socket = None
            pause = FIRST_PAUSE_S if heard else min(pause * GROWTH, LONGEST_PAUSE_S)
            await asyncio.sleep(pause * (0.6 + 0.4 * self._random.random()))

    def _connection(self) -> connect:
        headers = {"Cookie": self.ticket.cookie, "Origin": self.ticket.origin}
        return connect(
            self.ticket.address, additional_headers=headers, open_timeout=5, close_timeout=1, ping_interval=None,
            compression=None, proxy=None,
        )  # fmt: skip

    async def _take(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        self.on_frame(frame)
        kind = frame["t"]
        self.board.take(frame)
        if kind == "welcome":
            self._socket = socket
            for waiting in list(self.outbox.values()):
                await self._say(socket, waiting)
        elif kind == "events":
            for event in frame["events"]:
                self._settle(event["op_id"], event["seq"])
        elif kind == "ack":
            self._settle(frame["op_id"], frame["seq"])
        elif kind == "refused":
            await self._refused(socket, frame)

    def _settle(self, op_id: str | None, seq: int) -> None:
        if op_id in self.outbox:
            del self.outbox[op_id]
            self.acknowledged[op_id] = seq

    async def _refused(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        waiting = self.outbox.get(frame["op_id"])
        if frame["code"] == "busy" and waiting:
            await asyncio.sleep(BUSY_PAUSE_S)
            await self._say(socket, waiting)
        elif waiting:
            del self.outbox[frame["op_id"]]
            self.refused[frame["op_id"]] = frame["code"], waiting.get("item", "")

    async def change(self, action: str, note: str, value: Any, prop: str | None = None, kind: str = "note") -> str:
        """Queue an op on an item and send it when connected. Returns its op_id."""
        self._count += 1
        op_id = f"{self.name}.{self._count}"
        frame = {"t": "op", "op_id": op_id, "base": self.board.seq, "action": action, "item": f"{kind}:{note}"}
        self.outbox[op_id] = {**frame, "value": value, **({"prop": prop} if prop else {})}
        self.sent_at[op_id], self.props[op_id] = time.perf_counter(), prop
        if self._socket:
            # When the socket is gone the op stays in the outbox and follows the next welcome.
            with contextlib.suppress(ConnectionClosed, OSError):
                await self._say(self._socket, self.outbox[op_id])
        return op_id

    @property
    def connected(self) -> bool:
        return self._socket is not None

    @staticmethod
    async def _say(socket: ClientConnection, frame: dict[str, Any]) -> None:
        await socket.send(json.dumps(frame))


def _code(lost: BaseException) -> int:
    return int(lost.rcvd.code) if isinstance(lost, ConnectionClosed) and lost.rcvd else 1006


async def until(condition: Callable[[], bool], within_s: float, what: str) -> None:
    """Wait until `condition` holds. Raises `AssertionError` naming `what` when it does not in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}"
        await asyncio.sleep(0.02)
