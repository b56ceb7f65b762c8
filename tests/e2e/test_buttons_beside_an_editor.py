"""Every button that can be pressed while a note is being written does what it says at the first press, by mouse, by
keyboard and by finger; and what is being written is saved, or still in its editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from board_page import add_note, block, editor, expect_saved, note
from conftest import enter, wait_until_live
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from test_facilitation import lead

from tests.live_server import Server

pytestmark = pytest.mark.long

CLEAR = """() => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  const board = [...document.querySelectorAll("*")].find((node) => node.shadowRoot?.querySelector("#board")).shadowRoot;
  for (const item of board.querySelectorAll(".note[data-id]:not(.editing)")) {
    client.change([{ action: "set", id: item.dataset.id, prop: "deleted", value: true, before: false }]);
  }
}"""
TYPED = "half a sentence"
SIZES = {"mouse": (1440, 900), "keys": (1440, 900), "finger": (390, 844)}

Find = Callable[[Page], Locator]
Check = Callable[[Page], None]


@dataclass(frozen=True)
class Button:
    """A button, what must be there before it is pressed, and what it does."""

    find: Find
    does: Check
    before: Check = lambda page: None
    ways: tuple[str, ...] = ("mouse", "keys", "finger")


def role(name: str, within: str = "body") -> Find:
    return lambda page: page.locator(within).get_by_role("button", name=name, exact=True)


def on_other(name: str) -> Find:
    return lambda page: note(page, "other").get_by_role("button", name=name)


def shows(selector: str) -> Check:
    return lambda page: expect(page.locator(selector).first).to_be_visible()


def opens_editor_in(block_id: str) -> Check:
    return lambda page: expect(block(page, block_id).locator(".note.editing .text-input").last).to_be_focused()


def delete_another(page: Page) -> None:
    add_note(page, "serving", "deleted before")
    note(page, "deleted before").focus()
    page.keyboard.press("Delete")
    expect(note(page, "deleted before")).to_have_count(0)


def undo_another(page: Page) -> None:
    add_note(page, "serving", "came last")
    page.locator("button.undo").click()
    expect(note(page, "came last")).to_have_count(0)


def give_up_another(page: Page) -> None:
    block(page, "serving").locator("button.add").click()
    editor(page).fill("given up")
    editor(page).press("Escape")
    expect(page.locator(".toast-action")).to_be_visible()


def given_up_is_back(page: Page) -> None:
    expect(block(page, "serving").locator(".note.editing textarea")).to_have_value("given up")


def is_gone(text: str) -> Check:
    return lambda page: expect(note(page, text)).to_have_count(0)


def is_there(text: str) -> Check:
    return lambda page: expect(note(page, text)).to_be_visible()


def many_in_serving(page: Page) -> None:
    for number in range(12):
        add_note(page, "value", f"line {number}")
    block(page, "value").locator(".scroll").evaluate("scroll => scroll.scrollTo(0, 0)")
    expect(block(page, "value").locator(".more-below")).to_be_visible()


def has_scrolled(page: Page) -> None:
    expect(block(page, "value").locator(".scroll.above")).to_be_visible()


def on_decide(page: Page) -> None:
    page.wait_for_url("**/decide?**")
    page.locator(".step", has_text="Decide").wait_for()
    page.go_back()
    wait_until_live(page)


WIDE = ("mouse", "keys")
BUTTONS = {
    "a note in another block": Button(lambda page: block(page, "serving").locator(".add"), opens_editor_in("serving")),
    "one more note here": Button(lambda page: block(page, "data").locator(".add"), opens_editor_in("data")),
    "edit another note": Button(on_other("Edit note"), opens_editor_in("serving")),
    "move another note": Button(on_other("Move note to"), shows("dialog.menu")),
    "delete another note": Button(on_other("Delete note"), is_gone("other")),
    "questions": Button(lambda page: block(page, "value").locator(".questions"), shows("dialog.panel")),
    "questions of this block": Button(lambda page: block(page, "data").locator(".questions"), shows("dialog.panel")),
    "whether a block is needed": Button(lambda page: block(page, "monitoring").locator(".gate"), shows("dialog.panel")),
    "give a dot": Button(
        on_other("Give a dot"), lambda page: expect(note(page, "other").locator(".mine")).to_have_text("●")
    ),
    "count for the room": Button(role("Count for the room"), shows(".tally")),
    "undo": Button(role("Undo (Ctrl + Z)"), is_gone("came last"), lambda page: _last(page)),
    "redo": Button(role("Redo (Ctrl + Shift + Z)"), is_there("came last"), undo_another),
    "undo in a message": Button(role("Undo", ".toasts"), is_there("deleted before"), delete_another),
    "get them back": Button(role("Get them back"), given_up_is_back, give_up_another),
    "dismiss": Button(
        role("Dismiss", ".toasts"), lambda page: expect(page.locator(".toast")).to_have_count(0), give_up_another
    ),
    "parking lot": Button(lambda page: page.locator(".park"), shows(".parking")),
    "present": Button(role("Present"), shows("#board[data-presenting]"), ways=WIDE),
    "more below": Button(lambda page: block(page, "value").locator(".more-below"), has_scrolled, many_in_serving, WIDE),
    "a chip": Button(
        lambda page: page.locator(".jump .chip").filter(has_text="Metadata"),
        lambda page: expect(block(page, "metadata")).to_be_in_viewport(),
        ways=("finger",),
    ),
    "invite": Button(role("Invite"), shows("[role=dialog]")),
    "bring everyone": Button(
        role("Bring everyone here"),
        lambda page: expect(page.locator(".room-said")).to_contain_text("Everyone is led"),
        ways=WIDE,
    ),
    "the rest of the bar": Button(
        lambda page: page.locator("button.more"), shows("dialog.lead-sheet"), ways=("finger",)
    ),
    "another page": Button(
        lambda page: page.get_by_test_id("stSidebar").get_by_role("link", name="Decide"), on_decide, ways=WIDE
    ),
}  # fmt: skip


def _last(page: Page) -> None:
    add_note(page, "serving", "came last")


@pytest.fixture(scope="module")
def pages(app: Server, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Return a function that gives the facilitator's page for a way of pressing; one for each, kept for this file."""
    contexts: dict[str, tuple[BrowserContext, str]] = {}

    def page_for(way: str) -> Page:
        if way not in contexts:
            width, height = SIZES[way]
            touch = way == "finger"
            size = {"width": width, "height": height}
            context = browser.new_context(viewport=size, has_touch=touch, is_mobile=touch, reduced_motion="reduce")
            page, link = context.new_page(), app.new_workshop()["facilitator"]
            enter(page, link)
            wait_until_live(page)
            lead(page, "voting", {"state": "open", "budget": 99})
            contexts[way] = (context, page.url)
        context, address = contexts[way]
        page = context.pages[0]
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.goto(address)
        wait_until_live(page)
        page.evaluate(CLEAR)
        expect_saved(page)
        return page

    yield page_for
    for context, _ in contexts.values():
        context.close()


def press(page: Page, button: Locator, way: str) -> None:
    if way == "mouse":
        # The tools of a note are there while the pointer is on it.
        button.locator("xpath=ancestor::li | self::*").first.hover(position={"x": 8, "y": 8})
        button.click()
    elif way == "finger":
        button.tap()
    else:
        button.focus()
        page.keyboard.press("Enter")


def expect_kept(page: Page) -> None:
    """Expect what was typed on the board or in its editor, once."""
    saved, open_ = note(page, TYPED), page.locator(".note.editing .text-input")
    expect(saved.or_(open_.first).first).to_be_visible()
    values = open_.evaluate_all("fields => fields.map((field) => field.value)")
    assert saved.count() + values.count(TYPED) == 1


CASES = [pytest.param(name, way, id=f"{name}-{way}") for name, button in BUTTONS.items() for way in button.ways]


@pytest.mark.parametrize(("name", "way"), CASES)
def test_a_button_does_what_it_says_at_the_first_press_while_a_note_is_written(
    pages: Callable[[str], Page], name: str, way: str
) -> None:
    page, button = pages(way), BUTTONS[name]
    add_note(page, "serving", "other")
    button.before(page)
    block(page, "data").locator("button.add").click()
    editor(page).first.press_sequentially(TYPED)
    press(page, button.find(page), way)
    button.does(page)
    expect_kept(page)


@pytest.mark.parametrize("way", SIZES)
def test_a_text_that_is_too_long_holds_no_button_back_and_stays(pages: Callable[[str], Page], way: str) -> None:
    page = pages(way)
    add_note(page, "serving", "other")
    block(page, "data").locator("button.add").click()
    editor(page).fill("x" * 2001)
    press(page, note(page, "other").get_by_role("button", name="Delete note"), way)
    expect(note(page, "other")).to_have_count(0)
    expect(editor(page)).to_have_value("x" * 2001)
    press(page, page.locator(".park"), way)
    expect(page.locator(".parking")).to_be_visible()
    expect(editor(page)).to_have_value("x" * 2001)


@pytest.mark.parametrize("way", SIZES)
def test_a_pasted_list_becomes_several_notes_at_the_first_press(pages: Callable[[str], Page], way: str) -> None:
    page = pages(way)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block(page, "data").locator("button.add").click()
    page.evaluate("text => navigator.clipboard.writeText(text)", "- orders\n- clicks\n3. labels by hand")
    editor(page).press("Control+V")
    press(page, page.get_by_role("button", name="Make several notes"), way)
    press(page, page.get_by_role("button", name="Add 3 notes"), way)
    expect(block(page, "data").locator(".note .text")).to_have_text(["orders", "clicks", "labels by hand"])
    expect_saved(page)


UNCOVERED = """button => {
  const { x, y, width, height } = button.getBoundingClientRect();
  return button.contains(button.getRootNode().elementFromPoint(x + width / 2, y + height / 2));
}"""


@pytest.mark.parametrize("block_id", ["data", "foundations", "metadata"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)], ids=str)
@pytest.mark.parametrize("text", ["words and more words " * 90, "a line of a list\n" * 30], ids=["text", "list"])
def test_after_a_long_paste_what_can_be_done_with_it_is_in_sight(
    pages: Callable[[str], Page], block_id: str, size: tuple[int, int], text: str
) -> None:
    page = pages("mouse")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block(page, block_id).locator("button.add").click()
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    editor(page).press("Control+V")
    expect(editor(page)).to_have_value(text)
    for name in ("Save", "Cancel", *(["Make several notes"] if "\n" in text else [])):
        button = page.locator(".editor").get_by_role("button", name=name, exact=True)
        expect(button).to_be_in_viewport(ratio=0.95)
        assert button.evaluate(UNCOVERED), name


@pytest.mark.parametrize("way", SIZES)
def test_the_parking_lot_does_not_close_over_an_unsaved_text(pages: Callable[[str], Page], way: str) -> None:
    page = pages(way)
    page.locator(".park").click()
    block(page, "parked").locator("button.add").click()
    editor(page).fill("x" * 2001)
    press(page, page.locator(".park"), way)
    expect(page.locator(".toast")).to_contain_text("is not saved yet")
    expect(editor(page)).to_have_value("x" * 2001)
    expect(editor(page)).to_be_focused()
    editor(page).fill("short enough")
    press(page, page.locator(".park"), way)
    expect(page.locator(".park")).to_have_text("Parking lot · 1")
    expect(editor(page)).to_have_count(0)
