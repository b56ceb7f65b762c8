"""Print "Where we stand" as PDF: one page or two, set by what sets the report."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass, replace
from datetime import date
from typing import Any

from canvas.reading.text_gate import clean
from templates.plan import Plan
from templates.report.pdf import typeset
from templates.report.picture import diagram
from templates.summary.model import summary


def summary_pdf(plan: Plan, today: date) -> bytes:
    """Return the summary of a plan as PDF, dated `today`. Raises `ReportError` when it cannot be set."""
    found = _cleaned(summary(plan, today))
    drawn = diagram(plan)
    picture = {"svg": drawn.svg, "words": clean(drawn.words)}
    day = today.isoformat()
    return typeset("summary.typ", {"summary": asdict(found), "diagram": picture, "made_on": day}, day, [])


def _cleaned(value: Any) -> Any:
    """Return a copy with every text passed through the gate for text; one control character would stop a PDF."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value
