"""The words in which the tests of the decisions speak: slots, options, reasons. Selectors live here."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from canvas.document.workshop import Decision, Workshop
from canvas.log.fold import document_of
from canvas.method.load import shipped
from canvas.store.store import Store
from tests.live_server import Server

SLOTS = list(shipped().slots)


def go_deciding(page: Page) -> None:
    """Go from the page that is shown to the decisions and wait until they are there."""
    page.goto(re.sub(r"/[\w-]+\?", "/decide?", page.url))
    expect_deciding(page)


def expect_deciding(page: Page) -> None:
    expect(page.locator("#deciding .question h2")).not_to_be_empty()
    expect(page.locator("#deciding .side:not(.old)")).to_have_count(1)
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")


def current(page: Page) -> str:
    """Return the slot that is shown."""
    return str(page.locator("#deciding .slot[aria-current]").get_attribute("data-id"))


def expect_at(page: Page, slot: str) -> None:
    expect(page.locator("#deciding .slot[aria-current]")).to_have_attribute("data-id", slot)


def go_to(page: Page, slot: str) -> None:
    page.locator(f'#deciding .slot[data-id="{slot}"]').click()
    expect_at(page, slot)


def row(page: Page, slot: str) -> Locator:
    return page.locator(f'#deciding .slot[data-id="{slot}"]')


def card(page: Page, choice: str) -> Locator:
    return page.locator(f'#deciding .option[data-choice="{choice}"]')


def choices(page: Page) -> list[str]:
    """Return the choices that are shown, in order."""
    found: list[str] = page.locator("#deciding .option").evaluate_all("all => all.map((one) => one.dataset.choice)")
    return found


def choose(page: Page, choice: str) -> None:
    card(page, choice).locator(".choose").click()
    expect_chosen(page, choice)


def expect_chosen(page: Page, choice: str) -> None:
    expect(page.locator("#deciding .option.chosen")).to_have_attribute("data-choice", choice)


def reason(page: Page) -> Locator:
    return page.locator("#deciding .because textarea")


def record(page: Page) -> Locator:
    return page.locator("#deciding").get_by_role("button", name="Record and next", exact=True)


def box(page: Page) -> Locator:
    return page.locator("#deciding .refused")


def settled(page: Page) -> None:
    """Wait until everything is saved and what the server makes of it is shown."""
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    expect(page.locator("#deciding .side:not(.old)")).to_have_count(1)


def read(app: Server, workshop: str) -> Workshop:
    store = Store.in_folder(app.data)
    try:
        return store.read(workshop, document_of)
    finally:
        store.close()


def decisions(app: Server, workshop: str) -> tuple[Decision, ...]:
    return read(app, workshop).decisions
