"""What exceeds a limit stays with its writer: whole, marked, to be split or shortened. Nothing is cut in silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from board_page import add_note, block, editor, expect_saved, expect_texts, note, notes, open_editor, texts
from conftest import OpenBoard, wait_until_live
from playwright.sync_api import Browser, Page, expect
from test_facilitation import lead

from canvas.reading.text_gate import clean
from tests.live_server import Server

pytestmark = pytest.mark.long

BOARD = Path(__file__).parents[2] / "views" / "board"
SENTENCES = "".join(
    f"Order {number} arrives from one of three shops and is kept for two years. " for number in range(60)
)
LIST = [f"note {number}" for number in range(1, 64)]


@pytest.fixture
def board(app: Server, open_board: OpenBoard) -> Page:
    return open_board(app.new_workshop()["facilitator"])


def new_note(page: Page, text: str, block_id: str = "data") -> None:
    """Start a note with a text that arrives at once, as a pasted one does."""
    block(page, block_id).locator("button.add").click()
    page.keyboard.insert_text(text)


def paste(page: Page, text: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def drop(page: Page, text: str) -> None:
    box = editor(page).bounding_box()
    assert box is not None
    mouse = page.context.new_cdp_session(page)
    data = {"items": [{"mimeType": "text/plain", "data": text}], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        mouse.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 20, "y": box["y"] + 10, "data": data})


def button(page: Page, name: str) -> None:
    page.locator(".editor").get_by_role("button", name=name, exact=True).click()


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("bring", [paste, drop, lambda page, text: page.keyboard.insert_text(text)])
def test_a_text_that_is_too_long_is_kept_whole_and_marked(board: Page, bring) -> None:  # type: ignore[no-untyped-def]
    text = SENTENCES[:2503] + "!"
    block(board, "data").locator("button.add").click()
    bring(board, text)
    expect(editor(board)).to_have_value(text)
    expect(board.locator(".excess strong")).to_have_text("2,504 of 2,000 characters.")
    expect(editor(board)).to_have_attribute("aria-invalid", "true")
    for press in ("Enter", "Control+Enter"):
        editor(board).press(press)
        expect(editor(board)).to_have_value(text)
    button(board, "Save")
    expect(editor(board)).to_have_value(text)
    expect_texts(board, "data", [""])  # "only the card under the editor"
    board.reload()
    wait_until_live(board)
    expect(editor(board)).to_have_value(text)
    expect(board.locator(".excess")).to_be_visible()


def test_what_is_too_much_is_selected_to_be_shortened(board: Page) -> None:
    new_note(board, "x" * 2000 + "too much")
    button(board, "Shorten")
    expect(editor(board)).to_be_focused()
    chosen = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert editor(board).evaluate(chosen) == "too much"
    board.keyboard.press("Delete")
    expect(board.locator(".excess")).to_be_hidden()
    expect(editor(board)).not_to_have_attribute("aria-invalid", "true")
    editor(board).press("Enter")
    expect_saved(board)
    expect_texts(board, "data", ["x" * 2000])


def test_a_long_text_is_split_at_sentences_in_order_and_nothing_is_lost(board: Page) -> None:
    new_note(board, SENTENCES)
    button(board, "Split into several notes")
    button(board, "Add 3 notes")
    expect_saved(board)
    expect(notes(board, "data")).to_have_count(3)
    parts = texts(board, "data")
    assert " ".join(parts) == clean(SENTENCES)
    assert all(part.startswith("Order") and part.endswith(".") and len(part) <= 2000 for part in parts)


def test_a_note_that_grew_too_long_keeps_its_place_and_is_split_below_it_in_one_step(board: Page) -> None:
    for text in ("above", "grows", "below"):
        add_note(board, "data", text)
    open_editor(board, "grows").fill(SENTENCES)
    board.locator(".kind-choice[data-kind=risk]").click()
    button(board, "Split into several notes")
    button(board, "Add 3 notes")
    expect_saved(board)
    expect(notes(board, "data")).to_have_count(5)
    found = texts(board, "data")
    assert [found[0], found[-1]] == ["above", "below"]
    assert " ".join(found[1:-1]) == clean(SENTENCES)
    assert notes(board, "data").evaluate_all("items => items.map((item) => item.dataset.kind)") == [
        "fact", "risk", "risk", "risk", "fact"
    ]  # fmt: skip
    board.locator("button.undo").click()
    expect(notes(board, "data").locator(".text")).to_have_text(["above", "grows", "below"])


def test_a_list_of_more_than_one_step_is_added_to_its_last_line(board: Page) -> None:
    block(board, "metadata").locator("button.add").click()
    button(board, "Several notes")
    editor(board).fill("\n".join(f"- {line}" for line in LIST))
    expect(board.locator(".editor .rest")).to_have_text("One step adds 50 notes; the other 13 stay here for the next.")
    button(board, "Add first 50 of 63")
    expect(editor(board)).to_have_value("\n".join(LIST[50:]))
    expect(editor(board)).to_be_focused()
    button(board, "Add 13 notes")
    expect_saved(board)
    expect_texts(board, "metadata", LIST)


def test_a_line_of_a_list_that_is_too_long_is_named_and_split(board: Page) -> None:
    block(board, "data").locator("button.add").click()
    button(board, "Several notes")
    long = "- " + "y" * 1999 + " 2.\n- last"
    editor(board).fill("- first\n" + long)
    expect(board.locator(".excess strong")).to_have_text("Note 2: 2,002 of 2,000 characters.")
    button(board, "Add 3 notes")
    expect(editor(board)).to_have_value("- first\n" + long)
    button(board, "Shorten")
    chosen = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert editor(board).evaluate(chosen) == "2."
    button(board, "Split into several notes")
    button(board, "Add 4 notes")
    expect_saved(board)
    expect_texts(board, "data", ["first", "y" * 1999, "2.", "last"])


def test_a_source_that_is_too_long_is_kept_and_marked(board: Page) -> None:
    source = "https://example.org/" + "a" * 284
    new_note(board, "with a source")
    board.get_by_label("Source (optional)").focus()
    paste(board, source)
    field = board.get_by_label("Source (optional)")
    expect(field).to_have_value(source)
    expect(board.locator(".excess strong")).to_have_text("Source: 304 of 200 characters.")
    field.press("Enter")
    expect(field).to_have_value(source)
    button(board, "Shorten the source")
    board.keyboard.press("Delete")
    field.press("Enter")
    expect_saved(board)
    expect(note(board, "with a source").get_by_role("link")).to_have_attribute("href", source[:200])


# What a text is counted as and kept as, on both sides: emoji of two halves, composed letters, what the server strips.
COUNTED = {
    "emoji": "👩🏽‍🔬" * 500,
    "doubled in JSON": '"\\\n' * 666 + "xx",
    "composed": "e\u0301" * 2000,
    "stripped": "a\u202e\u0007\ufffe\U0001ffff" * 2000,
    "tabs and outer space": "\u00a0\u3000\t" + "a\tb " * 500 + "\r\n",
    "a byte order mark": "\ufeff" + "a" * 1999,
}


@pytest.mark.parametrize("text", COUNTED.values(), ids=COUNTED)
def test_what_the_editor_calls_fine_the_server_takes(board: Page, text: str) -> None:
    kept = clean(text)
    assert 1990 <= len(kept) <= 2000
    source = "😀" * 200
    block(board, "data").locator("button.add").click()
    editor(board).fill(text)
    expect(board.locator(".excess")).to_be_hidden()
    board.get_by_label("Source (optional)").fill(source)
    board.get_by_label("Source (optional)").press("Enter")
    expect_saved(board)
    board.reload()
    wait_until_live(board)
    expect(editor(board)).to_have_count(0)
    expect_texts(board, "data", [kept])


def test_characters_are_counted_as_the_server_counts_them(board: Page) -> None:
    new_note(board, "😀" * 2001)
    expect(board.locator(".excess strong")).to_have_text("2,001 of 2,000 characters.")
    editor(board).fill("\u200b\u202e \u3000")
    editor(board).press("Enter")
    expect(editor(board)).to_have_count(0)
    expect(notes(board, "data")).to_have_count(0)


SEND = """([id, block, text]) => {
  const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
  const place = { canvas: "stack-canvas", block, pos: 1 };
  client.change([{ action: "add", id, value: { place, kind: "risk", text, source: "heard" } }]);
}"""


def test_a_text_that_the_server_refuses_is_back_in_an_open_editor_with_the_reason(board: Page) -> None:
    board.evaluate(SEND, ["n-refused", "data", "z" * 2001])
    expect(editor(board)).to_have_value("z" * 2001)
    expect(board.get_by_label("Source (optional)")).to_have_value("heard")
    expect(board.locator(".refusal")).to_contain_text("Not saved: ")
    button(board, "Shorten")
    board.keyboard.press("Delete")
    editor(board).press("Enter")
    expect_saved(board)
    expect_texts(board, "data", ["z" * 2000])


def test_a_text_refused_while_another_one_is_written_takes_nothing_away(board: Page) -> None:
    new_note(board, "being written", "value")
    board.evaluate(SEND, ["n-refused", "data", "z" * 2001])
    expect(block(board, "data").locator(".text-input")).to_have_value("z" * 2001)
    expect(block(board, "value").locator(".text-input")).to_be_focused()
    board.keyboard.type(" on")
    expect(block(board, "value").locator(".text-input")).to_have_value("being written on")


def test_what_was_refused_on_another_page_is_back_on_the_board(board: Page) -> None:
    board.get_by_test_id("stSidebar").get_by_role("link", name="Decide").click()
    board.wait_for_url("**/decide?**")
    expect(board.locator(".step")).to_have_text("Decide")
    board.evaluate(SEND, ["n-refused", "data", "z" * 2001])
    expect(board.locator(".saved")).to_have_text("Saved")
    board.go_back()
    wait_until_live(board)
    expect(editor(board)).to_have_value("z" * 2001)


@pytest.fixture
def locked(app: Server, open_board: OpenBoard) -> Page:
    """A participant who does not know yet that the board was locked."""
    links = app.new_workshop()
    facilitator, participant = open_board(links["facilitator"]), open_board(links["participant"])
    add_note(participant, "data", "start")
    lead(facilitator, "locked", ["*"])
    expect(participant.locator(".state", has_text="Board locked")).to_be_visible()
    # As if the news were still on their way.
    participant.evaluate("""() => {
      const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
      client.room.facts = { ...client.room.facts, locked: [] };
    }""")
    return participant


def test_text_and_source_that_a_lock_refuses_come_back_together(locked: Page) -> None:
    open_editor(locked, "start").fill("mended")
    locked.get_by_label("Source (optional)").fill("the audit")
    locked.get_by_label("Source (optional)").press("Enter")
    expect(locked.locator(".refusal")).to_contain_text("The facilitator has locked this block.")
    expect(editor(locked)).to_have_value("mended")
    expect(locked.get_by_label("Source (optional)")).to_have_value("the audit")


def test_a_list_that_a_lock_refuses_comes_back_as_one_list(locked: Page) -> None:
    # The button is hidden by the lock; the key is not.
    note(locked, "start").focus()
    locked.keyboard.press("n")
    button(locked, "Several notes")
    editor(locked).fill("one\ntwo\nthree")
    button(locked, "Add 3 notes")
    expect(locked.locator(".refusal")).to_contain_text("has locked")
    expect(editor(locked)).to_have_value("one\ntwo\nthree")
    expect(locked.locator(".editor .primary")).to_have_text("Add 3 notes")


def test_a_long_text_outlives_a_clash(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    mine, other = open_board(links["participant"]), open_board(links["facilitator"])
    add_note(mine, "data", "start")
    open_editor(mine, "start").fill("m" * 2001)
    open_editor(other, "start").fill("theirs")
    editor(other).press("Enter")
    mine.get_by_role("button", name="Keep mine").click()
    expect(editor(mine)).to_have_value("m" * 2001)
    expect_texts(other, "data", ["theirs"])
    button(mine, "Shorten")
    mine.keyboard.press("Delete")
    editor(mine).press("Enter")
    expect(note(other, "m" * 2000)).to_be_visible()


def test_a_source_alone_is_not_given_up_without_a_word(board: Page) -> None:
    block(board, "data").locator("button.add").click()
    board.get_by_label("Source (optional)").fill("the audit")
    board.get_by_label("Source (optional)").press("Enter")
    board.get_by_role("button", name="Get them back").click()
    expect(board.get_by_label("Source (optional)")).to_have_value("the audit")


@pytest.mark.parametrize("typed", ["1000", "12.5", "-3", "a dozen"])
def test_a_count_that_is_none_stays_in_its_field_and_counts_nothing(board: Page, typed: str) -> None:
    add_note(board, "data", "hands up")
    lead(board, "voting", {"state": "open", "budget": 5})
    board.locator(".tool-row").get_by_role("button", name="Count for the room").click()
    field = note(board, "hands up").get_by_label("Dots counted in the room")
    field.fill("7")
    field.press("Enter")
    expect_saved(board)
    field.fill(typed)
    field.press("Tab")
    expect(note(board, "hands up").locator(".tally-wrong")).to_have_text("A whole number from 0 to 999.")
    note(board, "hands up").get_by_role("button", name="Give a dot").click()
    expect_saved(board)
    expect(field).to_have_value(typed)
    lead(board, "voting", {"state": "shown"})
    expect(note(board, "hands up").locator(".votes")).to_have_attribute("title", "8 votes")


UNCUT = (
    SENTENCES, "x" * 4500, "数据漂移检测" * 700, "👩🏽‍🔬🏳️‍🌈" * 400, "e\u0301\u0302" * 2500, "word, " * 900, "- " * 3000,
)  # fmt: skip


def test_a_cut_loses_nothing_in_any_script(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=BOARD / "text.js")
    for text in (
        SENTENCES,
        "x" * 4500,
        "数据漂移检测" * 700,
        "👩🏽‍🔬🏳️‍🌈" * 400,
        "e\u0301\u0302" * 2500,
        "word, " * 900,
        "- " * 3000,
    ):
        parts = page.evaluate("text => partsOf(cleaned(text), 2000)", text)
        assert without_space("".join(parts)) == without_space(clean(text))
        assert all(0 < len(part) <= 2000 and part == clean(part) for part in parts)
        assert len(parts) <= 2 + len(text) // 1000
    assert page.evaluate("text => partsOf(text, 2000)", "👩🏽‍🔬" * 501) == ["👩🏽‍🔬" * 500, "👩🏽‍🔬"]
    page.close()
