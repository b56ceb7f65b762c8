"""Where we stand in a real browser: opened first, walked part by part, typed into, printed, and followed by others."""

from __future__ import annotations

import io
import re
from pathlib import Path

from conftest import OpenBoard, OwnBrowser
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from canvas.document.file import load_workshop
from canvas.document.workshop import Workshop
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from tests.e2e.watching import still
from tests.live_server import Server

EXAMPLE = load_workshop(Path(__file__).parents[2] / "examples/open-source-mlops-package.workshop.yaml")


def stand(own_browser: OwnBrowser, link: str, width: int = 1440) -> Page:
    """Follow a join link to where the workshop stands."""
    page = own_browser().new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(link)
    if page.get_by_role("button", name="Join").count():
        page.get_by_role("button", name="Join").click()
    page.wait_for_url(re.compile(r"/where-we-stand\?"))
    expect(page.locator("#stand .card")).to_have_count(7)
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    return page


def test_it_is_presented_part_by_part_and_left_by_escape(app: Server, own_browser: OwnBrowser) -> None:
    page = stand(own_browser, app.new_workshop(document=EXAMPLE)["participant"])
    filled = page.locator("#stand .card.filled")
    page.get_by_role("button", name="Present", exact=True).click()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator("#header")).to_be_hidden()
    for part in ("verdict", "level", "holding"):
        page.keyboard.press("ArrowRight")
        expect(filled).to_have_attribute("data-part", part)
    page.keyboard.press("ArrowLeft")
    expect(filled).to_have_attribute("data-part", "level")
    page.keyboard.press("Escape")
    expect(filled).to_have_count(0)
    expect(page.locator("#header")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#header")).to_be_visible()
    expect(page.get_by_role("button", name="Present", exact=True)).to_be_focused()


def test_it_prints_on_two_pages_at_most_and_nothing_else(app: Server, own_browser: OwnBrowser) -> None:
    page = stand(own_browser, app.new_workshop(document=EXAMPLE)["facilitator"])
    page.emulate_media(color_scheme="dark")
    still(page)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages
    text = " ".join(" ".join(one.extract_text() for one in printed).split())
    assert len(printed) <= 2
    for said in ("Where we stand", "What holds us back", "Next three steps", "Architecture"):
        assert said in text
    for left in ("Take home", "Invite", "Choose models", "Glossary"):
        assert left not in text


def test_owner_is_typed_here_and_others_see_it_without_a_reload(app: Server, own_browser: OwnBrowser) -> None:
    links = app.new_workshop(document=EXAMPLE)
    leader, guest = (stand(own_browser, links[role]) for role in ("facilitator", "participant"))
    expect(guest.locator("#stand tbody input")).to_have_count(0)
    field = leader.locator("#stand tbody tr").first.locator("[type=text]")
    field.click()
    leader.keyboard.type("Amina")
    leader.keyboard.press("Enter")
    expect(guest.locator("#stand tbody tr").first).to_contain_text("Amina")
    expect(field).to_have_value("Amina")
    assert [one.owner for one in app.store().read(links["workshop"], document_of).assignments] == ["Amina"]
    # Every key makes another day of what is typed: it is kept once the field is left.
    day = leader.locator("#stand tbody tr").first.locator("[type=date]")
    day.fill("2027-01-15")
    day.press("Tab")
    expect(guest.locator("#stand tbody tr").first).to_contain_text("2027-01-15")
    day.click(position={"x": 14, "y": 12})
    day.press_sequentially("04182027", delay=300)
    expect(guest.locator("#stand tbody tr").first).to_contain_text("2027-01-15")
    expect(day).to_have_value("2027-04-18")
    day.press("Enter")
    expect(guest.locator("#stand tbody tr").first).to_contain_text("2027-04-18")
    leader.get_by_role("button", name="Choose models").click()
    for title in ("Google Cloud MLOps levels", "Azure MLOps maturity model"):
        leader.get_by_role("checkbox", name=title).check()
    leader.get_by_role("button", name="Choose these").click()
    expect(guest.locator("#stand .level h2")).to_have_text("Google Cloud MLOps levels")
    expect(guest.locator(".refresh")).to_be_hidden()


def test_who_may_name_no_moment_is_asked_for_none(app: Server, own_browser: OwnBrowser) -> None:
    links = app.new_workshop(document=EXAMPLE)
    said_to = {
        "viewer": "There is no earlier state to compare with.",
        "participant": re.compile("Name this moment, and"),
    }
    for role, said in said_to.items():
        since = stand(own_browser, links[role]).locator("#stand .since")
        expect(since.locator("p")).to_have_text(said)
        expect(since.get_by_role("button")).to_have_count(1 if role == "participant" else 0)


def test_an_empty_workshop_says_what_to_do_first_and_follows_an_answer(app: Server, open_board: OpenBoard) -> None:
    links = app.new_workshop(document=Workshop(title="Parcels"))
    page = open_board(links["facilitator"])
    page.goto(page.url.replace("/canvas?", "/where-we-stand?"))
    expect(page.locator("#stand .verdict-title")).to_contain_text("Open")
    expect(page.locator("#stand .level-words")).to_contain_text("can give a first range")
    op = Op(op_id="upkeep-no-0001", action="set", item="requirement:upkeep", prop="value", value=False)
    app.store().apply(links["workshop"], op, Author("somebody", "participant"), shipped())
    expect(page.locator("#stand .verdict-title")).to_contain_text("Stop")
    expect(page.locator("#stand .turn")).to_contain_text("Upkeep guaranteed")
