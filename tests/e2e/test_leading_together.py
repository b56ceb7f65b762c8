"""What a phone keeps in sight while it scrolls, and two facilitators whose controls agree."""

from __future__ import annotations

from board_page import add_note, block, expect_saved
from conftest import OpenBoard
from playwright.sync_api import Page, expect
from test_facilitation import lead

from tests.live_server import Server

PHONE = {"width": 390, "height": 844, "touch": True}


def controls(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_text("Lead the room").click()
    expect(page.get_by_role("button", name="Write privately")).to_be_visible()


def test_what_one_facilitator_does_is_on_the_controls_of_the_other(app: Server, open_board: OpenBoard) -> None:
    link = app.new_workshop()["facilitator"]
    one, other = open_board(link), open_board(link)
    for page in (one, other):
        controls(page)
    one.get_by_role("button", name="Write privately").click()
    expect(other.get_by_role("button", name="Reveal all notes")).to_be_visible()
    other.get_by_role("button", name="Reveal all notes").click()
    expect(one.get_by_role("button", name="Write privately")).to_be_visible()
    add_note(one, "data", "still at work")
    expect_saved(other)


def test_a_phone_that_scrolls_keeps_the_timer_the_dots_and_being_offline_in_sight(
    app: Server, open_board: OpenBoard
) -> None:
    links = app.new_workshop()
    facilitator, phone = open_board(links["facilitator"]), open_board(links["participant"], **PHONE)
    lead(facilitator, "timer", {"seconds": 300, "label": "Silent writing"})
    lead(facilitator, "private", True)
    lead(facilitator, "voting", {"state": "open", "budget": 3})
    pinned = phone.locator(".pinned")
    expect(phone.locator(".timer")).to_be_visible()
    expect(pinned).to_be_hidden()
    block(phone, "metadata").scroll_into_view_if_needed()
    expect(phone.locator(".timer")).not_to_be_in_viewport()
    expect(pinned).to_be_in_viewport()
    expect(pinned).to_contain_text("04:5")
    expect(pinned).to_contain_text("Private writing · 3 dots left")
    phone.context.set_offline(True)
    app.kill()
    expect(pinned).to_contain_text("Offline")
    app.start()
    phone.context.set_offline(False)
    expect(pinned).not_to_contain_text("Offline")
