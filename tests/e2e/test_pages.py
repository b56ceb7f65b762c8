"""A walk through the pages as a newcomer takes it, and the promises that hold on all of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from canvas.content import shipped
from tests.e2e.conftest import App, enter, settled
from tests.e2e.watching import still

STEPS = ["Phase zero", "Stack Canvas", "Decide", "Assess", "Take home", "History"]
PATHS = {step.title: step.id for step in shipped().steps.values()}
FIRST = shipped().requirements["prediction-target"].title


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Return a function that opens a page in a browser of its own; all are closed afterwards."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1440, height: int = 900) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True))
        page = contexts[-1].new_page()
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


def step(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=re.compile(name)).click()
    expect(page).to_have_url(re.compile(rf"/{PATHS[name]}\?w=\w+"))


def download(page: Page, button: Locator, folder: Path) -> bytes:
    with page.expect_download(timeout=120_000) as waiting:
        button.click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target.read_bytes()


def test_from_an_empty_start_to_everything_taken_home(app: App, page: Page, tmp_path: Path) -> None:
    page.goto(app.url)
    page.get_by_label("What are you building?").fill("Parcel <b>delays</b> {{7*7}} $x$")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page).to_have_url(re.compile(r"/canvas\?w=\w+"))

    step(page, "Phase zero")
    page.get_by_role("textbox", name=FIRST).fill("Late or not")
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("stSidebar").get_by_text(re.compile(r"\b1 of \d")).first).to_be_visible()

    step(page, "Decide")
    page.get_by_role("button", name="Choose", exact=True).first.click()
    page.get_by_role("textbox", name="Because").fill("It is enough for one team | and says so.")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Record decision").click()
    expect(page.get_by_text("Decision 1, recorded")).to_be_visible()

    step(page, "Assess")
    page.get_by_role("button", name="By hand, documented").or_(
        page.get_by_role("radio", name="By hand, documented")
    ).first.click()
    expect(page.get_by_test_id("stSidebar").get_by_text("1 of 118")).to_be_visible()
    page.reload()
    expect(page.get_by_test_id("stSidebar").get_by_text("1 of 118")).to_be_visible()

    step(page, "Take home")
    yaml = download(page, page.get_by_role("button", name="YAML"), tmp_path)
    assert b"It is enough for one team | and says so." in yaml
    pdf = download(page, page.get_by_role("button", name="PDF"), tmp_path)
    assert pdf.startswith(b"%PDF")
    assert b"<svg" in download(page, page.get_by_role("button", name="SVG"), tmp_path)
    project = zipfile.ZipFile(io.BytesIO(download(page, page.get_by_role("button", name="Project (zip)"), tmp_path)))
    assert any(name.endswith("pipeline/train.py") for name in project.namelist())


def test_an_example_opens_from_the_start_page(app: App, page: Page) -> None:
    page.goto(app.url)
    page.get_by_role("button", name="Open a copy").first.click()
    expect(page).to_have_url(re.compile(r"/canvas\?w=\w+"))
    expect(page.locator(".note").first).to_be_visible()


def test_the_start_page_lists_only_what_this_browser_joined(app: App, page: Page, new_page: NewPage) -> None:
    mine = app.new_workshop("Only mine")
    enter(page, mine["participant"])
    page.goto(app.url)
    expect(page.get_by_role("link", name="Only mine")).to_be_visible()
    stranger = new_page()
    stranger.goto(app.url)
    expect(stranger.get_by_role("heading", name="Start a workshop")).to_be_visible()
    expect(stranger.get_by_text("Only mine")).to_have_count(0)
    stranger.goto(f"{app.url}/canvas?w={mine['workshop']}")
    expect(stranger.get_by_text("this browser has not joined it yet")).to_be_visible()


def test_a_broken_file_is_told_line_by_line_and_opens_nothing(app: App, page: Page) -> None:
    page.goto(app.url)
    broken = {"name": "w.yaml", "mimeType": "application/yaml", "buffer": b"format: 1\ntitel: x\n"}
    page.locator("input[type=file]").set_input_files([broken])  # type: ignore[list-item]
    page.get_by_role("button", name="Open as a new workshop").click()
    expect(page.get_by_text("w.yaml:2: unknown key 'titel'")).to_be_visible()


def test_a_change_on_a_page_by_somebody_else_is_offered_not_forced(app: App, new_page: NewPage) -> None:
    links = app.new_workshop("Two on one page")
    pages = []
    for _ in range(2):
        page = new_page()
        enter(page, links["participant"])
        step(page, "Phase zero")
        expect(page.get_by_role("textbox", name=FIRST)).to_be_visible()
        pages.append(page)
    anne, ben = pages
    anne.get_by_role("textbox", name=FIRST).fill("from anne")
    anne.keyboard.press("Tab")
    expect(anne.get_by_test_id("stSidebar").get_by_text(re.compile(r"\b1 of \d")).first).to_be_visible()
    ben.get_by_role("textbox", name=FIRST).fill("from ben")
    ben.keyboard.press("Tab")
    expect(ben.get_by_text("Somebody else changed this")).to_be_visible()
    expect(ben.get_by_text("Yours: from ben")).to_be_visible()
    ben.get_by_role("button", name="Keep mine").click()
    anne.reload()
    expect(anne.get_by_role("textbox", name=FIRST)).to_have_value("from ben")


def test_no_page_asks_another_host_for_anything(app: App, page: Page) -> None:
    foreign: list[str] = []
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((app.url, "data:", "blob:")) else None)
    page.goto(app.new_workshop("Quiet")["facilitator"])
    for name in STEPS:
        step(page, name)
        settled(page)
        page.wait_for_load_state("networkidle")
    assert not foreign


@pytest.mark.parametrize("name", STEPS)
def test_a_page_fits_a_phone(app: App, new_page: NewPage, name: str) -> None:
    page = new_page(390, 844)
    links = app.new_workshop("On a phone")
    enter(page, links["participant"])
    page.goto(f"{app.url}/{PATHS[name]}?w={links['workshop']}")
    expect(page.locator(".step")).to_have_text(name)
    still(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
