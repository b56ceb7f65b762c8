"""Several people at one board: what one does the others see, and nobody loses what they are typing."""

from __future__ import annotations

import json

import pytest
from board_page import (
    add_note,
    block,
    drag,
    editor,
    expect_focus_in,
    expect_saved,
    expect_texts,
    note,
    notes,
    open_editor,
)
from conftest import OpenBoard, wait_until_live
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.live_server import Server

Two = tuple[Page, Page]


@pytest.fixture
def two(app: Server, open_board: OpenBoard) -> Two:
    links = app.new_workshop()
    return open_board(links["participant"]), open_board(links["facilitator"])


def test_a_note_reaches_the_other_browser_within_a_second(two: Two) -> None:
    writer, reader = two
    # One clock for both ends: the two pages run in the same browser on the same machine.
    writer.evaluate("window.sent = 0")
    reader.evaluate(
        """() => {
          const host = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('#board'));
          new MutationObserver(() => {
            if (!host.shadowRoot.querySelector('.notes .text')) return;
            window.seen ??= performance.timeOrigin + performance.now();
          }).observe(host.shadowRoot, { childList: true, subtree: true });
        }"""
    )
    block(writer, "value").locator("button.add").click()
    editor(writer).fill("quick")
    writer.evaluate(
        "addEventListener('keydown', () => window.sent = performance.timeOrigin + performance.now(), { capture: true })"
    )
    editor(writer).press("Enter")
    expect(note(reader, "quick")).to_be_visible()
    delay = reader.evaluate("window.seen") - writer.evaluate("window.sent")
    assert 0 < delay < 1000


def test_every_change_of_one_is_seen_by_the_other(two: Two) -> None:
    one, other = two
    add_note(one, "data", "first")
    add_note(other, "data", "second")
    expect(notes(one, "data")).to_have_count(2)
    open_editor(one, "second").fill("second, mended")
    editor(one).press("Enter")
    expect(note(other, "second, mended")).to_be_visible()
    drag(other, note(other, "first"), block(other, "serving"))
    expect(notes(one, "serving").locator(".text")).to_have_text("first")
    note(one, "first").focus()
    one.keyboard.press("Delete")
    expect(note(other, "first")).to_have_count(0)
    one.keyboard.press("Control+z")
    expect(note(other, "first")).to_be_visible()


def test_people_are_shown_where_they_write(two: Two) -> None:
    writer, reader = two
    expect(reader.locator(".people li")).to_have_count(2)
    add_note(writer, "data", "watch me")
    open_editor(writer, "watch me").type(" think")
    expect(note(reader, "watch me").locator(".writer")).to_have_text("someone is writing")
    writer.close()
    expect(reader.locator(".people li")).to_have_count(1)
    expect(note(reader, "watch me").locator(".writer")).to_be_hidden()


def test_focus_and_half_typed_text_stay_while_others_work(two: Two) -> None:
    writer, other = two
    add_note(writer, "data", "mine")
    expect(note(other, "mine")).to_be_visible()
    field = open_editor(writer, "mine")
    field.fill("half a sen")
    field.press("ArrowLeft")
    for text in ("a", "b", "c"):
        add_note(other, "data", text)
    drag(other, note(other, "mine"), block(other, "serving"))
    expect(notes(writer, "data")).to_have_count(4)
    expect(field).to_be_focused()
    expect(field).to_have_value("half a sen")
    assert field.evaluate("field => field.selectionStart") == len("half a sen") - 1
    field.press("Enter")
    expect(notes(writer, "serving").locator(".text")).to_have_text("half a sen")


def test_the_focus_moves_to_a_neighbour_when_somebody_deletes_the_focused_note(two: Two) -> None:
    one, other = two
    for text in ("one", "two"):
        add_note(one, "data", text)
    note(one, "one").focus()
    note(other, "one").focus()
    other.keyboard.press("Delete")
    expect(note(one, "one")).to_have_count(0)
    expect_focus_in(one, "two")


def test_a_foreign_change_of_the_note_under_edit_is_offered_and_never_forced(two: Two) -> None:
    mine, other = two
    add_note(mine, "data", "start")
    field = open_editor(mine, "start")
    field.fill("my version")
    open_editor(other, "start").fill("their version")
    editor(other).press("Enter")
    expect(mine.locator(".note.clashing .theirs")).to_have_text("their version")
    expect(field).to_have_value("my version")
    field.press("Enter")
    expect(mine.get_by_role("button", name="Keep mine")).to_be_focused()
    expect_texts(other, "data", ["their version"])
    mine.keyboard.press("Enter")
    expect(note(other, "my version")).to_be_visible()


def test_their_version_can_be_taken_and_mine_got_back(two: Two) -> None:
    mine, other = two
    add_note(mine, "data", "start")
    open_editor(mine, "start").fill("my version")
    open_editor(other, "start").fill("their version")
    editor(other).press("Enter")
    mine.get_by_role("button", name="Take theirs").click()
    expect_texts(mine, "data", ["their version"])
    mine.get_by_role("button", name="Get it back").click()
    expect(editor(mine)).to_have_value("my version")


def test_a_note_deleted_under_the_editor_can_be_kept_as_a_new_one(two: Two) -> None:
    mine, other = two
    add_note(mine, "data", "start")
    open_editor(mine, "start").fill("still needed")
    note(other, "start").focus()
    other.keyboard.press("Delete")
    mine.get_by_role("button", name="Save as a new note").click()
    expect(note(other, "still needed")).to_be_visible()


def test_nothing_is_lost_when_the_server_is_killed(app: Server, two: Two) -> None:
    writer, reader = two
    add_note(writer, "data", "before")
    expect(note(reader, "before")).to_be_visible()
    app.kill()
    expect(writer.locator(".saved")).to_have_attribute("data-state", "offline")
    block(writer, "data").locator("button.add").click()
    editor(writer).fill("written without a server")
    editor(writer).press("Enter")
    open_editor(writer, "before").fill("half ty")
    expect(writer.locator(".saved")).to_have_text("Offline: 1 waiting")
    for _ in range(3):
        # Streamlit looks for the server as well, and would say in a dialog over the board that it does not find it.
        writer.wait_for_event("requestfailed", lambda request: "_stcore" in request.url)
    expect(editor(writer)).to_be_focused()
    app.start()
    expect(note(reader, "written without a server")).to_be_visible()
    expect(writer.locator(".saved")).to_have_attribute("data-state", "saved")
    expect(editor(writer)).to_have_value("half ty")
    expect(editor(writer)).to_be_focused()
    reader.reload()
    wait_until_live(reader)
    expect_texts(reader, "data", ["before", "written without a server"])  # "exactly once"


def test_waiting_changes_survive_closing_the_page_and_arrive_once(app: Server, two: Two) -> None:
    writer, reader = two
    address = writer.url
    app.kill()
    expect(writer.locator(".saved")).to_have_attribute("data-state", "offline")
    block(writer, "value").locator("button.add").click()
    editor(writer).fill("written on a train")
    editor(writer).press("Enter")
    writer.close()
    app.start()
    again = writer.context.new_page()
    again.goto(address)
    wait_until_live(again)
    expect(note(reader, "written on a train")).to_be_visible()
    expect_saved(again)
    again.reload()
    wait_until_live(again)
    expect_texts(again, "value", ["written on a train"])
    expect_texts(reader, "value", ["written on a train"])


def lose_first(page: Page, kind: str, *, answer: bool) -> None:
    """Cut the live connection at the first frame of a kind: of ours before it arrives, or of the server's answer."""
    lost: list[str] = []

    def between(ours: WebSocketRoute) -> None:
        server = ours.connect_to_server()

        def is_the_one(message: str | bytes) -> bool:
            found = json.loads(message)
            first = found["t"] == kind and not lost and found.get("events") != []
            if first:
                lost.append(kind)
                ours.close(code=1012)
            return bool(first)

        ours.on_message(lambda message: None if not answer and is_the_one(message) else server.send(message))
        server.on_message(lambda message: None if answer and is_the_one(message) else ours.send(message))

    page.route_web_socket("**/live?*", between)


@pytest.mark.parametrize(("kind", "answer"), [("op", False), ("events", True)])
def test_a_change_cut_off_on_its_way_or_on_the_way_back_arrives_once(
    app: Server, open_board: OpenBoard, kind: str, answer: bool
) -> None:
    links = app.new_workshop()
    reader = open_board(links["participant"])
    writer = open_board(links["participant"], prepare=lambda page: lose_first(page, kind, answer=answer))
    add_note(writer, "data", "sent again")
    expect(note(reader, "sent again")).to_be_visible()
    writer.reload()
    wait_until_live(writer)
    expect_texts(writer, "data", ["sent again"])
    expect_texts(reader, "data", ["sent again"])
