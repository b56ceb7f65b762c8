"""What the header is told of the method: the courses a workshop can follow, and what the present page is for.

Plain data from content. Which course and entry are in force is no part of it: that comes live.
"""

from __future__ import annotations

from typing import Any

from canvas.method.content import Content
from canvas.method.steps import USUAL_COURSE, AgendaEntry


def course_data(content: Content, leads: bool) -> dict[str, Any]:
    """Return all courses by id, and which is followed when none is chosen. Advice is for who leads alone."""
    courses = {
        id_: {"title": agenda.title, "entries": [_entry(entry, leads) for entry in agenda.entries]}
        for id_, agenda in content.agendas.items()
    }
    return {"courses": courses, "usualCourse": USUAL_COURSE, "blocks": _block_titles(content)}


def _entry(entry: AgendaEntry, leads: bool) -> dict[str, Any]:
    told = {"id", "title", "instruction", "minutes", "step", "blocks", *(["advice"] if leads else [])}
    return entry.model_dump(mode="json", include=told)


def _block_titles(content: Content) -> dict[str, str]:
    named = {block for agenda in content.agendas.values() for entry in agenda.entries for block in entry.blocks}
    return {
        block.id: block.title for canvas in content.canvases.values() for block in canvas.blocks if block.id in named
    }


def page_purpose(purpose: str) -> str:
    """Return what a page is for in one sentence, the first that its step says."""
    first, dot, _ = purpose.partition(". ")
    return f"{first}." if dot else purpose
