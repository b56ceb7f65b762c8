"""`make crawl`: a long crawl of the app, over every page as every role, until it breaks or its steps are done.

Set by variables: CRAWL_SEED (a fresh one is drawn and printed), CRAWL_STEPS in all, and CRAWL_PAGES, CRAWL_ROLES and
CRAWL_FILLINGS (`empty`, `full`), each a list with commas. With CRAWL_TOGETHER=1 a second person is always in the room.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import cast

from playwright.sync_api import Browser, sync_playwright

from canvas.log.op import ROLES, Role
from tests.e2e.browsers import chromium
from tests.e2e.crawl_room import FILLINGS, PAGES, Filling, Plan, crawl
from tests.e2e.crawling import Broken
from tests.live_server import Server

STEPS = 3000


def plans(settings: Mapping[str, str]) -> Iterator[Plan]:
    """Yield a crawl for each role and workshop that the settings name. Ends with a message when they name others."""
    seed = int(settings.get("CRAWL_SEED") or secrets.randbelow(10**6))
    pages = _listed(settings, "CRAWL_PAGES", PAGES)
    roles = cast(tuple[Role, ...], _listed(settings, "CRAWL_ROLES", ROLES))
    fillings = cast(tuple[Filling, ...], _listed(settings, "CRAWL_FILLINGS", FILLINGS))
    runs = list(product(roles, fillings))
    steps = int(settings.get("CRAWL_STEPS") or STEPS) // len(runs)
    for role, filling in runs:
        # Two people in a full workshop get in each other's way; alone, one is not held up by the other.
        together = filling == "full" or bool(settings.get("CRAWL_TOGETHER"))
        yield Plan(role, filling, seed, steps, pages, together)


def _listed(settings: Mapping[str, str], name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    wanted = tuple(filter(None, settings.get(name, "").split(","))) or known
    unknown = set(wanted) - set(known)
    if unknown:
        sys.exit(f"{name} names {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    return wanted


def main() -> int:
    """Crawl as the environment says; return how many of the crawls broke something."""
    broken = 0
    with sync_playwright() as playwright, chromium(playwright) as browser, tempfile.TemporaryDirectory() as data:
        for plan in plans(os.environ):
            print(f"{plan.command}", flush=True)
            broken += not _fine(plan, browser, Path(data))
    return broken


def _fine(plan: Plan, browser: Browser, folder: Path) -> bool:
    """Crawl against an app of its own, so that one broken thing is told once."""
    data = Path(tempfile.mkdtemp(dir=folder))
    server = Server(data)
    server.start()
    try:
        done = crawl(plan, browser, server)
    except Broken as broken:
        print(f"{broken}\n", flush=True)
        return False
    finally:
        server.kill()
    print(f"{len(done.steps)} steps, nothing broke; {done.missed} times what was meant was out of reach.\n", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(min(main(), 1))
