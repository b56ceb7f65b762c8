"""Live sync: who is connected to which workshop, and how each change reaches everybody else's screen.

Pure asyncio over the store; the web route in `views/` feeds it messages. The log is the truth: a notification is only
a hint to look, so other processes and missed hints are caught by looking every two seconds anyway.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from canvas import messages
from canvas.access import Access, Member
from canvas.content import Content
from canvas.errors import DatabaseAway, OpRefused, WorkshopNotFound
from canvas.fanout import OVERFLOW, Client, addressed, shows_more
from canvas.log import Event, State
from canvas.presence import hides_who_writes, people
from canvas.requests import MAX_OP_BYTES, parse_op
from canvas.room import hidden, room_of, vote_totals
from canvas.store import Store

LOOK_EVERY_S = 2.0
PRESENCE_DELAY_S = 0.15
PRESENCE_DELAY_A_CLIENT_S = 0.01
REPLAY_AT_MOST = 1000
LARGEST_FRAME = 4 * MAX_OP_BYTES

NO_TOKEN = 4401
NO_WORKSHOP = 4404
TRY_AGAIN = 1013

TOO_LARGE = "This change is too large. Split the text into several notes."


@dataclass
class _Room:
    """The clients of one workshop. `seq` is the last event sent to those who are up to date."""

    seq: int
    clients: set[Client] = field(default_factory=set)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    presence_due: bool = False


class Hub:
    """All live connections of this process. Use from one event loop; `run` must be running there."""

    def __init__(self, store: Store, access: Access, content: Content) -> None:
        self.store, self.access, self.content = store, access, content
        self._rooms: dict[str, _Room] = {}
        self._changed: asyncio.Event = asyncio.Event()
        self._hints: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        store.listen(self._hint)

    async def run(self) -> None:
        """Send new events to everybody until cancelled."""
        self._loop = asyncio.get_running_loop()
        looking = self._loop.create_task(self._look_around())
        try:
            while True:
                await self._changed.wait()
                hinted, self._hints = self._hints, set()
                self._changed.clear()
                for workshop in hinted:
                    await self.look(workshop)
        finally:
            looking.cancel()

    async def _look_around(self) -> None:
        """See now and then what no hint told of: changes by other processes, links that were revoked."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            for workshop, room in list(self._rooms.items()):
                await self.look(workshop)
                await self._show_out(workshop, room)

    async def _show_out(self, workshop: str, room: _Room) -> None:
        """End the connections of those whose link no longer opens the workshop."""
        with contextlib.suppress(DatabaseAway):
            members = await asyncio.to_thread(self.access.member_ids, workshop)
            for client in room.clients:
                if client.member.id not in members:
                    client.end(NO_TOKEN, "Your link to this workshop is no longer valid. Ask the facilitator.")

    def connect(self, member: Member) -> Client:
        """Return a client for an accepted socket. It gets nothing before its `hello`."""
        return Client(member)

    def size(self) -> tuple[int, int]:
        """Return how many clients are connected, in how many workshops."""
        rooms = list(self._rooms.values())
        return sum(len(room.clients) for room in rooms), len(rooms)

    def disconnect(self, client: Client) -> None:
        """Forget a client whose socket is gone."""
        workshop = client.member.workshop
        room = self._rooms.get(workshop)
        if client.closed and client.closed[0] == OVERFLOW:
            self.store.measures.count_overflow()
        if room:
            room.clients.discard(client)
            if room.clients:
                self._announce(workshop, room)
            else:
                del self._rooms[workshop]

    async def receive(self, client: Client, text: str) -> None:
        """Handle one message of a client; whatever it is, answers go to its queue and nothing is raised."""
        await client.take_turn()
        if len(text) > LARGEST_FRAME:
            return _refuse(client, None, OpRefused("too-large", TOO_LARGE))
        try:
            await self._answer(client, _parse(text), len(text))
        except WorkshopNotFound as gone:
            client.end(NO_WORKSHOP, str(gone))
        except DatabaseAway as away:
            client.end(TRY_AGAIN, str(away))

    async def _answer(self, client: Client, message: dict[str, Any], size: int) -> None:
        kind = message.get("t")
        if kind == "hello":
            await self._hello(client, message.get("since"))
        elif client.seq is None:
            _refuse(client, None, OpRefused("malformed", "Say hello first."))
        elif kind in {"op", "undo"}:
            await self._op(client, message, size)
        elif kind == "here":
            self._here(client, message)
        elif kind == "ping":
            client.send(messages.encode({"t": "pong"}))
        else:
            _refuse(client, None, OpRefused("malformed", "This message is not known."))

    async def _hello(self, client: Client, since: object) -> None:
        member = client.member
        room = self._rooms.setdefault(member.workshop, _Room(0))
        me = {"id": member.id, "role": member.role, "name": member.name}
        async with room.lock:
            seq, missed = await asyncio.to_thread(self._catch_up, member, since)
            if not room.clients:
                room.seq = seq
            client.seq = seq
            client.send(messages.encode({"t": "welcome", "seq": seq, "me": me, "now": _now()}))
            for message in missed:
                client.send(messages.encode(message))
            room.clients.add(client)
        # The last one may have left while this one waited for the lock.
        self._rooms[member.workshop] = room
        self._announce(member.workshop, room)

    def _catch_up(self, member: Member, since: object) -> tuple[int, list[dict[str, Any]]]:
        """Return the sequence reached and the messages that lead there: missed events, or the whole board."""

        def look(state: State) -> tuple[int, list[dict[str, Any]]]:
            if not isinstance(since, int) or not 0 < since <= state.seq or state.seq - since > REPLAY_AT_MOST:
                return state.seq, [messages.snapshot(state, member.author)]
            # Another process may have added more by now; what is newer than `state` must not be judged by it.
            missed = self.store.events_since(member.workshop, since, state.seq - since)
            if any(shows_more(event) for event in missed):
                own = messages.events([e for e in missed if e.author == member.id], state, member.id)
                return state.seq, [own, messages.snapshot(state, member.author)]
            room = {"t": "room", "room": messages.facilitation(state, member.author)}
            return state.seq, [messages.events(missed, state, member.id), room]

        return self.store.read(member.workshop, look)

    async def _op(self, client: Client, message: dict[str, Any], size: int) -> None:
        op_id = str(message.get("op_id", ""))[:40] or None
        try:
            if size > MAX_OP_BYTES:
                raise OpRefused("too-large", TOO_LARGE)
            found = await asyncio.to_thread(self._apply, client.member, message)
        except OpRefused as refused:
            self.store.measures.count_refused(refused.code)
            _refuse(client, op_id, refused)
            if refused.code != "busy":
                await self._restore(client, message)
        except WorkshopNotFound as gone:
            _refuse(client, op_id, OpRefused("unknown", str(gone)))
        else:
            if not found or (client.seq is not None and found[-1].seq <= client.seq):
                seq = found[-1].seq if found else client.seq
                client.send(messages.encode({"t": "ack", "op_id": op_id, "seq": seq}))

    def _apply(self, member: Member, message: dict[str, Any]) -> list[Event]:
        if message["t"] == "undo":
            raw = {"op_id": message.get("op_id"), "action": "undo", "item": "", "value": message.get("undoes")}
        else:
            raw = {key: value for key, value in message.items() if key != "t"}
        return self.store.apply(member.workshop, parse_op(raw), member.author, self.content)

    async def _restore(self, client: Client, message: dict[str, Any]) -> None:
        """After a refusal, tell the client how the note in question really is."""
        item = message.get("item")
        if not isinstance(item, str) or not item.startswith("note:"):
            return

        def look(state: State) -> dict[str, Any] | None:
            found = state.items.get(item)
            me, room = client.member.id, room_of(state)
            if found is None or found.deleted or hidden(found, room, me):
                return None
            return messages.note(found, room, vote_totals(state), me)

        present = await asyncio.to_thread(self.store.read, client.member.workshop, look)
        client.send(messages.encode({"t": "note", "id": item.removeprefix("note:"), "note": present}))

    def _here(self, client: Client, message: dict[str, Any]) -> None:
        names = {name: message.get(name) for name in ("block", "note")}
        client.here = {name: value[:64] if isinstance(value, str) else None for name, value in names.items()}
        client.here["writing"] = message.get("writing") is True
        room = self._rooms.get(client.member.workshop)
        if room:
            self._announce(client.member.workshop, room)

    def _hint(self, workshop: str, seq: int) -> None:
        """Note that a workshop has reached `seq`. Called from any thread, also before the loop runs."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take_hint, workshop, seq)

    def _take_hint(self, workshop: str, seq: int) -> None:
        room = self._rooms.get(workshop)
        if room and seq > room.seq:
            self._hints.add(workshop)
            self._changed.set()

    async def look(self, workshop: str) -> None:
        """Send everybody in a workshop what is new since the last look."""
        room = self._rooms.get(workshop)
        if room is None:
            return
        async with room.lock:
            try:
                outgoing = await asyncio.to_thread(self._news, workshop, room)
            except DatabaseAway:
                return  # The next look, two seconds later, finds the same and whatever came meanwhile.
            except WorkshopNotFound as gone:
                for client in list(room.clients):
                    client.end(NO_WORKSHOP, str(gone))
                return
            for client, batch in outgoing:
                for message in batch:
                    client.send(message)

    def _news(self, workshop: str, room: _Room) -> list[tuple[Client, list[str]]]:
        """Return what each client has to hear of the events since the last look, and note that it has."""
        found = self.store.events_since(workshop, room.seq)
        if not found and not self.store.exists(workshop):
            raise WorkshopNotFound("This workshop has been deleted.")
        if not found:
            return []
        clients = list(room.clients)
        outgoing = self.store.read(workshop, lambda state: addressed(clients, found, state))
        room.seq = found[-1].seq
        return outgoing

    def _announce(self, workshop: str, room: _Room) -> None:
        """Send who is here to everybody, soon: several changes within a moment become one message."""
        if not room.presence_due and self._loop:
            room.presence_due = True
            task = self._loop.create_task(self._send_presence(workshop, room))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _send_presence(self, workshop: str, room: _Room) -> None:
        # In a large room, where somebody always moves, each message costs its length for everybody.
        await asyncio.sleep(max(PRESENCE_DELAY_S, PRESENCE_DELAY_A_CLIENT_S * len(room.clients)))
        room.presence_due = False
        with contextlib.suppress(DatabaseAway, WorkshopNotFound):
            names = await asyncio.to_thread(self.access.names, workshop)
            secret = await asyncio.to_thread(self.store.read, workshop, hides_who_writes)
            message = messages.encode({"t": "presence", "people": people(room.clients, names, secret)})
            for client in room.clients:
                client.send(message)


def _now() -> str:
    """Return the server's time, by which clients with a wrong clock count the timer down."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _parse(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
        if not isinstance(message, dict):
            return {}
        if "\\u" in text:
            # Half a character (a lone surrogate) could be kept, but never be sent to anybody.
            messages.encode(message).encode()
    except (ValueError, RecursionError):
        return {}
    return message


def _refuse(client: Client, op_id: str | None, refused: OpRefused) -> None:
    client.send(messages.encode({"t": "refused", "op_id": op_id, "code": refused.code, "message": str(refused)}))
