"""Several people at one sheet: what one answers the others see, a race says whose answer stands, onlookers read."""

from __future__ import annotations

import json
import re

import pytest
from conftest import OpenBoard, settled
from playwright.sync_api import Page, expect
from sheet_page import (
    ASKED,
    MODEL,
    assess,
    expect_answer,
    expect_at,
    go_to,
    opened,
    radio,
    recorded,
    row,
    rows,
)

from canvas.document.workshop import Answer, Workshop
from tests.e2e.page_runs import count_runs, runs_counted
from tests.live_server import Server


@pytest.fixture
def two(app: Server, open_board: OpenBoard) -> tuple[Page, Page]:
    """A participant and a facilitator at the sheet of an empty workshop."""
    links = app.new_workshop()
    pages = open_board(links["participant"]), open_board(links["facilitator"])
    for page in pages:
        assess(page)
    return pages


def test_others_are_seen_in_place_and_a_race_says_whose_answer_stands(two: tuple[Page, Page]) -> None:
    one, other = two
    practice, second = rows(one)[:2]
    count_runs(one)
    radio(other, second, "none").click()
    # With its first answer a workshop notes which edition of the model it was given to, and the page says so.
    one.wait_for_function("() => window.runsSeen.length === 2")
    radio(other, second, "manual").click()
    expect_answer(one, second, "manual")
    expect(row(one, second).locator(".known")).to_contain_text("someone, ")
    assert opened(one) == practice
    # The sheet draws answers by itself: the page does not run for them.
    one.wait_for_timeout(1_500)
    assert runs_counted(one) == 1
    one.context.set_offline(True)
    expect(one.locator("#sheet .notice")).to_contain_text("Offline")
    radio(one, practice, "automated").click()
    expect_answer(one, practice, "automated")
    radio(other, practice, "none").click()
    expect(other.locator(".saved")).to_have_attribute("data-state", "saved")
    one.context.set_offline(False)
    refused = row(one, practice).locator(".refused")
    expect(refused).to_contain_text('"Not done" stands.')
    expect(refused).to_contain_text("Yours was not saved: Automated")
    expect_answer(one, practice, "none")
    refused.get_by_role("button", name="Answer mine again").click()
    expect(refused).to_have_count(0)
    for page in (one, other):
        expect_answer(page, practice, "automated")


def test_whose_answer_is_replaced_reads_it(two: tuple[Page, Page]) -> None:
    one, other = two
    practice, second = rows(one)[:2]
    radio(one, practice, "none").click()
    radio(other, second, "manual").click()
    for page in (one, other):
        expect_answer(page, practice, "none")
        expect_answer(page, second, "manual")
    radio(other, practice, "automated").click()
    told = one.locator("#sheet .toast")
    expect(told).to_have_count(1)
    expect(told).to_contain_text(re.compile("someone changed your answer to .*: now Automated", re.IGNORECASE))
    # Whoever replaced it is told nothing, also not once the change has come back.
    expect(other.locator(".saved")).to_have_attribute("data-state", "saved")
    expect(other.locator("#sheet .toast")).to_have_count(0)


def test_one_answer_that_somebody_else_gave_holds_up_no_other_suggestion(
    app: Server, open_board: OpenBoard, suggesting: dict[str, str]
) -> None:
    one, other = open_board(suggesting["participant"]), open_board(suggesting["facilitator"])
    for page in (one, other):
        assess(page)
    one.get_by_role("button", name=re.compile(r"^Look at the \d+$")).click()
    practices = rows(one)
    go_to(other, practices[0])
    one.context.set_offline(True)
    expect(one.locator("#sheet .notice")).to_contain_text("Offline")
    one.get_by_role("button", name=re.compile("^Accept all")).click()
    radio(other, practices[0], "unknown").click()
    expect(other.locator(".saved")).to_have_attribute("data-state", "saved")
    one.context.set_offline(False)
    expect(one.locator("#sheet .refused")).to_have_count(1)
    expect(row(one, practices[0]).locator(".refused")).to_contain_text("stands.")
    expect(one.locator(".saved")).to_have_attribute("data-state", "saved")
    found = recorded(app, suggesting["workshop"])
    assert set(found) == set(practices)
    assert found[practices[0]].state == "unknown"
    assert {found[practice].state for practice in practices[1:]} == {"answered"}


def test_who_looks_on_changes_nothing(app: Server, open_board: OpenBoard, suggesting: dict[str, str]) -> None:
    page = open_board(suggesting["viewer"])
    assess(page)
    practice = rows(page)[0]
    radio(page, practice, "manual").dispatch_event("click")
    row(page, practice).locator("[role=radio][tabindex='0']").focus()
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    expect_at(page, rows(page)[1])
    for name in (re.compile("^Accept"), "Paste a spreadsheet", "Answer blind", re.compile("know")):
        expect(page.locator("#sheet").get_by_role("button", name=name)).to_have_count(0)
    assert recorded(app, suggesting["workshop"]) == {}


def test_nothing_recorded_reaches_who_answers_alone(app: Server, open_board: OpenBoard) -> None:
    practice = ASKED[0]
    links = app.new_workshop(document=Workshop(title="W", answers=(Answer(id=practice, value="automated"),)))
    leader, other = open_board(links["facilitator"]), open_board(links["participant"])
    heard: list[str] = []
    other.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    for page in (leader, other):
        assess(page)
    leader.get_by_role("button", name="Answer blind").click()
    leader.get_by_role("button", name="Start the round").click()
    expect(other.get_by_role("heading", name=f"Blind answers: {MODEL.title}")).to_be_visible()
    expect(other.locator("#sheet .row")).to_have_count(0)
    heard.clear()
    other.reload()
    expect(other.get_by_role("heading", name=f"Blind answers: {MODEL.title}")).to_be_visible()
    settled(other)
    told = [json.loads(frame) for frame in heard if frame.startswith('{"t":"snapshot"')]
    assert all(frame["answers"] == {} for frame in told)
