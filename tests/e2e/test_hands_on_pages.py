"""Hands on the plain pages: real clicks, keys and pastes, by one person, by two at once, and by somebody put out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from playwright.sync_api import Page, expect

from canvas.document.file import dump_workshop
from canvas.log.fold import document_of
from canvas.method.load import shipped
from canvas.store.access import Access, secret_in
from canvas.store.store import Store
from tests.e2e.conftest import OwnBrowser, enter, settled
from tests.live_server import Server

TITLES = {id_: requirement.title for id_, requirement in shipped().requirements.items()}
# The second click comes when the page has run for the first, and the browser was too busy to show it.
TWO_CLICKS = """async ([first, second]) => {
  first.click();
  await new Promise((sent) => setTimeout(sent, 20));
  const free = performance.now() + 1500;
  while (performance.now() < free);
  second.click();
}"""
NewPage = Callable[..., Page]


@pytest.fixture
def new_page(own_browser: OwnBrowser) -> NewPage:
    """Return a function that follows a join link to the page of a step, in a browser of its own."""

    def open_page(link: str, step: str, width: int = 1440) -> Page:
        context = own_browser()
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        enter(page, link)
        go(page, step)
        return page

    return open_page


def go(page: Page, step: str) -> None:
    page.goto(re.sub(r"/canvas\?", f"/{step}?", page.url))
    settled(page)


def kept(app: Server, workshop: str) -> dict[str, object]:
    """What the workshop would be as a file."""
    store = Store.in_folder(app.data)
    try:
        found: dict[str, object] = yaml.safe_load(dump_workshop(store.read(workshop, document_of)))
    finally:
        store.close()
    return found


def answers(app: Server, workshop: str) -> dict[str, object]:
    given: list[dict[str, object]] = kept(app, workshop).get("requirements", [])  # type: ignore[assignment]
    return {str(item["id"]): item["value"] for item in given}


def changes(app: Server, workshop: str) -> int:
    store = Store.in_folder(app.data)
    try:
        return store.read(workshop, lambda state: state.seq)
    finally:
        store.close()


def put_out(app: Server, workshop: str, role: str) -> None:
    store = Store.in_folder(app.data)
    access = Access(store, secret_in(app.data))
    for link in access.links(workshop):
        if link.role == role:
            access.revoke(workshop, link.id)
    store.close()


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("ControlOrMeta+v")


def test_the_first_click_on_record_records_what_is_in_the_field(app: Server, new_page: NewPage) -> None:
    links = app.new_workshop("First click")
    page = new_page(links["facilitator"], "decide")
    for number in (1, 2, 3):
        page.get_by_role("button", name=re.compile("^Choose: ")).first.click()
        reason = page.get_by_role("textbox", name=re.compile("^Because"))
        reason.click()
        page.keyboard.type(f"Reason {number}, typed and not left")
        page.get_by_role("button", name="Record and next").click()
        expect(page.get_by_text(f"{number} of {len(shipped().slots)} recorded")).to_be_visible()
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    decisions = kept(app, links["workshop"])["decisions"]
    assert [d["because"] for d in decisions] == [f"Reason {n}, typed and not left" for n in (1, 2, 3)]  # type: ignore[index, attr-defined]


def test_a_paste_longer_than_the_field_takes_stays_whole_until_it_is_shortened(app: Server, new_page: NewPage) -> None:
    links = app.new_workshop("Long pastes")
    page = new_page(links["participant"], "phase-zero")
    field = page.get_by_role("textbox", name=TITLES["users"], exact=True)
    long = "The dispatchers of every depot. " * 10
    field.click()
    paste(page, long)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Nothing is saved until it is shortened by")).to_be_visible()
    expect(field).to_have_value(long)
    assert answers(app, links["workshop"]) == {}
    field.fill(long[:200])
    page.keyboard.press("Tab")
    expect(page.get_by_text("Nothing is saved until it is shortened by")).to_be_hidden()
    assert answers(app, links["workshop"]) == {"users": long[:200].strip()}


def test_a_decimal_comma_is_one(app: Server, new_page: NewPage) -> None:
    links = app.new_workshop("Commas")
    page = new_page(links["participant"], "phase-zero")
    field = page.get_by_role("textbox", name=TITLES["metric-threshold"], exact=True)
    field.click()
    page.keyboard.type("0,92")
    page.keyboard.press("Tab")
    expect(field).to_have_value("0.92")
    assert answers(app, links["workshop"]) == {"metric-threshold": 0.92}


@pytest.mark.long
def test_of_two_who_answer_at_the_same_moment_the_slower_sees_both(app: Server, new_page: NewPage) -> None:
    links = app.new_workshop("At once")
    anne, ben = (new_page(links["participant"], "phase-zero") for _ in range(2))
    said = {anne: "The couriers", ben: "The dispatchers"}
    for page, text in said.items():
        page.get_by_role("textbox", name=TITLES["users"], exact=True).click()
        page.keyboard.type(text)
    # Both leave their field, and neither waits for the other.
    for page in said:
        page.evaluate("document.activeElement.blur()")
    told = "Somebody else changed this while you did."
    slower = expect_one(said, told)
    faster = anne if slower is ben else ben
    assert answers(app, links["workshop"]) == {"users": said[faster]}
    expect(slower.get_by_text(f"Theirs: {said[faster]}")).to_be_visible()
    expect(slower.get_by_text(f"Yours: {said[slower]}")).to_be_visible()
    slower.get_by_role("button", name="Keep both").click()
    expect(slower.get_by_text(told)).to_be_hidden()
    assert answers(app, links["workshop"]) == {"users": f"{said[faster]}\n{said[slower]}"}


@pytest.mark.long
def test_who_types_keeps_the_text_while_the_other_facilitator_answers_the_same_and_leads(
    app: Server, new_page: NewPage
) -> None:
    links = app.new_workshop("Led while typing")
    anne, ben = (new_page(links["facilitator"], "phase-zero") for _ in range(2))
    field = anne.get_by_role("textbox", name=TITLES["users"], exact=True)
    field.click()
    anne.keyboard.type("The couriers")
    ben.get_by_role("textbox", name=TITLES["users"], exact=True).fill("The dispatchers")
    ben.keyboard.press("Tab")
    switch = "Private writing"
    ben.get_by_role("switch", name=switch).click()
    expect(anne.get_by_role("switch", name=switch)).to_be_checked()
    # Another course lists other steps at the left, by a run of the page a moment later.
    ben.get_by_role("button", name="More to lead the room").click()
    ben.get_by_label("Time you have").select_option("half-day")
    anne.wait_for_timeout(2_500)
    expect(field).to_have_value("The couriers")
    anne.keyboard.press("Tab")
    expect(anne.get_by_text("Theirs: The dispatchers")).to_be_visible()
    expect(anne.get_by_text("Yours: The couriers")).to_be_visible()
    expect(anne.get_by_test_id("stSidebar").get_by_role("link", name="Governance")).to_be_visible()


@pytest.mark.long
def test_nobody_leaves_a_page_unasked_with_text_that_was_not_sent(app: Server, new_page: NewPage) -> None:
    links = app.new_workshop("Reloaded")
    page = new_page(links["participant"], "phase-zero")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    field = page.get_by_role("textbox", name=TITLES["users"], exact=True)
    field.click()
    page.keyboard.type("The couriers")
    page.evaluate("location.reload()")
    expect(field).to_have_value("The couriers")
    assert asked == ["beforeunload"]
    page.keyboard.press("Tab")
    settled(page)
    with page.expect_navigation():
        page.evaluate("location.reload()")
    expect(field).to_have_value("The couriers")
    assert asked == ["beforeunload"], "what is saved needs no question"
    settled(page)
    field.fill("x" * 301)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Nothing is saved until it is shortened by")).to_be_visible()
    page.evaluate("location.reload()")
    expect(page.get_by_text("Nothing is saved until it is shortened by")).to_be_visible()
    assert asked == ["beforeunload"] * 2
    page.get_by_role("button", name="Back to what is saved").click()
    settled(page)
    page.get_by_placeholder("Add a task").fill("Sort the parcels")
    field.click()
    page.evaluate("location.reload()")
    expect(page.get_by_placeholder("Add a task")).to_have_value("Sort the parcels")
    assert asked == ["beforeunload"] * 3


@pytest.mark.long
def test_a_line_that_was_not_sent_is_there_again_after_another_step_and_only_until_it_is_sent(
    app: Server, new_page: NewPage
) -> None:
    page = new_page(app.new_workshop("Lines")["facilitator"], "phase-zero")
    line, steps = page.get_by_placeholder("Add a task"), page.get_by_test_id("stSidebar")

    def go_and_come_back() -> None:
        steps.get_by_role("link", name=re.compile("Decide")).click()
        expect(page.locator(".step")).to_have_text("Decide")
        steps.get_by_role("link", name=re.compile("Phase zero")).click()
        expect(line).to_be_visible()
        settled(page)

    line.click()
    page.keyboard.type("Sort the parcels")
    go_and_come_back()
    expect(line).to_have_value("Sort the parcels")
    line.press("Enter")
    expect(page.get_by_text("Sort the parcels", exact=True).filter(visible=True)).to_be_visible()
    settled(page)
    go_and_come_back()
    expect(line).to_have_value("")


@pytest.mark.long
def test_a_click_before_a_busy_browser_shows_what_somebody_else_saved_puts_nothing_back_over_it(
    app: Server, new_page: NewPage
) -> None:
    links = app.new_workshop("Busy browser")
    anne, ben = (new_page(links["participant"], "phase-zero") for _ in range(2))
    ben.get_by_role("textbox", name=TITLES["users"], exact=True).fill("The dispatchers")
    ben.keyboard.press("Tab")
    settled(ben)
    first, second = (
        anne.get_by_role("radiogroup", name=TITLES[one], exact=True).get_by_role("radio").first.element_handle()
        for one in ("human-check", "upkeep")
    )
    anne.evaluate(TWO_CLICKS, [first, second])
    expect(anne.get_by_role("radiogroup", name=TITLES["upkeep"], exact=True).get_by_role("radio").first).to_be_checked()
    settled(anne)
    assert answers(app, links["workshop"]) == {"users": "The dispatchers", "human-check": True, "upkeep": True}
    expect(anne.get_by_role("textbox", name=TITLES["users"], exact=True)).to_have_value("The dispatchers")
    expect(anne.get_by_text("Somebody else changed this")).to_have_count(0)


def expect_one(pages: dict[Page, str], text: str) -> Page:
    """Wait until one of two pages shows a text, and return that page."""
    first, second = pages
    for _ in range(300):
        shown = [page for page in pages if page.get_by_text(text).count()]
        if shown:
            settled(first)
            settled(second)
            assert len([page for page in pages if page.get_by_text(text).count()]) == 1
            return shown[0]
        first.wait_for_timeout(100)
    raise AssertionError(f"nobody was told: {text}")


def test_a_facilitator_who_was_put_out_leads_nobody_through_an_open_page(app: Server, new_page: NewPage) -> None:
    links = app.new_workshop("Put out")
    page = new_page(links["facilitator"], "phase-zero")
    expect(page.get_by_role("switch", name="Private writing")).to_be_visible()
    put_out(app, links["workshop"], "facilitator")
    before = changes(app, links["workshop"])
    page.get_by_role("switch", name="Private writing").click()
    expect(page.get_by_text("Your link to this workshop is no longer valid").first).to_be_visible()
    expect(page.get_by_role("switch", name="Private writing")).not_to_be_checked()
    assert changes(app, links["workshop"]) == before


def test_who_is_put_out_while_at_the_board_is_told_at_once(app: Server, new_page: NewPage) -> None:
    links = app.new_workshop("Put out at the board")
    page = new_page(links["participant"], "canvas", 390)
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    expect(page.get_by_role("alert")).to_have_count(0)
    put_out(app, links["workshop"], "participant")
    told = page.get_by_role("alert").filter(has_text="Your link to this workshop is no longer valid")
    expect(told).to_be_in_viewport()
    expect(told).to_contain_text("What you write here now is not saved.")


def test_an_open_invitation_shows_nothing_more_to_somebody_put_out(app: Server, new_page: NewPage) -> None:
    links = app.new_workshop("Invited no more")
    page = new_page(links["facilitator"], "phase-zero")
    page.get_by_role("button", name="Invite").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Take a link back").click()
    revoke = dialog.get_by_role("button", name="Revoke").first
    expect(revoke).to_be_visible()
    put_out(app, links["workshop"], "facilitator")
    revoke.click()
    expect(page.get_by_text("Your link to this workshop is no longer valid").first).to_be_visible()
    expect(page.get_by_text("/join/")).to_have_count(0)
    store = Store.in_folder(app.data)
    left = {link.role for link in Access(store, secret_in(app.data)).links(links["workshop"])}
    store.close()
    assert left == {"participant", "viewer"}


def test_a_filled_cell_still_says_what_it_is_for_above_its_column_or_on_a_phone_above_itself(
    app: Server, new_page: NewPage
) -> None:
    page = new_page(app.new_workshop("Costs")["facilitator"], "phase-zero")
    costs = page.locator(".st-key-table-hidden-costs")
    cell, label = costs.get_by_role("textbox", name="Buying data: Per year"), costs.get_by_text("Buying data: Per year")
    cell.fill("12500")
    page.keyboard.press("Tab")
    settled(page)
    head = costs.get_by_text("Per year", exact=True)
    expect(head).to_be_visible()
    expect(label).to_be_hidden()
    assert head.bounding_box()["x"] == pytest.approx(cell.bounding_box()["x"], abs=20)  # type: ignore[index]
    page.set_viewport_size({"width": 390, "height": 844})
    expect(label).to_be_visible()
    expect(head).to_be_hidden()


def test_a_double_click_on_an_answer_gives_it_and_a_later_click_takes_it_back(app: Server, new_page: NewPage) -> None:
    links = app.new_workshop("Double click")
    page = new_page(links["facilitator"], "phase-zero")
    answer = page.get_by_role("radio", name="Intolerable", exact=True).first
    answer.dblclick()
    settled(page)
    expect(answer).to_be_checked()
    assert list(answers(app, links["workshop"]).values()) == ["intolerable"]
    # As long as somebody takes who thinks about it first.
    page.wait_for_timeout(700)
    answer.click()
    settled(page)
    expect(answer).not_to_be_checked()
    assert answers(app, links["workshop"]) == {}
