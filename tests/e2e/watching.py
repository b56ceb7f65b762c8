"""What nobody may ever see, whoever does whatever: exceptions shown, script errors, tracebacks, pages that never rest.

The crawl and the walk share it. It watches browsers and the server's log, and says in sentences what went wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import BrowserContext, ConsoleMessage, ElementHandle, Error, Locator, Page, Response, WebError

T = TypeVar("T")
STILL_RUNNING_S = 20.0
# A page that is at rest for so long has nothing under way: what was entered is sent, and the server answers, sooner.
QUIET_MS = 150
SHOWN = "[data-testid=stException]"
CRASH_BOX = "This app has encountered an error"
TRACEBACK = re.compile(r"Traceback \(most recent call last\)|HTTP/[\d.]+\"? 5\d\d")
LOG_LINES = 40
REST = """([quiet, patience]) => new Promise((done) => {
  const began = performance.now();
  let since = began;
  const atRest = () => {
    const app = document.querySelector("[data-testid=stApp]");
    // A plain page, as the one that asks for a name, has no app in it and never runs.
    if (!app) return !document.querySelector("#root");
    return app.dataset.testScriptState === "notRunning";
  };
  const look = () => {
    const now = performance.now();
    if (!atRest()) since = now;
    if (now - since >= quiet) return done(true);
    if (now - began >= patience) return done(false);
    setTimeout(look, 20);
  };
  look();
})"""
STILL = """(patience) => new Promise((done) => {
  const began = performance.now();
  const shadows = (root) => [...root.querySelectorAll("*")].flatMap((element) =>
    element.shadowRoot ? [element.shadowRoot, ...shadows(element.shadowRoot)] : []);
  const moving = () => {
    const all = [document, ...shadows(document)].flatMap((root) => root.getAnimations());
    const ends = (one) => one.effect.getComputedTiming().endTime < Infinity;
    const ending = all.filter((one) => one.playState === "running" && ends(one));
    const old = document.querySelectorAll("[data-stale=true]").length;
    return ending.map((one) => one.transitionProperty ?? one.animationName).concat(old ? [`${old} old elements`] : []);
  };
  let quiet = 0;
  const look = () => {
    const found = moving();
    quiet = found.length ? 0 : quiet + 1;
    if (quiet > 2) return done("");
    if (performance.now() - began >= patience) return done(found.join(", "));
    requestAnimationFrame(look);
  };
  look();
})"""
# What Chromium itself writes as an error when nothing of ours is wrong, each with its cause.
NOT_OURS = (
    # Whoever leaves a page cuts what is still being loaded or connected.
    re.compile(r"WebSocket connection to '.*' failed: (WebSocket is closed before|Close received after close)"),
    re.compile(r"net::ERR_(ABORTED|NETWORK_CHANGED|NETWORK_IO_SUSPENDED)"),
    # A refusal that the page says in words: a link that was taken back, a file that is gone.
    re.compile(r"the server responded with a status of 4\d\d"),
)


def rests(page: Page, within_s: float = STILL_RUNNING_S) -> bool:
    """Wait until the page has run for what was just entered; return False when it still runs after `within_s`."""
    return wherever_it_goes(page, lambda: bool(page.evaluate(REST, [QUIET_MS, within_s * 1000])))


def wherever_it_goes(page: Page, look: Callable[[], T]) -> T:
    """Look at a page; when it went to another address meanwhile, at the new one."""
    tries = 3
    while True:
        try:
            return look()
        except Error as gone:
            tries -= 1
            if page.is_closed() or tries == 0 or "context was destroyed" not in gone.message:
                raise


def still(page: Page, within_s: float = STILL_RUNNING_S) -> None:
    """Wait until nothing on a page runs, moves or fades; whoever measures before sees what is half-way.

    Raises `AssertionError` when something still moves after `within_s`. What never ends is not waited for.
    """
    assert rests(page, within_s), f"the page still runs: {page.url}"
    moving = page.evaluate(STILL, within_s * 1000)
    assert not moving, f"still moving after {within_s:g} s at {page.url}: {moving}"


def bring_into_sight(element: Locator | ElementHandle, page: Page, within_ms: float = 30_000) -> None:
    """Scroll to an element as people do before they click: a list that opens while the page scrolls closes again."""
    element.scroll_into_view_if_needed(timeout=within_ms)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def exceptions_shown(page: Page) -> list[str]:
    """Return what the page shows of exceptions, one line each."""
    boxes = wherever_it_goes(page, page.locator(SHOWN).all_inner_texts)
    if not boxes and wherever_it_goes(page, page.get_by_text(CRASH_BOX).count):
        boxes = [CRASH_BOX]
    return ["exception shown: " + " ".join(text.split())[:300] for text in boxes]


class Watcher:
    """Watches browsers and one server. `faults` tells what has gone wrong since it was asked last."""

    def __init__(self, origin: str, server_log: Callable[[], str], patience_s: float = STILL_RUNNING_S) -> None:
        self.origin = origin
        self.server_log = server_log
        self.patience_s = patience_s
        self._heard: list[str] = []
        self._read = len(server_log())

    def watch(self, context: BrowserContext) -> None:
        """Listen to all pages of one browser."""
        context.on("weberror", self._on_script_error)
        context.on("console", self._on_console)
        context.on("response", self._on_response)

    def faults(self, *pages: Page) -> list[str]:
        """Wait until the pages are at rest; return everything that is wrong with them and was heard meanwhile."""
        found = [
            f"still running after {self.patience_s:g} s: {page.url}"
            for page in pages
            if not rests(page, self.patience_s)
        ]
        found += [line for page in pages for line in exceptions_shown(page)]
        heard, self._heard = self._heard, []
        return found + heard + self._new_in_log()

    def _new_in_log(self) -> list[str]:
        text = self.server_log()
        new, self._read = text[self._read :], len(text)
        wrong = TRACEBACK.search(new)
        if not wrong:
            return []
        lines = new[wrong.start() :].splitlines()
        told = lines if len(lines) <= LOG_LINES else [*lines[:3], "…", *lines[-LOG_LINES:]]
        return ["in the server's log:\n    " + "\n    ".join(told)]

    def _on_script_error(self, found: WebError) -> None:
        self._heard.append(f"script error: {found.error.stack or found.error.message}")

    def _on_console(self, message: ConsoleMessage) -> None:
        place = str(message.location.get("url", ""))
        foreign = place.startswith("http") and not place.startswith(self.origin)
        if message.type == "error" and not foreign and not any(known.search(message.text) for known in NOT_OURS):
            self._heard.append(f"console: {message.text[:500]} ({place[:120]})")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self._heard.append(f"answered {response.status}: {response.request.method} {response.url}")
