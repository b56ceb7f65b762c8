"""Two who lead one room, and what a phone keeps in sight while it scrolls."""

from __future__ import annotations

from board_page import add_note, block, expect_saved
from conftest import OpenBoard
from playwright.sync_api import Page, expect
from test_facilitation import lead

from tests.live_server import Server

PHONE = {"width": 390, "height": 844, "touch": True}
LEAVE_ARRIVE = """() => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  client.set("room:", "agenda", { leaves: "arrive", enters: "entry" });
}"""


def test_what_one_facilitator_does_is_on_the_bar_of_the_other(app: Server, open_board: OpenBoard) -> None:
    link = app.new_workshop()["facilitator"]
    one, other = open_board(link), open_board(link)
    one.get_by_role("switch", name="Private writing").click()
    expect(other.get_by_role("switch", name="Private writing")).to_be_checked()
    other.get_by_role("button", name="End private writing").click()
    expect(one.get_by_role("switch", name="Private writing")).not_to_be_checked()
    add_note(one, "data", "still at work")
    expect_saved(other)


def test_two_who_press_next_at_once_go_one_step_and_the_slower_one_is_told(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    one, other, guest = (
        open_board(links["facilitator"]),
        open_board(links["facilitator"]),
        open_board(links["participant"]),
    )
    one.get_by_role("button", name="Start the agenda").click()
    expect(other.locator(".agenda")).to_have_text("Arrive and agree on the goal")
    one.get_by_role("button", name="Next", exact=True).click()
    # The first is the first at the server, too.
    expect(guest.locator(".agenda")).to_have_text("Entry check")
    # What the browser of the other sends when its button was pressed before the news of the first came.
    other.evaluate(LEAVE_ARRIVE)
    expect(other.locator(".told")).to_have_text("Somebody else was faster: the room is at 'Entry check' now.")
    for page in (one, other, guest):
        expect(page.locator(".agenda")).to_have_text("Entry check")
    expect(one.locator(".step")).to_have_text("Entry check")
    # The other leads too: nobody carries them off, they are asked.
    expect(other.locator(".step")).to_have_text("Stack Canvas")
    other.get_by_role("button", name="Go there").click()
    expect(other.locator(".step")).to_have_text("Entry check")


def in_sight(page: Page) -> None:
    expect(page.locator(".led")).to_be_in_viewport(ratio=0.99)


def test_a_phone_that_scrolls_keeps_the_timer_the_dots_and_being_offline_in_sight(
    app: Server, open_board: OpenBoard
) -> None:
    links = app.new_workshop()
    facilitator, phone = open_board(links["facilitator"]), open_board(links["participant"], **PHONE)
    lead(facilitator, "timer", {"seconds": 300, "label": "Silent writing"})
    lead(facilitator, "private", True)
    lead(facilitator, "voting", {"state": "open", "budget": 3})
    expect(phone.locator(".vote")).to_have_text("Vote: 3 dots left")
    block(phone, "metadata").scroll_into_view_if_needed()
    title = phone.locator(".title").bounding_box()
    assert title is not None
    assert title["y"] < 0, "the page has scrolled"
    in_sight(phone)
    expect(phone.locator(".clock")).to_contain_text("04:5")
    expect(phone.locator(".state.private")).to_be_visible()
    phone.context.set_offline(True)
    app.kill()
    expect(phone.locator(".state.away")).to_contain_text("Offline")
    in_sight(phone)
    app.start()
    phone.context.set_offline(False)
    expect(phone.locator(".state.away")).to_be_hidden()


def test_in_a_low_window_the_bar_gives_way_to_what_is_typed(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    facilitator, phone = open_board(links["facilitator"]), open_board(links["participant"], **PHONE)
    facilitator.get_by_role("button", name="Start the agenda").click()
    expect(phone.locator(".sentence")).to_contain_text("Join by the code on the wall")
    # As tall as what a keyboard leaves of the screen.
    phone.set_viewport_size({"width": 390, "height": 400})
    block(phone, "metadata").scroll_into_view_if_needed()
    expect(phone.locator(".led")).not_to_be_in_viewport()
    expect(phone.locator(".pinned")).to_be_in_viewport()
    expect(phone.locator(".pinned")).to_contain_text(":")
