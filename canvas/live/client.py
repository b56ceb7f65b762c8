"""One connected client, and what each of them has to hear of new events. No sockets and no store."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from canvas.live import frames
from canvas.log.events import Event, State
from canvas.log.facilitation import ends_alone, room_of
from canvas.store.access import Member

QUEUE_LENGTH = 512
QUEUE_LETTERS = 4_000_000

# How a socket is closed when the client has to know why.
NO_TOKEN = 4401
NO_WORKSHOP = 4404
OVERFLOW = 4429
TRY_AGAIN = 1013


@dataclass(eq=False)
class Client:
    """One open socket: what waits to be sent to it, what it has seen, and where its person is.

    `address` is the network address it comes from, which it may share with a whole room.
    """

    member: Member
    address: str
    queue: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(QUEUE_LENGTH))
    seq: int | None = None
    here: dict[str, Any] = field(default_factory=dict)
    waiting: int = 0
    closed: tuple[int, str] | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def send(self, message: str) -> None:
        """Queue a message. A client that does not keep up is told to resync instead of slowing the others."""
        if self.closed:
            return
        # One message may be larger than the limit: a whole board is the least that a client can be sent.
        if self.queue.full() or (self.waiting and self.waiting + len(message) > QUEUE_LETTERS):
            self.end(OVERFLOW, "Too much was waiting; reconnect to catch up.")
        else:
            self.waiting += len(message)
            self.queue.put_nowait(message)

    async def next(self) -> str:
        """Wait for the next message to put on the socket."""
        message = await self.queue.get()
        self.waiting -= len(message)
        return message

    def end(self, code: int, reason: str) -> None:
        """Drop what waits to be sent; whoever serves the socket closes it with this code and reason."""
        if not self.closed:
            self.closed = (code, reason)
            while not self.queue.empty():
                self.queue.get_nowait()
            self.ended.set()


def addressed(clients: Iterable[Client], found: list[Event], state: State) -> list[tuple[Client, list[str]]]:
    """Return for each client the frames that tell it of `found`; what several see alike is written only once."""
    special = frames.readers_apart(found, state)
    if any(shows_more(event) for event in found):
        return _boards([(client, news) for client in clients if (news := _unseen(client, found))], state)
    alike: dict[int, str] = {}
    outgoing = []
    for client in clients:
        news, me = _unseen(client, found), client.member
        if not news:
            continue
        if me.id in special:
            frame = frames.encode(frames.events(news, state, me.id))
        elif not (frame := alike.get(len(news), "")):
            frame = alike[len(news)] = frames.encode(frames.events(news, state, ""))
        outgoing.append((client, [frame, *_room_news(me, news, state)]))
    return outgoing


def _unseen(client: Client, found: list[Event]) -> list[Event]:
    """Return what a client has not seen of `found`."""
    seen = client.seq or 0
    return found if found[0].seq > seen else [event for event in found if event.seq > seen]


def _boards(clients: Iterable[tuple[Client, list[Event]]], state: State) -> list[tuple[Client, list[str]]]:
    """Return the whole board for each client; the notes are put together once when all see the same."""
    alike = frames.notes(state, "") if frames.same_notes_for_all(state) else None
    outgoing = []
    for client, news in clients:
        board = frames.encode(frames.snapshot(state, client.member.author, alike))
        # Events are also the answer to whoever caused them: without theirs, a change would wait for ever.
        own = [event for event in news if event.author == client.member.id]
        first = [frames.encode(frames.events(own, state, client.member.id))] if own else []
        outgoing.append((client, [*first, board]))
    return outgoing


def _room_news(member: Member, news: list[Event], state: State) -> list[str]:
    """Return the room message when this person has to know it: a change of the room, or of what they may count."""
    mine = any(event.kind == "vote" and event.author == member.id for event in news)
    counts = member.role == "facilitator" and any(_counted(event, state) for event in news)
    # The dots on a note that goes are free again, and those on one that comes back are not.
    gone = state.items.get("room:") is not None and any(event.prop == "deleted" for event in news)
    if not (mine or counts or gone or any(event.kind == "room" for event in news)):
        return []
    return [frames.encode({"t": "room", "room": frames.facilitation(state, member.author)})]


def _counted(event: Event, state: State) -> bool:
    """Return whether those who lead see a number change by this: votes, blind answers, notes written privately."""
    return event.kind in frames.SECRET or (event.action == "add" and room_of(state).private is not None)


def shows_more(event: Event) -> bool:
    """Return whether an event makes visible what was hidden, or hides authors: then the whole board is sent again."""
    if event.kind != "room":
        return False
    ends = event.prop == "assessing" and ends_alone(event.was, event.value)
    return ends or event.prop in {"private", "hide_authors", "voting"}
