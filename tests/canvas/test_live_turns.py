"""How often somebody may say something: a flood is slowed, however many sockets it comes from, and a room never is."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvas.document.workshop import Workshop
from canvas.live import turns
from canvas.live.client import Client
from canvas.live.hub import OF_A_PERSON, OF_AN_ADDRESS, Hub
from canvas.live.turns import Allowance, Turns
from canvas.method.load import shipped
from canvas.store.access import Access, Member
from canvas.store.store import Store
from tests.joined import join

OFFICE = "192.0.2.1"
NOTE = {"place": {"canvas": "stack-canvas", "block": "value", "pos": 1.0}, "kind": "fact", "text": "x"}


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    store = Store.in_folder(tmp_path)
    yield Hub(store, Access(store, "secret"), shipped())
    store.close()


class Watched(Turns):
    """Remembers how long everybody was told to wait."""

    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self.waits: defaultdict[str, list[float]] = defaultdict(list)

    def take(self, who: str, turns: int = 1) -> float:
        self.waits[who].append(super().take(who, turns))
        return self.waits[who][-1]


def test_who_has_used_up_an_allowance_waits_as_long_as_it_takes_to_fill_up(clock: Clock) -> None:
    some = Turns(Allowance(at_once=3, per_second=2), clock)
    assert [some.take("anne") for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    assert some.take("ben") == 0
    clock.now += 1.0
    assert some.take("anne") == 0.5
    clock.now += 60
    assert [some.take("anne") for _ in range(4)] == [0, 0, 0, 0.5]


def test_who_is_refused_has_lost_nothing_by_asking(clock: Clock) -> None:
    some = Turns(Allowance(at_once=2, per_second=0.5), clock)
    assert [some.take_at_once("anne") for _ in range(5)] == [True, True, False, False, False]
    clock.now += 2
    assert [some.take_at_once("anne") for _ in range(2)] == [True, False]


def test_those_who_are_idle_are_forgotten_and_the_others_only_when_they_are_too_many(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "REMEMBERED", 50)
    some = Turns(Allowance(at_once=2, per_second=1), clock)
    for number in range(20):
        some.take(f"early {number}")
    clock.now += 10
    some.take("late")
    assert len(some) == 1
    for number in range(200):
        some.take(f"busy {number}")
    assert len(some) == 50
    assert some.take("busy 199") == 0
    assert some.take("busy 199") == 1, "who was here last is still known"


def test_all_sockets_of_a_person_share_one_allowance_and_another_person_has_their_own(hub: Hub) -> None:
    hub._people = people = Watched(OF_A_PERSON)
    anne, ben = (Member("w", name, "participant", None, "link") for name in ("anne", "ben"))
    sockets = [hub.connect(anne, f"192.0.2.{number}") for number in range(4)]

    async def flood() -> None:
        at_once = int(OF_A_PERSON.at_once)
        await asyncio.gather(*(say(hub, sockets[number % 4], 1) for number in range(at_once + 10)))
        await say(hub, hub.connect(ben, OFFICE), at_once)

    asyncio.run(flood())
    assert sum(wait > 0 for wait in people.waits["anne"]) > 0
    assert not any(people.waits["ben"])


async def say(hub: Hub, client: Client, times: int) -> None:
    for _ in range(times):
        await hub.receive(client, '{"t": "ping"}')


def test_many_people_of_one_address_share_what_an_address_may(hub: Hub, clock: Clock) -> None:
    hub._addresses = addresses = Watched(Allowance(at_once=30, per_second=20), clock)
    hub._people = Turns(OF_A_PERSON, clock)
    people = [hub.connect(Member("w", f"p{n}", "participant", None, "link"), OFFICE) for n in range(4)]
    elsewhere = hub.connect(Member("w", "else", "participant", None, "link"), "192.0.2.2")

    async def flood() -> float:
        began = time.monotonic()
        await asyncio.gather(*(say(hub, client, 10) for client in people))
        flooding = time.monotonic() - began
        await say(hub, elsewhere, 10)
        return flooding

    assert asyncio.run(flood()) >= 0.45, "the ten beyond thirty wait for half a second"
    assert sum(wait > 0 for wait in addresses.waits[OFFICE]) == 10
    assert not any(addresses.waits["192.0.2.2"])


def test_a_hundred_people_behind_one_address_who_write_and_vote_at_once_never_wait(hub: Hub, tmp_path: Path) -> None:
    hub._people, hub._addresses = people, addresses = Watched(OF_A_PERSON), Watched(OF_AN_ADDRESS)
    room = hub.store.create(Workshop(title="A room of a hundred"))
    clients = [hub.connect(join(hub.access, room), OFFICE) for _ in range(100)]

    async def everybody() -> None:
        lead = hub.connect(join(hub.access, room, "facilitator"), OFFICE)
        await hub.receive(lead, '{"t": "hello", "since": 0}')
        voting = {"action": "set", "item": "room:", "prop": "voting", "value": {"state": "open", "budget": 5}}
        await hub.receive(lead, json.dumps({"t": "op", "op_id": "v", **voting}))
        await asyncio.gather(*(take_part(hub, client) for client in clients))

    asyncio.run(everybody())
    assert len(hub.store.events_since(room, 0, 10_000)) == 2 + 100 * (3 + 5)
    for turns_taken in (people, addresses):
        waited = [wait for waits in turns_taken.waits.values() for wait in waits]
        assert len(waited) == 2 + 100 * (1 + 3 + 5 + 10)
        assert max(waited) == 0


async def take_part(hub: Hub, client: Client) -> None:
    """Write three notes, say ten times where one is, and put five dots, as fast as that goes."""
    me = client.member.id
    await hub.receive(client, '{"t": "hello", "since": 0}')
    for number in range(3):
        add = {"action": "add", "item": f"note:n-{me}-{number}", "value": NOTE}
        await hub.receive(client, json.dumps({"t": "op", "op_id": f"{me}-{number}", **add}))
    for number in range(10):
        await hub.receive(client, json.dumps({"t": "here", "block": "value", "note": None, "writing": number % 2 == 0}))
    for count in range(1, 6):
        vote = {"action": "set", "item": f"vote:n-{me}-0", "prop": "count", "value": count}
        await hub.receive(client, json.dumps({"t": "op", "op_id": f"{me}-v{count}", **vote}))
