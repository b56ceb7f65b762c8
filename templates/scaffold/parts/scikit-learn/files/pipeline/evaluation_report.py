"""The evaluation as a page for people: reports/evaluation.md. Prints what was measured and measures nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any


def write_report(path: Path, evaluation: dict[str, Any], timing: dict[str, float]) -> None:
    """Write the page for the content of build/evaluation.json and build/timing.json."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_lines(evaluation, timing)) + "\n", encoding="utf-8")


def _lines(evaluation: dict[str, Any], timing: dict[str, float]) -> Iterator[str]:
    yield f"Measured on {evaluation['rows']} held-out rows: **{evaluation['sentence']}**"
    yield ""
    yield from (f"- {reason}" for reason in [*evaluation["reasons"], *evaluation["warnings"]])
    yield from ("", "| Metric | Value |", "|---|---|")
    yield from (f"| {name} | {value:.4g} |" for name, value in evaluation["metrics"].items())
    yield f"| {evaluation['metric']} without learning | {evaluation['without_learning']:.4g} |"
    yield f"| time to train | {timing['training_seconds']:.3g} s |"
    yield f"| time for one row, 95th percentile | {timing['latency_p95_ms']:.3g} ms |"
    yield from _slices(evaluation["slices"])
    yield from ("", f"| Input | Loss of {evaluation['metric']} when shuffled | Share |", "|---|---|---|")
    for item in evaluation["contributions"]:
        yield f"| {_cell(item['column'])} | {item['loss']:.4g} | {item['share']:.0%} |"


def _slices(slices: list[dict[str, Any]]) -> Iterator[str]:
    if slices:
        yield from ("", "| Group | Rows | Metric | Value | All rows |", "|---|---|---|---|---|")
    for item in slices:
        name = _cell(f"{item['column']}: {item['value']}")
        yield f"| {name} | {item['rows']} | {item['metric']} | {item['measured']:.4g} | {item['overall']:.4g} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
