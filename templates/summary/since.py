"""What changed since the last named or kept moment, in the five figures that a stranger asks for first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from canvas.document.workshop import Workshop


@dataclass(frozen=True)
class Figures:
    """What a workshop amounts to at one moment, as it reads. `sure` is None where the model has no value."""

    sure: str | None
    recorded: int
    contradictions: int
    evidence: int
    verdict: str


@dataclass(frozen=True)
class Changed:
    """One figure then and now, as it reads; `changed` says whether they differ."""

    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Since:
    """The moment (its name is people's text, its day on the reader's calendar) and each figure then and now."""

    name: str
    day: str | None
    lines: tuple[Changed, ...]

    @property
    def moved(self) -> tuple[Changed, ...]:
        return tuple(line for line in self.lines if line.changed)


def since(name: str, day: str | None, model: str | None, before: Figures, after: Figures) -> Since:
    """Return what changed between two moments; `model` is the title of the model whose sure score is told."""
    lines = [
        Changed("Decisions recorded", str(before.recorded), str(after.recorded)),
        Changed("Contradictions", str(before.contradictions), str(after.contradictions)),
        Changed("Answers with evidence", str(before.evidence), str(after.evidence)),
        Changed("Verdict", before.verdict, after.verdict),
    ]
    if model is not None:
        none = "cannot be assessed"
        lines.insert(0, Changed(f"Sure {model}", before.sure or none, after.sure or none))
    return Since(name, day, tuple(lines))


def recorded(workshop: Workshop, slots: Sequence[str]) -> int:
    """Return how many slots have an accepted decision."""
    return len({d.slot for d in workshop.decisions if d.status == "accepted" and d.slot in slots})


def with_evidence(workshop: Workshop) -> int:
    """Return how many answers have evidence that is more than a hint."""
    return sum(any(not found.hint for found in answer.evidence) for answer in workshop.answers)
