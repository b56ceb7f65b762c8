"""What a person sees: real Chromium pages on the running app, each moment taken when the frame with it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from canvas.document.workshop import Note, Workshop
from canvas.store.access import Access, secret_in
from tests.bench.measure import Row, against, bounded, median, p95
from tests.e2e.browsers import NoBrowser, program
from tests.live_server import Server

EDITS = 40
LETTERS = 80
MANY_NOTES = 1000
BLOCKS = (
    "value",
    "data",
    "experiments",
    "features",
    "foundations",
    "pipeline",
    "registry",
    "deployment",
    "serving",
    "monitoring",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]

# The moment after the frame in which something was drawn, on the clock that all pages of one browser share.
DRAWN = """
window.drawn = (tell) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => tell(performance.timeOrigin + performance.now());
  channel.port2.postMessage(0);
});
"""

WATCH_ENTER = """
addEventListener("keydown", (event) => {
  if (event.key === "Enter") window.pressed = performance.timeOrigin + event.timeStamp;
}, { capture: true });
"""

SEEN = """(wanted) => new Promise((tell) => {
  const board = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).find((r) => r?.querySelector("#board"));
  const look = () => [...board.querySelectorAll(".note .text")].some((e) => e.textContent === wanted);
  const watch = new MutationObserver(() => { if (look()) { watch.disconnect(); window.drawn(tell); } });
  watch.observe(board, { childList: true, subtree: true, characterData: true });
  window.watching = true;
})"""

ECHO = """async ([port, text]) => {
  window.bare ??= await new Promise((ready) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/echo`);
    socket.onopen = () => ready(socket);
  });
  const shown = window.shown ??= document.body.appendChild(document.createElement("p"));
  return new Promise((tell) => {
    const began = performance.timeOrigin + performance.now();
    window.bare.onmessage = (message) => {
      shown.textContent = JSON.parse(message.data).value;
      window.drawn((moment) => tell(moment - began));
    };
    window.bare.send(JSON.stringify({ t: "op", value: text }));
  });
}"""

TYPING = """() => {
  window.delays = [];
  addEventListener("keydown", (event) => {
    const began = performance.timeOrigin + event.timeStamp;
    window.drawn((moment) => window.delays.push(moment - began));
  }, { capture: true });
}"""


def chromium() -> str:
    """Return the path of the browser. Raises `SystemExit` with the way to install it: a command has no traceback."""
    try:
        return program()
    except NoBrowser as missing:
        raise SystemExit(str(missing)) from None


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run one Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


def open_board(browser: Browser, server: Server, workshop: str) -> Page:
    """Follow a facilitator link of a workshop in a browser of its own and wait until the board is live."""
    store = server.store()
    token = Access(store, secret_in(server.data)).link_for(workshop, "facilitator")
    store.close()
    page = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    page.add_init_script(DRAWN)
    page.goto(f"{server.url}/join/{token}")
    # A workshop that has something to show opens where it stands.
    page.wait_for_url("**as=facilitator**")
    page.goto(f"{server.url}/canvas?w={workshop}&as=facilitator")
    page.locator(".block").first.wait_for()
    page.locator(".saved[data-state=saved]").wait_for()
    return page


def visible_edit_against_echo(browser: Browser, server: Server) -> list[Row]:
    """Compare Enter in one browser until another has drawn the text, with a bare echo until it is drawn."""
    store = server.store()
    workshop = store.create(_board(60))
    store.close()
    writer, reader = (open_board(browser, server, workshop) for _ in range(2))
    writer.evaluate(WATCH_ENTER)
    edits, echoes = [], []
    for number in range(EDITS):
        edits.append(_edit(writer, reader, f"visible {number}"))
        echoes.append(reader.evaluate(ECHO, [server.port, "x" * 150]) / 1000)
    for page in (writer, reader):
        page.context.close()
    what = "Enter in one browser until another has drawn it"
    return [
        against(f"{what}, median", median(edits[5:]), median(echoes[5:]), "ms", "echo until drawn", 3),
        against(f"{what}, 95th percentile", p95(edits[5:]), p95(echoes[5:]), "ms", "echo until drawn"),
    ]


def _edit(writer: Page, reader: Page, text: str) -> float:
    writer.locator(".grid .note").first.focus()
    writer.keyboard.press("Enter")
    field = writer.locator(".note.editing textarea")
    field.fill(text)
    seen = f"window.moment = undefined; ({SEEN})({text!r}).then((moment) => window.moment = moment); 0"
    reader.evaluate(seen)
    field.press("Enter")
    reader.wait_for_function("() => window.moment !== undefined", timeout=10_000)
    moment, pressed = reader.evaluate("window.moment"), writer.evaluate("window.pressed")
    return float(moment - pressed) / 1000


def typing_on_a_full_board(browser: Browser, server: Server) -> list[Row]:
    """Measure from a key until the frame with its letter is drawn, in a note on a board of a thousand."""
    store = server.store()
    full, small = store.create(_board(MANY_NOTES)), store.create(_board(10))
    store.close()
    many, few = (_type(open_board(browser, server, workshop)) for workshop in (full, small))
    what = f"Typing on a board of {MANY_NOTES:,} notes, key until drawn"
    return [
        bounded(f"{what}, median", median(many), "ms", 0.05, f"{median(few) * 1e3:.3g} ms with 10 notes"),
        bounded(f"{what}, 95th percentile", p95(many), "ms", 0.05, f"{p95(few) * 1e3:.3g} ms with 10 notes"),
    ]


def _type(page: Page) -> list[float]:
    page.locator(".grid .note").nth(5).focus()
    page.keyboard.press("Enter")
    field = page.locator(".note.editing textarea")
    field.press("End")
    page.evaluate(TYPING)
    for letter in ("typing a sentence of some length, as people do " * 3)[:LETTERS]:
        page.keyboard.press("Space" if letter == " " else letter)
        page.wait_for_timeout(40)
    delays: list[float] = page.evaluate("window.delays")
    page.context.close()
    return [delay / 1000 for delay in delays][5:]


def _board(notes: int) -> Workshop:
    blocks: dict[str, list[Note]] = {block: [] for block in BLOCKS}
    for number in range(notes):
        text = f"Note {number}: what the team wrote about this part of the system"
        blocks[BLOCKS[number % len(BLOCKS)]].append(Note(id=f"n-{number}", kind="fact", text=text))
    canvases = {"stack-canvas": {block: tuple(found) for block, found in blocks.items()}}
    return Workshop(title="A full board", canvases=canvases)
