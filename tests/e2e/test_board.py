"""One person at the board: writing, moving, taking back, by mouse, keyboard and finger."""

from __future__ import annotations

import re
from pathlib import Path

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
from playwright.sync_api import Page, expect

from canvas.document.file import load_workshop
from tests.e2e.watching import still
from tests.live_server import Server

ROOT = Path(__file__).parents[2]
HOSTILE = [
    '#import "/etc/passwd": *',
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "<script>window.broken = true</script><img src=x onerror='window.broken = true'>",
    "'; drop table event; --",
    r"\N \0 $x$ `rm` | a | b | **bold** [link](javascript:alert(1))",
    "数据漂移检测 مراقبة النموذج 👩🏽‍🔬🏳️‍🌈",
]


@pytest.fixture
def board(app: Server, open_board: OpenBoard) -> Page:
    return open_board(app.new_workshop()["participant"])


def test_the_whole_canvas_fits_one_screen_with_every_block_in_its_place(board: Page) -> None:
    expect(board.locator(".block")).to_have_count(12)
    still(board)
    assert board.evaluate("document.documentElement.scrollWidth") <= 1440
    for section in board.locator(".block").all():
        box = section.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1440
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 900
    experiments, data = (block(board, name).bounding_box() for name in ("experiments", "data"))
    assert experiments is not None
    assert data is not None
    assert experiments["x"] < data["x"], "block 3 stands left of block 2, as drawn in the original"


def test_a_note_is_added_with_the_button_and_survives_a_reload(board: Page) -> None:
    expect(block(board, "serving").locator(".opener")).to_be_visible()
    add_note(board, "serving", "Answers within 200 ms")
    expect(block(board, "serving").locator(".opener")).to_be_hidden()
    board.reload()
    wait_until_live(board)
    expect(note(board, "Answers within 200 ms")).to_be_visible()


def test_a_note_carries_its_kind_and_source(board: Page) -> None:
    block(board, "data").locator("button.add").click()
    editor(board).fill("Rows may hold personal data")
    board.locator(".kind-choice[data-kind=risk]").click()
    board.get_by_label("Source (optional)").fill("https://example.org/audit")
    board.get_by_label("Source (optional)").press("Enter")
    expect_saved(board)
    board.reload()
    wait_until_live(board)
    written = note(board, "Rows may hold personal data")
    expect(written).to_have_attribute("data-kind", "risk")
    expect(written.locator(".kind")).to_contain_text("risk")
    expect(written.get_by_role("link")).to_have_attribute("href", "https://example.org/audit")


def test_enter_edits_shift_enter_breaks_the_line_and_escape_gives_up(board: Page) -> None:
    add_note(board, "pipeline", "Four stages")
    field = open_editor(board, "Four stages")
    field.press("End")
    field.press("Shift+Enter")
    field.type("run by make")
    field.press("Enter")
    expect(notes(board, "pipeline").locator(".text")).to_have_text("Four stages\nrun by make")
    expect_focus_in(board, "Four stages\nrun by make")
    board.keyboard.press("F2")
    editor(board).fill("something else")
    editor(board).press("Escape")
    expect_texts(board, "pipeline", ["Four stages\nrun by make"])


def test_a_deleted_note_comes_back_with_undo(board: Page) -> None:
    add_note(board, "data", "first")
    add_note(board, "data", "second")
    note(board, "first").focus()
    board.keyboard.press("Delete")
    expect(note(board, "first")).to_have_count(0)
    expect_focus_in(board, "second")
    board.locator(".toast").get_by_role("button", name="Undo").click()
    expect(note(board, "first")).to_be_visible()
    expect_saved(board)
    expect_texts(board, "data", ["first", "second"])


def test_who_deletes_a_note_that_led_to_a_decision_is_told(app: Server, open_board: OpenBoard) -> None:
    example = load_workshop(ROOT / "examples/starter-git-dvc-make.workshop.yaml")
    driver = next(d.drivers for d in example.decisions if d.number == 1)
    board = open_board(app.new_workshop(document=example)["facilitator"])
    led = next(note_ for note_ in board.locator(".note").all() if note_.get_attribute("data-id") in driver)
    led.focus()
    board.keyboard.press("Delete")
    expect(board.locator(".toast")).to_contain_text("Note deleted, and decision 1")
    board.locator(".toast").get_by_role("button", name="Undo").click()
    add_note(board, "data", "led to nothing")
    note(board, "led to nothing").focus()
    board.keyboard.press("Delete")
    expect(board.locator(".toast").last).to_have_text("Note deletedUndo")


def test_control_z_takes_back_text_move_and_addition_in_turn(board: Page) -> None:
    add_note(board, "registry", "one")
    open_editor(board, "one").fill("two")
    editor(board).press("Enter")
    board.keyboard.press("Alt+ArrowRight")
    expect(notes(board, "deployment")).to_have_count(1)
    board.keyboard.press("Control+z")
    expect(notes(board, "registry").locator(".text")).to_have_text("two")
    board.keyboard.press("Control+z")
    expect(notes(board, "registry").locator(".text")).to_have_text("one")
    board.keyboard.press("Control+z")
    expect(notes(board, "registry")).to_have_count(0)
    expect_saved(board)
    board.reload()
    wait_until_live(board)
    expect(board.locator(".grid .note")).to_have_count(0)


def test_several_changes_of_one_text_are_taken_back_one_by_one(board: Page) -> None:
    add_note(board, "registry", "one")
    for text in ("two", "three"):
        board.keyboard.press("Enter")
        editor(board).fill(text)
        editor(board).press("Enter")
    for text in ("two", "one"):
        board.keyboard.press("Control+z")
        expect_saved(board)
        expect_texts(board, "registry", [text])


def test_a_note_is_dragged_within_and_across_blocks(board: Page) -> None:
    for text in ("one", "two", "three"):
        add_note(board, "foundations", text)
    drag(board, note(board, "three"), note(board, "one"))
    expect(notes(board, "foundations").first.locator(".text")).to_have_text("three")
    drag(board, note(board, "three"), note(board, "two"), below=True)
    expect_texts(board, "foundations", ["one", "two", "three"])
    add_note(board, "monitoring", "four")
    drag(board, note(board, "two"), note(board, "four"), below=True)
    expect_saved(board)
    expect_texts(board, "foundations", ["one", "three"])
    expect_texts(board, "monitoring", ["four", "two"])
    board.reload()
    wait_until_live(board)
    expect_texts(board, "monitoring", ["four", "two"])


def test_escape_puts_a_dragged_note_back(board: Page) -> None:
    add_note(board, "data", "stays here")
    start, end = note(board, "stays here").bounding_box(), block(board, "serving").bounding_box()
    assert start is not None
    assert end is not None
    board.mouse.move(start["x"] + 20, start["y"] + 8)
    board.mouse.down()
    board.mouse.move(end["x"] + 50, end["y"] + 60, steps=5)
    expect(notes(board, "serving")).to_have_count(1)
    board.keyboard.press("Escape")
    board.mouse.up()
    expect_texts(board, "data", ["stays here"])
    expect(notes(board, "serving")).to_have_count(0)


def test_alt_arrows_move_a_note_through_a_block_and_on_to_the_next(board: Page) -> None:
    for text in ("one", "two"):
        add_note(board, "data", text)
    note(board, "one").focus()
    board.keyboard.press("Alt+ArrowDown")
    expect_texts(board, "data", ["two", "one"])
    board.keyboard.press("Alt+ArrowDown")
    expect_texts(board, "experiments", ["one"])  # "below the last note of block 2 comes block 3"
    board.keyboard.press("Alt+ArrowLeft")
    expect_texts(board, "data", ["two", "one"])
    expect_focus_in(board, "one")
    expect(board.locator(".unseen[role=status]")).to_contain_text("2 of 2")


def test_the_move_menu_moves_a_note_without_dragging(board: Page) -> None:
    add_note(board, "value", "belongs elsewhere")
    note(board, "belongs elsewhere").hover()
    note(board, "belongs elsewhere").get_by_role("button", name="Move note to…").click()
    board.get_by_role("dialog").get_by_role("button", name=re.compile("Metadata")).click()
    expect_saved(board)
    expect_texts(board, "metadata", ["belongs elsewhere"])
    expect_focus_in(board, "belongs elsewhere")


def test_the_keyboard_alone_is_enough(board: Page) -> None:
    block(board, "value").locator("button.add").focus()
    board.keyboard.press("n")
    expect(editor(board)).to_be_focused()
    board.keyboard.type("typed blind")
    board.keyboard.press("Enter")
    expect_focus_in(board, "typed blind")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("n")
    board.keyboard.type("in the next block")
    board.keyboard.press("Enter")
    expect_texts(board, "data", ["in the next block"])
    board.keyboard.press("ArrowLeft")
    expect_focus_in(board, "typed blind")


def test_questions_open_in_a_panel_and_one_click_starts_an_answer(board: Page) -> None:
    opener = block(board, "monitoring").locator("button.questions")
    opener.focus()
    board.keyboard.press("Enter")
    panel = board.locator("dialog.panel")
    expect(panel).to_be_visible()
    expect(panel.locator(".purpose")).not_to_be_empty()
    expect(panel.locator(".sample").first).to_be_visible()
    board.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    asked = panel.locator(".ask-text").nth(1).text_content() or ""
    panel.locator(".answer").nth(1).click()
    expect(board.locator(".editor .asked")).to_have_text(asked)
    editor(board).type("By the weekly report")
    editor(board).press("Enter")
    expect_saved(board)
    expect_texts(board, "monitoring", ["By the weekly report"])


def test_hostile_text_appears_letter_by_letter(board: Page) -> None:
    for text in HOSTILE:
        add_note(board, "value", text)
    expect_texts(board, "value", HOSTILE)
    board.reload()
    wait_until_live(board)
    expect_texts(board, "value", HOSTILE)
    assert board.evaluate("window.broken") is None


def test_single_letters_on_a_note_do_not_reach_the_page(board: Page) -> None:
    add_note(board, "data", "quiet")
    board.evaluate("document.addEventListener('keydown', (event) => (window.heard ??= []).push(event.key))")
    note(board, "quiet").focus()
    for key in ("c", "r", "F9"):
        board.keyboard.press(key)
    assert board.evaluate("window.heard") == ["F9"]
    expect(board.locator("[data-testid=stDialog]")).to_have_count(0)
    expect_focus_in(board, "quiet")


def test_a_phone_shows_one_column_without_sideways_scrolling(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop()["participant"], 390, 844, touch=True)
    still(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    lefts = {round(box["x"]) for section in page.locator(".block").all() if (box := section.bounding_box())}
    assert len(lefts) == 1
    page.locator(".jump .chip").filter(has_text="Monitoring").tap()
    expect(block(page, "monitoring")).to_be_in_viewport()
    block(page, "monitoring").locator("button.add").tap()
    editor(page).fill("written with a thumb")
    page.get_by_role("button", name="Save").tap()
    expect_saved(page)
    still(page)
    for tool in note(page, "written with a thumb").locator(".tool").all():
        box = tool.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    note(page, "written with a thumb").get_by_role("button", name="Edit note").tap()
    expect(editor(page)).to_have_value("written with a thumb")
    still(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_nothing_that_is_typed_is_under_the_title_of_the_block(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop()["participant"], 390, 844, touch=True)
    for number in range(14):
        add_note(page, "data", f"line {number}\nand a second one")
    held = note(page, "line 5\nand a second one")
    # Its text lies under the title that stays at the top; its tools are still in sight.
    held.evaluate("item => item.scrollIntoView({ block: 'start' })")
    page.get_by_test_id("stMain").evaluate(
        """(scroller) => {
          const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector("#board"))
            .shadowRoot;
          const head = root.querySelector('.block[data-block="data"] .block-head').getBoundingClientRect();
          const item = [...root.querySelectorAll(".note")].find((e) => e.textContent.includes("line 5"));
          scroller.scrollBy(0, item.getBoundingClientRect().top + 30 - head.bottom);
        }"""
    )
    held.get_by_role("button", name="Edit note").dispatch_event("click")
    expect(editor(page)).to_be_focused()
    head, field = block(page, "data").locator(".block-head").bounding_box(), editor(page).bounding_box()
    assert head is not None
    assert field is not None
    assert head["y"] + head["height"] <= field["y"]
    assert field["y"] + field["height"] <= 844


BACK_AT_THE_TOP = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  globalThis.atTop = main.scrollTop === 0 ? (globalThis.atTop ?? 0) + 1 : 0;
  main.scrollTo(0, 0);
  return globalThis.atTop > 20;
}"""


def test_a_finger_scrolls_over_notes_and_drags_after_holding(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop()["participant"], 390, 844, touch=True)
    for text in ("one", "two", "three"):
        add_note(page, "value", text)
    still(page)
    finger = page.context.new_cdp_session(page)
    held, target = note(page, "one").bounding_box(), note(page, "three").bounding_box()
    assert held is not None
    assert target is not None
    x, y = held["x"] + 30, held["y"] + 12
    end = target["y"] + target["height"] - 4

    def touch(kind: str, at: float | None) -> None:
        points = [] if at is None else [{"x": x, "y": at}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def swipe(*, hold: bool) -> None:
        touch("touchStart", y)
        if hold:
            expect(page.locator("#board.dragging")).to_be_attached()
        for step in range(1, 9):
            touch("touchMove", y + (end - y) * step / 8)
        touch("touchEnd", None)

    swipe(hold=False)
    expect_texts(page, "value", ["one", "two", "three"])  # "a quick swipe only scrolls"
    # A swipe rolls on by itself; the finger comes down again when the page is back and stays there.
    page.wait_for_function(BACK_AT_THE_TOP)
    assert note(page, "one").bounding_box() == held
    swipe(hold=True)
    expect_saved(page)
    expect_texts(page, "value", ["two", "three", "one"])


def test_a_viewer_sees_everything_and_changes_nothing(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    writer = open_board(links["participant"])
    add_note(writer, "data", "look at me")
    viewer = open_board(links["viewer"])
    expect(note(viewer, "look at me")).to_be_visible()
    expect(viewer.locator("button.add:visible")).to_have_count(0)
    expect(viewer.locator(".tools:visible")).to_have_count(0)
    note(viewer, "look at me").dblclick()
    note(viewer, "look at me").focus()
    for key in ("Enter", "Delete", "Alt+ArrowRight", "n"):
        viewer.keyboard.press(key)
    drag(viewer, note(viewer, "look at me"), block(viewer, "serving"))
    expect(editor(viewer)).to_have_count(0)
    expect_texts(viewer, "data", ["look at me"])
    block(viewer, "data").locator("button.questions").click()
    expect(viewer.locator("dialog.panel")).to_be_visible()
    expect(viewer.locator(".answer:visible")).to_have_count(0)
