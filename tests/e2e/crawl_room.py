"""Where the crawl happens: the app in a process of its own, an empty or a full workshop in it, people of each role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from playwright.sync_api import Browser, Page

from canvas.document.file import load_workshop
from canvas.document.workshop import Workshop
from canvas.log.op import Role
from canvas.method.load import shipped
from canvas.store.access import Access, secret_in
from canvas.store.store import Store
from tests.e2e.crawling import Crawl, Walker
from tests.e2e.watching import Watcher
from tests.live_server import ROOT, Server

Filling = Literal["empty", "full"]
FILLINGS: tuple[Filling, ...] = get_args(Filling)
PAGES = ("start", *shipped().steps)
EXAMPLE = ROOT / "examples" / "open-source-mlops-package.workshop.yaml"
VIEWPORT = {"width": 1440, "height": 900}


@dataclass(frozen=True)
class Plan:
    """What to crawl: whose role, in which workshop, which pages, with or without somebody else in the room."""

    role: Role
    filling: Filling
    seed: int
    steps: int
    pages: tuple[str, ...] = PAGES
    together: bool = False

    @property
    def command(self) -> str:
        pages = f" CRAWL_PAGES={','.join(self.pages)}" if self.pages != PAGES else ""
        together = " CRAWL_TOGETHER=1" if self.together else ""
        what = f"CRAWL_SEED={self.seed} CRAWL_STEPS={self.steps} CRAWL_ROLES={self.role} CRAWL_FILLINGS={self.filling}"
        return f"{what}{pages}{together} make crawl"


@dataclass
class Room:
    """A workshop of a running app, and the way in for each role."""

    server: Server
    store: Store
    workshop: str

    @classmethod
    def of(cls, server: Server, store: Store, filling: Filling) -> Room:
        """Make a workshop with nothing in it, or a copy of an example."""
        document = load_workshop(EXAMPLE) if filling == "full" else Workshop(title="Crawled", date="2026-01-31")
        return cls(server, store, store.create(document))

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def address(self, page: str, role: Role) -> str:
        return self.origin if page == "start" else f"{self.origin}/{page}?w={self.workshop}&as={role}"

    def let_in(self, page: Page, role: Role) -> None:
        """Follow a link of a role that nobody has taken back, and stay nameless."""
        access = Access(self.store, secret_in(self.server.data))
        page.goto(f"{self.origin}/join/{access.link_for(self.workshop, role)}")
        asks = page.get_by_role("button", name="Join", exact=True)
        asks.or_(page.get_by_test_id("stApp")).first.wait_for()
        if asks.is_visible():
            asks.click()
        page.wait_for_url(re.compile(r"/(canvas|where-we-stand)\?"))


def crawl(plan: Plan, browser: Browser, server: Server) -> Crawl:
    """Crawl as planned; return what was done. Raises `Broken` when something breaks."""
    store = server.store()
    room = Room.of(server, store, plan.filling)
    watcher = Watcher(room.origin, server.log)
    others: Sequence[Role] = ["facilitator" if plan.role != "facilitator" else "participant"] if plan.together else []
    walkers = [_walker(browser, room, watcher, role) for role in (plan.role, *others)]
    try:
        for walker in walkers:
            walker.arrive()
        done = Crawl(walkers, watcher, plan.seed, plan.command)
        done.over(plan.pages, plan.steps)
    finally:
        for walker in walkers:
            walker.context.close()
        store.close()
    return done


def _walker(browser: Browser, room: Room, watcher: Watcher, role: Role) -> Walker:
    allowed = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(viewport=VIEWPORT, permissions=allowed, reduced_motion="reduce")  # type: ignore[arg-type]
    watcher.watch(context)
    return Walker(role, context, lambda page: room.let_in(page, role), lambda page: room.address(page, role))
