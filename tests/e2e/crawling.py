"""The crawl: people who do random things with what they see, until something breaks or the steps are done.

It knows pages and people, and nothing of workshops; `crawl_room.py` lets people in.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Dialog, Error, Page

from tests.e2e.acting import Target, act
from tests.e2e.watching import Watcher, wherever_it_goes

# So long somebody may stay where a step has led, before they go back to the page that is crawled.
AWAY_AT_MOST = 3
# Out of reach so often in a row, and there is nothing to act on: back to the page.
MISSED_AT_MOST = 6
# What goes before took more steps than its share: a page is come to all the same.
COMES_AT_LAST_AFTER = 12
TOLD_STEPS = 40
LOCKED_OUT = "[data-testid=stLinkButton] a[href='/'], main > p > a[href='/']"


class Broken(AssertionError):
    """Something broke under the hands of the crawl; the message tells what, and the steps that lead there."""


@dataclass
class Walker:
    """One who crawls: a browser with its page, how to get in, also again after being put out, and where pages are."""

    name: str
    context: BrowserContext
    enter: Callable[[Page], None]
    address: Callable[[str], str]
    page: Page = field(init=False)
    last: Target | None = None

    def arrive(self) -> None:
        """Open the one page and get in."""
        self.page = self.context.new_page()
        # A click may open other windows; nobody looks at them.
        self.context.on("page", lambda other: other.close() if other != self.page else None)
        self.page.on("dialog", _answer)
        self.page.on("filechooser", lambda _chooser: None)
        self.enter(self.page)

    @property
    def path(self) -> str:
        return self.page.url.split("?")[0].rsplit("/", 1)[-1] or "start"

    def is_out(self) -> bool:
        """Return whether the door is closed: the link was taken back, or the page says that it is not for them."""
        return wherever_it_goes(self.page, self.page.locator(LOCKED_OUT).count) > 0


def _answer(dialog: Dialog) -> None:
    if dialog.type == "beforeunload":
        dialog.accept()
    else:
        dialog.dismiss()


@dataclass
class Crawl:
    """People on some pages, a seed, and how to call the same crawl again."""

    walkers: Sequence[Walker]
    watcher: Watcher
    seed: int
    again: str
    steps: list[str] = field(default_factory=list)
    visited: set[str] = field(default_factory=set)
    missed: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)

    def over(self, pages: Sequence[str], steps: int) -> int:
        """Take about `steps` steps, shared among the pages; return how many there were.

        Raises `Broken` at the first thing that breaks.
        """
        order = list(pages)
        self.rng.shuffle(order)
        began = len(self.steps)
        for index, page in enumerate(order):
            self._stay_at(page, began + round(steps * (index + 1) / len(order)))
        return len(self.steps) - began

    def _stay_at(self, page: str, until: int) -> None:
        """Crawl one page until so many steps are done in all, and at least until one was done there.

        The walkers take turns.
        """
        away = dict.fromkeys(range(len(self.walkers)), AWAY_AT_MOST + 1)
        latest = max(until, len(self.steps) + COMES_AT_LAST_AFTER)
        while len(self.steps) < until or (page not in self.visited and len(self.steps) < latest):
            turn = self.rng.randrange(len(self.walkers))
            walker = self.walkers[turn]
            away[turn] = away[turn] + 1 if walker.path != page else 0
            if away[turn] > AWAY_AT_MOST or walker.is_out():
                self._go(walker, page)
                away[turn] = 0
            self._step(walker, page)

    def _go(self, walker: Walker, page: str) -> None:
        if walker.is_out():
            walker.enter(walker.page)
            self._note(walker, "joins again")
        self._note(walker, f"opens {page}")
        walker.page.goto(walker.address(page))
        self._look(walker)

    def _step(self, walker: Walker, page: str) -> None:
        """Do one thing that is in reach, and look whether all is well."""
        for _ in range(MISSED_AT_MOST):
            where = walker.path
            try:
                done, walker.last = act(walker.page, self.rng, walker.last)
            except Error as unreachable:
                self.missed += 1
                if not walker.page.url.startswith(self.watcher.origin):
                    self._go(walker, page)
                walker.page.keyboard.press("Escape")
                self._look(walker, unreachable)
                continue
            self.steps.append(f"{walker.name} at {where}: {done}")
            self.visited.add(where)
            self._look(walker)
            return
        self._go(walker, page)

    def _note(self, walker: Walker, what: str) -> None:
        self.steps.append(f"{walker.name} {what}")

    def _look(self, walker: Walker, missed: Error | None = None) -> None:
        if not walker.page.url.startswith(self.watcher.origin):
            walker.page.goto(self.watcher.origin)
        faults = self.watcher.faults(walker.page)
        if faults:
            raise Broken(self._told(faults, missed))

    def _told(self, faults: Sequence[str], missed: Error | None) -> str:
        first = max(0, len(self.steps) - TOLD_STEPS)
        lines = [f"{number:5}. {step}" for number, step in enumerate(self.steps[first:], first + 1)]
        if missed:
            lines.append(f"       then, out of reach: {missed.message.splitlines()[0]}")
        return "\n".join(
            [f"After {len(self.steps)} steps something broke. Again: {self.again}", *lines, "What broke:", *faults]
        )
