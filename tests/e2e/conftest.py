"""The real app in a process of its own, and a real Chromium in front of it. Nothing here is simulated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from canvas.document.file import load_workshop
from tests.e2e.browsers import chromium
from tests.e2e.watching import rests
from tests.live_server import Server
from views.question import VIEW_COOKIE

# As patient as Playwright's own actions: with two busy cores a page can take longer than the 5 s of its assertions.
expect.set_options(timeout=30_000)


# Browsers that nobody uses just now, by whether they have a touch screen.
Spare = dict[bool, list[BrowserContext]]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data"))
    running.start()
    yield running
    running.kill()


class Stage:
    """One Chromium for all files of this folder that follow each other: every new one loads all scripts again."""

    def __init__(self) -> None:
        self.opened = ExitStack()
        self.playwright = self.opened.enter_context(sync_playwright())
        self.browser = self.opened.enter_context(chromium(self.playwright))
        self.spare: Spare = {False: [], True: []}

    def clear(self) -> None:
        """Close what the tests of a file have left open."""
        kept = [context for contexts in self.spare.values() for context in contexts]
        for context in self.browser.contexts:
            if context not in kept:
                context.close()


STAGE: pytest.StashKey[Stage] = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Close the browser before a test that is none of this folder: no other event loop can run in this process."""
    yield
    goes_on = nextitem is not None and Path(__file__).parent in nextitem.path.parents
    if STAGE in item.session.stash and not goes_on:
        item.session.stash[STAGE].opened.close()
        del item.session.stash[STAGE]


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    if STAGE not in request.session.stash:
        request.session.stash[STAGE] = Stage()
    found = request.session.stash[STAGE]
    yield found
    found.clear()


@pytest.fixture(scope="module")
def playwright(stage: Stage) -> Playwright:
    """What drives browsers."""
    return stage.playwright


@pytest.fixture(scope="module")
def browser(stage: Stage) -> Browser:
    """A browser for everybody who has one of their own in it."""
    return stage.browser


EXAMPLE = Path(__file__).parents[2] / "examples/starter-git-dvc-make.workshop.yaml"
OwnBrowser = Callable[..., BrowserContext]
OpenBoard = Callable[..., Page]
Prepare = Callable[[Page], None]


@pytest.fixture
def own_browser(browser: Browser, app: Server, stage: Stage) -> Iterator[OwnBrowser]:
    """Return a function that gives somebody a browser that knows nothing yet, with `touch` that of a phone.

    It shows questions as a list, as for somebody who has chosen that; with `one` it has not, and shows one at a time.
    """
    used: list[tuple[bool, BrowserContext]] = []

    def give(*, touch: bool = False, one: bool = False) -> BrowserContext:
        free = stage.spare[touch]
        context = free.pop() if free else browser.new_context(has_touch=touch, is_mobile=touch, reduced_motion="reduce")
        if not one:
            context.add_cookies([{"name": VIEW_COOKIE, "value": "list", "url": app.url}])
        used.append((touch, context))
        return context

    yield give
    for touch, context in used:
        forget_everything(context, app)
        stage.spare[touch].append(context)


@pytest.fixture
def open_board(own_browser: OwnBrowser) -> OpenBoard:
    """Return a function that follows a join link in a browser of its own and waits until the board is live."""

    def follow(
        link: str, width: int = 1440, height: int = 900, *, touch: bool = False, prepare: Prepare | None = None
    ) -> Page:
        page = own_browser(touch=touch).new_page()
        page.set_viewport_size({"width": width, "height": height})
        if prepare:
            prepare(page)
        enter(page, link)
        wait_until_live(page)
        return page

    return follow


@pytest.fixture
def suggesting(app: Server) -> dict[str, str]:
    """A workshop whose board says much, with no answers yet."""
    return app.new_workshop(document=load_workshop(EXAMPLE).model_copy(update={"answers": ()}))


def forget_everything(context: BrowserContext, app: Server) -> None:
    """Leave a browser as if nobody had used it, but for the scripts that it has loaded."""
    for page in context.pages:
        page.close()
    context.set_offline(False)
    context.clear_cookies()
    context.clear_permissions()
    page = context.new_page()
    page.goto(f"{app.url}/healthz")
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.close()


def enter(page: Page, link: str, name: str = "") -> None:
    """Follow a join link; who is asked for a name types it, or none."""
    page.goto(link)
    if page.get_by_role("button", name="Join").count():
        page.get_by_label("Your name").fill(name)
        page.get_by_role("button", name="Join").click()
    # A workshop with answers opens on where it stands; the board is a page further.
    page.wait_for_url(re.compile(r"/(canvas|where-we-stand)\?"))
    if "/canvas?" not in page.url:
        page.goto(page.url.replace("/where-we-stand?", "/canvas?"))


def wait_until_live(page: Page) -> None:
    page.locator(".block").first.wait_for()
    page.locator(".saved[data-state=saved]").wait_for()


def settled(page: Page) -> None:
    """Wait until the page has run for what was just entered; before that, inputs may still be replaced."""
    assert rests(page), f"the page still runs: {page.url}"
