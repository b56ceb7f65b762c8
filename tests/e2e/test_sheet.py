"""Assess as a sheet, as one person uses it: with keys and clicks, what the board says, bad input, on any screen.

Several people at one sheet are in `test_sheet_together.py`.
"""

from __future__ import annotations

import re

import pytest
from conftest import OpenBoard, settled
from playwright.sync_api import Page, expect
from sheet_page import (
    ASKED,
    PRACTICES,
    assess,
    expect_answer,
    expect_at,
    expect_heard,
    expect_recorded,
    expect_sheet,
    go_to,
    listen,
    opened,
    radio,
    recorded,
    row,
    rows,
    sure,
)

from canvas.document.workshop import Answer, Workshop
from tests.live_server import Server

# Whether an answer is drawn in the very moment of its click, before anything is asked of the server.
DRAWN_AT_ONCE = """() => {
  const sheet = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector("#sheet")).shadowRoot;
  const radio = sheet.querySelector(".row.open [role=radio][data-answer=manual]");
  radio.click();
  return radio.getAttribute("aria-checked") === "true";
}"""


def test_keys_answer_row_after_row_and_take_back(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    page = open_board(links["participant"])
    assess(page)
    order = rows(page)
    go_to(page, order[0])
    for key in ("2", "3", "4"):
        page.keyboard.press(key)
    expect_at(page, order[3])
    expect(row(page, order[3]).locator("[role=radio]:focus")).to_have_count(1)
    expect_recorded(page, app, links["workshop"], {order[0]: "manual", order[1]: "automated", order[2]: "unknown"})
    listen(page)
    page.keyboard.press("z")
    expect_at(page, order[2])
    expect_answer(page, order[2], None)
    expect_heard(page, "Taken back")
    page.keyboard.press("ArrowUp")
    expect_at(page, order[1])
    page.keyboard.press("1")
    expect_at(page, order[2])
    expect_recorded(page, app, links["workshop"], {order[0]: "manual", order[1]: "none"})
    assert order[2] not in recorded(app, links["workshop"])


def test_an_answer_is_drawn_at_once_and_scored_after_a_rest(app: Server, open_board: OpenBoard) -> None:
    answers = tuple(Answer(id=p, value="automated") for p in ASKED if p != ASKED[0])
    page = open_board(app.new_workshop(document=Workshop(title="W", answers=answers))["participant"])
    assess(page)
    expect(sure(page)).to_have_text("6")
    assert opened(page) == ASKED[0]
    listen(page)
    assert page.evaluate(DRAWN_AT_ONCE)
    expect(sure(page)).to_have_text("6.5")
    expect_heard(page, "the sure score goes from 6 to 6.5")
    banner = page.locator("#sheet .banner")
    expect(banner).to_contain_text("All of them are answered.")
    banner.get_by_role("button", name="See where we stand").click()
    expect(page.locator(".step")).to_have_text("Where we stand")
    expect(page.locator("#stand .level .value")).to_have_text("6.5 of 7")


def test_a_click_answers_and_moves_nothing(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop()["participant"])
    assess(page)
    order = rows(page)
    row(page, order[4]).scroll_into_view_if_needed()
    before = row(page, order[4]).bounding_box()
    radio(page, order[4], "automated").click()
    expect_answer(page, order[4], "automated")
    settled(page)
    assert opened(page) == order[0]
    assert row(page, order[4]).bounding_box() == before


def test_what_the_board_says_is_accepted_as_one_step_and_taken_back_as_one(
    app: Server, open_board: OpenBoard, suggesting: dict[str, str]
) -> None:
    page = open_board(suggesting["participant"])
    assess(page)
    accept = page.get_by_role("button", name=re.compile(r"^Accept all \d+$"))
    count = int(accept.inner_text().split()[-1])
    promised = re.search(
        r"the sure score (?:goes from \S+ to|stays) (\S+)\.", page.locator(".banner-words").inner_text()
    )
    assert count > 1
    assert promised
    page.get_by_role("button", name=f"Look at the {count}").click()
    looked_at = rows(page)
    assert len(looked_at) == count
    assert recorded(app, suggesting["workshop"]) == {}
    page.get_by_role("button", name=f"Accept all {count}").click()
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    found = recorded(app, suggesting["workshop"])
    assert set(found) == set(looked_at)
    assert all(piece.hint for answer in found.values() for piece in answer.evidence)
    expect(sure(page)).to_have_text(promised[1])
    row(page, looked_at[0]).locator("[role=radio][tabindex='0']").focus()
    listen(page)
    page.keyboard.press("z")
    expect_heard(page, f"Taken back: {count} answers.")
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    assert recorded(app, suggesting["workshop"]) == {}


def test_enter_accepts_only_what_has_the_focus(app: Server, open_board: OpenBoard, suggesting: dict[str, str]) -> None:
    page = open_board(suggesting["participant"])
    assess(page)
    page.get_by_role("button", name=re.compile(r"^Look at the \d+$")).click()
    first, second = rows(page)[:2]
    go_on = row(page, first).locator("[role=radio].suggested")
    said = go_on.get_attribute("data-answer")
    expect(go_on).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect_answer(page, first, None)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect_answer(page, first, said)
    expect_at(page, second)


def test_what_does_not_apply_waits_for_its_reason(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    page = open_board(links["participant"])
    assess(page)
    practice = rows(page)[0]
    go_to(page, practice)
    page.keyboard.press("5")
    reason = row(page, practice).get_by_label("Why it does not apply")
    expect(reason).to_be_focused()
    page.keyboard.type("Nothing is 2 z?")
    settled(page)
    assert recorded(app, links["workshop"]) == {}
    page.reload()
    expect_sheet(page)
    row(page, practice).locator("[role=radio][data-answer=not-applicable]").click()
    expect(reason).to_have_value("Nothing is 2 z?")
    page.keyboard.press("Enter")
    expect_answer(page, practice, "not-applicable")
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    assert recorded(app, links["workshop"])[practice].reason == "Nothing is 2 z?"


def test_evidence_is_added_renewed_and_removed(app: Server, open_board: OpenBoard) -> None:
    practice = ASKED[0]
    old = {"ref": "a log", "seen_on": "2020-01-31"}
    document = Workshop(
        title="W", answers=(Answer.model_validate({"id": practice, "value": "manual", "evidence": [old]}),)
    )
    links = app.new_workshop(document=document)
    page = open_board(links["participant"])
    assess(page)
    go_to(page, practice)
    expect(row(page, practice).locator(".piece")).to_contain_text("expired: seen 2020-01-31")
    page.keyboard.press("e")
    page.keyboard.type("tests/e2e 1z")
    page.keyboard.press("Enter")
    expect(row(page, practice).locator(".piece")).to_have_count(2)
    row(page, practice).get_by_role("button", name="Seen today: a log").click()
    expect(row(page, practice).locator(".piece.good")).to_have_count(2)
    row(page, practice).get_by_role("button", name="Remove a log").click()
    expect(row(page, practice).locator(".piece")).to_have_count(1)
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    assert [piece.ref for piece in recorded(app, links["workshop"])[practice].evidence] == ["tests/e2e 1z"]


def test_single_keys_work_in_the_sheet_only_and_can_be_switched_off(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop()["participant"])
    assess(page)
    practice = rows(page)[0]
    page.mouse.click(700, 12)
    page.keyboard.press("2")
    expect_answer(page, practice, None)
    go_to(page, practice)
    page.keyboard.press("?")
    page.get_by_role("switch", name="Single keys").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    expect_sheet(page)
    go_to(page, practice)
    page.keyboard.press("2")
    expect(page.locator("#sheet .keys")).to_contain_text("Single keys are off.")
    expect_answer(page, practice, None)
    page.keyboard.press("Space")
    expect_answer(page, practice, "none")


def paste(page: Page, text: str) -> None:
    """Paste a text where the focus is, as the system's clipboard would give it."""
    page.evaluate(
        """(text) => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const about = { clipboardData, bubbles: true, composed: true, cancelable: true };
          active.dispatchEvent(new ClipboardEvent("paste", about));
        }""",
        text,
    )


def test_a_spreadsheet_is_shown_before_it_is_taken_in(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    page = open_board(links["participant"])
    assess(page)
    first, second, third, fourth = ASKED[:4]
    go_to(page, rows(page)[0])
    paste(page, "just words 12345")
    expect(page.get_by_role("dialog")).to_have_count(0)
    lines = [
        "Practice\tAnswer",
        f"{PRACTICES[first].title}\tby hand, documented",
        f"{second}\tAutomated",
        f"{third}\tmaybe",
        f"{fourth}\tNot applicable",
        "No such thing\tAutomated",
    ]
    paste(page, "\r\n".join(lines))
    preview = page.get_by_role("dialog")
    expect(preview).to_contain_text("2 answers to take in, 4 rows not understood.")
    for words in ("No practice is called so.", "none of the five answers", "needs its reason in the third column"):
        expect(preview).to_contain_text(words)
    assert recorded(app, links["workshop"]) == {}
    preview.get_by_role("button", name="Take in 2 answers").click()
    expect_recorded(page, app, links["workshop"], {first: "manual", second: "automated"})
    assert len(recorded(app, links["workshop"])) == 2


def test_a_section_nobody_knows_about_is_one_step(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    page = open_board(links["participant"])
    assess(page)
    order = rows(page)
    radio(page, order[1], "manual").click()
    page.get_by_role("button", name=re.compile("with: don't know")).click()
    expect_recorded(page, app, links["workshop"], {order[0]: "unknown", order[1]: "manual", order[2]: "unknown"})
    row(page, order[0]).locator("[role=radio][tabindex='0']").focus()
    page.keyboard.press("z")
    expect_answer(page, order[2], None)
    expect_answer(page, order[1], "manual")


CUT = """() => {
  const sheet = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector("#sheet")).shadowRoot;
  const shown = [...sheet.querySelectorAll("button, select, .section")].filter((e) => e.getClientRects().length);
  const cut = (e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
  const beyond = (e) => !e.closest(".section-list") && e.getBoundingClientRect().right > innerWidth + 1;
  return shown.filter((e) => cut(e) || beyond(e)).map((e) => e.textContent);
}"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768), (1280, 720)])
def test_every_label_is_whole(
    app: Server, open_board: OpenBoard, suggesting: dict[str, str], width: int, height: int
) -> None:
    page = open_board(suggesting["facilitator"], width, height)
    assess(page)
    settled(page)
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_one_practice_at_a_time_and_goes_on(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop()
    page = open_board(links["participant"], 390, 844, touch=True)
    assess(page)
    shown = page.locator("#sheet .row:visible")
    expect(shown).to_have_count(1)
    first = opened(page)
    radio(page, first, "automated").tap()
    expect(shown).to_have_count(1)
    second = opened(page)
    assert second != first
    page.get_by_role("button", name="Next practice").tap()
    assert opened(page) not in (first, second)
    page.get_by_role("button", name="Undo").tap()
    expect_at(page, first)
    expect_answer(page, first, None)
    expect(sure(page)).to_be_in_viewport()
