"""A page that is left while it still asks its server for something: the next one comes, whole, and stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OwnBrowser, enter, wait_until_live
from tests.e2e.question_page import expect_question
from tests.live_server import Server

# What a question that comes up asks, again and again, from when its page is left or a little before until that has long
# gone: as if keys were pressed all the while.
ASKS_ON = """(from) => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  const relay = client.relay;
  const ask = () => relay.ask({ saves: [], at: "wrong-prediction-cost", typed: null });
  globalThis.asked = new Promise((ended) => {
    const begin = () => {
      const asking = setInterval(ask, 8);
      setTimeout(() => ended(clearInterval(asking)), 1500);
    };
    if (from) addEventListener(from, begin, { once: true });
    else begin();
  });
}"""
TIMES = 2


def by_a_step_at_the_left(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name="Phase zero").click()


def led_by_the_agenda(page: Page) -> None:
    page.get_by_role("button", name="Next", exact=True).click()


def back_with_the_browser(page: Page) -> None:
    page.go_back(wait_until="commit")


AFTER = {
    by_a_step_at_the_left: "Phase zero",
    led_by_the_agenda: "Phase zero",
    back_with_the_browser: "Entry check",
}
# With the click, or going back; the agenda leads a page some time after its button was pressed.
BEGINS = {by_a_step_at_the_left: "click", led_by_the_agenda: None, back_with_the_browser: "popstate"}


@pytest.mark.parametrize("leave", [by_a_step_at_the_left, led_by_the_agenda, back_with_the_browser])
def test_the_next_page_comes_whole_while_the_one_that_is_left_still_asks(
    app: Server, own_browser: OwnBrowser, leave: Callable[[Page], None]
) -> None:
    page = own_browser(one=True).new_page()
    for _ in range(TIMES):
        enter(page, app.new_workshop()["facilitator"])
        wait_until_live(page)
        page.get_by_role("button", name="Start the agenda").click()
        page.get_by_role("button", name="Next", exact=True).click()
        expect(page.locator(".agenda")).to_have_text("Entry check")
        expect_question(page)
        if leave is back_with_the_browser:
            by_a_step_at_the_left(page)
            expect(page.locator(".step")).to_have_text("Phase zero")
            expect_question(page)
        page.evaluate(ASKS_ON, BEGINS[leave])
        leave(page)
        expect(page.locator(".step")).to_have_text(AFTER[leave])
        # Nothing that still comes in takes it away.
        page.evaluate("globalThis.asked")
        expect_question(page)
        expect(page.locator(".step")).to_have_text(AFTER[leave])
