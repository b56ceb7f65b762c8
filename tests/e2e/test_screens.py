"""Small screens: nothing is cut, the phone's editor is above the keyboard, and coming back is coming back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from board_page import add_note, block, editor, expect_saved, note, open_editor
from conftest import OpenBoard
from playwright.sync_api import Page, expect

from canvas.document.file import load_workshop
from canvas.method.load import shipped
from tests.e2e.watching import still
from tests.live_server import Server
from views.question import VIEW_COOKIE

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
BIG = load_workshop(ROOT / "examples/platform-at-scale.workshop.yaml")
CLIPPED = (Path(__file__).parent / "clipped.js").read_text(encoding="utf-8")
STEPS = list(shipped().steps)
# A keyboard takes the lower half of what a phone shows, and the page does not get smaller for it.
KEYBOARD = """() => {
  const [real, seen] = [visualViewport.height, { height: null }];
  Object.defineProperty(visualViewport, "height", { get: () => seen.height ?? real });
  globalThis.keyboardUp = (height) => {
    seen.height = height;
    visualViewport.dispatchEvent(new Event("resize"));
  };
}"""
ON_TOP = """(field) => {
  const { left, top, width, height } = field.getBoundingClientRect();
  const root = field.getRootNode();
  return root.elementFromPoint(left + width / 2, top + height / 2) === field;
}"""
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"
# Waits until the page is scrolled this far, or at least so far; answers how far it is in the end.
SCROLLED_TO = """([top, least]) => new Promise((done) => {
  const end = performance.now() + 20000;
  const look = () => {
    const at = document.querySelector("[data-testid=stMain]").scrollTop;
    if (Math.abs(at - top) < 60 || (least && at > top) || performance.now() > end) done(at);
    else setTimeout(look, 50);
  };
  look();
})"""
# A heading that is drawn a little later moves what is below it.
NEAR_PX = 60
# Where each question stands, seen from the first one of its card.
PLACES = """(card) => {
  const rows = [...card.querySelectorAll("[class*=st-key-asked-]")];
  return rows.map((row) => Math.round(row.getBoundingClientRect().top - rows[0].getBoundingClientRect().top));
}"""


def go(page: Page, step: str) -> None:
    """Open the page of a step by its address and wait until all of it is there."""
    page.goto(re.sub(r"/[\w-]+\?", f"/{step}?", page.url))
    expect(page.locator(".step")).not_to_be_empty()
    whole(page)


def whole(page: Page) -> None:
    """Wait until a page has drawn everything; what an input is made of may be fetched after it."""
    still(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    still(page)


def clipped(page: Page, widths: tuple[int, ...] = (1024, 390)) -> list[str]:
    """Return what is cut off on a page, at each width."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        still(page)
        found += [f"{width}: {line}" for line in dict.fromkeys(page.evaluate(CLIPPED))]
    return found


def test_nothing_is_cut_off_on_any_page_of_the_big_example(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop(document=BIG)["facilitator"], 1024)
    found = {}
    for step in STEPS:
        go(page, step)
        found[step] = clipped(page)
    # The same browser, when it has not chosen to see questions as a list.
    page.context.clear_cookies(name=VIEW_COOKIE)
    for step in (step for step in STEPS if shipped().sections_of(step)):
        go(page, step)
        expect(page.locator("#question .count")).not_to_be_empty()
        found[f"{step}, one at a time"] = clipped(page)
    page.goto(app.url)
    whole(page)
    found["start"] = clipped(page)
    assert {step: lines for step, lines in found.items() if lines} == {}


def test_the_finder_finds_what_is_cut(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop()["facilitator"], 1024)
    go(page, "readiness")
    page.evaluate("""() => {
      const [button] = document.querySelectorAll("[data-testid=stMain] summary p");
      button.style.cssText = "width: 30px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap";
    }""")
    assert any("beside" in line for line in clipped(page, (1024,)))


def test_the_phones_editor_is_above_the_keyboard_and_below_nothing(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop()["facilitator"], 390, 844, touch=True)
    page.evaluate(KEYBOARD)
    for number in range(12):
        add_note(page, "value", f"note {number}")
    open_editor(page, "note 6")
    form = page.locator("form.editor")
    for seen in (844, 420, 300):
        page.evaluate("(seen) => keyboardUp(seen)", seen)
        still(page)
        box = form.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] == pytest.approx(seen, abs=1.5)
        save = form.get_by_role("button", name="Save").bounding_box()
        assert save is not None
        assert save["y"] + save["height"] <= seen
        assert editor(page).evaluate(ON_TOP)
        expect(editor(page)).to_be_focused()
    form.get_by_label("Source (optional)").focus()
    assert form.get_by_label("Source (optional)").evaluate(ON_TOP)
    editor(page).fill("written above the keyboard")
    form.get_by_role("button", name="Save").tap()
    expect_saved(page)
    expect(note(page, "written above the keyboard")).to_be_visible()
    expect(page.locator("form.editor")).to_have_count(0)


def test_a_screen_that_becomes_wide_puts_the_editor_back_into_its_note(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop()["facilitator"], 390, 844)
    block(page, "value").locator("button.add").click()
    editor(page).fill("half written")
    expect(page.locator("form.editor")).to_have_attribute("popover", "manual")
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator("form.editor")).not_to_have_attribute("popover", "manual")
    expect(editor(page)).to_have_value("half written")
    expect(editor(page)).to_be_visible()


def test_back_and_the_list_of_steps_return_to_the_place_and_titles_say_where_one_is(
    app: Server, open_board: OpenBoard
) -> None:
    page = open_board(app.new_workshop(document=BIG)["facilitator"])
    steps = page.get_by_test_id("stSidebar")
    go(page, "workflow")
    expect(page).to_have_title(f"Workflow · {BIG.title}")
    page.locator("[data-testid=stMain] summary").first.click()
    page.mouse.move(900, 500)
    page.mouse.wheel(0, 1200)
    assert page.evaluate(SCROLLED_TO, [1000, True]) > 1000
    still(page)
    was = page.evaluate(SCROLLED)
    steps.get_by_role("link", name="Readiness").click()
    expect(page).to_have_title(f"Readiness · {BIG.title}")
    whole(page)
    assert page.evaluate(SCROLLED) == 0
    page.go_back()
    expect(page).to_have_title(f"Workflow · {BIG.title}")
    assert page.evaluate(SCROLLED_TO, [was, False]) == pytest.approx(was, abs=NEAR_PX)
    expect(page.locator("[data-testid=stMain] details[open]")).to_have_count(1)
    steps.get_by_role("link", name="Readiness").click()
    expect(page).to_have_title(f"Readiness · {BIG.title}")
    whole(page)
    steps.get_by_role("link", name="Workflow").click()
    assert page.evaluate(SCROLLED_TO, [was, False]) == pytest.approx(was, abs=NEAR_PX)


def test_another_workshop_of_the_same_tab_begins_at_its_own_beginning(app: Server, open_board: OpenBoard) -> None:
    first, second = (app.new_workshop(title, document=BIG)["facilitator"] for title in ("One", "Two"))
    page = open_board(first)
    go(page, "governance")
    page.mouse.move(900, 500)
    page.mouse.wheel(0, 1500)
    assert page.evaluate(SCROLLED_TO, [1000, True]) > 1000
    still(page)
    page.goto(second)
    page.wait_for_url("**/where-we-stand?**")
    expect(page.locator("#stand .card").first).to_be_visible()
    go(page, "governance")
    assert page.evaluate(SCROLLED) == 0


def test_the_title_of_the_tab_follows_that_of_the_workshop(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop("Before")
    mine, other = open_board(links["participant"]), open_board(links["facilitator"])
    expect(mine).to_have_title("Stack Canvas · Before")
    other.evaluate("""() => {
      const [client] = globalThis[Symbol.for("stack-canvas.live")].values();
      const op = { t: "op", op_id: "a1".repeat(10), action: "set", item: "workshop:", prop: "title", value: "After" };
      client.outbox.add({ ...op, base: client.seq }, null);
      client.sent();
    }""")
    expect(mine).to_have_title("Stack Canvas · After")


@pytest.mark.parametrize("width", [1440, 390])
def test_no_answer_moves_the_next_question(app: Server, open_board: OpenBoard, width: int) -> None:
    page = open_board(app.new_workshop()["facilitator"], width)
    go(page, "phase-zero")
    for section, answers in {
        "problem": ["Low", "Intolerable"],
        "task": ["Images", "Yes"],
        "worth": ["Not yet"],
    }.items():
        card = page.locator(f".st-key-section-{section}")
        before = card.evaluate(PLACES)
        for answer in answers:
            card.get_by_role("radio", name=answer, exact=True).first.click()
            whole(page)
            assert card.evaluate(PLACES) == before, answer
        expect(card.get_by_role("radio", name="Decided").first).to_be_checked()


def test_all_workshops_leaves_no_empty_bar_and_each_workshop_is_opened_afresh(
    app: Server, open_board: OpenBoard
) -> None:
    page = open_board(app.new_workshop("Parcel delays")["facilitator"])
    page.get_by_test_id("stSidebar").get_by_role("link", name="All workshops").click()
    expect(page.get_by_role("heading", name="Start a workshop")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page).to_have_title("Start · MLOps Stack Canvas")
    expect(page.get_by_test_id("stImage")).to_have_count(3)
    entry = page.get_by_role("link", name="Parcel delays")
    expect(entry).to_contain_text("you lead")
    page.evaluate("globalThis.sameTab = true")
    entry.click()
    page.wait_for_url("**/canvas?**")
    expect(page.locator(".block").first).to_be_visible()
    assert page.evaluate("globalThis.sameTab") is None
