"""The next three steps of the roadmap: who, how much work, by when, and what each does to the sure score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.roadmap.phases import FirstSteps, Step
from assessments.scoring.assessment import Assessment
from assessments.scoring.sheet import sheet_from
from assessments.shapes.answers import within
from assessments.shapes.library import Library
from assessments.standing.as_data import figure
from canvas.document.workshop import Workshop
from canvas.reading.text_gate import counted
from templates.roadmap.export import WAITS
from templates.summary.level import Level

STEPS = 3


@dataclass(frozen=True)
class NextStep:
    """One step. `how` is from what to what, `effort` goes from 1 to 5, `owner` and `by` are what the team typed.

    `score` says what it does to the sure score after the steps before it, `moves` whether that is anything.
    """

    item: str
    title: str
    how: str
    effort: int
    owner: str | None
    by: str | None
    score: str
    moves: bool


@dataclass(frozen=True)
class NextSteps:
    """The first steps of `count`, of which `model` is the one whose sure score is told; without any, why."""

    steps: tuple[NextStep, ...]
    count: int
    model: str
    none: str


def next_steps(found: FirstSteps, workshop: Workshop, library: Library, levels: Sequence[Level]) -> NextSteps:
    """Return the first steps of a roadmap."""
    shown = next((one for one in levels if one.value is not None), None)
    title = shown.title if shown else ""
    if not found.steps:
        first = _first(levels)
        none = (
            f"{WAITS} {first}".strip() if found.waits else "No step follows from the answers and targets given so far."
        )
        return NextSteps((), 0, title, none)
    told, sheet = [], sheet_from(workshop)
    model = library.model(shown.model) if shown else None
    for step in found.steps:
        then = sheet.answering({step.candidate.item: step.candidate.move.to})
        before, after = (Assessment(model, one, library) if model else None for one in (sheet, then))
        told.append(_step(step, *_score(step, before, after, library)))
        sheet = then
    return NextSteps(tuple(told), found.count, title, "")


def _first(levels: Sequence[Level]) -> str:
    asked = next((one for one in levels if one.first), None)
    return f"Answer {counted(asked.first, 'practice')} of {asked.title} first." if asked else ""


def _step(step: Step, score: str, moves: bool) -> NextStep:
    one = step.candidate
    how = f"From {within(one.current)} to {within(one.to)}."
    if one.current == "unknown":
        how = f"First find out: nobody knows yet. Then to {within(one.to)}."
    elif one.current == "unanswered":
        how = f"First answer it: nobody has yet. Then to {within(one.to)}."
    return NextStep(one.item, one.title, how, one.effort, step.owner, step.by, score, moves)


def _score(step: Step, before: Assessment | None, after: Assessment | None, library: Library) -> tuple[str, bool]:
    """Return what a step does to the sure score of the leading model, or which other model it is for."""
    if before is None or after is None or not (before.assessable and after.assessable):
        return "no score to move", False
    maximum = float(before.method.maximum(before.sections))
    was, now = (figure(float(one.lower), maximum) for one in (before, after))
    if was != now:
        return f"{was} → {now}", True
    if before.model.asks(step.candidate.item):
        return f"stays {now}, needs others too", False
    other = next((library.model(id_).title for id_ in step.helps if id_ in library.models), None)
    return (f"for {other}" if other else f"stays {now}"), False
