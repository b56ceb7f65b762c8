"""One connected client, and what each of them has to hear of new events. No sockets and no store."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from canvas import messages
from canvas.access import Member
from canvas.log import Event, State

QUEUE_LENGTH = 512
OPS_PER_SECOND = 20.0
OPS_BURST = 60.0


@dataclass(eq=False)
class Client:
    """One open socket: what waits to be sent to it, what it has seen, and where its person is."""

    member: Member
    queue: asyncio.Queue[str | None] = field(default_factory=lambda: asyncio.Queue(QUEUE_LENGTH))
    seq: int | None = None
    here: dict[str, Any] = field(default_factory=dict)
    overflowed: bool = False
    tokens: float = OPS_BURST
    filled_at: float = field(default_factory=time.monotonic)

    def send(self, message: str) -> None:
        """Queue a message. A client that does not keep up is told to resync instead of slowing the others."""
        if self.overflowed:
            return
        try:
            self.queue.put_nowait(message)
        except asyncio.QueueFull:
            self.overflowed = True
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(None)

    async def take_turn(self) -> None:
        """Wait until this client may make another change: a flood is slowed down, and nothing of it is lost."""
        now = time.monotonic()
        self.tokens = min(OPS_BURST, self.tokens + (now - self.filled_at) * OPS_PER_SECOND)
        self.filled_at = now
        self.tokens -= 1
        if self.tokens < 0:
            await asyncio.sleep(-self.tokens / OPS_PER_SECOND)


def addressed(clients: Iterable[Client], found: list[Event], state: State) -> list[tuple[Client, list[str]]]:
    """Return for each client the frames that tell it of `found`; what all see alike is written only once."""
    alike = messages.encode(messages.events(found, state, "")) if messages.same_for_all(found, state) else None
    fresh = any(shows_more(event) for event in found)
    outgoing = []
    for client in clients:
        seen = client.seq or 0
        client.seq = max(seen, found[-1].seq)
        news = [event for event in found if event.seq > seen]
        me = client.member
        if not news:
            continue
        if fresh:
            outgoing.append((client, [messages.encode(messages.snapshot(state, me.author))]))
            continue
        whole = alike if alike and len(news) == len(found) else messages.encode(messages.events(news, state, me.id))
        outgoing.append((client, [whole, *_room_news(me, news, state)]))
    return outgoing


def _room_news(member: Member, news: list[Event], state: State) -> list[str]:
    """Return the room message when this person has to know it: a change of the room, or of votes they may see."""
    mine = any(event.kind == "vote" and event.author == member.id for event in news)
    counts = any(event.kind == "vote" for event in news) and member.role == "facilitator"
    if not (mine or counts or any(event.kind == "room" for event in news)):
        return []
    return [messages.encode({"t": "room", "room": messages.facilitation(state, member.author)})]


def shows_more(event: Event) -> bool:
    """Return whether an event makes visible what was hidden, or hides authors: then the whole board is sent again."""
    return event.kind == "room" and event.prop in {"private", "hide_authors", "voting"}
