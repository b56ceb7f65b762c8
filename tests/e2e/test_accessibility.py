"""An automated look at every page with axe-core, in both themes: nothing serious may be found in what is ours."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from board_page import add_note, block, editor, expect_saved, note
from conftest import OpenBoard
from playwright.sync_api import Page, expect
from sheet_page import assess
from test_facilitation import lead

from canvas.document.file import load_workshop
from canvas.method.load import shipped
from tests.e2e.question_page import field, go_to, one_at_a_time
from tests.e2e.watching import still
from tests.live_server import Server
from views.question import VIEW_COOKIE

pytestmark = pytest.mark.long
EXAMPLES = Path(__file__).parents[2] / "examples"

AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERIOUS = {"serious", "critical"}
# Drawn by Streamlit itself, which gives no say in it: by rule, what is passed over, and nothing else.
STREAMLITS_OWN = {
    "color-contrast": [
        # Captions are faded as a whole, coloured words and code in them too.
        "[data-testid=stCaptionContainer] :is(.stMarkdownColoredText, code)",
        # The colours of the syntax highlighting.
        "[data-testid=stCode]",
        # White on the primary colour, also where the dark theme makes that a light one.
        "[kind^=primary]",
    ],
    # Long code scrolls sideways in a box that takes no focus.
    "scrollable-region-focusable": ["[data-testid=stCode]"],
}
RUN = """async ([tags, own]) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"], elementRef: true });
  const isOurs = (rule) => ({ element }) => !(own[rule] ?? []).some((css) => element?.closest(css));
  // Behind a modal dialog nobody reads, and axe takes what covers a text for what it stands on.
  const isBehind = (element) => {
    const over = element?.getRootNode().querySelector("dialog:modal");
    return Boolean(over) && !over.contains(element);
  };
  const counts = (rule) => (node) => isOurs(rule)(node) && !(rule === "color-contrast" && isBehind(node.element));
  const line = ({ target, failureSummary }) => `${target.flat().join(" ")} ${failureSummary}`;
  return found.violations.map(({ id, impact, nodes }) => ({
    id, impact, nodes: nodes.filter(counts(id)).map(line),
  }));
}"""
THEMES = ["light", "dark"]
Dress = Callable[[Page], None]


def serious(page: Page) -> list[str]:
    """Return what axe finds serious or critical on a page, one line each, once nothing on it moves or fades."""
    still(page)
    if not page.evaluate("() => Boolean(globalThis.axe)"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN, [TAGS, STREAMLITS_OWN])
    return [f"{rule['id']}: {where}" for rule in found if rule["impact"] in SERIOUS for where in rule["nodes"]]


def at_each_width(page: Page) -> list[str]:
    """Return what is serious on a page on a large screen, a small one and a phone."""
    found = []
    for width in (390, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {line}" for line in serious(page)]
    return found


def dressed(theme: str) -> Dress:
    return lambda page: page.emulate_media(color_scheme="dark" if theme == "dark" else "light")


@pytest.mark.parametrize("theme", THEMES)
def test_the_board_in_all_its_states(app: Server, open_board: OpenBoard, theme: str) -> None:
    page = open_board(app.new_workshop()["facilitator"], prepare=dressed(theme))
    expect(page.locator("#board")).to_have_attribute("data-theme", theme)
    for text, where in (("first", "data"), ("second", "serving")):
        add_note(page, where, text)
    page.locator(".park").click()
    block(page, "value").locator("button.add").click()
    editor(page).fill("in the editor")
    assert serious(page) == []
    editor(page).press("Escape")
    block(page, "data").locator(".questions").click()
    assert serious(page) == []
    page.keyboard.press("Escape")
    for prop, value in (("timer", {"seconds": 30, "label": "Vote"}), ("private", True), ("locked", ["data"])):
        lead(page, prop, value)
    lead(page, "voting", {"state": "open", "budget": 3})
    page.get_by_role("button", name="Count for the room").click()
    note(page, "first").focus()
    page.keyboard.press("v")
    expect_saved(page)
    assert serious(page) == []
    lead(page, "voting", {"state": "shown"})
    page.get_by_role("button", name="Result of the vote").click()
    assert serious(page) == []
    page.keyboard.press("Escape")
    block(page, "data").focus()
    page.keyboard.press("p")
    expect(page.locator(".join-hint")).to_be_visible()
    assert serious(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_other_page(app: Server, open_board: OpenBoard, theme: str) -> None:
    page = open_board(app.new_workshop()["facilitator"], prepare=dressed(theme))
    query = page.url.partition("?")[2]
    found = {}
    for path in (step.id for step in shipped().steps.values() if step.id != "canvas"):
        page.goto(f"{app.url}/{path}?{query}")
        expect(page.locator(".step")).not_to_be_empty()
        found[path] = at_each_width(page)
    page.goto(app.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found["start"] = at_each_width(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("theme", THEMES)
def test_the_sheet(app: Server, open_board: OpenBoard, theme: str, width: int) -> None:
    document = load_workshop(EXAMPLES / "starter-git-dvc-make.workshop.yaml")
    half = document.model_copy(update={"answers": document.answers[::2]})
    page = open_board(app.new_workshop(document=half)["facilitator"], width, 900, prepare=dressed(theme))
    assess(page)
    assert serious(page) == []
    page.locator("#sheet .row.open [role=radio][tabindex='0']").focus()
    page.keyboard.press("5")
    expect(page.locator("#sheet .row.open .reason")).to_be_visible()
    assert serious(page) == []
    # A phone has no spreadsheet to copy from.
    for opener in ("Answer blind",) if width < 640 else ("Answer blind", "Paste a spreadsheet"):
        page.get_by_role("button", name=opener).click()
        assert serious(page) == []
        page.keyboard.press("Escape")


@pytest.mark.parametrize("theme", THEMES)
def test_one_question_at_a_time(app: Server, open_board: OpenBoard, theme: str) -> None:
    """Each kind of input, an answer with what it changes, what is wrong, and a blind round."""
    page = open_board(app.new_workshop()["facilitator"], prepare=dressed(theme))
    page.context.clear_cookies(name=VIEW_COOKIE)
    one_at_a_time(page)
    page.locator("#question .option").first.click()
    expect(page.locator("#question .with h2")).to_contain_text("With ")
    assert at_each_width(page) == []
    for question, typed in (("users", "Dispatchers"), ("label-delay", "soon")):
        go_to(page, question)
        field(page).fill(typed)
        page.keyboard.press("Enter")
    expect(page.locator("#question .problem")).not_to_be_empty()
    assert at_each_width(page) == []
    page.locator("#question .more summary").click()
    page.get_by_role("button", name="Ask everybody alone").click()
    expect(page.get_by_text("Everybody answers this alone")).to_be_visible()
    field(page).fill("4")
    page.get_by_role("button", name="Send my answer").click()
    page.get_by_role("button", name="Reveal").click()
    expect(page.get_by_role("button", name="Take the middle, 4 days")).to_be_visible()
    assert at_each_width(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_join_page_on_a_phone(app: Server, open_board: OpenBoard, theme: str) -> None:
    links = app.new_workshop()
    page = open_board(links["facilitator"], prepare=dressed(theme))
    phone = page.context.browser.new_context(viewport={"width": 390, "height": 844}) if page.context.browser else None
    assert phone is not None
    door = phone.new_page()
    dressed(theme)(door)
    door.goto(links["participant"])
    expect(door.get_by_label(re.compile("Your name"))).to_be_visible()
    found = serious(door)
    phone.close()
    assert found == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_editor_on_a_phone(app: Server, open_board: OpenBoard, theme: str) -> None:
    page = open_board(app.new_workshop()["facilitator"], 390, 844, prepare=dressed(theme))
    block(page, "value").locator("button.add").click()
    editor(page).fill("at the lower edge")
    expect(page.locator("form.editor")).to_have_attribute("popover", "manual")
    assert serious(page) == []
