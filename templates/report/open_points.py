"""What is still open: questions, risks and dilemmas gathered from the notes. The register has its own risks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from canvas.document.risk_gates import unregistered
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
    return tuple(sorted(_from_notes(plan), key=lambda point: (KINDS.index(point.kind), -point.votes)))


def _from_notes(plan: Plan) -> Iterator[OpenPoint]:
    loose = {note.id for _, note in unregistered(plan.workshop)}
    for canvas in plan.workshop.canvases:
        for block, note in plan.workshop.notes(canvas):
            if note.kind in KINDS and (note.kind != "risk" or note.id in loose):
                details = (say("from", source=note.source),) if note.source else ()
                yield OpenPoint(note.kind, note.text, _block_title(block, canvas, plan), note.votes, details)


def _block_title(block: str, canvas: str, plan: Plan) -> str:
    definition = plan.content.canvases.get(canvas)
    found = definition.block(block) if definition else None
    return found.title if found else block
