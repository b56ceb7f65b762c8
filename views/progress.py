"""How far a workshop is, step by step: what the list of steps shows beside each. Plain functions, no widgets."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.content import shipped as shipped_library
from canvas.content import Content
from canvas.workshop import Workshop


@dataclass(frozen=True)
class Progress:
    """How much of a step is done, of how much, and the words beside it."""

    done: int
    of: int

    @property
    def icon(self) -> str:
        if self.done == 0:
            return ":material/radio_button_unchecked:"
        return ":material/check_circle:" if self.done >= self.of else ":material/clock_loader_40:"

    @property
    def text(self) -> str:
        return f"{self.done} of {self.of}" if self.of else ""


def progress(workshop: Workshop, content: Content) -> dict[str, Progress]:
    """Return the progress of each step that has one, by step id."""
    answered = sum(1 for item in workshop.requirements if item.value is not None)
    blocks = content.canvases["stack-canvas"].blocks
    filled = {block for block, _ in workshop.notes("stack-canvas")}
    decided = {d.slot for d in workshop.decisions if d.status == "accepted"}
    practices = shipped_library().practices
    judged = sum(1 for answer in workshop.answers if answer.id in practices)
    return {
        "phase-zero": Progress(answered, len(content.requirements)),
        "canvas": Progress(sum(1 for b in blocks if b.number and b.id in filled), sum(1 for b in blocks if b.number)),
        "decide": Progress(len(decided & set(content.slots)), len(content.slots)),
        "assess": Progress(judged, len(practices)),
    }
