"""Loads of every page of a big workshop, each beside a bare Streamlit page with the same elements."""

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

BIG = ROOT / "examples" / "platform-at-scale.workshop.yaml"
LOADS = 20
# Long by what the method asks on them: they are told, not bounded.
LONG = ("phase-zero", "levels", "principles", "crisp-ml", "governance")
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
KINDS = """() => {
  const found = {};
  for (const holder of document.querySelectorAll("[data-testid=stElementContainer]")) {
    const kind = holder.querySelector("[data-testid]")?.dataset.testid ?? "stMarkdown";
    found[kind] = (found[kind] ?? 0) + 1;
  }
  return found;
}"""
# What comes and goes by itself, as a face in the header, is not waited for.
NEARLY = 0.97


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
    page.locator(".block").first.wait_for()
    return page, workshop


def _fresh(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    page.add_init_script(COUNT)
    return page


def _compared(page: Page, browser: Browser, step: str, address: str, twin: Server) -> list[Row]:
    bare_page = _fresh(browser)
    kinds, wanted = _first(page, address)
    bare_address = f"{twin.url}/?elements={quote(_elements(kinds))}"
    _, bare_wanted = _first(bare_page, bare_address)
    mine, bare = [], []
    for _ in range(LOADS):
        mine.append(_load(page, address, wanted))
        bare.append(_load(bare_page, bare_address, bare_wanted))
    bare_page.context.close()
    what = f"Loading {step}, {sum(kinds.values())} elements, p95 of {LOADS}"
    than = f"bare page, same elements; medians {median(mine):.2f} s, {median(bare):.2f} s"
    if step in LONG:
        return [against(what, p95(mine), p95(bare), "s", than)]
    return [against(what, p95(mine), p95(bare), "s", than, TIMES_BARE), bounded(what, p95(mine), "s", SECONDS)]


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
