"""A blank canvas to print: one A3 landscape sheet for paper notes, and its guiding questions on a page of their own."""

from __future__ import annotations

from dataclasses import asdict

from canvas.method.canvases import CanvasDefinition
from templates.report.pdf import typeset
from templates.report.sheet import sheet

# A blank sheet belongs to no day; a fixed one keeps its bytes the same for ever.
_DAY = "2026-01-01"


def blank_canvas_pdf(canvas: CanvasDefinition) -> bytes:
    """Return a canvas without notes as PDF. Raises `ReportError` when it cannot be set."""
    return typeset("blank.typ", {"sheet": asdict(sheet(canvas, {}))}, _DAY, [])
