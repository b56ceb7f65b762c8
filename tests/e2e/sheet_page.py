"""The words in which the tests of the sheet speak: rows, answers, what stands beside them. Selectors live here."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from assessments.library.load import shipped
from canvas.document.workshop import Answer
from canvas.log.fold import document_of
from canvas.store.store import Store
from tests.live_server import Server

# The one that is offered first.
MODEL = shipped().models["mltestscore"]
PRACTICES = shipped().practices
ASKED = [practice for practice in PRACTICES if MODEL.asks(practice)]


def assess(page: Page) -> None:
    """Go from the canvas to the sheet and wait until it is there."""
    page.goto(re.sub(r"/canvas\?", "/assess?", page.url))
    expect_sheet(page)


def expect_sheet(page: Page) -> None:
    expect(page.locator("#sheet .row.open")).to_have_count(1)
    expect(page.locator("#sheet .standing .side-card").first).to_be_visible()
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")


def row(page: Page, practice: str) -> Locator:
    return page.locator(f'#sheet .row[data-id="{practice}"]')


def radio(page: Page, practice: str, answer: str) -> Locator:
    return row(page, practice).locator(f'[role=radio][data-answer="{answer}"]')


def opened(page: Page) -> str:
    """Return the practice whose row is open."""
    return str(page.locator("#sheet .row.open").get_attribute("data-id"))


def rows(page: Page) -> list[str]:
    """Return the practices that are shown, in order."""
    found: list[str] = page.locator("#sheet .row").evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
    return found


def go_to(page: Page, practice: str) -> None:
    """Open the row of a practice, with the focus on its answers."""
    section = next(c.section for c in MODEL.criteria if c.item == practice)
    title = next(s.title for s in MODEL.sections if s.id == section)
    page.locator("#sheet .section").filter(has_text=title).click()
    if opened(page) != practice:
        row(page, practice).locator(".title").click()
    expect_at(page, practice)
    row(page, practice).locator("[role=radio][tabindex='0']").focus()


def expect_at(page: Page, practice: str) -> None:
    expect(row(page, practice)).to_have_class(re.compile(r"\bopen\b"))


def expect_answer(page: Page, practice: str, answer: str | None) -> None:
    checked = row(page, practice).locator("[role=radio][aria-checked=true]")
    if answer is None:
        expect(checked).to_have_count(0)
    else:
        expect(checked).to_have_attribute("data-answer", answer)


def sure(page: Page) -> Locator:
    return page.locator("#sheet .big b").first


# What a screen reader is told one after the other; the next thing takes the place of the last.
LISTEN = """() => {
  const sheet = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector("#sheet")).shadowRoot;
  const said = sheet.querySelector("#sheet > [role=status]");
  window.heard = [];
  const keep = new MutationObserver(() => window.heard.push(said.textContent));
  keep.observe(said, { childList: true, characterData: true, subtree: true });
}"""


def listen(page: Page) -> None:
    """Keep what the sheet says from now on."""
    page.evaluate(LISTEN)


def expect_heard(page: Page, words: str) -> None:
    """Wait until something said since `listen` has these words."""
    page.wait_for_function("(words) => window.heard.some((text) => text.includes(words))", arg=words)


def recorded(app: Server, workshop: str) -> dict[str, Answer]:
    store = Store.in_folder(app.data)
    try:
        return {answer.id: answer for answer in store.read(workshop, document_of).answers}
    finally:
        store.close()


def expect_recorded(page: Page, app: Server, workshop: str, wanted: dict[str, str]) -> None:
    """Wait until everything is saved; then the log has these answers among its own."""
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    found = recorded(app, workshop)
    assert {practice: str(found[practice].value or found[practice].state) for practice in wanted} == wanted
