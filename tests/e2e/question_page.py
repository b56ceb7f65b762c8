"""The words in which tests speak of one question at a time: what is shown, how it is answered. Selectors live here."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from canvas.method.load import shipped
from canvas.reading.types import RequirementValue

CONTENT = shipped()


def one_at_a_time(page: Page, step: str = "phase-zero") -> None:
    """Go to the questions of a step, one at a time, and wait until the first is there."""
    page.goto(re.sub(r"/[a-z-]+\?", f"/{step}?", page.url))
    expect_question(page)


def expect_question(page: Page) -> None:
    expect(page.locator("#question .count")).to_have_text(re.compile(r"\d+ of \d+|\d+ questions"))
    expect_saved(page)


def expect_saved(page: Page) -> None:
    """Wait until everything that was answered is stored."""
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")


def title(page: Page) -> Locator:
    return page.locator("#question .q:not(.end) .question")


def expect_at(page: Page, question: str) -> None:
    expect(title(page)).to_have_text(" ".join(CONTENT.requirements[question].question.split()))


def go_to(page: Page, question: str) -> None:
    """Skip on to a question, as often as that takes."""
    wanted = " ".join(CONTENT.requirements[question].question.split())
    for _ in range(len(CONTENT.requirements)):
        shown = title(page).inner_text()
        if shown == wanted:
            return
        page.keyboard.press("Alt+ArrowRight")
        expect(title(page)).not_to_have_text(shown)
    raise AssertionError(f"{question} does not come up")


def field(page: Page) -> Locator:
    return page.locator("#question .answer :is(input, textarea)")


def radio(page: Page, option: str) -> Locator:
    return page.locator(f'#question .option[data-id="{option}"]')


def answer(page: Page, question: str, value: RequirementValue) -> None:
    """Give the answer to the question that is shown, with clicks and keys, and go on."""
    definition = CONTENT.requirements[question]
    if definition.type in ("choice", "yes-no"):
        radio(page, str(value) if definition.type == "choice" else ("yes" if value else "no")).click()
    else:
        expect(field(page)).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(str(value))
    page.keyboard.press("Enter")
    expect(page.locator("#question .answer")).not_to_have_attribute("data-question", question)
