"""Pages that show what others change, by themselves: soon, never under somebody's hands, and rarely in a full room."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.reading.types import RequirementValue
from canvas.store.store import Store, new_id
from tests.e2e.conftest import OwnBrowser, enter, settled
from tests.e2e.page_runs import count_runs, runs_counted
from tests.live_server import Server

TITLES = {id_: requirement.title for id_, requirement in shipped().requirements.items()}
# Longer than a page waits that has nothing to wait for.
LONG_ENOUGH_MS = 3_500
Room = tuple[Page, str]
OpenRoom = Callable[[str], Room]


@pytest.fixture
def open_room(app: Server, own_browser: OwnBrowser) -> OpenRoom:
    """Return a function that opens a step of a new workshop, as its facilitator."""

    def opened(step: str) -> Room:
        links = app.new_workshop("Live pages")
        page = own_browser().new_page()
        page.set_viewport_size({"width": 1440, "height": 900})
        enter(page, links["facilitator"])
        page.goto(page.url.replace("/canvas?", f"/{step}?"))
        settled(page)
        return page, links["workshop"]

    return opened


def somebody_sets(app: Server, workshop: str, **values: RequirementValue) -> None:
    """Answer questions of phase zero, one change each, as other people do."""
    store = Store.in_folder(app.data)
    for name, value in values.items():
        item = f"requirement:{name.replace('_', '-')}"
        op = Op(op_id=new_id(), action="set", item=item, prop="value", value=value)
        store.apply(workshop, op, Author("somebody", "participant"), shipped())
    store.close()


def field(page: Page, id_: str) -> Locator:
    return page.get_by_role("textbox", name=TITLES[id_], exact=True)


def yes(page: Page, id_: str) -> Locator:
    return page.get_by_role("radiogroup", name=TITLES[id_], exact=True).get_by_role("radio").first


def top_of(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["y"]


def test_an_answer_of_somebody_else_comes_by_itself_and_moves_nothing(app: Server, open_room: OpenRoom) -> None:
    page, workshop = open_room("phase-zero")
    read, given = field(page, "benefit-per-year"), yes(page, "human-check")
    read.click()
    page.mouse.move(5, 5)
    before = top_of(read)
    somebody_sets(app, workshop, users="The couriers", human_check=True)
    expect(given).to_be_checked()
    expect(field(page, "users")).to_have_value("The couriers")
    expect(read).to_be_focused()
    assert top_of(read) == pytest.approx(before, abs=2)
    expect(page.locator(".room-said")).to_contain_text("Changes by others are on the page now.")
    # A task that somebody adds above makes the page longer there, and what is read stays where it is.
    store = Store.in_folder(app.data)
    added = Op(
        op_id=new_id(), action="add", item=f"task:{new_id('t')}", value={"title": "Sort the parcels", "after": []}
    )
    store.apply(workshop, added, Author("somebody", "participant"), shipped())
    store.close()
    expect(page.get_by_text("Sort the parcels", exact=True).filter(visible=True)).to_be_attached()
    expect(read).to_be_focused()
    settled(page)
    page.wait_for_function("() => !document.documentElement.hasAttribute('data-renewing')")
    assert top_of(read) == pytest.approx(before, abs=2)


def test_nothing_changes_while_a_text_is_typed_or_something_is_open_and_then_it_does(
    app: Server, open_room: OpenRoom
) -> None:
    page, workshop = open_room("phase-zero")
    users, given = field(page, "users"), yes(page, "human-check")
    users.click()
    page.keyboard.type("The couriers")
    somebody_sets(app, workshop, human_check=True)
    page.wait_for_timeout(LONG_ENOUGH_MS)
    expect(given).not_to_be_checked()
    page.keyboard.press("Tab")
    expect(given).to_be_checked()
    expect(users).to_have_value("The couriers")
    page.get_by_test_id("stSidebar").get_by_role("button", name=re.compile("Glossary")).click()
    somebody_sets(app, workshop, human_check=False)
    page.wait_for_timeout(LONG_ENOUGH_MS)
    expect(given).to_be_checked()
    page.keyboard.press("Escape")
    expect(given).not_to_be_checked()


def test_many_changes_are_shown_in_few_runs_and_the_last_of_them_too(app: Server, open_room: OpenRoom) -> None:
    page, workshop = open_room("phase-zero")
    count_runs(page)
    for number in range(1, 31):
        somebody_sets(app, workshop, benefit_per_year=number)
        page.wait_for_timeout(50)
    expect(field(page, "benefit-per-year")).to_have_value("30")
    assert 1 <= runs_counted(page) <= 8
