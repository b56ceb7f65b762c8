"""Set a report as PDF: tagged, archival where the fonts allow it, the same bytes for the same report.

What people typed reaches the typesetter as data only, and the typesetter sees no file outside `templates/`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst

from canvas.reading.text_gate import isolated
from templates.drawing import fonts
from templates.drawing.apart import apart
from templates.drawing.palette import COLOURS
from templates.errors import ReportError
from templates.report.model import Report
from templates.report.words import say, words
from templates.signature import MARK

PAGES = Path(__file__).parent / "pages"
# Pages, and how a drawing is set: what the typesetter may see.
ROOT = Path(__file__).parents[1]
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


def to_pdf(report: Report) -> bytes:
    """Return the report as PDF/A-2a and PDF/UA-1, or as plain tagged PDF that says why it is neither.

    Raises `ReportError` when it cannot be set at all.
    """
    notices = [_missing(script) for script in fonts.missing_scripts(_text(report))]
    return typeset("report.typ", {"report": asdict(report)}, report.made_on, notices)


def typeset(page: str, data: Mapping[str, object], day: str, notices: list[str]) -> bytes:
    """Return the PDF of one page file of `pages/`, with standards if they hold and with the reason if they do not.

    `day` (2026-11-23) is the date in the file's metadata; nothing else in it depends on time.
    """
    try:
        return _compile(page, _inputs(data, day, notices), day, STANDARDS)
    except typst.TypstError as error:
        why = say("missing-glyphs") if notices else _first_line(error)
    try:
        return _compile(page, _inputs(data, day, [*notices, say("not-archival", why=why)]), day, [])
    except typst.TypstError as error:
        raise ReportError(
            f"The PDF could not be set: {_first_line(error)}. The Markdown needs no typesetter."
        ) from None


def _inputs(data: Mapping[str, object], day: str, notices: list[str]) -> dict[str, str]:
    made = date.fromisoformat(day)
    whole = {
        **_to_set(data),
        "words": words().words,
        "families": fonts.families(),
        "notices": notices,
        "day": {"year": made.year, "month": made.month, "day": made.day},
    }
    return {"data": json.dumps(whole, ensure_ascii=False)}


def _to_set(data: Any) -> Any:
    """Return data as it is set: each SVG taken apart, and text of whichever direction moving nothing beside it."""
    if isinstance(data, Mapping):
        return {
            key: apart(value) if key == "svg" and isinstance(value, str) else _to_set(value)
            for key, value in data.items()
        }
    if isinstance(data, str):
        return isolated(data)
    return [_to_set(entry) for entry in data] if isinstance(data, list | tuple) else data


def _compile(page: str, inputs: dict[str, str], day: str, standards: list[typst.PDFStandard]) -> bytes:
    inputs = {**inputs, "mark": MARK, "colours": json.dumps(COLOURS.printed())}
    compiler = typst.Compiler(PAGES / page, root=ROOT, font_paths=fonts.typesetter_fonts(), sys_inputs=inputs)
    stamp = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    pdf = compiler.compile(format="pdf", pdf_standards=standards, timestamp=stamp)
    assert isinstance(pdf, bytes)
    return pdf


def _first_line(error: typst.TypstError) -> str:
    return error.message.splitlines()[0].removeprefix("PDF/A-2a, PDF/UA-1 error: ").rstrip(".")


def _missing(script: fonts.MissingScript) -> str:
    # The characters themselves would be boxes here too; their code points can be looked up.
    points = [f"U+{ord(char):04X}" for char in script.characters]
    shown = ", ".join(points[:5]) + (", …" if len(points) > 5 else "")
    return say("missing-script", script=script.name, number=len(points), characters=shown, install=script.install)


def _text(report: Report) -> str:
    return json.dumps(asdict(report), ensure_ascii=False)
