"""How far a workshop is, step by step: what the list of steps shows beside each. Plain functions, no widgets."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.library.packs import library
from canvas.advice.excluded import omitted
from canvas.advice.step_progress import step_done
from canvas.document.workshop import Workshop
from canvas.method.content import Content


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
    slots = set(content.slots).difference(omitted(workshop, content))
    decided = {d.name for d in workshop.decisions if d.status == "accepted"}
    practices = library().judging(workshop).practices
    judged = sum(1 for answer in workshop.answers if answer.id in practices)
    counted = {step.id: step_done(step, workshop, content) for step in content.steps.values()}
    return {
        **{step_id: Progress(done.done, done.of) for step_id, done in counted.items() if done.of},
        "decide": Progress(len(decided & slots), len(slots)),
        "assess": Progress(judged, len(practices)),
    }
