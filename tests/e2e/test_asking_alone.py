"""Everybody is asked one question alone, in browsers: pages follow the facilitator, nobody sees another answer."""

from __future__ import annotations

import re

import pytest
from conftest import OwnBrowser, enter
from playwright.sync_api import Locator, Page, expect

from tests.e2e.watching import still
from tests.live_server import Server

QUESTION = "label-delay"
TITLE = "Delay of the truth"
Two = tuple[Page, Page]


@pytest.fixture
def two(app: Server, own_browser: OwnBrowser) -> Two:
    """The facilitator and a participant on phase zero, with one question just asked of everybody."""
    links = app.new_workshop()
    leader, other = own_browser().new_page(), own_browser().new_page()
    for page, role in ((leader, "facilitator"), (other, "participant")):
        page.set_viewport_size({"width": 1440, "height": 900})
        enter(page, links[role])
        go(page, "phase-zero")
        expect(page.locator(f".st-key-more-{QUESTION}")).to_be_attached()
    menu = leader.get_by_role("button", name=f"More: {TITLE}")
    menu.click()
    still(leader)
    leader.get_by_role("button", name="Ask everybody alone").click()
    return leader, other


def go(page: Page, step: str) -> None:
    page.goto(re.sub(r"/[a-z-]+\?", f"/{step}?", page.url))


def card(page: Page) -> Locator:
    return page.locator(".st-key-blind-question")


def say(page: Page, text: str) -> None:
    field = card(page).get_by_role("textbox", name=TITLE)
    field.fill(text)
    field.press("Tab")
    expect(page.get_by_text("Your answer is kept.")).to_be_visible()


def test_all_answer_alone_and_see_all_answers_together(two: Two) -> None:
    leader, other = two
    # The participant has pressed nothing: their page follows.
    expect(card(other)).to_be_visible()
    say(other, "14")
    expect(leader.locator(".assessing")).to_have_text("Blind question · 1 answered")
    expect(other.locator(".assessing")).to_have_text("Blind question")
    say(leader, "7")
    expect(leader.locator(".assessing")).to_have_text("Blind question · 2 answered")
    expect(card(other).get_by_text("7 days")).to_have_count(0)
    expect(card(other).get_by_role("button", name="Reveal")).to_have_count(0)
    leader.get_by_role("button", name="Reveal").click()
    for page in two:
        expect(card(page).get_by_text("Revealed")).to_be_visible()
        expect(card(page).get_by_text("7 days")).to_be_visible()
        expect(card(page).get_by_text("14 days")).to_be_visible()
        expect(page.get_by_text("was not saved")).to_have_count(0)
    expect(other.get_by_role("button", name="Take as the answer")).to_have_count(0)
    leader.get_by_role("button", name="Take as the answer").last.click()
    expect(leader.get_by_role("button", name="Take as the answer")).to_have_count(1)
    leader.get_by_role("button", name="Close", exact=True).click()
    for page in two:
        expect(card(page)).to_have_count(0)
    expect(leader.get_by_role("textbox", name=TITLE)).to_have_value("14")


@pytest.mark.long
def test_who_is_elsewhere_is_led_to_the_question_and_not_to_assess(two: Two) -> None:
    _, other = two
    go(other, "assess")
    expect(other.get_by_text("The room answers one question alone just now")).to_be_visible()
    other.locator(".assessing").click()
    expect(other).to_have_url(re.compile("/phase-zero"))
    expect(card(other)).to_be_visible()


@pytest.mark.long
def test_a_question_is_set_aside_in_its_menu_and_taken_up_again(app: Server, own_browser: OwnBrowser) -> None:
    page = own_browser().new_page()
    enter(page, app.new_workshop()["participant"])
    go(page, "phase-zero")
    menu = page.get_by_role("button", name=f"More: {TITLE}")
    menu.click()
    page.get_by_role("textbox", name="Why it does not apply").fill("Nobody ever learns what was right")
    # The click that closes the menu is the one that leaves the field.
    page.get_by_role("heading", name="The learning task").click()
    expect(page.get_by_text("Does not apply: Nobody ever learns what was right")).to_be_visible()
    expect(page.get_by_role("textbox", name=TITLE)).to_have_count(0)
    still(page)
    menu.click()
    page.get_by_role("button", name="It does apply").click()
    expect(page.get_by_role("textbox", name=TITLE)).to_be_visible()
    expect(page.get_by_text("Does not apply:")).to_have_count(0)
