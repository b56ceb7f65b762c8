"""Live sync: which workshops have somebody connected here, what each client says, and when to look for changes.

Pure asyncio over the store; the web route in `views/` feeds it messages, `audience.py` answers with what is new. The
log is the truth: a notification is only a hint to look, so other processes and missed hints are caught by looking
every two seconds anyway.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable
from typing import Any

from canvas.errors import DatabaseAway, LinkRefused, OpRefused, WorkshopNotFound
from canvas.live import frames
from canvas.live.asking import TOO_LARGE, names_of, notes_of, ops_of, turns_of
from canvas.live.audience import Audience
from canvas.live.client import NO_TOKEN, NO_WORKSHOP, OVERFLOW, TRY_AGAIN, Client
from canvas.live.turns import Allowance, Turns
from canvas.log.events import Event, State
from canvas.log.facilitation import hidden, room_of, vote_totals
from canvas.log.op import MAX_OP_BYTES
from canvas.method.content import Content
from canvas.store.access import Access, Member
from canvas.store.store import Store

LOOK_EVERY_S = 2.0
# One person, in however many tabs and sockets. An address may be a whole room: a hundred people who all use up at once
# what they may, and five messages a second from each of them afterwards, which is more than writing and voting takes.
OF_A_PERSON = Allowance(at_once=60, per_second=20)
OF_AN_ADDRESS = Allowance(at_once=6000, per_second=500)
# What one person changes in batches counts by itself, beside the messages: one click may answer a whole sheet.
OF_BATCHES = Allowance(at_once=400, per_second=20)
LARGEST_FRAME = 4 * MAX_OP_BYTES

log = logging.getLogger(__name__)


class Hub:
    """All live connections of this process. Use from one event loop; `run` must be running there."""

    def __init__(self, store: Store, access: Access, content: Content) -> None:
        self.store, self.access, self.content = store, access, content
        self._audiences: dict[str, Audience] = {}
        self._changed: asyncio.Event = asyncio.Event()
        self._hints: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._people, self._addresses, self._batches = Turns(OF_A_PERSON), Turns(OF_AN_ADDRESS), Turns(OF_BATCHES)
        store.listen(self._hint)

    async def run(self) -> None:
        """Send new events to everybody until cancelled."""
        self._loop = asyncio.get_running_loop()
        looking = self._loop.create_task(self._look_around())
        try:
            while True:
                await self._changed.wait()
                hinted, self._hints = self._hints, {}
                self._changed.clear()
                for workshop, reached in hinted.items():
                    await _alone(workshop, self.look(workshop, reached))
        finally:
            looking.cancel()

    async def _look_around(self) -> None:
        """See now and then what no hint told of: changes by other processes, links that were revoked."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            for workshop, audience in list(self._audiences.items()):
                await _alone(workshop, audience.look())
                await _alone(workshop, audience.show_out())

    async def look(self, workshop: str, reached: int | None = None) -> None:
        """Send everybody in a workshop what is new since the last look; `reached` is the sequence of a hint."""
        if audience := self._audiences.get(workshop):
            await audience.look(reached)

    def connect(self, member: Member, address: str) -> Client:
        """Return a client for an accepted socket from a network address. It gets nothing before its `hello`."""
        return Client(member, address)

    def size(self) -> tuple[int, int]:
        """Return how many clients are connected, in how many workshops."""
        audiences = list(self._audiences.values())
        return sum(len(audience.clients) for audience in audiences), len(audiences)

    def disconnect(self, client: Client) -> None:
        """Forget a client whose socket is gone."""
        if client.closed and client.closed[0] == OVERFLOW:
            self.store.counters.count_overflow()
        if audience := self._audiences.get(client.member.workshop):
            audience.clients.discard(client)
            self._announce(audience)

    async def receive(self, client: Client, text: str) -> None:
        """Handle one message of a client; whatever it is, answers go to its queue and nothing is raised."""
        await self._take_turn(client)
        if len(text) > LARGEST_FRAME:
            return _refuse(client, [None], OpRefused("too-large", TOO_LARGE))
        try:
            message = _parse(text)
            if changes := turns_of(message):
                await self._wait(client, self._batches.take(client.member.id, changes), changes - 1)
            await self._answer(client, message, len(text))
        except WorkshopNotFound as gone:
            client.end(NO_WORKSHOP, str(gone))
        except DatabaseAway as away:
            client.end(TRY_AGAIN, str(away))

    async def _take_turn(self, client: Client) -> None:
        """Wait until this client may say something again: a flood is slowed down, and nothing of it is lost."""
        await self._wait(client, self._people.take(client.member.id))

    async def _wait(self, client: Client, for_person: float, turns: int = 1) -> None:
        """Wait for the turns of a person, and then for as many of the address they come from."""
        if for_person:
            await asyncio.sleep(for_person)
        # Only now, so that what one person has waiting takes nothing from the others behind the same address.
        if turns and (wait := self._addresses.take(client.address, turns)):
            await asyncio.sleep(wait)

    async def _answer(self, client: Client, message: dict[str, Any], size: int) -> None:
        # Anything may stand there, also what cannot be looked up in a set.
        kind = str(message["t"]) if isinstance(message.get("t"), str) else ""
        if kind == "hello":
            await self._hello(client, message.get("since"))
        elif client.seq is None:
            _refuse(client, [None], OpRefused("malformed", "Say hello first."))
        elif kind in {"op", "undo", "ops"}:
            await self._change(client, message, size)
        elif kind == "here":
            self._here(client, message)
        elif kind == "ping":
            client.send(frames.encode({"t": "pong"}))
        else:
            _refuse(client, [None], OpRefused("malformed", "This message is not known."))

    async def _hello(self, client: Client, since: object) -> None:
        workshop = client.member.workshop
        try:
            await asyncio.to_thread(self.access.again, client.member)
        except LinkRefused as out:
            return client.end(NO_TOKEN, str(out))
        audience = self._audiences.setdefault(workshop, Audience(workshop, self.store, self.access))
        try:
            await audience.admit(client, since)
        finally:
            self._announce(audience)

    async def _change(self, client: Client, message: dict[str, Any], size: int) -> None:
        names = names_of(message)
        try:
            found = await asyncio.to_thread(self._apply, client.member, message, size)
        except LinkRefused as out:
            # Found at the next look anyway, but until then nothing more is taken.
            client.end(NO_TOKEN, str(out))
        except OpRefused as refused:
            self.store.counters.count_refused(refused.code)
            _refuse(client, names, refused)
            if refused.code != "busy":
                for note in notes_of(message):
                    await self._restore(client, note)
        except WorkshopNotFound as gone:
            _refuse(client, names, OpRefused("unknown", str(gone)))
        else:
            _acknowledge(client, names, found)

    def _apply(self, member: Member, message: dict[str, Any], size: int) -> list[Event]:
        ops = ops_of(message, size)
        return self.store.apply_together(member.workshop, ops, self.access.again(member).author, self.content)

    async def _restore(self, client: Client, item: str) -> None:
        """After a refusal, tell the client how the note in question really is."""

        def look(state: State) -> dict[str, Any] | None:
            found = state.items.get(item)
            me, room = client.member.id, room_of(state)
            if found is None or found.deleted or hidden(found, room, me):
                return None
            return frames.note(found, room, vote_totals(state), me)

        present = await asyncio.to_thread(self.store.read, client.member.workshop, look)
        client.send(frames.encode({"t": "note", "id": item.removeprefix("note:"), "note": present}))

    def _here(self, client: Client, message: dict[str, Any]) -> None:
        names = {name: message.get(name) for name in ("step", "block", "note")}
        client.here = {name: value[:64] if isinstance(value, str) else None for name, value in names.items()}
        client.here["writing"] = message.get("writing") is True
        if audience := self._audiences.get(client.member.workshop):
            self._announce(audience)

    def _announce(self, audience: Audience) -> None:
        """Have everybody told who is here; an audience that everybody has left is forgotten."""
        if audience.empty:
            self._audiences.pop(audience.workshop, None)
        elif not audience.presence_due and self._loop:
            audience.presence_due = True
            task = self._loop.create_task(_alone(audience.workshop, audience.tell_who_is_here()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _hint(self, workshop: str, seq: int) -> None:
        """Note that a workshop has reached `seq`. Called from any thread, also before the loop runs."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take_hint, workshop, seq)

    def _take_hint(self, workshop: str, seq: int) -> None:
        audience = self._audiences.get(workshop)
        if audience and seq > audience.seq:
            self._hints[workshop] = max(seq, self._hints.get(workshop, 0))
            self._changed.set()


async def _alone(workshop: str, work: Awaitable[None]) -> None:
    """Let an error that nobody foresaw stay with its workshop: it is logged, and all others are served on."""
    try:
        await work
    except Exception:
        log.exception("Live sync of workshop %s failed. Its screens stay as they are until a look succeeds.", workshop)


def _parse(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
        if not isinstance(message, dict):
            return {}
        if "\\u" in text:
            # Half a character (a lone surrogate) could be kept, but never be sent to anybody.
            frames.encode(message).encode()
    except (ValueError, RecursionError):
        return {}
    return message


def _acknowledge(client: Client, names: list[str | None], found: list[Event]) -> None:
    """Answer the ops that no event will: those that changed nothing, and all of them when it was seen already."""
    seq = found[-1].seq if found else client.seq
    coming = {event.op_id for event in found if event.seq > (client.seq or 0)}
    for name in names:
        if name not in coming:
            client.send(frames.encode({"t": "ack", "op_id": name, "seq": seq}))


def _refuse(client: Client, names: list[str | None], refused: OpRefused) -> None:
    """Refuse what was asked for together, each by its name, and say which of several is to blame."""
    told = {"code": refused.code, "message": str(refused)}
    if refused.op_id and len(names) > 1:
        told["failed"] = refused.op_id
    for name in names:
        client.send(frames.encode({"t": "refused", "op_id": name, **told}))
