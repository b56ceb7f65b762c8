"""One question at a time in a real browser: keys, mistakes, what was left half-typed, two people, a blind round."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from canvas.advice.question_order import question_groups
from canvas.log.fold import document_of
from tests.e2e.conftest import OwnBrowser, enter
from tests.e2e.question_page import (
    CONTENT,
    answer,
    expect_at,
    expect_question,
    expect_saved,
    field,
    go_to,
    one_at_a_time,
    radio,
    title,
)
from tests.live_server import Server

FIRST = question_groups("phase-zero", CONTENT)[0].questions
DELAY = "label-delay"


def values(app: Server, workshop: str, *pages: Page) -> dict[str, object]:
    for page in pages:
        expect_saved(page)
    store = app.store()
    try:
        items = store.read(workshop, document_of).requirements
    finally:
        store.close()
    return {item.id: item.value for item in items if item.value is not None}


def opened(own_browser: OwnBrowser, link: str, step: str = "phase-zero") -> Page:
    page = own_browser(one=True).new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    enter(page, link)
    one_at_a_time(page, step)
    return page


def test_the_first_ten_are_answered_with_keys_alone_and_the_advice_moves(app: Server, own_browser: OwnBrowser) -> None:
    links = app.new_workshop("Keys")
    page = opened(own_browser, links["participant"])
    go = next(case for case in CONTENT.advisors["go"].golden if case.expect == "go")
    given = {id_: value for id_, value in go.answers.items() if id_ in FIRST}
    given |= {"model-source": "own", "human-check": True, "retraining": "monthly"}
    given |= {"regulated": False, "reproducibility": False}
    expect(page.locator("#question .side .on")).to_have_count(0)
    for id_ in FIRST:
        expect_at(page, id_)
        definition = CONTENT.requirements[id_]
        options = [o.id for o in definition.options] or [True, False]
        # The focus is in the group already.
        expect(page.locator("#question .option[tabindex='0']")).to_be_focused()
        page.keyboard.press(str(1 + options.index(given[id_])))
        expect(page.locator("#question .with h2")).to_contain_text("With ")
        page.keyboard.press("Enter")
    expect(page.locator("#question .count")).to_contain_text(f"Question {len(FIRST) + 1} of")
    expect(page.locator("#question .side .track .on")).to_contain_text("Go")
    assert values(app, links["workshop"], page) == given


def test_what_is_skipped_comes_back_once_and_the_page_ends(app: Server, own_browser: OwnBrowser) -> None:
    links = app.new_workshop("Skipped")
    page = opened(own_browser, links["participant"], "readiness")
    asked = [r.id for section in CONTENT.sections_of("readiness") for r in section.requirements]
    expect_at(page, asked[0])
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    expect_at(page, asked[2])
    page.keyboard.press("Alt+ArrowLeft")
    expect_at(page, asked[1])
    page.keyboard.press("Alt+ArrowRight")
    for id_ in asked[2:]:
        answer(page, id_, CONTENT.requirements[id_].options[0].id)
    expect(page.get_by_text("you skipped: they come back once")).to_be_visible()
    expect_at(page, asked[0])
    answer(page, asked[0], CONTENT.requirements[asked[0]].options[1].id)
    expect_at(page, asked[1])
    page.keyboard.press("Alt+ArrowRight")
    expect(page.get_by_role("heading", name="That was the last question")).to_be_focused()
    expect(page.get_by_text("1 question of 7 stay open.")).to_be_visible()
    assert asked[1] not in values(app, links["workshop"], page)


def test_a_wrong_number_stays_with_its_mend_and_what_was_half_typed_is_found_again(
    app: Server, own_browser: OwnBrowser
) -> None:
    links = app.new_workshop("Half a word")
    page = opened(own_browser, links["participant"])
    go_to(page, DELAY)
    expect(field(page)).to_be_focused()
    page.keyboard.type("soon")
    page.keyboard.press("Enter")
    expect(page.locator("#question .problem")).to_contain_text("Write a single number in digits")
    expect(field(page)).to_have_value("soon")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1 in ")
    steps = page.get_by_test_id("stSidebar")
    steps.get_by_role("link", name=re.compile("Decide")).click()
    expect(page.locator(".step")).to_have_text("Decide")
    steps.get_by_role("link", name=re.compile("Phase zero")).click()
    expect_question(page)
    expect_at(page, DELAY)
    expect(field(page)).to_have_value("1 in ")
    page.reload()
    expect_question(page)
    expect(field(page)).to_have_value("1 in ")
    assert values(app, links["workshop"]) == {}
    field(page).fill("4")
    expect(page.locator("#question .with h2")).to_have_text("With 4 days")
    page.keyboard.press("Enter")
    expect(title(page)).not_to_have_text(CONTENT.requirements[DELAY].question)
    assert values(app, links["workshop"], page) == {DELAY: 4}


def test_of_two_at_one_question_each_sees_the_other_and_neither_text_is_lost(
    app: Server, own_browser: OwnBrowser
) -> None:
    links = app.new_workshop("Two")
    anne, ben = (opened(own_browser, links["participant"]) for _ in range(2))
    for page in (anne, ben):
        go_to(page, "users")
    # Ben looks on; what Anne saves appears by itself.
    field(anne).fill("The couriers")
    anne.keyboard.press("Enter")
    expect(field(ben)).to_have_value("The couriers")
    expect(ben.locator("#question .toast")).to_contain_text("answered this: The couriers")
    # Both write at once.
    anne.keyboard.press("Alt+ArrowLeft")
    expect_at(anne, "users")
    field(anne).fill("The couriers of the north")
    field(ben).fill("The dispatchers")
    anne.keyboard.press("Enter")
    clash = ben.locator("#question .clash")
    expect(clash).to_contain_text("Theirs: The couriers of the north")
    expect(clash).to_contain_text("Yours: The dispatchers")
    expect(field(ben)).to_have_value("The dispatchers")
    ben.keyboard.press("Enter")
    expect_at(ben, "users")
    ben.get_by_role("button", name="Keep mine").click()
    expect(clash).to_be_hidden()
    expect_saved(ben)
    anne.keyboard.press("Alt+ArrowLeft")
    expect(field(anne)).to_have_value("The dispatchers")
    assert values(app, links["workshop"], ben) == {"users": "The dispatchers"}


def test_an_answer_that_makes_questions_pointless_takes_them_out_and_says_so(
    app: Server, own_browser: OwnBrowser
) -> None:
    links = app.new_workshop("Pointless")
    page = opened(own_browser, links["participant"])
    before = page.locator("#question .count").inner_text()
    go_to(page, "model-source")
    radio(page, "ready-made").click()
    expect(page.locator("#question .with")).to_contain_text("13 questions are not asked.")
    page.keyboard.press("Enter")
    fewer = page.locator("#question .fewer")
    expect(fewer).to_contain_text("fewer: A ready-made model answers")
    number = int(fewer.inner_text().split()[0])
    expect(page.locator("#question .count")).to_contain_text(f"of {int(before.split()[-1]) - number}")


def test_everybody_answers_a_question_alone_on_this_screen_and_the_middle_is_taken(
    app: Server, own_browser: OwnBrowser
) -> None:
    links = app.new_workshop("Alone")
    leader = opened(own_browser, links["facilitator"])
    guests = [opened(own_browser, links["participant"]) for _ in range(2)]
    go_to(leader, DELAY)
    leader.locator("#question .more summary").click()
    leader.get_by_role("button", name="Ask everybody alone").click()
    for page, said in zip((leader, *guests), ("4", "5", "14"), strict=True):
        expect_at(page, DELAY)
        expect(page.get_by_text("Everybody answers this alone")).to_be_visible()
        field(page).fill(said)
        page.get_by_role("button", name="Send my answer").click()
        expect(page.locator("#question .save")).to_have_text("Next question")
    expect(guests[0].get_by_role("button", name="Reveal")).to_have_count(0)
    leader.get_by_role("button", name="Reveal").click()
    for page in (leader, *guests):
        expect(page.get_by_text("wide spread: talk about it")).to_be_visible()
    expect(guests[0].get_by_role("button", name=re.compile("Take"))).to_have_count(0)
    leader.get_by_role("button", name="Take the middle, 5 days").click()
    expect(field(guests[1])).to_have_value("5")
    leader.get_by_role("button", name="Close the round").click()
    for page in guests:
        expect(page.locator("#question .room-says")).to_be_hidden()
    assert values(app, links["workshop"], leader) == {DELAY: 5}


def test_the_list_opens_at_the_question_and_the_browser_remembers_the_view(
    app: Server, own_browser: OwnBrowser
) -> None:
    page = opened(own_browser, app.new_workshop("Views")["facilitator"])
    go_to(page, "retraining")
    page.get_by_role("button", name="All questions as a list").click()
    question = page.get_by_text(CONTENT.requirements["retraining"].question, exact=True)
    expect(question).to_be_in_viewport()
    page.reload()
    expect(page.get_by_role("button", name="One question at a time")).to_be_visible()
    page.get_by_role("button", name="One question at a time").click()
    expect_question(page)
    expect_at(page, "retraining")
    page.locator("#question .others-line").get_by_role("button", name="Tasks").click()
    expect(page.get_by_placeholder("Add a task")).to_be_in_viewport()


@pytest.mark.long
def test_on_a_phone_the_advice_is_one_line_and_nothing_is_wider_than_the_screen(
    app: Server, own_browser: OwnBrowser
) -> None:
    page = own_browser(touch=True, one=True).new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, app.new_workshop("Phone")["participant"])
    one_at_a_time(page)
    expect(page.locator("#question .verdict")).to_be_hidden()
    page.locator("#question .side-line").tap()
    expect(page.locator("#question .verdict")).to_be_visible()
    radio(page, "medium").tap()
    page.get_by_role("button", name="Save and next").tap()
    expect_at(page, FIRST[1])
    wide = "() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0
