"""What is still open: questions, risks and dilemmas gathered from the notes, and the risk list. Gathers only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from canvas.workshop import Risk
from templates.plan import Plan
from templates.report.words import say

KINDS = ("question", "risk", "dilemma")


@dataclass(frozen=True)
class OpenPoint:
    """A question, risk or dilemma, with the block it belongs to and what is known about its handling."""

    kind: str
    text: str
    block: str | None
    votes: int
    details: tuple[str, ...]


def open_points(plan: Plan) -> tuple[OpenPoint, ...]:
    """Return questions, then risks, then dilemmas, each kind with most votes first."""
    found = [*_from_notes(plan), *(_from_risk(risk, plan) for risk in plan.workshop.risks)]
    return tuple(sorted(found, key=lambda point: (KINDS.index(point.kind), -point.votes)))


def _from_notes(plan: Plan) -> Iterator[OpenPoint]:
    for canvas in plan.workshop.canvases:
        for block, note in plan.workshop.notes(canvas):
            if note.kind in KINDS:
                details = (say("from", source=note.source),) if note.source else ()
                yield OpenPoint(note.kind, note.text, _block_title(block, canvas, plan), note.votes, details)


def _from_risk(risk: Risk, plan: Plan) -> OpenPoint:
    details = (
        *((say("mitigation", text=risk.mitigation),) if risk.mitigation else ()),
        *((say("owner", text=risk.owner),) if risk.owner else ()),
        *((say("from", source=risk.source),) if risk.source else ()),
    )
    block = _block_title(risk.block, "stack-canvas", plan) if risk.block else None
    return OpenPoint("risk", risk.text, block, 0, details)


def _block_title(block: str, canvas: str, plan: Plan) -> str:
    definition = plan.content.canvases.get(canvas)
    found = definition.block(block) if definition else None
    return found.title if found else block
