"""The start page: what it opens, what it lists, and what it says of a broken file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import OwnBrowser, enter
from tests.live_server import Server

NewPage = Callable[..., Page]


@pytest.fixture
def new_page(own_browser: OwnBrowser) -> NewPage:
    """Return a function that opens a page in a browser of its own."""

    def open_page(width: int = 1440, height: int = 900) -> Page:
        page = own_browser().new_page()
        page.set_viewport_size({"width": width, "height": height})
        return page

    return open_page


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


def test_an_example_opens_from_the_start_page(app: Server, page: Page) -> None:
    page.goto(app.url)
    page.get_by_role("button", name="Open a copy").first.click()
    expect(page).to_have_url(re.compile(r"/where-we-stand\?w=\w+"))
    expect(page.locator("#stand .card.verdict")).to_be_visible()


def test_the_start_page_lists_only_what_this_browser_joined(app: Server, page: Page, new_page: NewPage) -> None:
    mine = app.new_workshop("Only mine")
    enter(page, mine["participant"])
    page.goto(app.url)
    expect(page.get_by_role("link", name="Only mine")).to_be_visible()
    stranger = new_page()
    stranger.goto(app.url)
    expect(stranger.get_by_role("heading", name="Start a workshop")).to_be_visible()
    expect(stranger.get_by_text("Only mine")).to_have_count(0)
    stranger.goto(f"{app.url}/canvas?w={mine['workshop']}")
    expect(stranger.get_by_text("this browser has not joined it yet")).to_be_visible()


def test_a_broken_file_is_told_line_by_line_and_opens_nothing(app: Server, page: Page) -> None:
    page.goto(app.url)
    broken = {"name": "w.yaml", "mimeType": "application/yaml", "buffer": b"format: 1\ntitel: x\n"}
    page.locator("input[type=file]").set_input_files([broken])  # type: ignore[list-item]
    page.get_by_role("button", name="Open as a new workshop").click()
    expect(page.get_by_text("w.yaml:2: unknown key 'titel'")).to_be_visible()


def test_a_page_of_a_workshop_finds_its_server_at_once(app: Server, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(app.url)))
    enter(page, app.new_workshop("At once")["participant"])
    asked.clear()
    page.reload()
    expect(page.locator(".block").first).to_be_visible()
    assert [path for path in asked if path.endswith("health")] == ["/_stcore/health"]


def test_where_there_are_no_steps_to_list_nothing_stands_at_the_left(app: Server, page: Page) -> None:
    page.goto(app.url)
    expect(page.get_by_role("heading", name="Start a workshop")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    page.get_by_role("button", name="Open a copy").first.click()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.goto(f"{app.url}/canvas")
    expect(page.get_by_text("Open a workshop first.")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()


def test_a_workshop_is_dated_by_the_day_of_the_browser(app: Server, browser: Browser) -> None:
    """At every moment one of these two has another day than the server."""
    here = datetime.now(UTC)
    place = "Pacific/Kiritimati" if here.hour >= 10 else "Pacific/Pago_Pago"
    context = browser.new_context(timezone_id=place)
    try:
        page = context.new_page()
        page.goto(app.url)
        page.get_by_label("What are you building?").fill("Where the sun is")
        page.get_by_role("button", name="Start", exact=True).click()
        expect(page).to_have_url(re.compile(r"/canvas\?w=\w+"))
        there = here.astimezone(ZoneInfo(place)).date()
        assert there != here.date()
        expect(page.locator(".head-box").filter(has_text="Date")).to_contain_text(there.isoformat())
    finally:
        context.close()
