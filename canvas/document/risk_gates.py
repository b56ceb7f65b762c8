"""The risk register read phase by phase: which risks keep a phase from being finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from canvas.document.workshop import Note, Workshop
from canvas.reading.types import Phase


@dataclass(frozen=True)
class PhaseRisks:
    """How many risks a phase has, how many nobody has judged, and how many are too high with all that is done."""

    phase: Phase
    number: int
    open: int
    too_high: int

    @property
    def passed(self) -> bool:
        """Whether no risk keeps the phase from being finished."""
        return self.open == 0 and self.too_high == 0


def phase_risks(workshop: Workshop) -> tuple[PhaseRisks, ...]:
    """Return every phase in its order. Risks without a phase belong to none."""
    return tuple(_phase(phase, workshop) for phase in get_args(Phase))


def _phase(phase: Phase, workshop: Workshop) -> PhaseRisks:
    found = [risk.residual for risk in workshop.risks if risk.phase == phase]
    return PhaseRisks(phase, len(found), sum(r in (None, "open") for r in found), found.count("too-high"))


def unregistered(workshop: Workshop) -> tuple[tuple[str, Note], ...]:
    """Return the notes marked as risks, with their blocks, whose text no registered risk has."""
    registered = {risk.text.casefold() for risk in workshop.risks}
    return tuple((block, note) for block, note in _risk_notes(workshop) if note.text.casefold() not in registered)


def _risk_notes(workshop: Workshop) -> Iterator[tuple[str, Note]]:
    for canvas in workshop.canvases:
        yield from ((block, note) for block, note in workshop.notes(canvas) if note.kind == "risk")
