"""How the parts of a step are called, in links to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canvas.method.content import Content
from canvas.method.steps import StepPart


def part_title(part: StepPart, content: Content) -> str:
    """Return the title of a part; tasks and risks, of which there is one list each, are called so."""
    known: dict[str, Mapping[str, Any]] = {
        "facts": content.sections,
        "table": content.tables,
        "canvas": content.canvases,
        "advice": content.advisors,
    }
    if part.kind in known:
        return str(known[part.kind][part.id].title)
    return "Tasks" if part.kind == "tasks" else "Risks"
