"""What the browser is told that a page may load and run: every page works with it, and what others slip in does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from canvas.method.load import shipped
from tests.e2e.conftest import OwnBrowser, enter, settled, wait_until_live
from tests.live_server import Server
from views.web.response_headers import MADE_BY_PEOPLE

pytestmark = pytest.mark.long

LISTEN = """document.addEventListener("securitypolicyviolation", (event) => console.error(
  `VIOLATION ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg"><script>document.documentElement.id = "ran"</script>'
    '<text y="20">as people made it</text></svg>'
)


@pytest.fixture
def context(own_browser: OwnBrowser) -> BrowserContext:
    return own_browser()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


@pytest.fixture
def violations(page: Page) -> list[str]:
    """What the browser has stopped on this page so far."""
    found: list[str] = []

    def look(message: ConsoleMessage) -> None:
        if "VIOLATION" in message.text or "Content Security Policy" in message.text:
            found.append(f"{page.url}: {message.text}")

    page.on("console", look)
    page.add_init_script(LISTEN)
    return found


def open_example(app: Server, page: Page) -> str:
    """Open a filled example as its facilitator and return the query that every page of it needs."""
    page.goto(app.url)
    page.get_by_role("button", name="Open a copy").first.click()
    page.wait_for_url("**/where-we-stand?**")
    page.goto(page.url.replace("/where-we-stand?", "/canvas?"))
    wait_until_live(page)
    return page.url.partition("?")[2]


def visit(app: Server, page: Page, path: str, query: str) -> None:
    page.goto(f"{app.url}/{path}?{query}")
    expect(page.locator(".step")).not_to_be_empty()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_load_state("networkidle")


def test_the_browser_stops_nothing_on_any_page_of_a_filled_workshop(
    app: Server, page: Page, violations: list[str]
) -> None:
    query = open_example(app, page)
    for step in [step for step in shipped().steps.values() if step.id != "history"]:
        visit(app, page, step.id, query)
    visit(app, page, "history", query)
    for mode in ("Compare", "Trend", "Earlier texts"):
        page.get_by_test_id("stButtonGroup").get_by_text(mode, exact=True).click()
        settled(page)
    assert violations == []


def test_charts_pictures_and_what_components_load_are_shown(app: Server, page: Page, violations: list[str]) -> None:
    query = open_example(app, page)
    visit(app, page, "history", query)
    page.get_by_test_id("stButtonGroup").get_by_text("Trend", exact=True).click()
    chart = page.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator("svg, canvas").first).to_be_visible()
    visit(app, page, "take-home", query)
    for path in ("assess", "take-home"):
        visit(app, page, path, query)
        if path == "assess":
            page.get_by_role("tab", name="Pictures").click()
        shown = page.get_by_test_id("stImage").locator("img, svg")
        expect(shown.first).to_be_visible()
        drawn = "all => all.every((e) => e.tagName.toLowerCase() === 'svg' || (e.complete && e.naturalWidth > 0))"
        assert shown.evaluate_all(drawn)
    assert page.evaluate("document.fonts.check('16px Inter')")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("dialog").get_by_test_id("stCode").first).to_be_visible()
    assert violations == []


def test_downloads_arrive(app: Server, page: Page, violations: list[str], tmp_path: Path) -> None:
    visit(app, page, "take-home", open_example(app, page))
    for name, begins in (("PDF", b"%PDF"), ("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("YAML", b"")):
        written = download(page, page.get_by_role("button", name=name, exact=True), tmp_path)
        assert begins in written[:400]
        assert written
    assert violations == []


def download(page: Page, button: Locator, folder: Path) -> bytes:
    with page.expect_download(timeout=120_000) as waiting:
        button.click()
    waiting.value.save_as(folder / waiting.value.suggested_filename)
    return (folder / waiting.value.suggested_filename).read_bytes()


def test_the_pages_of_joining_work_and_stop_nothing(app: Server, page: Page, violations: list[str]) -> None:
    enter(page, app.new_workshop()["participant"], "Anne")
    wait_until_live(page)
    page.goto(f"{app.url}/join/nonsense")
    expect(page.get_by_role("heading")).to_have_text("This link does not open a workshop")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).borderRadius") == "14px"
    assert violations == []


def test_a_script_that_somebody_slips_in_does_not_run(app: Server, page: Page) -> None:
    page.add_init_script(LISTEN)
    open_example(app, page)
    for slip in (
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')",
        "const s = document.createElement('script'); s.src = 'http://127.0.0.1:9/x.js'; document.body.append(s)",
        "document.body.insertAdjacentHTML('beforeend', '<iframe srcdoc=\"<script>parent.ran = 1</script>\"></iframe>')",
    ):
        with page.expect_console_message(lambda message: "VIOLATION" in message.text):
            page.evaluate(f"() => {{ {slip} }}")
        assert page.evaluate("window.ran") is None


def test_a_picture_that_people_made_runs_nothing_when_it_is_opened_as_a_page(page: Page) -> None:
    headers = {"Content-Security-Policy": MADE_BY_PEOPLE, "Content-Type": "image/svg+xml"}
    page.route("http://app.example/media/a.svg", lambda route: route.fulfill(body=PICTURE, headers=headers))
    page.route("http://app.example/bare.svg", lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"))
    for address, ran in (("http://app.example/bare.svg", "ran"), ("http://app.example/media/a.svg", "")):
        page.goto(address)
        expect(page.get_by_text("as people made it")).to_be_visible()
        assert page.evaluate("document.documentElement.id") == ran


def test_no_page_may_be_framed(app: Server, page: Page, context: BrowserContext) -> None:
    page.goto(f"{app.url}/healthz")
    framing = context.new_page()
    framing.route("http://framing.example/", lambda route: route.fulfill(
        body=f'<iframe src="{app.url}/"></iframe><iframe src="{app.url}/join/x"></iframe>', content_type="text/html"
    ))  # fmt: skip
    framing.goto("http://framing.example/")
    framing.wait_for_load_state("networkidle")
    assert len(framing.frames) == 3
    for frame in framing.frames[1:]:
        assert frame.locator("#root, main").count() == 0
