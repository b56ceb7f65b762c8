"""Half-typed notes: they are there again after a reload, a closed tab or a hasty Escape, and open in one tab only."""

from __future__ import annotations

import pytest
from board_page import add_note, block, editor, expect_saved, expect_texts, open_editor
from conftest import OpenBoard, wait_until_live
from playwright.sync_api import Page, expect

from tests.live_server import Server


@pytest.fixture
def board(app: Server, open_board: OpenBoard) -> Page:
    return open_board(app.new_workshop()["participant"])


def test_half_typed_text_survives_a_reload(board: Page) -> None:
    add_note(board, "data", "old words")
    open_editor(board, "old words").fill("new wor")
    board.reload()
    wait_until_live(board)
    expect(editor(board)).to_have_value("new wor")
    expect(editor(board)).to_be_focused()
    editor(board).type("ds")
    editor(board).press("Enter")
    expect_saved(board)
    expect_texts(board, "data", ["new words"])
    board.reload()
    wait_until_live(board)
    expect(editor(board)).to_have_count(0)


def test_half_typed_text_survives_closing_the_tab(app: Server, open_board: OpenBoard) -> None:
    first = open_board(app.new_workshop()["participant"])
    address = first.url
    block(first, "value").locator("button.add").click()
    editor(first).fill("not finis")
    first.close()
    second = first.context.new_page()
    second.goto(address)
    wait_until_live(second)
    expect(editor(second)).to_have_value("not finis")


def test_a_second_tab_does_not_open_what_is_being_written_in_the_first(app: Server, open_board: OpenBoard) -> None:
    first = open_board(app.new_workshop()["participant"])
    block(first, "value").locator("button.add").click()
    editor(first).fill("mine alone")
    gone = first.context.new_page()
    gone.goto(first.url)
    wait_until_live(gone)
    block(gone, "data").locator("button.add").click()
    # By its block: the text of a busy first tab may be open here for a moment.
    block(gone, "data").locator(".note.editing textarea").fill("left behind")
    gone.close()
    second = first.context.new_page()
    second.goto(first.url)
    wait_until_live(second)
    expect(block(second, "data").locator(".note.editing textarea")).to_have_value("left behind")
    expect(editor(second)).to_have_count(1)
    expect(editor(first)).to_have_value("mine alone")


# Asks the other tabs so late that their answers come after the wait for them.
LATE = """
    window.BroadcastChannel = class extends BroadcastChannel {
        postMessage(message) { setTimeout(() => super.postMessage(message), 1500); }
    };
"""


def test_a_tab_too_busy_to_answer_gets_its_text_back(app: Server, open_board: OpenBoard) -> None:
    first = open_board(app.new_workshop()["participant"])
    block(first, "value").locator("button.add").click()
    editor(first).fill("mine alone")
    second = first.context.new_page()
    second.add_init_script(LATE)
    second.goto(first.url)
    wait_until_live(second)
    expect(editor(second)).to_have_value("mine alone")
    expect(editor(second)).to_have_count(0)
    expect(editor(first)).to_have_value("mine alone")


def test_a_text_given_up_can_be_got_back(board: Page) -> None:
    block(board, "value").locator("button.add").click()
    editor(board).fill("too hasty")
    editor(board).press("Escape")
    board.get_by_role("button", name="Get them back").click()
    expect(editor(board)).to_have_value("too hasty")
