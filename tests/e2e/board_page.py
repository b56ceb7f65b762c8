"""The words in which the board tests speak: blocks, notes, editor. Selectors live here and nowhere else."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def block(page: Page, block_id: str) -> Locator:
    return page.locator(f'.block[data-block="{block_id}"]')


def notes(page: Page, block_id: str) -> Locator:
    return block(page, block_id).locator(".note")


def note(page: Page, text: str) -> Locator:
    return page.locator(".grid .note").filter(has=page.get_by_text(text, exact=True))


def texts(page: Page, block_id: str) -> list[str]:
    return notes(page, block_id).locator(".text").all_text_contents()


def expect_texts(page: Page, block_id: str, wanted: list[str]) -> None:
    """Wait until the notes of a block are these, in this order; every letter counts."""
    shown = notes(page, block_id).locator(".text")
    # The waiting looks at words only, then each space is compared.
    expect(shown).to_have_text(wanted)
    assert shown.all_text_contents() == wanted


def editor(page: Page) -> Locator:
    return page.locator(".note.editing textarea")


def add_note(page: Page, block_id: str, text: str) -> Locator:
    """Add a note with the button of its block and return it once the server has it."""
    block(page, block_id).locator("button.add").click()
    editor(page).fill(text)
    editor(page).press("Enter")
    expect_saved(page)
    return note(page, text)


def open_editor(page: Page, text: str) -> Locator:
    note(page, text).focus()
    page.keyboard.press("Enter")
    expect(editor(page)).to_be_focused()
    return editor(page)


def expect_saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    expect(page.locator(".note.pending")).to_have_count(0)


def expect_focus_in(page: Page, text: str) -> None:
    """Wait until the focus is in the note with this text; with an empty text, in none."""
    focused = page.locator(".note:focus-within .text")
    if text:
        expect(focused).to_have_text(text)
    else:
        expect(focused).to_have_count(0)


def drag(page: Page, item: Locator, target: Locator, *, below: bool = False) -> None:
    """Drag with the mouse as a hand does: press, a few steps, release over the upper or lower part of `target`."""
    # A block scrolls: what is not in sight cannot be taken by a hand.
    item.scroll_into_view_if_needed()
    start, end = item.bounding_box(), target.bounding_box()
    assert start is not None
    assert end is not None
    x, y = end["x"] + end["width"] / 2, end["y"] + (end["height"] - 4 if below else 4)
    page.mouse.move(start["x"] + 20, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 32, start["y"] + 16)
    page.mouse.move(x, y, steps=8)
    page.mouse.up()
