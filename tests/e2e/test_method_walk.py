"""From an empty workshop to advice: the steps of the method as a team fills them, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from canvas.method.load import shipped
from tests.e2e.conftest import OwnBrowser, enter, settled
from tests.e2e.watching import still
from tests.live_server import Server

CONTENT = shipped()


@pytest.fixture
def page(own_browser: OwnBrowser) -> Page:
    opened = own_browser().new_page()
    opened.set_viewport_size({"width": 1440, "height": 1000})
    return opened


def open_step(page: Page, step_id: str) -> None:
    """Go to a step as its link in the sidebar does: with the workshop in the address."""
    query = page.url.split("?", 1)[1]
    page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/', 3)[2]}/{step_id}?{query}")
    expect(page.get_by_test_id("stSidebar").get_by_text(CONTENT.steps[step_id].title).first).to_be_visible()


def card(page: Page, kind: str, id_: str) -> Locator:
    return page.locator(f".st-key-{kind}-{id_}")


def pick(page: Page, requirement: str, option: object) -> None:
    """Choose an answer, whether its options stand side by side or in a list."""
    definition = CONTENT.requirements[requirement]
    title = definition.printed(option)  # type: ignore[arg-type]
    title = {"yes": "Yes", "no": "No"}.get(title, title) if definition.type == "yes-no" else title
    group = page.get_by_role("radiogroup", name=definition.title, exact=True)
    box = page.get_by_role("combobox", name=definition.title)
    expect(group.or_(box).first).to_be_visible()
    settled(page)
    if group.count():
        # While an input is being replaced by its successor, both are there for a moment.
        group.get_by_role("radio", name=title, exact=True).last.click()
        expect(group.get_by_role("radio", name=title, exact=True).last).to_have_attribute("aria-checked", "true")
    else:
        option = page.get_by_role("option", name=title, exact=True)
        # Taking the focus scrolls the page below the bar; a list that is open while it scrolls closes again.
        box.first.focus()
        still(page)
        box.first.press("ArrowDown")
        option.click()
        expect(box.first).to_have_value(title)
    settled(page)


@pytest.mark.long
def test_an_empty_workshop_gets_an_entry_point_and_a_go_or_stop(app: Server, page: Page) -> None:
    page.goto(app.url)
    page.get_by_label("What are you building?").fill("Parcel delays")
    page.get_by_role("radio", name=CONTENT.agendas["half-day"].title).click()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page).to_have_url(re.compile(r"/canvas\?w=\w+"))

    open_step(page, "sig-mlops")
    entry = card(page, "advice", "entry")
    expect(entry.get_by_text("Not enough answered yet.")).to_be_visible()
    asked = [r for section in CONTENT.sections_of("sig-mlops") for r in section.requirements]
    for requirement in asked:
        pick(page, requirement.id, requirement.options[0].id)
    expect(entry.get_by_text("Not enough answered yet.")).to_have_count(0)

    open_step(page, "phase-zero")
    go = card(page, "advice", "go")
    case = next(case for case in CONTENT.advisors["go"].golden if case.expect == "go")
    for requirement_id, answer in case.answers.items():
        if requirement_id in CONTENT.requirements:
            pick(page, requirement_id, answer)
    outcomes = {outcome.id: outcome for outcome in CONTENT.advisors["go"].outcomes}
    expect(go.get_by_text(outcomes["go"].title, exact=True)).to_be_visible()
    pick(page, "upkeep", False)
    expect(go.get_by_text(outcomes["stop"].title, exact=True)).to_be_visible()
    page.reload()
    expect(go.get_by_text(outcomes["stop"].title, exact=True)).to_be_visible()


@pytest.mark.long
def test_tables_tasks_and_risks_keep_what_is_written(app: Server, page: Page) -> None:
    enter(page, app.new_workshop("Tables")["facilitator"])
    open_step(page, "phase-zero")
    costs = card(page, "table", "hidden-costs")
    costs.get_by_label(re.compile(r"^Labelling: Per year")).fill("1200")
    page.keyboard.press("Tab")
    costs.get_by_placeholder("Add:", exact=False).fill("Coffee *and* [cake](http://x)")
    page.keyboard.press("Enter")
    expect(costs.get_by_text("Coffee *and* [cake]", exact=False).first).to_be_visible()
    tasks = page.locator(".st-key-tasks")
    tasks.get_by_placeholder("Add a task").fill("Sort the parcels")
    page.keyboard.press("Enter")
    # Who writes fast begins the next one while the page still works on the last.
    page.keyboard.type("Guess the", delay=40)
    expect(tasks.get_by_text("Sort the parcels", exact=True).first).to_be_visible()
    settled(page)
    page.keyboard.type(" delay")
    page.keyboard.press("Enter")
    expect(tasks.get_by_text("Guess the delay", exact=True).first).to_be_visible()
    tasks.get_by_role("radiogroup", name=re.compile("^Guess the delay")).get_by_role("radio", name="Yes").click()
    expect(tasks.get_by_text("Where a prediction would pay most")).to_be_visible()

    open_step(page, "crisp-ml")
    risks = page.locator(".st-key-risks")
    risks.get_by_placeholder("Add a risk").fill("The label arrives too late")
    page.keyboard.press("Enter")
    expect(risks.get_by_text("The label arrives too late").first).to_be_visible()
    page.reload()
    expect(risks.get_by_text("The label arrives too late").first).to_be_visible()


def test_what_is_said_on_one_canvas_is_seen_on_the_next(app: Server, page: Page) -> None:
    enter(page, app.new_workshop("Carried")["facilitator"])
    carry = next(c for c in CONTENT.carries if c.source.notes and c.canvas == "stack-canvas")
    canvas_id, block_id = (carry.source.notes or "").split(".")
    open_step(page, canvas_id)
    block = page.locator(f"[data-block={block_id}]")
    block.get_by_role("button", name=re.compile("Add a note")).click()
    page.keyboard.type("Fewer calls about late parcels")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".saved[data-state=saved]")).to_be_visible()
    open_step(page, "canvas")
    carried = page.locator(f"[data-block={carry.block}] .carried")
    expect(carried.get_by_text("Fewer calls about late parcels")).to_be_visible()


@pytest.mark.long
def test_every_step_fits_a_phone(app: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, app.new_workshop("All steps")["facilitator"])
    for step in CONTENT.steps.values():
        open_step(page, step.id)
        expect(page.locator(".step")).to_have_text(step.title)
        still(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{step.id} is {wide} px too wide"
