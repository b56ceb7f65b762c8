"""Any interleaving of people, lost connections, resends and two server processes ends with one board for all.

The hubs, store and messages are the real ones; only the sockets are missing. Every frame that leaves a hub is searched
for what its reader may not see yet.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from canvas.document.workshop import Workshop
from canvas.live import frames
from canvas.live.client import Client
from canvas.live.hub import Hub
from canvas.log.events import State
from canvas.log.facilitation import hidden, room_of
from canvas.log.op import Role
from canvas.method.load import shipped
from canvas.store.access import Access
from canvas.store.store import Store
from tests.joined import join
from tests.live_client import Board, SnapshotNeeded

PEOPLE: dict[str, Role] = {"fay": "facilitator", "ann": "participant", "ben": "participant", "vic": "viewer"}
BLOCKS = ("value", "data", "serving")
NOTES = 4

people = st.sampled_from(sorted(PEOPLE))
editors = st.sampled_from(["fay", "ann", "ben"])
notes = st.integers(0, NOTES - 1).map(lambda number: f"n{number}")
few = st.integers(1, 3)


class Person:
    """One reader: a board, an outbox, the frames on their way, and what was searched in each of them."""

    def __init__(self, name: str, role: Role, workshop: str, access: Access) -> None:
        self.member = join(access, workshop, role, name)
        self.board, self.client, self.hub = Board(), None, 0
        self.outbox: dict[str, dict[str, Any]] = {}
        self.sent: list[dict[str, Any]] = []
        self.answered: dict[str, str] = {}
        self.frames: list[dict[str, Any]] = []
        self.client: Client | None

    def take(self, frame: dict[str, Any]) -> None:
        """Take in one frame; what it settles leaves the outbox."""
        for event in frame.get("events", ()):
            if self.outbox.pop(event["op_id"], None):
                self.answered[event["op_id"]] = "event"
        if frame["t"] in {"ack", "refused"} and self.outbox.pop(frame["op_id"], None):
            self.answered[frame["op_id"]] = frame["t"]
        self.board.take(frame)


class Room(RuleBasedStateMachine):
    """Two hubs on one database, four people, and the truth to compare with."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.stores = [Store.in_folder(Path(self.folder.name)) for _ in range(2)]
        self.hubs = [Hub(store, Access(store, "secret"), shipped()) for store in self.stores]
        self.workshop = self.stores[0].create(Workshop(title="Parcel delays"))
        self.people = {name: Person(name, role, self.workshop, self.hubs[0].access) for name, role in PEOPLE.items()}
        self.count = 0
        # Each text and each vote is written once only, so that finding it in a frame says whose it is.
        self.writers: dict[str, set[str]] = {}
        self.shown: set[str] = set()
        # Sent more than once: refused at first, such an op may be accepted later, when what it speaks of is there.
        self.repeated: set[str] = set()
        self.votes: dict[str, str] = {}

    @initialize(private=st.booleans(), voting=st.booleans())
    def everybody_comes(self, private: bool, voting: bool) -> None:
        for name in PEOPLE:
            self.connect(name, 0)
        if private:
            self.lead(("private", True))
        if voting:
            self.lead(("voting", {"state": "open", "budget": 3}))

    def say(self, person: Person, message: dict[str, Any]) -> None:
        assert person.client
        person.client.tokens = 60.0  # Slowing a flood down is tested elsewhere; here it would only cost time.
        self.runner.run(self.hubs[person.hub].receive(person.client, json.dumps(message)))
        self.learn()
        self.collect(person)

    def learn(self) -> None:
        """Note which texts everybody may know by now."""

        def look(state: State) -> None:
            room = room_of(state)
            for key, item in state.items.items():
                if key.startswith("note:") and not hidden(item, room, None):
                    self.shown.add(item.get("text"))

        self.stores[0].read(self.workshop, look)

    def collect(self, person: Person) -> None:
        """Move what a hub has queued onto the way to its reader, searching each frame for what is not theirs."""
        while person.client and not person.client.queue.empty():
            text = self.runner.run(person.client.next())
            self.search(person, text)
            person.frames.append(json.loads(text))

    def search(self, person: Person, text: str) -> None:
        me = person.member.id
        for secret, writers in self.writers.items():
            assert me in writers or secret in self.shown or secret not in text, "an unrevealed text left the server"
        for op_id, voter in self.votes.items():
            assert voter == me or op_id not in text, "somebody else's vote left the server"
        frame = json.loads(text)
        room = frame.get("room")
        if room and room["voting"]:
            assert set(room["voting"]["mine"].values()) <= {1, 2, 3}
            assert (room["totals"] is None) == (room["voting"]["state"] == "open"), "dots are shown with the results"
        for event in frame.get("events", ()):
            assert event["item"] != "hidden:" or event["op_id"] is None
            assert not event["item"].startswith("vote:") or event["author"] == me

    def queue(self, name: str, **op: Any) -> None:
        """Put an op into the outbox; two of three leave it at once."""
        self.count += 1
        op_id = f"op-{self.count}-{name}"
        self.people[name].outbox[op_id] = {"t": "op", "op_id": op_id, **op}
        if op["item"].startswith("vote:"):
            self.votes[op_id] = self.people[name].member.id
        if self.count % 3:
            self.send(name, 9)

    def words(self, name: str) -> str:
        text = f"text {self.count} by {name};"
        self.writers[text] = {self.people[name].member.id}
        return text

    @rule(name=editors, note=notes, block=st.sampled_from(BLOCKS))
    def add(self, name: str, note: str, block: str) -> None:
        place = {"canvas": "stack-canvas", "block": block, "pos": float(self.count)}
        value = {"place": place, "kind": "fact", "text": self.words(name)}
        self.queue(name, action="add", item=f"note:{note}", value=value)

    @rule(name=editors, note=notes)
    def write(self, name: str, note: str) -> None:
        self.queue(name, action="set", item=f"note:{note}", prop="text", value=self.words(name))

    @rule(name=people, note=notes, block=st.sampled_from(BLOCKS))
    def move(self, name: str, note: str, block: str) -> None:
        place = {"canvas": "stack-canvas", "block": block, "pos": float(self.count)}
        self.queue(name, action="set", item=f"note:{note}", prop="place", value=place)

    @rule(name=editors, note=notes, deleted=st.booleans())
    def delete_or_bring_back(self, name: str, note: str, deleted: bool) -> None:
        self.queue(name, action="set", item=f"note:{note}", prop="deleted", value=deleted)

    @rule(name=editors, back=few)
    def undo(self, name: str, back: int) -> None:
        person = self.people[name]
        if len(person.sent) >= back:
            self.queue(name, t="undo", item="", undoes=person.sent[-back]["op_id"])

    @rule(name=editors, note=notes, count=st.integers(0, 3))
    def vote(self, name: str, note: str, count: int) -> None:
        self.queue(name, action="set", item=f"vote:{note}", prop="count", value=count)

    @rule(
        change=st.sampled_from(
            [
                ("private", True),
                ("private", False),
                ("voting", {"state": "open", "budget": 3}),
                ("voting", {"state": "shown"}),
                ("hide_authors", True),
                ("hide_authors", False),
                ("locked", ["data"]),
                ("locked", []),
            ]
        )
    )
    def lead(self, change: tuple[str, Any]) -> None:
        self.queue("fay", action="set", item="room:", prop=change[0], value=change[1])
        self.send("fay", 9)

    @rule(name=people, note=notes)
    def be_somewhere(self, name: str, note: str) -> None:
        self.say(self.people[name], {"t": "here", "block": "value", "note": note, "writing": True})

    @rule(name=people, count=few)
    def send(self, name: str, count: int) -> None:
        person = self.people[name]
        waiting = [frame for frame in person.outbox.values() if frame not in person.sent]
        for frame in waiting[:count]:
            person.sent.append(frame)
            self.say(person, frame)

    @rule(name=people, back=few)
    def send_again(self, name: str, back: int) -> None:
        person = self.people[name]
        if len(person.sent) >= back:
            self.repeated.add(person.sent[-back]["op_id"])
            self.say(person, person.sent[-back])

    @rule(name=people, thief=people)
    def send_what_another_sent(self, name: str, thief: str) -> None:
        frame = self.people[name].sent[-1] if self.people[name].sent else {"item": ""}
        if frame.get("item", "").startswith("note:"):
            for text, writers in self.writers.items():
                if text in json.dumps(frame):
                    # What was refused to one may become the other's own.
                    writers.add(self.people[thief].member.id)
            self.repeated.add(frame["op_id"])
            self.say(self.people[thief], frame)

    @rule(hub=st.integers(0, 1))
    def look(self, hub: int) -> None:
        self.runner.run(self.hubs[hub].look(self.workshop))
        for person in self.people.values():
            self.collect(person)

    @rule(name=people, count=few, twice=st.booleans())
    def deliver(self, name: str, count: int, twice: bool) -> None:
        person = self.people[name]
        arriving, person.frames = person.frames[:count], person.frames[count:]
        try:
            for frame in arriving * (2 if twice else 1):
                person.take(frame)
        except SnapshotNeeded:
            person.board.seq = 0
            self.connect(name, person.hub)

    @rule(name=people, hub=st.integers(0, 1))
    def lose_connection(self, name: str, hub: int) -> None:
        self.connect(name, hub)

    def connect(self, name: str, hub: int) -> None:
        """Come back, perhaps at the other process: what was on the way is lost, what has no answer is sent again."""
        person = self.people[name]
        if person.client:
            self.hubs[person.hub].disconnect(person.client)
        person.client, person.hub, person.frames = self.hubs[hub].connect(person.member, "192.0.2.1"), hub, []
        self.say(person, {"t": "hello", "since": person.board.seq})
        for frame in list(person.outbox.values()):
            if frame in person.sent:
                self.repeated.add(frame["op_id"])
                self.say(person, frame)

    def settle(self) -> None:
        for name, person in self.people.items():
            self.send(name, len(person.outbox))
        for _ in range(4):
            for hub in (0, 1):
                self.look(hub)
            for name in self.people:
                self.deliver(name, 10_000, False)
        for name in self.people:
            self.connect(name, self.people[name].hub)
            self.deliver(name, 10_000, False)

    def teardown(self) -> None:
        try:
            self.settle()
            self.everybody_sees_what_is_in_the_log()
            self.what_was_acknowledged_is_there_once()
        finally:
            for store in self.stores:
                store.close()
            self.runner.close()
            self.folder.cleanup()

    def everybody_sees_what_is_in_the_log(self) -> None:
        for person in self.people.values():
            fresh = Board()
            author = person.member.author
            fresh.take(self.stores[0].read(self.workshop, lambda state, author=author: frames.snapshot(state, author)))
            assert person.board.shown() == fresh.shown()
            assert person.board.seq == fresh.seq

    def what_was_acknowledged_is_there_once(self) -> None:
        events = self.stores[0].events_since(self.workshop, 1, 100_000)
        assert [event.seq for event in events] == list(range(2, len(events) + 2))
        times = Counter(event.op_id for event in events if event.part == 0)
        assert set(times.values()) <= {1}
        assert set(times) <= {frame["op_id"] for person in self.people.values() for frame in person.sent}
        for person in self.people.values():
            assert not person.outbox
            for op_id, how in person.answered.items():
                assert how != "event" or times[op_id] == 1
                assert how != "refused" or times[op_id] == 0 or op_id in self.repeated

    @precondition(lambda self: self.count)
    @invariant()
    def nobody_has_been_cut_off(self) -> None:
        assert not any(person.client.closed for person in self.people.values())


class TestConvergence(Room.TestCase):
    settings = settings(max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
