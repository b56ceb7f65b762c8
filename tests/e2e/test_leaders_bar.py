"""The bar from which a room is led, and that of everybody else: one step for all, at every width, by mouse and key."""

from __future__ import annotations

import re

import pytest
from board_page import add_note, block, expect_saved, note
from conftest import OpenBoard
from playwright.sync_api import Page, expect
from test_accessibility import dressed, serious
from test_facilitation import lead

from tests.e2e.watching import still
from tests.live_server import Server

Two = tuple[Page, Page]
# What has no room in its own box: a label that ends before its end.
CUT = """() => {
  const host = [...document.querySelectorAll("*")].find((node) => node.shadowRoot?.querySelector("#header"));
  const words = "button, b, small, .sentence, .agenda, .at, .clock, .label, .state, .vote";
  const shown = [...host.shadowRoot.querySelectorAll(`#header :is(${words})`)].filter((part) => part.checkVisibility());
  const tooLong = (part) => getComputedStyle(part).display !== "inline" && part.scrollWidth > part.clientWidth + 1;
  const outside = ({ left, right }) => left < -1 || right > document.documentElement.clientWidth + 1;
  return shown
    .filter((part) => tooLong(part) || outside(part.getBoundingClientRect()))
    .map((part) => part.textContent);
}"""
SLEPT = """() => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  // A device that sleeps keeps a dead socket without being told.
  client.connection.stop();
}"""
WOKE = """() => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  client.connection.stopped = false;
  client.connection.connect();
}"""

# What the room is like comes later than everything else.
HOLD_ROOM = """() => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  const take = client.takeRoom.bind(client);
  const held = [];
  client.takeRoom = (facts) => held.push(facts);
  window.letGo = () => {
    client.takeRoom = take;
    held.forEach(take);
  };
}"""


@pytest.fixture
def two(app: Server, open_board: OpenBoard) -> Two:
    """The facilitator, and one participant."""
    links = app.new_workshop()
    return open_board(links["facilitator"]), open_board(links["participant"])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_next_takes_everybody_along_and_tells_the_room_what_to_do(two: Two) -> None:
    leader, guest = two
    expect(guest.locator(".led .sentence")).to_contain_text("Puts the whole system on one page")
    press(leader, "Start the agenda")
    for page in two:
        expect(page.locator(".at")).to_have_text("Step 1 of 13")
        expect(page.locator(".agenda")).to_have_text("Arrive and agree on the goal")
        expect(page.locator(".sentence")).to_contain_text("Join by the code on the wall")
        expect(page.locator(".clock")).to_have_text(re.compile(r"0[23]:\d\d"))
    leader.locator(".step-on").press("Enter")
    for page in two:
        expect(page.locator(".step")).to_have_text("Entry check")
        expect(page.locator(".at")).to_have_text("Step 2 of 13")
    expect(guest.locator(".room-said")).to_contain_text("brought you to Entry check")
    # The bar was made anew with the page; whoever leads by keys goes on with the next key.
    expect(leader.locator(".step-on")).to_be_focused()
    for _ in range(3):
        leader.locator(".step-on").press("]")
        expect(leader.locator(".saved")).to_have_attribute("data-state", "saved")
    for page in two:
        expect(page.locator(".agenda")).to_have_text("Value proposition")
        expect(page.locator(".step")).to_have_text("Stack Canvas")
        expect(block(page, "value")).to_be_in_viewport()
    expect(block(guest, "value")).to_be_focused()
    expect(guest.locator(".where")).to_have_text("Write in Value Proposition")
    press(leader, "Back")
    expect(guest.locator(".step")).to_have_text("Readiness")
    # Whoever clicks goes on with the page: no key meant for it moves the room once more.
    expect(leader.locator(".step")).to_have_text("Readiness")
    expect(leader.locator("#header :focus")).to_have_count(0)
    leader.keyboard.press("Enter")
    expect(guest.locator(".step")).to_have_text("Readiness")
    leader.locator(".more").click()
    press(leader, "End the agenda")
    expect(guest.locator(".at")).to_be_hidden()
    expect(guest.locator(".clock")).to_be_hidden()


def test_who_leads_sees_who_has_written_how_many_and_reveals_them(two: Two) -> None:
    leader, guest = two
    leader.get_by_role("switch", name="Private writing").click()
    expect(guest.locator(".state.private")).to_contain_text("only you see your notes")
    expect(leader.get_by_role("button", name="End private writing")).to_be_visible()
    written = leader.locator(".tool", has_text="Private writing").locator("small")
    expect(written).to_have_text("someone 0")
    add_note(guest, "data", "not for your eyes")
    expect(written).to_have_text("someone 1")
    vote = leader.get_by_role("switch", name="Vote")
    vote.click(force=True)
    expect(leader.locator(".told")).to_contain_text("Reveal the notes first")
    expect(vote).not_to_be_checked()
    press(leader, "Reveal 1 note")
    expect(note(leader, "not for your eyes")).to_be_visible()
    expect(guest.locator(".state.private")).to_be_hidden()
    expect(written).to_have_text("all notes are seen")


def test_a_vote_is_started_with_the_dots_that_are_typed(two: Two) -> None:
    leader, guest = two
    dots = leader.get_by_role("textbox", name="dots each")
    dots.fill("many")
    leader.get_by_role("switch", name="Vote").click()
    expect(dots).to_have_attribute("aria-invalid", "true")
    expect(dots).to_be_focused()
    dots.fill("3")
    leader.get_by_role("switch", name="Vote").click()
    expect(guest.locator(".vote")).to_have_text("Vote: 3 dots left")
    expect(guest.locator(".dot-row i")).to_have_count(3)
    expect(leader.locator(".vote")).to_have_text("0 voted · 3 dots left")
    press(leader, "Show the result")
    expect(guest.get_by_role("button", name="Result of the vote")).to_be_visible()


def test_keys_pause_and_go_on_only_while_the_bar_has_the_focus(two: Two) -> None:
    leader, guest = two
    press(leader, "Start the agenda")
    expect(guest.locator(".clock")).to_be_visible()
    bar = leader.get_by_role("region", name="Leader's bar")
    block(leader, "data").focus()
    leader.keyboard.press("]")
    leader.keyboard.press(" ")
    bar.focus()
    leader.keyboard.press(" ")
    expect(guest.locator(".label")).to_have_text("paused")
    expect(guest.locator(".at")).to_have_text("Step 1 of 13")
    shown = guest.locator(".clock").inner_text()
    guest.wait_for_timeout(2_200)
    expect(guest.locator(".clock")).to_have_text(shown)
    expect(guest.locator(".room-said")).to_contain_text("The timer is paused.")
    press(leader, "+2 min on the timer")
    expect(guest.locator(".clock")).to_have_text(re.compile(r"0[45]:\d\d"))
    leader.locator(".more").click()
    leader.get_by_role("switch", name="Single keys").click()
    leader.keyboard.press("Escape")
    bar.focus()
    leader.keyboard.press(" ")
    leader.keyboard.press("]")
    press(leader, "Resume the timer")
    expect(guest.locator(".label")).to_be_hidden()
    expect(guest.locator(".at")).to_have_text("Step 1 of 13")


@pytest.mark.long
def test_a_device_that_slept_and_one_that_comes_late_show_how_it_is_now(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    leader, guest = open_board(links["facilitator"]), open_board(links["participant"])
    press(leader, "Start the agenda")
    expect(guest.locator(".at")).to_have_text("Step 1 of 13")
    guest.evaluate(SLEPT)
    press(leader, "Next")
    expect(leader.locator(".step")).to_have_text("Entry check")
    press(leader, "Pause the timer")
    expect(leader.locator(".label")).to_have_text("paused")
    left = leader.locator(".clock").inner_text()
    guest.evaluate(WOKE)
    expect(guest.locator(".step")).to_have_text("Entry check")
    late = open_board(links["participant"])
    for page in (guest, late):
        expect(page.locator(".at")).to_have_text("Step 2 of 13")
        expect(page.locator(".clock")).to_have_text(left)
        expect(page.locator(".label")).to_have_text("paused")
    press(late, "Go to Entry check")
    expect(late.locator(".step")).to_have_text("Entry check")


def test_the_sentence_is_written_in_place_and_nobody_loses_one(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    leader, other, guest = (
        open_board(links["facilitator"]),
        open_board(links["facilitator"]),
        open_board(links["participant"]),
    )
    press(leader, "Start the agenda")
    expect(other.locator(".agenda")).to_be_visible()
    edit = "Edit the sentence that the room reads"
    press(leader, edit)
    field = leader.locator(".sentence-field")
    field.fill("Say your name]")
    field.press("Enter")
    expect(guest.locator(".sentence")).to_have_text("Say your name]")
    press(leader, edit)
    field.fill("Say your name and your depot")
    press(other, edit)
    other.locator(".sentence-field").fill("Say hello")
    other.locator(".sentence-field").press("Enter")
    expect(guest.locator(".sentence")).to_have_text("Say hello")
    field.press("Enter")
    expect(leader.locator(".told")).to_contain_text("It is now: Say hello")
    expect(field).to_have_value("Say your name and your depot")
    # Going to another page leaves it half written; it is there again with its step.
    leader.reload()
    expect(field).to_have_value("Say your name and your depot")
    expect_saved(leader)
    field.press("Enter")
    expect(guest.locator(".sentence")).to_have_text("Say your name and your depot")
    press(leader, edit)
    field.fill("")
    field.press("Enter")
    expect(guest.locator(".sentence")).to_contain_text("Join by the code on the wall")


def test_a_refusal_that_is_faster_than_what_it_tells_loses_nothing(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    leader, other = open_board(links["facilitator"]), open_board(links["facilitator"])
    press(leader, "Start the agenda")
    expect(other.locator(".agenda")).to_be_visible()
    edit = "Edit the sentence that the room reads"
    press(leader, edit)
    leader.locator(".sentence-field").fill("Say your name")
    leader.evaluate(HOLD_ROOM)
    press(other, edit)
    other.locator(".sentence-field").fill("Say hello")
    other.locator(".sentence-field").press("Enter")
    expect(other.locator(".sentence")).to_have_text("Say hello")
    leader.locator(".sentence-field").press("Enter")
    expect(leader.locator(".told")).to_contain_text("It is now: Say hello")
    leader.evaluate("() => window.letGo()")
    leader.locator(".sentence-field").press("Enter")
    expect(other.locator(".sentence")).to_have_text("Say your name")


SIZES = [(1440, 900), (1280, 720), (1024, 768), (720, 450), (390, 844)]


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_bars_can_be_read_and_used_at_every_width(app: Server, open_board: OpenBoard, theme: str) -> None:
    links = app.new_workshop()
    leader = open_board(links["facilitator"], prepare=dressed(theme))
    guest = open_board(links["participant"], prepare=dressed(theme))
    press(leader, "Start the agenda")
    lead(leader, "agenda", {"leaves": "arrive", "enters": "data-and-code"})
    lead(leader, "private", True)
    add_note(guest, "data", "unseen")
    lead(leader, "locked", ["serving"])
    expect(leader.get_by_role("button", name="Reveal 1 note")).to_be_visible()
    found = {}
    for width, height in SIZES:
        for who, page in (("leader", leader), ("guest", guest)):
            page.set_viewport_size({"width": width, "height": height})
            still(page)
            wrong = [*page.evaluate(CUT), *serious(page)]
            if wrong:
                found[f"{who} {width}x{height}"] = wrong
            if height >= 700:
                page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 400)")
                expect(page.locator(".led")).to_be_in_viewport(ratio=0.98)
        if width < 620:
            leader.get_by_role("button", name="Lead: everything else").click()
            for name in ("Private writing", "Vote", "Lock", "Hide authors"):
                expect(leader.get_by_role("dialog").get_by_role("switch", name=name)).to_be_visible()
            found |= {f"sheet {width}": wrong for wrong in [[*leader.evaluate(CUT), *serious(leader)]] if wrong}
            leader.keyboard.press("Escape")
    assert found == {}
    expect_saved(leader)
