"""Loads of every page of a big workshop, each beside a bare Streamlit page with as many widgets of each kind."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from canvas.document.file import load_workshop
from canvas.method.load import shipped
from canvas.store.access import Access, secret_in
from tests.bench.measure import Row, against, bounded, median, p95
from tests.live_server import ROOT, Server
from views.question import VIEW_COOKIE

BIG = ROOT / "examples" / "platform-at-scale.workshop.yaml"
LOADS = 20
# Long by what the method asks on them: their list takes the time of its elements; one question at a time does not.
LONG = ("phase-zero", "levels", "principles", "crisp-ml", "governance")
ANSWERS = 20
TIMES_BARE, SECONDS = 1.3, 1.0
READY_WITHIN_MS = 20_000
# Everything drawn, components included, whose insides a page hides from simple questions.
COUNT = """
window.drawnElements = (root = document) => [...root.querySelectorAll("*")].reduce(
  (sum, element) => sum + 1 + (element.shadowRoot ? window.drawnElements(element.shadowRoot) : 0), 0);
window.resting = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
"""
# The moment from which nothing more is added: the page has run, and holds what it held the first time.
LOADED = """(wanted) => {
  if (!window.resting() || window.drawnElements() < wanted) return false;
  window.loadedAt ??= performance.now();
  return true;
}"""
# The widgets of a page by the test id of the like in Streamlit, those that a component shows included.
KINDS = """() => {
  const inComponents = [
    ["select", "stSelectbox"],
    ["textarea", "stTextArea"],
    ["input[type=checkbox], [role=switch]", "stCheckbox"],
    ["input:not([type=checkbox], [type=radio])", "stTextInput"],
    ["[role=radiogroup]", "stButtonGroup"],
    ["button:not([role=radio], [role=switch]), a[href]", "stButton"],
  ];
  const found = {};
  const count = (kind, number) => number && (found[kind] = (found[kind] ?? 0) + number);
  for (const holder of document.querySelectorAll("[data-testid=stElementContainer]")) {
    count(holder.querySelector("[data-testid]")?.dataset.testid ?? "stMarkdown", 1);
    for (const { shadowRoot } of holder.querySelectorAll("*")) {
      for (const [controls, kind] of shadowRoot ? inComponents : []) {
        count(kind, [...shadowRoot.querySelectorAll(controls)].filter((one) => one.checkVisibility()).length);
      }
    }
  }
  // These hold other elements, and are widgets themselves.
  for (const kind of ["stPopover", "stExpander"]) {
    count(kind, document.querySelectorAll(`[data-testid=${kind}]`).length);
  }
  return found;
}"""
# What comes and goes by itself, as a face in the header, is not waited for.
NEARLY = 0.97
# From a click on an answer until the page has run for it; from the key until the answer is stored, one at a time.
TAKEN_UP = """([choice, number]) => new Promise((done, failed) => {
  setTimeout(() => failed(new Error("no run for the answer")), 30_000);
  const app = document.querySelector("[data-testid=stApp]");
  const choices = [...document.querySelectorAll(choice)].filter((one) => one.ariaChecked !== "true");
  const began = performance.now();
  let ran = false;
  const watch = new MutationObserver(() => {
    const resting = app.dataset.testScriptState === "notRunning";
    ran ||= !resting;
    if (!ran || !resting) return;
    watch.disconnect();
    done((performance.now() - began) / 1000);
  });
  watch.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
  choices[number % choices.length].click();
})"""
CHOICE = "[data-testid=stButtonGroup] [role=radio]"
STORED = """() => new Promise((done, failed) => {
  setTimeout(() => failed(new Error("the answer is not stored")), 30_000);
  const all = [...document.querySelectorAll("*")].map((element) => element.shadowRoot).filter(Boolean);
  const find = (css) => all.map((root) => root.querySelector(css)).find(Boolean);
  const saved = find(".saved");
  const began = performance.now();
  const watch = new MutationObserver(() => {
    if (saved.dataset.state !== "saved") return;
    watch.disconnect();
    done((performance.now() - began) / 1000);
  });
  watch.observe(saved, { attributes: true });
  const option = find("#question .option[aria-checked=false]");
  option.click();
  option.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
})"""


def page_loads(browser: Browser) -> list[Row]:
    """Load each page and its bare twin in turn; tell the 95th percentile of both."""
    rows = []
    with tempfile.TemporaryDirectory() as mine, tempfile.TemporaryDirectory() as bare:
        app, twin = Server(Path(mine)), Server(Path(bare), "tests/bench/bare_app.py")
        try:
            app.start()
            twin.start()
            page, workshop = _arrive(browser, app)
            for step in shipped().steps:
                rows += _compared(page, browser, step, f"{app.url}/{step}?w={workshop}", twin)
        finally:
            app.kill()
            twin.kill()
    return rows


def _arrive(browser: Browser, server: Server) -> tuple[Page, str]:
    store = server.store()
    workshop = store.create(load_workshop(BIG))
    token = Access(store, secret_in(server.data)).link_for(workshop, "facilitator")
    store.close()
    page = _fresh(browser)
    page.goto(f"{server.url}/join/{token}")
    # A workshop that has something to show opens where it stands.
    page.locator("#stand .card").first.wait_for()
    return page, workshop


def _fresh(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    page.add_init_script(COUNT)
    return page


def _compared(page: Page, browser: Browser, step: str, address: str, twin: Server) -> list[Row]:
    """Compare a page with its bare twin. Of one with many questions that is its list; one at a time has a row more."""
    rows = []
    if step in LONG:
        rows += _one_at_a_time(page, step, address)
        _show(page, address, "list")
    bare_page = _fresh(browser)
    kinds, wanted = _first(page, address)
    bare_address = f"{twin.url}/?elements={quote(_elements(kinds))}"
    _, bare_wanted = _first(bare_page, bare_address)
    mine, bare = [], []
    for _ in range(LOADS):
        mine.append(_load(page, address, wanted))
        bare.append(_load(bare_page, bare_address, bare_wanted))
    listed = f"{step}, as a list" if step in LONG else step
    what = f"Loading {listed}, {sum(kinds.values())} widgets and texts, p95 of {LOADS}"
    than = f"bare page, same widgets; medians {median(mine):.2f} s, {median(bare):.2f} s"
    rows.append(against(what, p95(mine), p95(bare), "s", than, TIMES_BARE))
    if step in LONG:
        rows.append(_taken_up(page, bare_page, listed))
    else:
        rows.append(bounded(what, p95(mine), "s", SECONDS))
    bare_page.context.close()
    return rows


def _one_at_a_time(page: Page, step: str, address: str) -> list[Row]:
    """Load the questions of a step one at a time; then answer, and wait until that is stored."""
    _show(page, address, "one")
    _, wanted = _first(page, address)
    loads = [_load(page, address, wanted) for _ in range(LOADS)]
    what = f"Loading {step}, one question at a time, p95 of {LOADS}"
    rows = [bounded(what, p95(loads), "s", SECONDS, f"median {median(loads):.2f} s")]
    if page.locator("#question .option").count():
        answers = [float(page.evaluate(STORED)) for _ in range(ANSWERS) if page.locator("#question .option").count()]
        what = f"An answer on {step}, one at a time, Enter until stored, p95 of {len(answers)}"
        rows.append(bounded(what, p95(answers), "s", SECONDS, f"median {median(answers):.2f} s"))
    return rows


def _show(page: Page, address: str, view: str) -> None:
    page.context.add_cookies([{"name": VIEW_COOKIE, "value": view, "url": address}])


def _taken_up(page: Page, bare_page: Page, listed: str) -> Row:
    """Answer by a click on both pages in turn: how long until each has run for it."""
    mine, bare = [], []
    for number in range(ANSWERS):
        mine.append(float(page.evaluate(TAKEN_UP, [CHOICE, number])))
        bare.append(float(bare_page.evaluate(TAKEN_UP, [CHOICE, number])))
    than = f"bare page, same widgets; medians {median(mine):.2f} s, {median(bare):.2f} s"
    return against(f"An answer on {listed}, p95 of {ANSWERS}", p95(mine), p95(bare), "s", than, TIMES_BARE)


def _elements(kinds: Mapping[str, int]) -> str:
    return ",".join(f"{kind}:{count}" for kind, count in sorted(kinds.items()))


def _first(page: Page, address: str) -> tuple[dict[str, int], int]:
    """Return what a page holds when nothing more comes: its elements by kind, and how much is drawn in all."""
    page.goto(address)
    page.wait_for_function("() => window.resting()", timeout=READY_WITHIN_MS)
    page.wait_for_timeout(2_500)
    kinds: dict[str, int] = page.evaluate(KINDS)
    return kinds, round(page.evaluate("window.drawnElements()") * NEARLY)


def _load(page: Page, address: str, wanted: int) -> float:
    page.goto(address, wait_until="commit")
    page.wait_for_function(LOADED, arg=wanted, timeout=READY_WITHIN_MS)
    return float(page.evaluate("window.loadedAt")) / 1000
