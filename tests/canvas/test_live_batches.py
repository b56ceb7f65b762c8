"""Answers over the live route: several changes as one batch, all or none, taken back together, and for whose eyes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvas.document.workshop import Workshop
from canvas.live.asking import MOST_OPS, turns_of
from canvas.live.hub import OF_BATCHES, Hub
from canvas.live.turns import Allowance, Turns
from canvas.log.op import MAX_OP_BYTES, Role
from canvas.method.load import shipped
from canvas.store.access import Access
from canvas.store.store import Store
from tests.joined import join

DRIFT, SCHEMA, DELAY = "answer:monitoring.drift", "answer:data.schema", "requirement:label-delay"
NOTE = {"place": {"canvas": "stack-canvas", "block": "value", "pos": 1.0}, "kind": "fact", "text": "x"}
OPEN, SHOWN = ({"state": state, "model": "mltestscore"} for state in ("open", "shown"))


def put(op_id: str, item: str, prop: str, value: Any, base: int = 0) -> dict[str, Any]:
    return {"t": "op", "op_id": op_id, "base": base, "action": "set", "item": item, "prop": prop, "value": value}


def answer(name: str, value: str, item: str = DRIFT, base: int = 0) -> list[dict[str, Any]]:
    """The three ops of an answer, as the sheet sends them."""
    changes = {"deleted": None, "value": value, "state": "answered"}
    return [put(f"{name}-{prop}", item, prop, to, base) for prop, to in changes.items()]


def taking_back(*ops: dict[str, Any], again: str = "u") -> list[dict[str, Any]]:
    ids = [op["op_id"] for op in reversed(ops)]
    return [{"t": "undo", "op_id": f"{again}-{op_id}"[:40], "undoes": op_id} for op_id in ids]


class Person:
    """Somebody at a socket without a network: what they say is answered at once, and what is new is told to all."""

    def __init__(self, hub: Hub, room: str, role: Role = "participant") -> None:
        self.hub, self.room = hub, room
        self.client = hub.connect(join(hub.access, room, role), "192.0.2.1")
        self.heard: list[dict[str, Any]] = []
        self.say(t="hello", since=0)

    def say(self, **message: Any) -> list[dict[str, Any]]:
        async def speak() -> None:
            await self.hub.receive(self.client, json.dumps(message))
            await self.hub.look(self.room)

        asyncio.run(speak())
        return self.hears()

    def ask(self, ops: Any) -> list[dict[str, Any]]:
        return self.say(t="ops", ops=ops)

    def hears(self) -> list[dict[str, Any]]:
        """Return what was sent to them since they were asked last, without who is here."""
        queue = self.client.queue
        new = [json.loads(queue.get_nowait()) for _ in range(queue.qsize())]
        self.client.waiting = 0
        self.heard += new
        return [frame for frame in new if frame["t"] not in ("presence", "welcome")]


def events_of(frames: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for frame in frames if frame["t"] == "events" for event in frame["events"]]


def recorded(hub: Hub, room: str) -> dict[str, Any]:
    return {found.id: (found.state, found.value) for found in hub.store.document(room).answers}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    store = Store.in_folder(tmp_path)
    yield Hub(store, Access(store, "secret"), shipped())
    store.close()


@pytest.fixture
def room(hub: Hub) -> str:
    return hub.store.create(Workshop(title="Parcel delays"))


@pytest.fixture
def anne(hub: Hub, room: str) -> Person:
    return Person(hub, room)


@pytest.fixture
def ben(hub: Hub, room: str) -> Person:
    return Person(hub, room)


def test_a_batch_reaches_everybody_with_its_values_and_what_changed_nothing_is_acknowledged(
    hub: Hub, room: str, anne: Person, ben: Person
) -> None:
    heard = anne.ask([*answer("a", "manual"), *answer("b", "none", SCHEMA)])
    told = [(event["op_id"], event["item"], event["prop"], event["value"]) for event in events_of(heard)]
    assert told == [
        ("a-value", DRIFT, "value", "manual"),
        ("a-state", DRIFT, "state", "answered"),
        ("b-value", SCHEMA, "value", "none"),
        ("b-state", SCHEMA, "state", "answered"),
    ]
    assert [frame["op_id"] for frame in heard if frame["t"] == "ack"] == ["a-deleted", "b-deleted"]
    assert events_of(ben.hears()) == events_of(heard)
    assert recorded(hub, room) == {"monitoring.drift": ("answered", "manual"), "data.schema": ("answered", "none")}


def test_one_that_is_refused_refuses_the_whole_batch_and_is_named(
    hub: Hub, room: str, anne: Person, ben: Person
) -> None:
    ben.ask(answer("b", "automated"))
    seq = anne.hub.store.read(room, lambda state: state.seq)
    heard = anne.ask([*answer("s", "manual", SCHEMA), *answer("d", "none"), put("q", DELAY, "value", 3)])
    refused = [frame for frame in heard if frame["t"] == "refused"]
    assert [frame["op_id"] for frame in refused][:3] == ["s-deleted", "s-value", "s-state"]
    assert len(refused) == 7
    assert {(frame["code"], frame["failed"], frame["message"]) for frame in refused} == {
        ("stale", "d-value", "Somebody else changed this while you were looking at it.")
    }
    assert hub.store.read(room, lambda state: state.seq) == seq
    assert recorded(hub, room) == {"monitoring.drift": ("answered", "automated")}


def test_a_batch_that_is_sent_again_happens_once_and_every_op_is_answered(
    hub: Hub, room: str, anne: Person, ben: Person
) -> None:
    anne.ask(answer("a", "manual"))
    ben.ask(answer("b", "none", base=3))
    seq = hub.store.read(room, lambda state: state.seq)
    again = anne.ask(answer("a", "manual"))
    assert [frame["op_id"] for frame in again if frame["t"] == "ack"] == ["a-deleted", "a-value", "a-state"]
    assert hub.store.read(room, lambda state: state.seq) == seq
    assert recorded(hub, room) == {"monitoring.drift": ("answered", "none")}


def test_a_note_in_a_refused_batch_is_told_as_it_is(anne: Person) -> None:
    anne.say(t="op", op_id="n", action="add", item="note:n1", value=NOTE)
    heard = anne.ask([put("t", "note:n1", "text", "y"), put("k", "note:n1", "kind", "no kind")])
    assert [(frame["id"], frame["note"]["text"]) for frame in heard if frame["t"] == "note"] == [("n1", "x")]


@pytest.mark.parametrize(
    ("ops", "code"),
    [
        ([], "malformed"),
        (None, "malformed"),
        ({"a": 1}, "malformed"),
        (["op"], "malformed"),
        ([{**put("a", DRIFT, "value", "none"), "t": "hello"}], "malformed"),
        ([put("a", DRIFT, "value", "none"), put("a", DRIFT, "state", "answered")], "malformed"),
        ([put("a", DRIFT, "value", "none"), {"t": "op", "action": "set"}], "malformed"),
        ([put("a", DRIFT, "value", "none"), "b"], "malformed"),
        ([put(f"o{n}", DRIFT, "value", "none") for n in range(MOST_OPS + 1)], "too-large"),
        ([put("a", DRIFT, "value", "none"), put("b", DRIFT, "reason", "x" * MAX_OP_BYTES)], "too-large"),
    ],
)
def test_what_is_no_batch_is_refused_and_changes_nothing(
    hub: Hub, room: str, anne: Person, ops: Any, code: str
) -> None:
    before = hub.store.read(room, lambda state: state.dump())
    refused = [frame for frame in anne.ask(ops) if frame["t"] == "refused"]
    assert {frame["code"] for frame in refused} == {code}
    assert hub.store.read(room, lambda state: state.dump()) == before
    names = [op.get("op_id") for op in ops if isinstance(op, dict)] if isinstance(ops, list) else []
    assert [frame["op_id"] for frame in refused] == (names[:MOST_OPS] or [None])


def test_the_largest_batch_is_taken(hub: Hub, room: str, anne: Person) -> None:
    ops = [put(f"o{n}", f"answer:practice.p{n}", "state", "unknown") for n in range(MOST_OPS)]
    assert len(events_of(anne.ask(ops))) == MOST_OPS


def test_who_only_looks_on_answers_nothing(hub: Hub, room: str) -> None:
    heard = Person(hub, room, "viewer").ask(answer("v", "manual"))
    assert [frame["code"] for frame in heard if frame["t"] == "refused"] == ["forbidden"] * 3
    assert recorded(hub, room) == {}


def test_answering_twice_in_a_breath_is_not_somebody_elses_change(hub: Hub, room: str, anne: Person) -> None:
    anne.ask(answer("a", "manual"))
    heard = anne.ask(answer("b", "automated"))
    assert not [frame for frame in heard if frame["t"] == "refused"]
    assert recorded(hub, room) == {"monitoring.drift": ("answered", "automated")}


def test_answering_twice_does_not_pass_over_what_somebody_said_after(
    hub: Hub, room: str, anne: Person, ben: Person
) -> None:
    anne.ask(answer("a", "manual"))
    ben.ask(answer("b", "none", base=3))
    heard = anne.ask(answer("c", "automated", base=3))
    assert {frame["code"] for frame in heard if frame["t"] == "refused"} == {"stale"}
    assert recorded(hub, room) == {"monitoring.drift": ("answered", "none")}


def test_steps_are_taken_back_one_by_one_to_nothing_and_made_again(hub: Hub, room: str, anne: Person) -> None:
    first, second = answer("a", "manual"), answer("b", "automated")
    anne.ask(first)
    anne.ask(second)
    back, rest = taking_back(*second), taking_back(*first)
    anne.ask(back)
    assert recorded(hub, room) == {"monitoring.drift": ("answered", "manual")}
    anne.ask(rest)
    assert recorded(hub, room) == {}
    anne.ask(taking_back(*rest, again="r"))
    assert recorded(hub, room) == {"monitoring.drift": ("answered", "manual")}
    anne.ask(taking_back(*back, again="r"))
    assert recorded(hub, room) == {"monitoring.drift": ("answered", "automated")}


def test_a_reason_and_evidence_come_back_with_the_answer(hub: Hub, room: str, anne: Person) -> None:
    anne.ask([*answer("a", "manual"), put("e", DRIFT, "evidence", [{"ref": "docs/drift.md"}])])
    away = [put("n-value", DRIFT, "value", None, 4), put("n-why", DRIFT, "reason", "No model yet."),
            put("n-state", DRIFT, "state", "not-applicable", 4)]  # fmt: skip
    anne.ask(away)
    assert recorded(hub, room) == {"monitoring.drift": ("not-applicable", None)}
    anne.ask(taking_back(*away))
    [found] = hub.store.document(room).answers
    assert (found.state, found.value, found.reason) == ("answered", "manual", None)
    assert [piece.ref for piece in found.evidence] == ["docs/drift.md"]


def test_a_batch_is_not_taken_back_over_what_somebody_said_after(
    hub: Hub, room: str, anne: Person, ben: Person
) -> None:
    ops = [*answer("a", "manual"), *answer("s", "manual", SCHEMA)]
    anne.ask(ops)
    ben.ask([put("b", SCHEMA, "value", "none", base=5)])
    refused = [frame for frame in anne.ask(taking_back(*ops)) if frame["t"] == "refused"]
    assert {frame["code"] for frame in refused} == {"stale"}
    assert {frame["failed"] for frame in refused} == {"u-s-state"}
    assert recorded(hub, room)["monitoring.drift"] == ("answered", "manual")
    assert recorded(hub, room)["data.schema"] == ("answered", "none")


def test_an_answer_to_which_somebody_added_evidence_is_not_taken_away(
    hub: Hub, room: str, anne: Person, ben: Person
) -> None:
    ops = answer("a", "manual")
    anne.ask(ops)
    ben.ask([put("b", DRIFT, "evidence", [{"ref": "docs/drift.md"}])])
    refused = [frame for frame in anne.ask(taking_back(*ops)) if frame["t"] == "refused"]
    assert {frame["code"] for frame in refused} == {"stale"}
    assert recorded(hub, room) == {"monitoring.drift": ("answered", "manual")}


def test_nobody_takes_back_what_is_not_theirs_nor_what_never_was(anne: Person, ben: Person) -> None:
    ops = answer("a", "manual")
    anne.ask(ops)
    for undos in (taking_back(*ops, again="x"), taking_back(put("never", DRIFT, "value", "none"))):
        assert {frame["code"] for frame in ben.ask(undos) if frame["t"] == "refused"} == {"unknown"}


def told(person: Person) -> str:
    """Everything the live route has told a person, as text, with what a newcomer is told beside it."""
    person.hears()
    since = asking_since(person, 1)
    return json.dumps([person.heard, since, asking_since(person, 0)])


def asking_since(person: Person, since: int) -> list[dict[str, Any]]:
    """What the same person is told on another socket when they have seen everything up to `since`."""
    other = person.hub.connect(person.client.member, "192.0.2.1")
    asyncio.run(person.hub.receive(other, json.dumps({"t": "hello", "since": since})))
    frames = [json.loads(other.queue.get_nowait()) for _ in range(other.queue.qsize())]
    person.hub.disconnect(other)
    return [frame for frame in frames if frame["t"] in ("events", "snapshot", "note")]


def test_while_people_answer_alone_nobody_is_told_what_is_recorded_and_all_are_afterwards(
    hub: Hub, room: str, anne: Person, ben: Person
) -> None:
    lead, vera = Person(hub, room, "facilitator"), Person(hub, room, "viewer")
    lead.ask([put("begin", "room:", "assessing", OPEN)])
    everybody = (anne, ben, lead, vera)
    for person in everybody:
        person.hears()
        person.heard.clear()
    ops = [*answer("a", "automated"), put("why", DRIFT, "dissent", "The alarm is new.")]
    anne.ask(ops)
    for person in everybody:
        assert "automated" not in told(person)
        assert "alarm" not in told(person)
    anne.ask(taking_back(*ops))
    for person in everybody:
        assert "automated" not in told(person)
    again = [*answer("a2", "automated"), put("why2", DRIFT, "dissent", "The alarm is new.")]
    anne.ask(again)
    lead.ask([put("reveal", "room:", "assessing", SHOWN)])
    for person in everybody:
        person.hears()
        [board] = [frame for frame in person.heard if frame["t"] == "snapshot"]
        found = board["answers"]["monitoring.drift"]
        assert (found["value"], found["dissent"]) == ("automated", "The alarm is new.")


def test_a_round_that_is_closed_without_a_reveal_gives_the_answers_back_too(hub: Hub, room: str, anne: Person) -> None:
    lead = Person(hub, room, "facilitator")
    anne.ask(answer("a", "manual"))
    lead.ask([put("begin", "room:", "assessing", OPEN)])
    assert asking_since(anne, 0)[0]["answers"] == {}
    anne.hears()
    lead.ask([put("end", "room:", "assessing", None)])
    [board] = [frame for frame in anne.hears() if frame["t"] == "snapshot"]
    assert board["answers"]["monitoring.drift"]["value"] == "manual"


def test_a_round_about_a_question_hides_no_answer_of_the_sheet(hub: Hub, room: str, anne: Person) -> None:
    lead = Person(hub, room, "facilitator")
    lead.ask([put("begin", "room:", "assessing", {"state": "open", "question": "team-size"})])
    lead.hears()
    anne.ask(answer("a", "manual"))
    assert [event["value"] for event in events_of(lead.hears())] == ["manual", "answered"]


def test_a_snapshot_says_what_is_recorded_and_what_the_next_change_is_based_on(anne: Person) -> None:
    anne.ask(answer("a", "manual"))
    anne.ask([put("gone", DRIFT, "deleted", True)])
    [board] = asking_since(anne, 0)
    found = board["answers"]["monitoring.drift"]
    assert found == {
        "deleted": True,
        "value": "manual",
        "state": "answered",
        "seqs": {"value": 2, "state": 3, "deleted": 4},
    }


def test_ops_of_batches_are_counted_and_a_flood_of_them_waits(hub: Hub, anne: Person) -> None:
    now = [100.0]
    hub._batches = Turns(Allowance(at_once=5, per_second=100), lambda: now[0])
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("canvas.live.hub.asyncio.sleep", sleep)
        anne.ask([put(f"o{n}", f"answer:practice.p{n}", "state", "unknown") for n in range(4)])
        assert waits == []
        anne.ask([put(f"q{n}", f"answer:practice.q{n}", "state", "unknown") for n in range(4)])
    assert waits == [pytest.approx(0.03)]
    assert OF_BATCHES.at_once >= MOST_OPS, "a whole sheet is answered with one click"
    assert turns_of({"t": "ops", "ops": [1] * 30_000}) == MOST_OPS, (
        "what is refused by its length stops nobody for long"
    )
