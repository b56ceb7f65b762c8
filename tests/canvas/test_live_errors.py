"""An error that nobody foresaw in one workshop: the log tells it, the others are served on, and nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import pytest

from canvas.document.workshop import Workshop
from canvas.live import audience as audience_module
from canvas.live.client import Client, addressed
from canvas.live.hub import Hub
from canvas.method.load import shipped
from canvas.store.access import Access
from canvas.store.store import Store
from tests.joined import join
from tests.live_client import Board, until

NOTE = {"place": {"canvas": "stack-canvas", "block": "value", "pos": 1.0}, "kind": "fact", "text": "x"}


class Person:
    """One reader without a socket: what her hub queues for her is taken in at once when she looks."""

    def __init__(self, hub: Hub, workshop: str, name: str) -> None:
        self.hub, self.board = hub, Board()
        self.client: Client = hub.connect(join(hub.access, workshop, name=name), "192.0.2.1")

    async def say(self, **message: Any) -> None:
        await self.hub.receive(self.client, json.dumps(message))

    async def add(self, note: str) -> None:
        await self.say(t="op", op_id=f"op-{note}", action="add", item=f"note:{note}", value=NOTE)

    def sees(self, *notes: str) -> bool:
        while not self.client.queue.empty():
            self.board.take(json.loads(self.client.queue.get_nowait()))
        return set(self.board.shown()) == set(notes)


class Flaw:
    """Makes the frames of one workshop fail, after they were put together, as long as it is there."""

    def __init__(self, workshop: str) -> None:
        self.workshop, self.times = workshop, 0
        self.there = True

    def __call__(self, clients: Iterable[Client], *rest: Any) -> Any:
        everybody = list(clients)
        frames = addressed(everybody, *rest)
        if self.there and everybody[0].member.workshop == self.workshop:
            self.times += 1
            raise RuntimeError("a flaw that nobody foresaw")
        return frames


@contextlib.asynccontextmanager
async def running(hub: Hub) -> AsyncIterator[None]:
    task = asyncio.create_task(hub.run())
    try:
        await asyncio.sleep(0)
        yield
        assert not task.done(), "the hub has stopped serving"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path)


@pytest.fixture
def hub(store: Store) -> Hub:
    return Hub(store, Access(store, "secret"), shipped())


def test_a_flaw_in_one_workshop_is_logged_and_stops_neither_the_others_nor_itself_for_ever(
    store: Store, hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ill, well = (store.create(Workshop(title=title)) for title in ("Ill", "Well"))
    flaw = Flaw(ill)
    monkeypatch.setattr(audience_module, "addressed", flaw)
    monkeypatch.setattr("canvas.live.hub.LOOK_EVERY_S", 0.05)

    async def work() -> None:
        anne, ben, cleo = Person(hub, ill, "anne"), Person(hub, ill, "ben"), Person(hub, well, "cleo")
        async with running(hub):
            for person in (anne, ben, cleo):
                await person.say(t="hello", since=0)
            await anne.add("n1")
            await until(lambda: flaw.times >= 2, 30, "both the hint and the looking around have met the flaw")
            assert anne.sees()
            await cleo.add("n2")
            await until(lambda: cleo.sees("n2"), 30, "the other workshop is served")
            flaw.there = False
            await until(lambda: anne.sees("n1") and ben.sees("n1"), 30, "what was held up has arrived")

    asyncio.run(work())
    told = [record for record in caplog.records if record.name == "canvas.live.hub"]
    assert ill in told[0].getMessage()
    assert told[0].exc_info is not None
    assert "a flaw that nobody foresaw" in caplog.text
    assert "Traceback" in caplog.text


def test_who_arrives_while_the_last_one_leaves_is_kept_up_to_date(store: Store, hub: Hub) -> None:
    workshop = store.create(Workshop(title="Parcel delays"))

    async def work() -> None:
        last, first, second = (Person(hub, workshop, name) for name in ("last", "first", "second"))
        async with running(hub):
            await last.say(t="hello", since=0)
            arriving = asyncio.create_task(first.say(t="hello", since=0))
            await asyncio.sleep(0)
            hub.disconnect(last.client)
            await asyncio.gather(arriving, second.say(t="hello", since=0))
            await second.add("n1")
            await until(lambda: first.sees("n1") and second.sees("n1"), 30, "both see the note")
            for person in (first, second):
                hub.disconnect(person.client)
            assert hub.size() == (0, 0)

    asyncio.run(work())
