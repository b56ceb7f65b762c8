"""The answer sheet: a key until the own answer is drawn, and until the score is that of the new answer."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from canvas.document.workshop import Workshop
from tests.bench.browser import open_board
from tests.bench.measure import Row, bounded, median, p95
from tests.live_server import Server

ANSWERS = 24
KEYS = "123"
DRAWN_S, SCORED_S = 0.15, 1.0
READY_WITHIN_MS = 20_000
# Marks the moment of the next key, of the frame with its answer, and of the frame with the score made of it.
WATCH = """() => {
  const sheet = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).find((r) => r?.querySelector("#sheet"));
  const row = sheet.querySelector(".row.open").dataset.id;
  // The last row of a section gives way to the next section.
  const shown = () => sheet.querySelector(`.row[data-id="${row}"]`);
  const answered = () => !shown() || shown().querySelector("[role=radio][aria-checked=true]");
  const scored = () => !sheet.querySelector(".standing.old");
  window.seen = {};
  addEventListener("keydown", (event) => (window.seen.pressed = performance.timeOrigin + event.timeStamp),
    { capture: true, once: true });
  const look = () => {
    if (!window.seen.pressed) return;
    if (!window.seen.asked.drawn && answered()) note("drawn");
    if (window.seen.asked.drawn && !window.seen.asked.scored && scored()) note("scored");
    if (window.seen.asked.scored) watch.disconnect();
  };
  window.seen.asked = {};
  const note = (what) => {
    window.seen.asked[what] = true;
    window.drawn((moment) => (window.seen[what] = moment));
  };
  const watch = new MutationObserver(look);
  watch.observe(sheet, { childList: true, subtree: true, attributes: true });
}"""


def answering(browser: Browser, server: Server) -> list[Row]:
    """Answer one practice after another by keys, each after the score of the one before."""
    store = server.store()
    workshop = store.create(Workshop(title="A sheet"))
    store.close()
    page = open_board(browser, server, workshop)
    page.goto(page.url.replace("/canvas?", "/assess?"))
    page.locator("#sheet .row.open [role=radio]").first.wait_for()
    page.locator(".saved[data-state=saved]").wait_for()
    page.locator("#sheet .row.open [role=radio][tabindex='0']").focus()
    drawn, scored = zip(*(_answer(page, KEYS[number % len(KEYS)]) for number in range(ANSWERS)), strict=True)
    page.context.close()
    return [
        bounded("An answer on the sheet, key until drawn, p95", p95(list(drawn)), "ms", DRAWN_S, _median(drawn)),
        bounded("An answer on the sheet, key until scored, p95", p95(list(scored)), "ms", SCORED_S, _median(scored)),
    ]


def _answer(page: Page, key: str) -> tuple[float, float]:
    page.evaluate(WATCH)
    page.keyboard.press(key)
    page.wait_for_function("() => window.seen.drawn && window.seen.scored", timeout=READY_WITHIN_MS)
    seen = page.evaluate("window.seen")
    return (seen["drawn"] - seen["pressed"]) / 1000, (seen["scored"] - seen["pressed"]) / 1000


def _median(samples: tuple[float, ...]) -> str:
    return f"median {median(list(samples)) * 1e3:.3g} ms"
