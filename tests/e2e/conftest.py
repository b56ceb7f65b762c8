"""The real app in a process of its own, and a real Chromium in front of it. Nothing here is simulated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from canvas.document.file import load_workshop
from tests.e2e.browsers import chromium
from tests.e2e.watching import rests
from tests.live_server import Server

# As patient as Playwright's own actions: with two busy cores a page can take longer than the 5 s of its assertions.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data"))
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives browsers for the tests of one file: its event loop runs, and no other can in this process."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for the tests of one file."""
    with chromium(playwright) as launched:
        yield launched


EXAMPLE = Path(__file__).parents[2] / "examples/starter-git-dvc-make.workshop.yaml"
OwnBrowser = Callable[..., BrowserContext]
OpenBoard = Callable[..., Page]
Prepare = Callable[[Page], None]


@pytest.fixture(scope="module")
def spare() -> dict[bool, list[BrowserContext]]:
    """Browsers that nobody uses just now, by whether they have a touch screen: a fresh one loads every script anew."""
    return {False: [], True: []}


@pytest.fixture
def own_browser(browser: Browser, app: Server, spare: dict[bool, list[BrowserContext]]) -> Iterator[OwnBrowser]:
    """Return a function that gives somebody a browser that knows nothing yet, with `touch` that of a phone."""
    used: list[tuple[bool, BrowserContext]] = []

    def give(*, touch: bool = False) -> BrowserContext:
        free = spare[touch]
        context = free.pop() if free else browser.new_context(has_touch=touch, is_mobile=touch, reduced_motion="reduce")
        used.append((touch, context))
        return context

    yield give
    for touch, context in used:
        forget_everything(context, app)
        spare[touch].append(context)


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
    page.wait_for_url("**/canvas?**")


def wait_until_live(page: Page) -> None:
    page.locator(".block").first.wait_for()
    page.locator(".saved[data-state=saved]").wait_for()


def settled(page: Page) -> None:
    """Wait until the page has run for what was just entered; before that, inputs may still be replaced."""
    assert rests(page), f"the page still runs: {page.url}"
