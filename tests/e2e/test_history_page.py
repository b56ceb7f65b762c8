"""The history page as people use it: look back, name a moment, compare, take a text up again, bring a state back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board_page import add_note, block, editor, expect_saved, expect_texts, note, open_editor
from tests.e2e.conftest import OpenBoard
from tests.e2e.page_runs import count_runs, runs_counted
from tests.live_server import Server

NAME = "After *one* | <b>hour</b> :tada:"


def history(page: Page) -> None:
    """Go to the history page by the list of steps."""
    page.get_by_test_id("stSidebar").get_by_role("link", name="History").click()
    expect(page.get_by_text(re.compile(r"Change \d+ of \d+"))).to_be_visible()


def at_change(page: Page, number: int) -> None:
    expect(page.get_by_text(re.compile(rf"Change {number} of \d+"))).to_be_visible()


def retype(page: Page, old: str, new: str) -> None:
    open_editor(page, old).fill(new)
    editor(page).press("Enter")
    expect_saved(page)


@pytest.fixture
def room(app: Server) -> dict[str, str]:
    return app.new_workshop("Looking back")


def test_going_back_shows_the_board_as_it_was_and_lets_nobody_change_it(
    room: dict[str, str], open_board: OpenBoard
) -> None:
    page = open_board(room["participant"])
    add_note(page, "data", "first text")
    retype(page, "first text", "second text")
    history(page)
    expect(note(page, "second text")).to_be_visible()
    page.get_by_role("button", name="‹").click()
    at_change(page, 2)
    expect(note(page, "first text")).to_be_visible()
    expect_texts(page, "data", ["first text"])
    expect(block(page, "data").locator("button.add")).to_be_hidden()
    note(page, "first text").dblclick()
    expect(editor(page)).to_have_count(0)
    page.get_by_role("button", name="‹").click()
    at_change(page, 1)
    expect(page.get_by_text("The workshop started")).to_be_visible()
    expect(note(page, "first text")).to_have_count(0)


def test_a_named_moment_is_found_again_and_brought_back_for_everybody(
    room: dict[str, str], open_board: OpenBoard
) -> None:
    writer, leader, onlooker = (open_board(room[role]) for role in ("participant", "facilitator", "participant"))
    add_note(writer, "data", "kept text")
    history(writer)
    writer.get_by_role("button", name="Name this moment").click()
    writer.get_by_role("textbox", name="Name", exact=True).fill(NAME)
    writer.get_by_role("button", name="Keep").click()
    expect(writer.get_by_role("button", name=NAME)).to_be_visible()
    expect(writer.get_by_role("button", name="Bring this back")).to_have_count(0)

    retype(onlooker, "kept text", "spoilt text")
    add_note(onlooker, "serving", "one too many")
    history(leader)
    leader.get_by_role("button", name=NAME).click()
    at_change(leader, 2)
    expect(note(leader, "kept text")).to_be_visible()
    leader.get_by_role("button", name="Bring this back").click()
    expect(leader.get_by_role("dialog").get_by_text("Notes: 2")).to_be_visible()
    leader.get_by_role("button", name="Bring it back").click()
    expect(note(onlooker, "kept text")).to_be_visible()
    expect(note(onlooker, "one too many")).to_have_count(0)
    at_change(leader, 7)


def test_two_moments_are_compared_with_both_values(room: dict[str, str], open_board: OpenBoard) -> None:
    page = open_board(room["participant"])
    add_note(page, "data", "a *first* | text")
    history(page)
    page.get_by_text("Compare", exact=True).click()
    # The board of the replay goes a moment later, and holds the text as well.
    expect(page.get_by_text("note added + a *first* | text")).to_be_visible()
    expect(page.get_by_text("ML Test Score")).to_be_visible()


LEAD = """(entry) => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  client.set("room:", "agenda", { leaves: client.room.facts.agenda ?? null, enters: entry });
}"""


def test_the_agenda_moved_twice_gives_a_comparison_that_begins_with_what_changed_last(
    room: dict[str, str], open_board: OpenBoard
) -> None:
    leader, guest = open_board(room["facilitator"]), open_board(room["participant"])
    count_runs(guest)
    for text, entry in (("before all", "value"), ("within a step", "vote")):
        add_note(leader, "data", text)
        leader.evaluate(LEAD, entry)
        expect_saved(leader)
    history(leader)
    expect(leader.get_by_role("button", name="After: Value proposition")).to_be_visible()
    # Moments are kept at every step, and only this page shows them.
    assert runs_counted(guest) == 0
    leader.get_by_role("button", name="Before: Value proposition").click()
    expect(leader.get_by_text("kept by itself", exact=True)).to_be_visible()
    leader.get_by_text("Compare", exact=True).click()
    expect(leader.get_by_text("note added + within a step")).to_be_visible()
    expect(leader.get_by_text("note added + before all")).to_have_count(0)
    expect(leader.get_by_role("combobox", name="From")).to_have_value("Before: Value proposition")
    expect(leader.get_by_role("combobox", name="To")).to_have_value("Now")


def test_an_earlier_text_is_taken_up_again(room: dict[str, str], open_board: OpenBoard) -> None:
    page = open_board(room["participant"])
    add_note(page, "data", "first `text` $x$")
    retype(page, "first `text` $x$", "second text")
    history(page)
    page.get_by_text("Earlier texts", exact=True).click()
    expect(page.get_by_text("2 texts, the latest first.")).to_be_visible()
    expect(page.get_by_text("first `text` $x$")).to_be_visible()
    page.get_by_role("button", name="Use this text").click()
    expect(page.get_by_text("3 texts, the latest first.")).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Stack Canvas").click()
    expect(note(page, "first `text` $x$")).to_be_visible()


def test_a_viewer_may_look_back_but_name_nothing(room: dict[str, str], open_board: OpenBoard) -> None:
    writer = open_board(room["participant"])
    add_note(writer, "data", "a text")
    viewer = open_board(room["viewer"])
    history(viewer)
    expect(viewer.get_by_role("button", name="Name this moment")).to_be_disabled()
    expect(viewer.get_by_role("button", name="Bring this back")).to_have_count(0)
