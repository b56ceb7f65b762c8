"""What the product writes and how it starts: PDF against a printing browser, the scaffold, start-up."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from assessments.library.packs import library
from assessments.standing.score_all import score_all
from canvas.document.file import load_workshop
from canvas.method.load import shipped
from templates.plan import Plan, make_plan
from templates.report.markdown import to_markdown
from templates.report.model import report_model
from templates.report.pdf import to_pdf
from templates.scaffold.render import render_project
from templates.scaffold.write import zip_project
from tests.bench.measure import Row, against, amount, median
from tests.live_server import ROOT, Server

EXAMPLE = ROOT / "examples" / "platform-at-scale.workshop.yaml"
TODAY = "2026-11-23"
TIMES = 5
STARTS = 4
HELLO = "tests/bench/hello_app.py"


def timed(work: Callable[[], object]) -> float:
    """Return how long `work` takes, in seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def example_plan() -> Plan:
    """Return the plan of the largest example."""
    return make_plan(load_workshop(EXAMPLE), shipped(), library())


def pdf_against_browser(browser: Browser) -> list[Row]:
    """Compare setting the report as PDF with a warm Chromium that prints the same Markdown as HTML."""
    plan = example_plan()
    report = report_model(plan, score_all(plan.workshop, library()), TODAY)
    html = MarkdownIt("commonmark").enable("table").render(to_markdown(report))
    page = browser.new_page()

    def printed() -> None:
        page.set_content(f"<!doctype html><meta charset=utf-8>{html}")
        page.pdf(format="A4")

    to_pdf(report), printed()
    ours, theirs = [], []
    for _ in range(TIMES):
        ours.append(timed(lambda: to_pdf(report)))
        theirs.append(timed(printed))
    page.close()
    return [against("The report as PDF, tagged and set", median(ours), median(theirs), "ms", "Chromium printing it")]


def scaffold() -> list[Row]:
    """Measure rendering the generated project of the largest example, and packing it."""
    plan = example_plan()
    project = render_project(plan)
    rendering = median([timed(lambda: render_project(plan)) for _ in range(TIMES)])
    packing = median([timed(lambda: zip_project(project)) for _ in range(TIMES)])
    note = f"{len(project.files)} files; the zip takes {amount(packing, 'ms')} more"
    return [Row("Rendering the generated project", amount(rendering, "ms"), note, "", "told, not bounded", None)]


def start_up() -> list[Row]:
    """Compare the time from the command to the first answer with the smallest app that Streamlit can serve."""
    times: dict[str, list[float]] = {"app.py": [], HELLO: []}
    for _ in range(STARTS):
        for program, found in times.items():
            with tempfile.TemporaryDirectory() as folder:
                server = Server(Path(folder), program)
                try:
                    found.append(timed(server.start))
                finally:
                    server.kill()
    ours, hello = (median(found) for found in times.values())
    return [against("Start of the app until it answers", ours, hello, "s", "hello world")]
