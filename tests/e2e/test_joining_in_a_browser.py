"""Joining as browsers do it: by a click from another site, over plain HTTP in a room, and never unasked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from canvas.store.access import Access, secret_in
from canvas.store.store import Store
from tests.e2e.browsers import chromium
from tests.e2e.conftest import wait_until_live
from tests.live_server import Server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def room_page(playwright: Playwright) -> Iterator[Page]:
    """A page of a browser for which `room.test` is this machine: to it, plain HTTP there is as little to be trusted as
    on the network of a room, and it says nothing about who opens a link."""
    with chromium(playwright, "--host-resolver-rules=MAP room.test 127.0.0.1") as launched:
        yield launched.new_page()


def joined(app: Server, workshop: str) -> int:
    store = Store.in_folder(app.data)
    try:
        return sum(link.joined for link in Access(store, secret_in(app.data)).links(workshop))
    finally:
        store.close()


def from_another_site(page: Page, body: str) -> None:
    """Open a page of another site that holds `body`."""

    def answer(route: Route) -> None:
        route.fulfill(body=f"<!doctype html>{body}", content_type="text/html")

    page.route("http://127.0.0.1:1/chat", answer)
    page.goto("http://127.0.0.1:1/chat")


def test_a_facilitator_follows_a_link_from_another_site_straight_in(app: Server, page: Page) -> None:
    links = app.new_workshop()
    from_another_site(page, f'<a href="{links["facilitator"]}">our workshop</a>')
    page.get_by_role("link").click()
    page.wait_for_url("**/canvas?**")
    wait_until_live(page)
    assert joined(app, links["workshop"]) == 1


def test_pictures_and_frames_of_another_site_join_nobody(app: Server, page: Page) -> None:
    links = app.new_workshop()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    from_another_site(
        page,
        f'<img src="{links["facilitator"]}"><iframe src="{links["facilitator"]}"></iframe>'
        f'<img src="{links["participant"]}"><img src="{links["viewer"]}">',
    )
    # Pictures and frames are there, or refused, before a page counts as loaded.
    page.wait_for_load_state("load")
    assert set(asked) >= {links[role] for role in ("facilitator", "participant", "viewer")}
    assert joined(app, links["workshop"]) == 0


def test_a_form_of_another_site_joins_nobody_and_is_told_why(app: Server, page: Page) -> None:
    links = app.new_workshop()
    from_another_site(page, f'<form method=post action="{links["participant"]}"><button>Win</button></form>')
    page.get_by_role("button").click()
    expect(page.get_by_role("heading")).to_have_text("You have not joined")
    assert joined(app, links["workshop"]) == 0


@pytest.mark.parametrize("role", ["facilitator", "participant"])
def test_over_plain_http_in_a_room_everybody_gets_in(app: Server, room_page: Page, role: str) -> None:
    links = app.new_workshop()
    room_page.goto(links[role].replace("127.0.0.1", "room.test"))
    if role == "participant":
        room_page.get_by_label("Your name").fill("Anne")
        room_page.get_by_role("button", name="Join").click()
    room_page.wait_for_url("http://room.test:*/canvas?**")
    wait_until_live(room_page)
    assert joined(app, links["workshop"]) == 1
