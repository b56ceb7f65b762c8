"""A roadmap written down: Markdown to read, CSV for a spreadsheet, and issues for a tracker.

The words of pages and issues are in the templates beside it; the columns of the CSV are a promise to scripts.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Template

from assessments.roadmap.phases import Phase, Roadmap, Step
from assessments.shapes.answers import within
from assessments.shapes.library import Library
from canvas.method.content import Content
from canvas.reading.text_gate import counted
from templates.markdown_text import own_pages

# Said wherever a roadmap would stand.
WAITS = "There is nothing to plan from yet: no practice that counts in a model is answered, and no target is set."
BOM = "\ufeff"
FORMULA_SIGNS = "=+-@"
COLUMNS = ("phase", "item", "title", "from", "to", "effort", "first", "blocks", "helps", "owner", "by", "proof")


def to_markdown(roadmap: Roadmap, library: Library, content: Content, adopting: Sequence[str] = ()) -> str:
    """Return a roadmap as a page: its targets, then every phase with its steps and what it changes.

    `adopting` says what the generated project does to the scores, line by line.
    """
    titles = _Titles(library, content)
    phases = [titles.phase(phase) for phase in roadmap.phases]
    return _page("roadmap.md.j2").render(roadmap=roadmap, phases=phases, waits=WAITS, adopting=adopting)


def to_csv(roadmap: Roadmap) -> str:
    """Return a roadmap as CSV, one step a line; several entries of one field are separated by semicolons.

    It begins with a byte order mark, without which spreadsheets take UTF-8 for something else; read it as `utf-8-sig`.
    """
    out = io.StringIO(BOM)
    out.seek(0, io.SEEK_END)
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(phase, step) for phase in roadmap.phases for step in phase.steps)
    return out.getvalue()


def to_issues(roadmap: Roadmap, library: Library, content: Content) -> list[dict[str, str | list[str]]]:
    """Return one issue for each step, in order, as `{title, body, labels}`, which issue trackers import."""
    titles = _Titles(library, content)
    return [_issue(phase, step, titles) for phase in roadmap.phases for step in phase.steps]


def to_json(roadmap: Roadmap, library: Library, content: Content) -> str:
    """Return the issues as one JSON document."""
    return json.dumps(to_issues(roadmap, library, content), ensure_ascii=False, indent=1) + "\n"


# By the ending of a file.
WRITERS: Mapping[str, Callable[[Roadmap, Library, Content, Sequence[str]], str]] = {
    ".md": to_markdown,
    ".csv": lambda roadmap, _library, _content, _adopting: to_csv(roadmap),
    ".json": lambda roadmap, library, content, _adopting: to_json(roadmap, library, content),
}


def _page(name: str) -> Template:
    pages = own_pages(Path(__file__).parent, trim=True)
    pages.filters["within"] = within
    pages.filters["counted"] = counted
    return pages.get_template(name)


def _row(phase: Phase, step: Step) -> dict[str, Any]:
    candidate = step.candidate
    lists = {
        "first": candidate.prerequisites,
        "blocks": candidate.blocks,
        "helps": step.helps,
        "proof": candidate.proof,
    }
    row = {
        "phase": phase.number,
        "item": candidate.item,
        "title": candidate.title,
        "from": candidate.current,
        "to": candidate.to,
        "effort": candidate.effort,
        "owner": step.owner or "",
        "by": step.by or "",
        **{name: "; ".join(entries) for name, entries in lists.items()},
    }
    return {name: _cell(value) if isinstance(value, str) else value for name, value in row.items()}


def _cell(text: str) -> str:
    """Return a text for a spreadsheet, which would take one that begins like a formula for a formula.

    Blanks, and marks that nobody sees, may stand before the sign, and the sign may have the width of a Chinese one.
    """
    seen = (char for char in text if unicodedata.category(char)[0] not in "ZC")
    first = unicodedata.normalize("NFKC", next(seen, ""))[:1]
    return f"'{text}" if first and first in FORMULA_SIGNS else text


def _issue(phase: Phase, step: Step, titles: _Titles) -> dict[str, str | list[str]]:
    body = _page("roadmap-issue.md.j2").render(phase=phase.number, step=titles.step(step))
    labels = ["roadmap", f"phase-{phase.number}", *step.candidate.blocks]
    return {"title": step.candidate.title, "body": body, "labels": labels}


class _Titles:
    """Says ids of steps, models and blocks by their titles."""

    def __init__(self, library: Library, content: Content) -> None:
        self._library, self._content = library, content

    def phase(self, phase: Phase) -> Mapping[str, Any]:
        return {
            "number": phase.number,
            "effort": phase.effort,
            "effects": phase.effects,
            "steps": [self.step(step) for step in phase.steps],
        }

    def step(self, step: Step) -> Mapping[str, Any]:
        candidate = step.candidate
        practice = self._library.practices.get(candidate.item)
        return {
            "candidate": candidate,
            "owner": step.owner,
            "by": step.by,
            "done": getattr(practice, candidate.to) if practice else None,
            "verify": practice.verify if practice else None,
            "first": self._each(candidate.prerequisites, self._library.title),
            "opens": self._each(step.opens, self._library.title),
            "helps": self._each(step.helps, lambda model: self._library.model(model).title),
            "blocks": self._each(candidate.blocks, self._block),
        }

    def _each(self, ids: tuple[str, ...], title: Callable[[str], str]) -> list[str]:
        return [title(id_) for id_ in ids]

    def _block(self, id_: str) -> str:
        block = self._content.block(id_)
        return block.title if block else id_
