"""A page of forms whose server goes and comes back, as new: what was being typed goes on, and the next click counts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from canvas.document.workshop import Workshop
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.reading.types import RequirementValue
from canvas.store.store import Store, new_id
from tests.e2e.conftest import OwnBrowser, enter, settled
from tests.live_server import Server

pytestmark = pytest.mark.long

NO_CONNECTION = "No connection. Nothing can be changed on this page until it is back"

Room = tuple[Page, str]
OpenRoom = Callable[[str], Room]


@pytest.fixture
def open_room(app: Server, own_browser: OwnBrowser) -> OpenRoom:
    """Return a function that opens a step of a new workshop, as its facilitator."""

    def opened(step: str) -> Room:
        links = app.new_workshop("Away")
        page = own_browser().new_page()
        enter(page, links["facilitator"])
        page.goto(page.url.replace("/canvas?", f"/{step}?"))
        settled(page)
        return page, links["workshop"]

    return opened


def held(app: Server, workshop: str) -> Workshop:
    store = Store.in_folder(app.data)
    try:
        return store.read(workshop, document_of)
    finally:
        store.close()


def answers(app: Server, workshop: str) -> dict[str, RequirementValue | None]:
    return {item.id: item.value for item in held(app, workshop).requirements}


def somebody_answers(app: Server, workshop: str, requirement: str, value: str) -> None:
    store = Store.in_folder(app.data)
    op = Op(op_id=new_id(), action="set", item=f"requirement:{requirement}", prop="value", value=value)
    store.apply(workshop, op, Author("somebody", "participant"), shipped())
    store.close()


def field(page: Page, title: str) -> Locator:
    return page.get_by_role("textbox", name=title, exact=True)


def go_away(app: Server, page: Page) -> None:
    app.kill()
    expect(page.get_by_role("alert").filter(has_text=NO_CONNECTION)).to_be_visible()


def come_back(app: Server, page: Page) -> None:
    app.start()
    expect(page.get_by_role("alert").filter(has_text=NO_CONNECTION)).to_be_hidden()


def test_a_half_typed_answer_is_typed_on_and_saved_and_the_next_click_counts(app: Server, open_room: OpenRoom) -> None:
    page, workshop = open_room("phase-zero")
    users = field(page, "Users")
    users.click()
    page.keyboard.type("The couriers who")
    go_away(app, page)
    expect(users).to_be_disabled()
    expect(users).to_have_value("The couriers who")
    come_back(app, page)
    expect(users).to_be_focused()
    page.keyboard.type(" drive at night")
    page.get_by_role("radio", name="Intolerable", exact=True).first.click()
    settled(page)
    expect(users).to_have_value("The couriers who drive at night")
    assert set(answers(app, workshop).values()) == {"The couriers who drive at night", "intolerable"}


def test_a_text_that_was_left_while_the_server_was_gone_is_saved_when_it_is_back(
    app: Server, open_room: OpenRoom
) -> None:
    page, workshop = open_room("phase-zero")
    users = field(page, "Users")
    users.click()
    page.keyboard.type("The couriers")
    app.kill()
    expect(users).to_be_disabled()
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert").filter(has_text=NO_CONNECTION)).to_be_visible()
    come_back(app, page)
    expect(users).to_have_value("The couriers")
    settled(page)
    assert answers(app, workshop) == {"users": "The couriers"}


def test_a_choice_made_while_the_server_is_gone_is_drawn_at_once_and_saved_when_it_is_back(
    app: Server, open_room: OpenRoom
) -> None:
    page, workshop = open_room("decide")
    choose = page.get_by_role("button", name=re.compile("^Choose: ")).first
    expect(choose).to_be_visible()
    app.kill()
    expect(page.locator(".saved")).to_have_text("Offline")
    choose.click()
    expect(page.get_by_role("button", name=re.compile("^Chosen: "))).to_be_visible()
    expect(page.locator("#deciding .notice")).to_contain_text("1 change kept in this browser")
    app.start()
    expect(page.locator(".saved")).to_have_text("Saved")
    expect(page.locator("#deciding .notice")).to_be_hidden()
    assert len(held(app, workshop).decisions) == 1


def test_a_text_that_was_refused_is_still_there_to_be_mended(app: Server, open_room: OpenRoom) -> None:
    page, workshop = open_room("phase-zero")
    users, refused = field(page, "Users"), page.get_by_text("Nothing is saved until it is shortened by")
    users.fill("x" * 201)
    page.keyboard.press("Tab")
    expect(refused).to_be_visible()
    go_away(app, page)
    come_back(app, page)
    expect(users).to_have_value("x" * 201)
    users.press("End")
    users.press("Backspace")
    page.keyboard.press("Tab")
    settled(page)
    expect(refused).to_be_hidden()
    assert answers(app, workshop) == {"users": "x" * 200}


def test_what_somebody_else_saved_meanwhile_is_not_written_over_and_the_own_text_is_told(
    app: Server, open_room: OpenRoom
) -> None:
    page, workshop = open_room("phase-zero")
    field(page, "Users").click()
    page.keyboard.type("Mine")
    go_away(app, page)
    somebody_answers(app, workshop, "users", "Theirs")
    app.start()
    told = page.get_by_role("alert").filter(has_text="somebody else changed what you were writing")
    expect(told).to_contain_text("You had: Mine")
    expect(field(page, "Users")).to_have_value("Theirs")
    assert answers(app, workshop) == {"users": "Theirs"}


def test_a_page_without_a_network_says_so_at_once_and_is_there_again_with_it(app: Server, open_room: OpenRoom) -> None:
    page, workshop = open_room("phase-zero")
    page.context.set_offline(True)
    expect(page.locator(".saved")).to_have_text("Offline")
    told = page.get_by_role("alert").filter(has_text=NO_CONNECTION)
    expect(told).to_be_visible()
    page.context.set_offline(False)
    expect(told).to_be_hidden()
    field(page, "Users").fill("The couriers")
    page.keyboard.press("Tab")
    settled(page)
    assert answers(app, workshop) == {"users": "The couriers"}
