"""What each example turns into, word for word. `make approve` rewrites the golden files; read the diff like code."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from assessments.library.packs import library
from assessments.standing.score_all import score_all
from canvas.document.file import load_workshop
from canvas.method.load import shipped
from templates.adr.records import records
from templates.architecture import export
from templates.plan import Plan, make_plan
from templates.report.markdown import to_markdown
from templates.report.model import report_model
from templates.scaffold.render import render_project

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests/golden"
EXAMPLES = sorted((ROOT / "examples").glob("*.workshop.yaml"))
TODAY = "2026-11-23"


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.name.split(".")[0])
def example(request: pytest.FixtureRequest) -> tuple[str, Plan]:
    path: Path = request.param
    return path.name.split(".")[0], make_plan(load_workshop(path), shipped(), library())


def agrees(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("APPROVE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{name} is new: run `make approve` and read the diff"
    assert text == path.read_text(encoding="utf-8"), f"{name} changed: run `make approve` and read the diff"


def test_report(example: tuple[str, Plan]) -> None:
    name, plan = example
    agrees(f"{name}/report.md", to_markdown(report_model(plan, score_all(plan.workshop, library()), TODAY)))


@pytest.mark.parametrize("suffix", [".dot", ".mmd"])
def test_architecture(example: tuple[str, Plan], suffix: str) -> None:
    name, plan = example
    agrees(f"{name}/architecture{suffix}", export(plan, suffix).decode())


def test_decision_records(example: tuple[str, Plan]) -> None:
    name, plan = example
    for path, text in records(plan).items():
        agrees(f"{name}/{path}", text)


def test_project_tree(example: tuple[str, Plan]) -> None:
    name, plan = example
    # The baseline is an archive of the rest; its bytes depend on the compressor, its content is in the other lines.
    files = [f for f in render_project(plan).files if not f.path.endswith(".zip")]
    lines = [f"{hashlib.sha256(f.content).hexdigest()[:12]}  {f.owner:10}  {f.path}" for f in files]
    agrees(f"{name}/project.txt", "\n".join(lines) + "\n")
