"""`python -m tests.recorded_run` makes the run once and writes `docs/recorded-run.md`. Takes about 40 seconds."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import amount, median, p95
from tests.databases import new_database, postgresql_server
from tests.live_server import ROOT
from tests.nginx_site import site_of, two_servers
from tests.recorded_run.people import EDIT_EVERY_S
from tests.recorded_run.run import CLIENTS, KILLED_FOR_S, WORK_S, Run, recorded_run

PAGE = ROOT / "docs" / "recorded-run.md"

TEXT = """# A room that is cut off, recorded

Written by `python -m tests.recorded_run`; `tests/test_recorded_run.py` makes the same run each time the tests run, and
fails when anything is lost.

{clients} WebSocket clients and 2 Chromium pages join one workshop through the nginx file of
[operating it](operating.md), over TLS, with two processes of the app on one PostgreSQL. Each client makes a change
every {every:g} s on average, half of them to notes that others work on too. One process is killed with `kill -9` while
all work; {killed_for:g} s later nginx is stopped, and everybody goes on working. The process is started again,
then nginx.

| | |
|---|---|
| When | {when} |
| Machine | {host} |
| Connections at the two processes, at the beginning | {spread} |
| Changes sent | {sent} |
| of them acknowledged | {acknowledged} |
| of them sent more than once, because an answer was lost | {resent} |
| Changes made while nobody was connected | {made_cut_off} |
| Nobody was connected for | {cut} |
| One process was away for | {killed} |
| From nginx back until all {everybody} showed the board of the database | {alike} |
| Events in the log, notes on the board | {events}, {notes} |
| Changes lost | {lost} |
| Changes that are in the log twice | {twice} |
| Events that nobody sent | {invented} |

| A change of one client until another has it | before | after |
|---|---|---|
| median | {before_median} | {after_median} |
| 95th percentile | {before_p95} | {after_p95} |
| changes measured | {before_count} | {after_count} |

How to read it:

- *Lost* compares every change that was sent, and every note typed in a browser, with the log in the database.
  *Twice* and *nobody sent* compare the log with what was sent.
- A board is compared note by note, in order, with text and source: for the browsers what is drawn on the page, for the
  database what a store reads that has never seen the workshop.
- Most of the time until all showed the same is waiting: who was cut off for some seconds tries again after up to
  6 s, each at another moment (see [the live protocol](live-protocol.md)).
- Latencies are of {work:g} s of work each. Clients, browsers, both processes, nginx and the database share the
  machine's cores; the database does not wait for the disk (`fsync` off), as in all tests.
"""


def main() -> None:
    """Make the run and write the page; nothing is written when something was lost."""
    with tempfile.TemporaryDirectory() as folder, postgresql_server() as postgresql:
        address = new_database(postgresql)
        with two_servers(address, Path(folder)) as servers, site_of(servers, address, Path(folder)) as site:
            site.nginx.start()
            run = asyncio.run(recorded_run(site, address))
    if run.wrong:
        sys.exit(f"Something went wrong: {run.wrong}")
    PAGE.write_text(page(run), encoding="utf-8")
    print(page(run))


def page(run: Run) -> str:
    """Return the record as Markdown."""
    return TEXT.format(
        clients=CLIENTS, everybody=CLIENTS + 2, every=EDIT_EVERY_S, killed_for=KILLED_FOR_S, work=WORK_S,
        when=run.when, host=run.host, spread=" and ".join(map(str, run.spread)),
        sent=run.sent, acknowledged=run.acknowledged, resent=run.resent, made_cut_off=run.made_cut_off,
        cut=amount(run.cut_s, "s"), killed=amount(run.killed_s, "s"), alike=amount(run.alike_after_s, "s"),
        events=run.events, notes=run.notes,
        lost=len(run.lost), twice=len(run.twice), invented=len(run.invented),
        before_median=amount(median(run.before), "ms"), after_median=amount(median(run.after), "ms"),
        before_p95=amount(p95(run.before), "ms"), after_p95=amount(p95(run.after), "ms"),
        before_count=len(run.before), after_count=len(run.after),
    )  # fmt: skip


if __name__ == "__main__":
    main()
