"""`python -m tests.bench` measures everything in one run and writes `docs/benchmarks.md`. Takes some ten minutes."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import browser, live, opening, outputs, pages, scoring, sheet, verbs
from tests.bench.measure import Row, amount, machine, spin
from tests.live_server import ROOT, Server

PAGE = ROOT / "docs" / "benchmarks.md"
ECHO_APP = "tests/bench/echo_app.py"
CALM, WAIT_AT_MOST_S = 1.5, 120

HEAD = """# Benchmarks

Written by `make bench`; run it on your machine. Figures are ratios of things measured side by side in one run, because
a ratio travels better than a time. Server, clients and browser share the machine, so each slows the others.

| | |
|---|---|
| Machine | {machine} |
| When | {when} |
| Noise | the same arithmetic took {low} to {high}, measured {spins} times between the parts of this run |

| What | Measured | Compared with | Ratio | Target | Met |
|---|---|---|---|---|---|
"""

TAIL = """
How to read it:

- *Echo* is a route on the same server that only sends each frame back. An edit does more: it is checked, written to
  disk, read by everybody connected, and only then shown. SQLite waits for the disk on every change
  (`synchronous=FULL`), so that what is shown as saved survives a power cut.
- *Drawn* is the first moment after the frame in which the text appeared, for the edit and for the echo alike. Frames
  come every 16.7 ms.
- The clients of the frame-to-frame rows are Python programs without a screen. There no frame hides what saving costs:
  one wait for the disk is most of the time, and the target of 3x, which is meant for people at browsers, is out of
  reach without showing as saved what is not.
- Edits and echoes alternate, so that a busy moment meets both.
- The short and the long log lead to the same board.
- The *bare page* is Streamlit with nothing behind it, with as many texts and widgets of each kind as the page shows.
  A note of the board has its buttons, a practice its five answers: these are widgets, whoever draws them.
- *Adding up* is one loop over the criteria. Scoring also gives bounds for open answers, bands, columns, what holds the
  value and a trace; an unlock set is the smallest one there is.
"""


def main() -> None:
    """Run every part and write the page."""
    _wait_until_calm()
    when, host, spins = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), machine(), [spin()]
    rows: list[Row] = []
    for part in (_on_one_server, _opening, _judging, _pages, _in_processes):
        rows += part()
        spins.append(spin())
    noise = {"low": amount(min(spins), "ms"), "high": amount(max(spins), "ms"), "spins": len(spins)}
    page = HEAD.format(machine=host, when=when, **noise) + "\n".join(row.line() for row in rows) + "\n" + TAIL
    PAGE.write_text(page, encoding="utf-8")
    print(page)


def _wait_until_calm() -> None:
    deadline = time.monotonic() + WAIT_AT_MOST_S
    while os.getloadavg()[0] > CALM and time.monotonic() < deadline:
        _say(f"Waiting for a calmer machine (load {os.getloadavg()[0]:.1f})")
        time.sleep(10)


def _on_one_server() -> list[Row]:
    parts: tuple[Callable[[Server], list[Row]], ...] = (live.sync_against_echo, _seen, live.room_of_a_hundred)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), ECHO_APP)
        server.start()
        try:
            for part in parts:
                rows += _told(part(server))
        finally:
            server.kill()
    return rows


def _seen(server: Server) -> list[Row]:
    with browser.browsing() as chromium:
        return [
            *browser.visible_edit_against_echo(chromium, server),
            *browser.typing_on_a_full_board(chromium, server),
            *sheet.answering(chromium, server),
        ]


def _opening() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        return _told(opening.opening(Path(folder)))


def _judging() -> list[Row]:
    return _told(scoring.scoring())


def _pages() -> list[Row]:
    with browser.browsing() as chromium:
        return _told(pages.page_loads(chromium))


def _in_processes() -> list[Row]:
    with browser.browsing() as chromium:
        rows = _told(outputs.pdf_against_browser(chromium))
    return [*rows, *_told(outputs.scaffold()), *_told(verbs.verbs()), *_told(outputs.start_up())]


def _told(rows: list[Row]) -> list[Row]:
    for row in rows:
        _say(row.line())
    return rows


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
