"""The recorded run itself: everybody works, a process is killed, all are cut off and come back; then it is counted."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import async_playwright

from canvas.live import frames
from canvas.log.events import State
from canvas.log.op import Author
from canvas.store.store import Store
from tests.bench.browser import FLAGS, chromium
from tests.bench.measure import machine
from tests.live_client import Board, until
from tests.nginx_site import Site
from tests.recorded_run.people import Participant, Screen, Shown, order

CLIENTS = 50
WORK_S = 5.0
KILLED_FOR_S = 3.0
CUT_S = 4.0
ALIKE_WITHIN_S = 30.0


@dataclass
class Run:
    """What happened. Times are in seconds; a change is named by its op_id."""

    spread: tuple[int, int]
    when: str = field(default_factory=lambda: time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()))
    host: str = field(default_factory=machine)
    cut_s: float = 0.0
    alike_after_s: float = 0.0
    killed_s: float = 0.0
    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    made_cut_off: int = 0
    typed_cut_off: list[str] = field(default_factory=list)
    sent: int = 0
    acknowledged: int = 0
    resent: int = 0
    events: int = 0
    notes: int = 0
    refused: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> dict[str, list[str]]:
        """Return what must not be: changes that are missing, there twice, nobody's, or were not accepted."""
        found = {"lost": self.lost, "twice": self.twice, "invented": self.invented, "refused": self.refused}
        return {name: changes for name, changes in found.items() if changes}


async def recorded_run(site: Site, address: str) -> Run:
    """Let everybody work, kill one process, cut everybody off, restore, work on. Raises `AssertionError` on the way."""
    nodes = {name: site.node_of(name) for name in site.servers}
    people = [Participant(site.ticket(f"laptop-{number}"), number) for number in range(CLIENTS)]
    for number, person in enumerate(people):
        person.watch(people[number - 1])
    async with _connected(people), _screens(site, nodes) as screens:
        run = Run((site.clients("a"), site.clients("b")))
        began, work = time.perf_counter(), _working(people)
        for screen in screens:
            await screen.write("value", f"before the cut, at {screen.process}")
        await asyncio.sleep(WORK_S)
        run.before = _delays(people, began, time.perf_counter())
        await _kill_and_cut(site, run, people, screens)
        await _stop(work)
        restored = time.perf_counter()
        await asyncio.to_thread(site.nginx.start)
        await _all_alike(address, site.room, people, screens)
        run.alike_after_s = time.perf_counter() - restored
        began, work = time.perf_counter(), _working(people)
        for screen in screens:
            await screen.says("saved")
            await screen.write("value", f"after the cut, at {screen.process}")
        await asyncio.sleep(WORK_S)
        await _stop(work)
        await _all_alike(address, site.room, people, screens)
        run.after = _delays(people, began, time.perf_counter())
        _count(run, address, site.room, people, screens)
    return run


async def _kill_and_cut(site: Site, run: Run, people: list[Participant], screens: list[Screen]) -> None:
    """Kill one process while everybody works, then stop the proxy; people and browsers go on all the time."""
    killed = time.perf_counter()
    site.servers["a"].kill()
    await asyncio.sleep(KILLED_FOR_S)
    cut = time.perf_counter()
    await asyncio.to_thread(site.nginx.stop)
    starting = asyncio.create_task(asyncio.to_thread(site.servers["a"].start))
    for screen in screens:
        await screen.says("offline")
        run.typed_cut_off.append(f"cut off, at {screen.process}")
        await screen.write("value", run.typed_cut_off[-1])
    await asyncio.sleep(max(0.0, CUT_S - (time.perf_counter() - cut)))
    await starting
    run.killed_s, run.cut_s = time.perf_counter() - killed, time.perf_counter() - cut
    run.made_cut_off = sum(moment > cut for person in people for moment in person.sent_at.values()) + len(screens)


def _working(people: list[Participant]) -> tuple[asyncio.Event, asyncio.Future[Any]]:
    told = asyncio.Event()
    return told, asyncio.gather(*(person.work(told) for person in people))


async def _stop(work: tuple[asyncio.Event, asyncio.Future[Any]]) -> None:
    work[0].set()
    await work[1]


def _delays(people: list[Participant], since: float, before: float) -> list[float]:
    return [delay for person in people for began, delay in person.delays if since <= began < before]


async def _all_alike(address: str, room: str, people: list[Participant], screens: list[Screen]) -> None:
    """Wait until nothing waits to be sent and every client and browser shows what the database holds."""
    await until(lambda: not any(person.outbox for person in people), ALIKE_WITHIN_S, "every change is answered")
    for screen in screens:
        await screen.says("saved")
    deadline = time.monotonic() + ALIKE_WITHIN_S
    while different := await _different(await asyncio.to_thread(_truth, address, room), people, screens):
        assert time.monotonic() < deadline, f"these show another board than the database holds: {different}"
        await asyncio.sleep(0.05)


async def _different(truth: Shown, people: list[Participant], screens: list[Screen]) -> list[str]:
    different = [person.name for person in people if order(person.board) != truth]
    return different + [f"the browser at {screen.process}" for screen in screens if await screen.shown() != truth]


def _truth(address: str, room: str) -> Shown:
    """Return the board that the log in the database leads to, read by a store that has never seen it."""
    fresh, board = Store(address), Board()

    def look(state: State) -> None:
        board.take(frames.snapshot(state, Author("", "viewer")))

    try:
        fresh.read(room, look)
    finally:
        fresh.close()
    return order(board)


def _count(run: Run, address: str, room: str, people: list[Participant], screens: list[Screen]) -> None:
    """Compare what was sent and acknowledged with the log."""
    store = Store(address)
    events = store.events_since(room, 1, 1_000_000)
    store.close()
    stored = Counter(event.op_id for event in events if event.part == 0)
    sent = sum((member.sent for member in [*people, *screens]), Counter[str]())
    acknowledged = {op_id for member in [*people, *screens] for op_id in member.acknowledged}
    run.sent, run.acknowledged, run.events = len(sent), len(acknowledged), len(events)
    run.resent = sum(times > 1 for times in sent.values())
    run.refused = [f"{op_id}: {code}" for person in people for op_id, code in person.refused.items()]
    run.lost = sorted((set(sent) | acknowledged) - set(stored))
    run.twice = sorted(op_id for op_id, times in stored.items() if times > 1)
    run.invented = sorted(set(stored) - set(sent))
    # What was typed is looked for in the log, because others may have written over it since.
    written = {event.value["text"] for event in events if event.action == "add"}
    run.lost += sorted({text for screen in screens for text in screen.typed} - written)
    run.notes = sum(len(notes) for notes in _truth(address, room).values())


@asynccontextmanager
async def _connected(people: list[Participant]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(person.run()) for person in people]
    try:
        await until(lambda: all(person.connected for person in people), 20, "everybody is connected")
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def _screens(site: Site, nodes: dict[str, str]) -> AsyncIterator[list[Screen]]:
    """Open one browser page at each process, one as facilitator and one as participant."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        screens = []
        for process, role in (("a", "facilitator"), ("b", "participant")):
            context = await browser.new_context(
                viewport={"width": 1440, "height": 900}, reduced_motion="reduce", ignore_https_errors=True
            )
            await context.add_cookies([{"name": "stack_canvas_node", "value": nodes[process], "url": site.url}])
            screens.append(Screen(await context.new_page(), process))
            await screens[-1].page.goto(site.link(role))
            if role == "participant":
                await screens[-1].page.get_by_role("button", name="Join").click()
            await screens[-1].page.locator(".block").first.wait_for()
            await screens[-1].says("saved")
        yield screens
        await browser.close()
