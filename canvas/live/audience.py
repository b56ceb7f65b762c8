"""The clients of one workshop that are connected to this process, and how each change reaches their screens.

Pure asyncio over the store. When to look, and what a client may say, is in `hub.py`; the frames are in `client.py`.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from canvas.errors import DatabaseAway, WorkshopNotFound
from canvas.live import frames
from canvas.live.client import NO_TOKEN, NO_WORKSHOP, Client, addressed, shows_more
from canvas.live.presence import people, untold
from canvas.log.events import Event, State
from canvas.store.access import Access, Member
from canvas.store.store import Store

PRESENCE_DELAY_S = 0.15
PRESENCE_DELAY_A_CLIENT_S = 0.01
REPLAY_AT_MOST = 1000


class Audience:
    """Everybody connected to one workshop. `seq` is the last event sent to those who are up to date."""

    def __init__(self, workshop: str, store: Store, access: Access) -> None:
        self.workshop, self.store, self.access = workshop, store, access
        self.seq = 0
        self.clients: set[Client] = set()
        self.presence_due = False
        self._arriving = 0
        self._lock = asyncio.Lock()

    @property
    def empty(self) -> bool:
        """Whether nobody is here nor about to be."""
        return not self.clients and not self._arriving

    async def admit(self, client: Client, since: object) -> None:
        """Welcome a client who has seen everything up to `since`, send what it missed, and keep it up to date.

        Raises `WorkshopNotFound` and `DatabaseAway`; then the client is not here.
        """
        member = client.member
        me = {"id": member.id, "role": member.role, "name": member.name}
        self._arriving += 1
        try:
            async with self._lock:
                seq, missed = await asyncio.to_thread(self._catch_up, member, since)
                if not self.clients:
                    self.seq = seq
                client.seq = seq
                client.send(frames.encode({"t": "welcome", "seq": seq, "me": me, "now": _now()}))
                for message in missed:
                    client.send(frames.encode(message))
                self.clients.add(client)
        finally:
            self._arriving -= 1

    def _catch_up(self, member: Member, since: object) -> tuple[int, list[dict[str, Any]]]:
        """Return the sequence reached and the messages that lead there: missed events, or the whole board."""

        def look(state: State) -> tuple[int, list[dict[str, Any]]]:
            if type(since) is not int or not 0 < since <= state.seq or state.seq - since > REPLAY_AT_MOST:
                return state.seq, [frames.snapshot(state, member.author)]
            # Another process may have added more by now; what is newer than `state` must not be judged by it.
            missed = self.store.events_since(member.workshop, since, state.seq - since)
            if any(shows_more(event) for event in missed):
                own = frames.events([e for e in missed if e.author == member.id], state, member.id)
                return state.seq, [own, frames.snapshot(state, member.author)]
            room = {"t": "room", "room": frames.facilitation(state, member.author)}
            return state.seq, [frames.events(missed, state, member.id), room]

        return self.store.read(member.workshop, look)

    async def look(self, reached: int | None = None) -> None:
        """Send everybody what is new since the last look; `reached` is how far a hint says that the workshop has come.

        While the database is away nothing is sent, and the next look finds it.
        """
        async with self._lock:
            try:
                seq, outgoing = await asyncio.to_thread(self._news, reached)
            except DatabaseAway:
                return
            except WorkshopNotFound as gone:
                for client in self.clients:
                    client.end(NO_WORKSHOP, str(gone))
                return
            # Only now, when all frames could be made, does anybody count as having seen these events.
            self.seq = seq
            for client, batch in outgoing:
                client.seq = seq
                for message in batch:
                    client.send(message)

    def _news(self, reached: int | None) -> tuple[int, list[tuple[Client, list[str]]]]:
        """Return the sequence reached, and what each client has to hear of the events since the last look."""
        clients = list(self.clients)

        def tell(found: list[Event], state: State) -> tuple[int, list[tuple[Client, list[str]]]]:
            return state.seq, addressed(clients, found, state) if found else []

        return self.store.news(self.workshop, self.seq, tell, reached)

    async def show_out(self) -> None:
        """End the connections of those whose link no longer opens the workshop."""
        try:
            members = await asyncio.to_thread(self.access.member_ids, self.workshop)
        except DatabaseAway:
            return
        for client in self.clients:
            if client.member.id not in members:
                client.end(NO_TOKEN, "Your link to this workshop is no longer valid. Ask the facilitator.")

    async def tell_who_is_here(self) -> None:
        """Send everybody who is here, soon: several changes within a moment become one message."""
        # In a large room, where somebody always moves, each message costs its length for everybody.
        await asyncio.sleep(max(PRESENCE_DELAY_S, PRESENCE_DELAY_A_CLIENT_S * len(self.clients)))
        self.presence_due = False
        try:
            names = await asyncio.to_thread(self.access.names, self.workshop)
            left_out = await asyncio.to_thread(self.store.read, self.workshop, untold)
        except (DatabaseAway, WorkshopNotFound):
            return
        message = frames.encode({"t": "presence", "people": people(self.clients, names, left_out)})
        for client in self.clients:
            client.send(message)


def _now() -> str:
    """Return the server's time, by which clients with a wrong clock count the timer down."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
