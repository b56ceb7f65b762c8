"""A blind round as people live through it: alone until the reveal, together afterwards, with dissent kept."""

from __future__ import annotations

import re

import pytest
from conftest import OpenBoard, OwnBrowser, enter, settled
from playwright.sync_api import Page, expect
from sheet_page import ASKED, MODEL, assess, expect_answer, expect_sheet, radio

from canvas.log.fold import document_of
from canvas.store.store import Store
from tests.e2e.watching import still
from tests.live_server import Server

Two = tuple[Page, Page]

# The page is there, its live connection is not: every attempt fails until somebody puts the plug in.
UNPLUGGED = """
globalThis.plugged = false;
const Real = WebSocket;
globalThis.WebSocket = class extends Real {
  constructor(address, ...rest) {
    const away = !globalThis.plugged && String(address).includes("/live?");
    super(away ? String(address).replace("/live?", "/nothing?") : address, ...rest);
  }
};
"""


@pytest.fixture
def two(app: Server, own_browser: OwnBrowser) -> Two:
    """The facilitator and a participant, both on the page that assesses, with a round just begun."""
    links = app.new_workshop()
    leader, other = own_browser().new_page(), own_browser().new_page()
    for page, role in ((leader, "facilitator"), (other, "participant")):
        page.set_viewport_size({"width": 1440, "height": 900})
        enter(page, links[role])
        assess(page)
    start(leader)
    expect(other.get_by_role("heading", name=f"Blind answers: {MODEL.title}")).to_be_visible()
    return leader, other


def start(leader: Page) -> None:
    leader.get_by_role("button", name="Answer blind").click()
    leader.get_by_role("button", name="Start the round").click()
    expect(leader.get_by_role("heading", name=f"Blind answers: {MODEL.title}")).to_be_visible()


def say(page: Page, *answers: str) -> None:
    """Answer the practices that come up, one after the other."""
    for answer in answers:
        told = page.get_by_text(re.compile(r"You have answered \d+ of"))
        done = int(re.findall(r"answered (\d+) of", told.inner_text())[0])
        asked = page.locator(".st-key-blind-round")
        asked.get_by_role("radio", name=answer, exact=True).click()
        expect(page.get_by_text(f"You have answered {done + 1} of")).to_be_visible()
        expect(asked.get_by_role("radio", checked=True)).to_have_count(0)


def test_nobody_sees_the_others_before_the_reveal_and_all_do_after_it(two: Two) -> None:
    leader, other = two
    expect(other.get_by_role("button", name="Reveal the answers")).to_have_count(0)
    say(other, "Automated", "Not done", "By hand, documented")
    expect(leader.locator(".assessing")).to_have_text("Blind answers · 1 answered")
    expect(other.locator(".assessing")).to_have_text("Blind answers")
    expect(leader.get_by_text("You have answered 0 of")).to_be_visible()
    say(leader, "Not done", "Not done", "By hand, documented")
    leader.get_by_role("button", name="Reveal the answers").click()
    for page in two:
        expect(page.get_by_role("heading", name=f"Revealed: {MODEL.title}")).to_be_visible()
        expect(page.get_by_text("To talk about: 1.")).to_be_visible()
        expect(page.locator(".st-key-blind-round").get_by_text("Not done 1 · Automated 1")).to_be_visible()
    expect(other.get_by_role("button", name="Close the round")).to_have_count(0)


def test_what_the_room_agrees_on_is_kept_with_its_spread_and_dissent(two: Two) -> None:
    leader, other = two
    say(other, "Automated", "Not done")
    say(leader, "Not done", "Not done")
    leader.get_by_role("button", name="Reveal the answers").click()
    expect(leader.get_by_role("heading", name=f"Revealed: {MODEL.title}")).to_be_visible()
    settled(leader)
    apart = leader.locator(f".st-key-apart-{ASKED[0].replace('.', '-')}")
    apart.get_by_role("radio", name="By hand, documented").click()
    dissent = apart.get_by_label("Who has another view, and why")
    dissent.fill("<b>Nightly</b> job $x$ exists")
    dissent.press("Tab")
    leader.get_by_role("button", name="Record what all agree on (1)").click()
    expect(leader.get_by_role("button", name="Record what all agree on")).to_have_count(0)
    leader.get_by_role("button", name="Close the round").click()
    expect(leader.get_by_role("heading", name=f"Revealed: {MODEL.title}")).to_have_count(0)
    for page in two:
        page.reload()
        expect_sheet(page)
        expect(page.get_by_test_id("stSidebar").get_by_text(re.compile(r"\b2 of \d+")).first).to_be_visible()


def test_a_double_click_on_an_answer_gives_it_once(two: Two) -> None:
    leader, _ = two
    asked = leader.locator(".st-key-blind-round")
    asked.get_by_role("radio", name="Automated", exact=True).dblclick()
    expect(leader.get_by_text("You have answered 1 of")).to_be_visible()
    settled(leader)
    expect(leader.get_by_text("You have answered 1 of")).to_be_visible()


def test_hands_are_counted_for_people_without_a_device(two: Two) -> None:
    leader, other = two
    leader.get_by_text("Count hands in the room").click()
    still(leader)
    for title, count in (("Not done", "4"), ("Automated", "2")):
        leader.get_by_role("textbox", name=title).fill(count)
    leader.get_by_role("button", name="Keep the count").click()
    # Streamlit answers the later of two clicks first when both come during one run, and a reveal ends the counting.
    expect(leader.get_by_text("Kept: 6 hands.")).to_be_visible()
    expect(leader.get_by_role("textbox", name="Not done")).to_have_value("4")
    settled(leader)
    leader.get_by_role("button", name="Reveal the answers").click()
    expect(other.get_by_text("Not done 4 · Automated 2")).to_be_visible()


def test_a_round_that_begins_before_a_page_is_live_reaches_that_page_too(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    leader, other = open_board(links["facilitator"]), open_board(links["participant"])
    assess(leader)
    other.add_init_script(UNPLUGGED)
    other.goto(re.sub(r"/canvas\?", "/assess?", other.url))
    expect(other.locator("#sheet .row.open")).to_have_count(1)
    start(leader)
    other.evaluate("globalThis.plugged = true")
    expect(other.get_by_role("heading", name=f"Blind answers: {MODEL.title}")).to_be_visible()


def recorded(app: Server, workshop: str) -> dict[str, str]:
    store = Store.in_folder(app.data)
    try:
        answers = store.read(workshop, document_of).answers
    finally:
        store.close()
    return {answer.id: str(answer.value) for answer in answers}


@pytest.mark.long
def test_a_round_takes_nothing_away_from_what_was_recorded_before(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop("Recorded before")
    leader, other = open_board(links["facilitator"]), open_board(links["participant"])
    first, second = ASKED[:2]
    for page, practice, said in ((leader, first, "automated"), (other, second, "manual")):
        assess(page)
        radio(page, practice, said).click()
        expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    before = recorded(app, links["workshop"])
    assert before == {first: "automated", second: "manual"}
    for _ in range(2):
        start(leader)
        say(other, "Not done")
        leader.get_by_role("button", name="Reveal the answers").click()
        for page in (leader, other):
            expect(page.get_by_role("heading", name=f"Revealed: {MODEL.title}")).to_be_visible()
            settled(page)
        leader.get_by_role("button", name="Close the round").click()
        for page in (leader, other):
            expect(page.get_by_role("heading", name=f"Revealed: {MODEL.title}")).to_have_count(0)
            settled(page)
            page.get_by_role("tab", name="Evidence").click()
            settled(page)
            page.get_by_role("tab", name="Practices").click()
            settled(page)
        assert recorded(app, links["workshop"]) == before
    for page in (leader, other):
        expect_answer(page, first, "automated")
        expect_answer(page, second, "manual")
