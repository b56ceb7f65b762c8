"""A crawl over every page, short enough for each run of the tests; `make proofs` and `make crawl` go on as every role.

The seed is fixed here, so that a red test tells of a change; a crawl that breaks prints its steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from canvas.log.op import ROLES, Role
from tests.e2e.crawl import plans
from tests.e2e.crawl_room import FILLINGS, PAGES, Plan, crawl
from tests.e2e.crawling import Broken, Crawl, Walker
from tests.e2e.watching import STILL_RUNNING_S, Watcher
from tests.live_server import Server

SEED = 20
# In all; each crawl takes its share.
STEPS = 120
STEPS_OF_THE_LONG_ONES = 300
STEPS_TO_A_FAULT = 25
# So long a page may run that never rests. Other faults must be found on a busy machine, too.
SHORT_PATIENCE_S = 3.0


def running(program: str, data: Path) -> Iterator[Server]:
    server = Server(data, program)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, for this file alone: what is in its log happened here."""
    yield from running("app.py", tmp_path_factory.mktemp("crawled"))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app with planted faults."""
    yield from running("tests/e2e/faulty/app.py", tmp_path_factory.mktemp("faulty"))


# Who only looks on finds little to press; the longer crawls of the proofs go as every role.
SHORT_ROLES: tuple[Role, ...] = ("facilitator", "participant")


def halves(steps: int = STEPS, seed: int = SEED, roles: tuple[Role, ...] = SHORT_ROLES) -> list[Plan]:
    """Return a crawl for each role and workshop, each over half of the pages, because opening one takes the most time.

    Each of the roles comes to every page, and every page is crawled in an empty and in a full workshop, once by two
    people.
    """
    every = plans({"CRAWL_SEED": str(seed), "CRAWL_STEPS": str(steps), "CRAWL_ROLES": ",".join(roles)})
    return [
        replace(
            plan,
            pages=plan.pages[(index // 2 + index) % 2 :: 2],
            together=plan.together and plan.role == "facilitator",
        )
        for index, plan in enumerate(every)
    ]


def named(plan: Plan) -> str:
    return f"{plan.role}-{plan.filling}"


@pytest.mark.parametrize("plan", halves(), ids=named)
def test_nothing_breaks_under_random_hands(browser: Browser, crawled: Server, plan: Plan) -> None:
    done = crawl(plan, browser, crawled)
    assert len(done.steps) >= plan.steps
    assert set(plan.pages) <= done.visited


@pytest.mark.long
@pytest.mark.parametrize("plan", halves(STEPS_OF_THE_LONG_ONES, SEED + 1, ROLES), ids=named)
def test_nothing_breaks_under_more_of_it(browser: Browser, crawled: Server, plan: Plan) -> None:
    crawl(plan, browser, crawled)


def test_the_short_crawls_leave_no_page_out() -> None:
    every = set(PAGES)
    for role in SHORT_ROLES:
        assert {page for plan in halves() if plan.role == role for page in plan.pages} == every
    for filling in FILLINGS:
        assert {page for plan in halves() if plan.filling == filling for page in plan.pages} == every


def crawl_faulty(browser: Browser, server: Server, page: str) -> Crawl:
    origin = f"http://127.0.0.1:{server.port}"
    watcher = Watcher(origin, server.log, SHORT_PATIENCE_S if page == "endless" else STILL_RUNNING_S)
    context = browser.new_context()
    watcher.watch(context)
    address = f"{origin}/{page}"
    walker = Walker("somebody", context, lambda opened: opened.goto(address), lambda _page: address)
    try:
        walker.arrive()
        found = Crawl([walker], watcher, SEED, "this test")
        found.over([page], STEPS_TO_A_FAULT)
    finally:
        context.close()
    return found


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("exception", "exception shown: "),
        ("exception", "ValueError: planted on a page"),
        ("log", "ValueError: planted in the log"),
        ("endless", "still running after 3 s"),
        ("script", "script error: Error: planted in a script"),
        ("console", "console: planted in the console"),
        ("policy", "Content Security Policy"),
        ("answer", "answered 500: GET "),
    ],
)
def test_a_planted_fault_is_found_and_told_with_the_steps_to_it(
    browser: Browser, faulty: Server, page: str, told: str
) -> None:
    with pytest.raises(Broken) as broken:
        crawl_faulty(browser, faulty, page)
    steps, _, faults = str(broken.value).partition("What broke:")
    assert told in faults
    assert "Again: this test" in steps
    assert f"somebody at {page}: click 'Press'" in steps


def test_where_nothing_is_planted_nothing_is_found(browser: Browser, faulty: Server) -> None:
    done = crawl_faulty(browser, faulty, "fine")
    assert sum("'Press'" in step for step in done.steps) > 1
    assert len(done.steps) >= STEPS_TO_A_FAULT


def test_a_crawl_is_planned_by_its_variables() -> None:
    one = list(plans({"CRAWL_SEED": "7", "CRAWL_STEPS": "90", "CRAWL_PAGES": "decide,start", "CRAWL_ROLES": "viewer"}))
    assert [(plan.role, plan.filling, plan.together, plan.steps) for plan in one] == [
        ("viewer", "empty", False, 45),
        ("viewer", "full", True, 45),
    ]
    assert one[0].command == (
        "CRAWL_SEED=7 CRAWL_STEPS=45 CRAWL_ROLES=viewer CRAWL_FILLINGS=empty CRAWL_PAGES=decide,start make crawl"
    )
    assert len({plan.seed for _ in range(3) for plan in plans({})}) > 1, "a fresh seed each time"
    with pytest.raises(SystemExit, match="CRAWL_PAGES names nowhere"):
        list(plans({"CRAWL_PAGES": "nowhere"}))
