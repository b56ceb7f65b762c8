"""Deciding with real clicks and keys: drafted at once, reasoned in the card, recorded, and nothing typed is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import OpenBoard
from decide_page import (
    SLOTS,
    box,
    card,
    choices,
    choose,
    current,
    decisions,
    expect_at,
    expect_chosen,
    go_deciding,
    go_to,
    read,
    reason,
    record,
    row,
    settled,
)
from playwright.sync_api import Page, expect

from canvas.document.file import load_workshop
from canvas.document.workshop import Decision, Risk, Workshop
from tests.live_server import Server

EXAMPLE = Path(__file__).parents[2] / "examples/starter-git-dvc-make.workshop.yaml"
UNDECIDED = load_workshop(EXAMPLE).model_copy(update={"decisions": ()})
RUNTIME = "serving.runtime"


def opened(app: Server, open_board: OpenBoard, role: str = "facilitator", document: Workshop = UNDECIDED) -> Page:
    page = open_board(app.new_workshop(document=document)[role])
    go_deciding(page)
    return page


def only(app: Server, workshop: str) -> Decision:
    [found] = decisions(app, workshop)
    return found


@pytest.mark.long
def test_eighteen_decisions_take_a_digit_and_one_key_each(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop(document=UNDECIDED)
    page = open_board(links["facilitator"])
    go_deciding(page)
    for slot in SLOTS:
        expect_at(page, slot)
        page.keyboard.press("1")
        expect(reason(page)).to_be_focused()
        if not reason(page).input_value():
            page.keyboard.type("x")
        page.keyboard.press("Control+Enter")
    expect(page.locator("#deciding .head .count")).to_have_text(f"{len(SLOTS)} of {len(SLOTS)} recorded")
    settled(page)
    found = decisions(app, links["workshop"])
    assert [(d.slot, d.number) for d in found] == [(slot, number) for number, slot in enumerate(SLOTS, 1)]
    assert all(decision.because for decision in found)


def test_the_reason_opens_in_the_card_and_what_was_edited_is_never_overwritten(
    app: Server, open_board: OpenBoard
) -> None:
    links = app.new_workshop(document=UNDECIDED)
    page = open_board(links["facilitator"])
    go_deciding(page)
    go_to(page, RUNTIME)
    first, second, *_ = choices(page)
    expect(reason(page)).to_have_count(0)
    choose(page, first)
    expect(card(page, first).locator(".because textarea")).to_be_focused()
    expect(page.locator("#deciding .about")).to_contain_text("filled in from the plus reasons")
    filled = reason(page).input_value()
    assert filled.endswith(".")
    expect(row(page, RUNTIME)).to_contain_text("draft:")
    choose(page, second)
    assert reason(page).input_value() != filled
    # Emptied, nothing can be recorded; with the first letter it can, while the field has the focus.
    reason(page).fill("")
    expect(record(page)).to_be_disabled()
    page.keyboard.type("M")
    expect(record(page)).to_be_enabled()
    page.keyboard.type("ine")
    choose(page, first)
    expect(reason(page)).to_have_value("Mine")
    expect(page.locator("#deciding .older")).to_contain_text("written before this was chosen")
    record(page).click()
    expect(page.locator("#deciding .slot[aria-current]")).not_to_have_attribute("data-id", RUNTIME)
    settled(page)
    found = only(app, links["workshop"])
    assert (found.choice, found.because, found.number, found.advised) == (first, "Mine", 1, False)


def test_half_a_word_outlives_leaving_the_slot_the_page_and_a_reload(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop(document=UNDECIDED)
    page = open_board(links["participant"])
    go_deciding(page)
    go_to(page, RUNTIME)
    choose(page, choices(page)[0])
    reason(page).fill("Half a wor")
    page.reload()
    expect(reason(page)).to_have_value("Half a wor")
    reason(page).press("End")
    page.keyboard.type("d")
    page.get_by_test_id("stSidebar").get_by_role("link", name=re.compile("Take home")).click()
    expect(page.locator(".step")).to_have_text("Take home")
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    assert only(app, links["workshop"]).because == "Half a word"
    page.go_back()
    expect_at(page, RUNTIME)
    expect(reason(page)).to_have_value("Half a word")


def test_all_open_ones_are_drafted_in_one_step_marked_and_taken_back_in_one(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop(document=UNDECIDED)
    page = open_board(links["facilitator"])
    go_deciding(page)
    button = page.locator("#deciding").get_by_role(
        "button", name=re.compile(r"^Draft (\d+ of )?the \d+ open ones as advised$")
    )
    count = int(re.findall(r"\d+", button.inner_text())[0])
    button.click()
    expect(page.locator("#deciding .slot.draft")).to_have_count(count)
    settled(page)
    found = decisions(app, links["workshop"])
    assert len(found) == count
    assert all(draft.advised and draft.status == "draft" and draft.because is None for draft in found)
    page.locator("#deciding .slot.draft").first.click()
    expect(page.locator("#deciding .by")).to_contain_text("Drafted from the advice")
    page.locator("#deciding .head").get_by_role("button", name="Undo").click()
    expect(page.locator("#deciding .slot.draft")).to_have_count(0)
    settled(page)
    assert decisions(app, links["workshop"]) == ()


def contradict(page: Page) -> None:
    """Draft two choices that do not go together."""
    for slot, choice in {"foundations.repository": "gitlab", "pipeline.ci": "github-actions"}.items():
        go_to(page, slot)
        more = page.locator("#deciding .question-foot").get_by_role("button", name=re.compile("more option"))
        if choice not in choices(page):
            more.click()
        choose(page, choice)


def test_a_contradiction_comes_with_the_draft_and_goes_with_the_mend(app: Server, open_board: OpenBoard) -> None:
    page = opened(app, open_board)
    contradict(page)
    told = page.locator("#deciding .contradiction")
    expect(told).to_contain_text("GitHub Actions")
    expect(row(page, "pipeline.ci")).to_have_class(re.compile("contradicts"))
    go_to(page, "data.storage")
    told.get_by_role("button", name=re.compile("^Use GitLab CI")).click()
    expect_at(page, "pipeline.ci")
    expect_chosen(page, "gitlab-ci")
    expect(told).to_have_count(0)


def accepting(app: Server, workshop: str) -> list[Risk]:
    return [risk for risk in read(app, workshop).risks if (risk.source or "").startswith("contradiction")]


def test_a_contradiction_is_accepted_as_a_risk_by_all_who_look_and_opened_again(
    app: Server, open_board: OpenBoard
) -> None:
    links = app.new_workshop(document=UNDECIDED)
    page, other = open_board(links["facilitator"]), open_board(links["participant"])
    for each in (page, other):
        go_deciding(each)
    contradict(page)
    told = other.locator("#deciding .contradiction")
    told.get_by_role("button", name="Accept it as a risk", exact=True).click()
    for each in (page, other):
        expect(each.locator("#deciding .lived-with")).to_contain_text("One contradiction is accepted as a risk")
        expect(each.locator("#deciding .contradiction")).to_have_count(0)
        expect(row(each, "pipeline.ci")).not_to_have_class(re.compile("contradicts"))
    [risk] = accepting(app, links["workshop"])
    assert risk.residual == "acceptable"
    assert risk.text.startswith("Continuous integration: GitHub Actions. ")
    page.locator("#deciding .lived-with").get_by_role("button", name="Open it again").click()
    expect(told).to_have_count(1)
    expect(page.locator("#deciding .lived-with")).to_have_count(0)
    # The same risk is taken again, not a second one made.
    told.get_by_role("button", name="Accept it as a risk", exact=True).click()
    expect(page.locator("#deciding .lived-with")).to_have_count(1)
    settled(page)
    assert accepting(app, links["workshop"]) == [risk]


def both_at_the_runtime(open_board: OpenBoard, *links: str) -> tuple[Page, ...]:
    """Open the same decision for two people by their links."""
    pages = tuple(open_board(link) for link in links)
    for page in pages:
        go_deciding(page)
        go_to(page, RUNTIME)
    return pages


@pytest.mark.long
def test_two_people_see_each_other_and_nothing_typed_is_lost(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop(document=UNDECIDED)
    mine, theirs = both_at_the_runtime(open_board, links["participant"], links["facilitator"])
    first, second, *_ = choices(mine)
    choose(mine, first)
    expect_chosen(theirs, first)
    # While I type, somebody records what I had chosen.
    reason(mine).fill("Because I say")
    record(theirs).click()
    expect(box(mine)).to_contain_text("recorded this decision while you wrote")
    expect(box(mine)).to_contain_text("Because I say")
    mine.keyboard.type(" so")
    expect(box(mine)).to_contain_text("Because I say so")
    box(mine).get_by_role("button", name="Draft it again with my reason").click()
    expect_chosen(mine, first)
    expect(reason(mine)).to_have_value("Because I say so")
    # Whoever looks at the slot too, offline, chooses another one meanwhile.
    go_to(theirs, RUNTIME)
    expect_chosen(theirs, first)
    mine.context.set_offline(True)
    expect(mine.locator("#deciding .notice")).to_contain_text("Offline")
    choose(mine, second)
    choose(theirs, "none-yet")
    settled(theirs)
    mine.context.set_offline(False)
    expect(box(mine)).to_contain_text("None yet stands.")
    expect(box(mine)).to_contain_text("Yours was not saved")
    box(mine).get_by_role("button", name="Keep mine").click()
    for page in (mine, theirs):
        expect_chosen(page, second)
    expect(theirs.locator("#deciding .toast").first).to_contain_text("You had drafted None yet")


def test_a_reason_is_never_recorded_with_what_somebody_else_chose(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop(document=UNDECIDED)
    mine, theirs = both_at_the_runtime(open_board, links["facilitator"], links["participant"])
    first, second, *_ = choices(mine)
    choose(mine, second)
    reason(mine).fill("My reason for my option")
    expect_chosen(theirs, second)
    choose(theirs, first)
    expect_chosen(mine, first)
    # The reason still stands in the card it was written for, under my fingers.
    mine.keyboard.press("Control+Enter")
    expect(box(mine)).to_contain_text("while you wrote why")
    expect(box(mine)).to_contain_text("My reason for my option")
    expect(mine.locator("#deciding .option.chosen .because")).to_have_count(1)
    settled(mine)
    expect_at(mine, RUNTIME)
    draft = only(app, links["workshop"])
    assert (draft.status, draft.choice, draft.because) == ("draft", first, None)
    # One of three ways decides it; here I choose mine again, and record it.
    box(mine).get_by_role("button", name=re.compile("^Choose ")).click()
    expect_chosen(mine, second)
    expect(box(mine)).to_have_count(0)
    settled(mine)
    record(mine).click()
    settled(mine)
    draft = only(app, links["workshop"])
    assert (draft.status, draft.choice, draft.because) == ("accepted", second, "My reason for my option")


def test_who_takes_part_drafts_and_who_looks_on_changes_nothing(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop(document=UNDECIDED)
    page = open_board(links["participant"])
    go_deciding(page)
    slot = current(page)
    page.keyboard.press("2")
    expect(reason(page)).to_be_focused()
    expect(record(page)).to_be_hidden()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#deciding .slot[aria-current]")).not_to_have_attribute("data-id", slot)
    settled(page)
    assert only(app, links["workshop"]).status == "draft"
    looking = open_board(links["viewer"])
    go_deciding(looking)
    go_to(looking, slot)
    looking.keyboard.press("1")
    looking.locator("#deciding .choose").first.dispatch_event("click")
    expect(looking.locator("#deciding .head").get_by_role("button")).to_have_count(0)
    settled(looking)
    assert len(decisions(app, links["workshop"])) == 1


def test_a_day_other_ways_to_record_and_what_stands_beside_are_in_the_card(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop(document=UNDECIDED)
    page = open_board(links["facilitator"])
    go_deciding(page)
    go_to(page, RUNTIME)
    own = page.locator("#deciding .own input")
    own.fill("Our own server")
    own.press("Enter")
    expect_chosen(page, "other: Our own server")
    reason(page).fill("It is there")
    page.locator("#deciding .beside summary").click()
    page.locator("#deciding .like select").select_option("fastapi")
    page.locator("#deciding .adding input").fill("bentoml")
    page.keyboard.press("Enter")
    expect(page.locator("#deciding .chips li")).to_have_text(["BentoML"])
    page.locator("#deciding .recording summary").click()
    day = page.locator("#deciding .recording input")
    day.fill("last May")
    page.get_by_role("button", name="Record as proposed").click()
    expect(page.locator("#deciding .recording .problem")).to_contain_text("This is no day")
    expect(day).to_have_value("last May")
    day.fill("2026-05")
    page.get_by_role("button", name="Record as proposed").click()
    settled(page)
    found = only(app, links["workshop"])
    assert (found.status, found.decided_on, found.like, found.beside) == (
        "proposed",
        "2026-05",
        "fastapi",
        ("bentoml",),
    )
    go_to(page, RUNTIME)
    expect(page.get_by_text("Decision 1, recorded 2026-05")).to_be_visible()


def test_on_a_phone_there_is_one_decision_and_the_list_is_a_tap_away(app: Server, open_board: OpenBoard) -> None:
    page = open_board(app.new_workshop(document=UNDECIDED)["facilitator"], 390, 844, touch=True)
    go_deciding(page)
    expect(page.locator("#deciding .list")).to_be_hidden()
    page.locator("#deciding").get_by_role("button", name=f"All {len(SLOTS)}").tap()
    expect(page.locator("#deciding .question")).to_be_hidden()
    row(page, RUNTIME).tap()
    expect_at(page, RUNTIME)
    choice = choices(page)[0]
    card(page, choice).locator(".choose").tap()
    expect_chosen(page, choice)
    expect(reason(page)).not_to_be_focused()
    expect(record(page)).to_be_in_viewport()
    record(page).tap()
    expect(page.locator("#deciding .slot[aria-current]")).not_to_have_attribute("data-id", RUNTIME)
