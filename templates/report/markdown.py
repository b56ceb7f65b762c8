"""Write a report as Markdown, in the words of the PDF. Escaping is in `templates/markdown_text.py`."""

from __future__ import annotations

import re
from pathlib import Path

from templates.markdown_text import render
from templates.report.model import Report
from templates.report.words import say, words

TEMPLATES = Path(__file__).parent / "markdown"
_CHAPTERS = (
    "phase-zero",
    "canvas",
    "method",
    "findings",
    "decisions",
    "architecture",
    "maturity",
    "roadmap",
    "assumptions",
    "open-points",
    "sources",
)
_POINT_KINDS = (("question", "questions"), ("risk", "risks"), ("dilemma", "dilemmas"))


def to_markdown(report: Report) -> str:
    """Return the report as one Markdown file; everything people typed reads literally."""
    known = words().words
    return render(
        TEMPLATES,
        "report.md.j2",
        report=report,
        w=known,
        say=say,
        contents=[(chapter, _anchor(known[chapter])) for chapter in _CHAPTERS],
        point_kinds=_POINT_KINDS,
    )


def _anchor(title: str) -> str:
    """Return the anchor that code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
