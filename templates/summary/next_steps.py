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
from templates.roadmap.export import WAITS
from templates.summary.level import Level
from templates.summary.verdict import STOP, Verdict

STEPS = 3
TO_TARGETS = "The roadmap leads to the targets of this workshop, the earliest first."
TO_NEXT_LEVELS = (
    "The roadmap leads to the next level of every maturity model, first of those shown here; so it need not begin with "
    "the obstacles of one of them."
)
BESIDE_A_STOP = "These steps improve the system as it runs today and do not change the verdict: settle that first."


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
    """The first steps of `count`, and in sentences where they lead (`about`); without any, why (`none`)."""

    steps: tuple[NextStep, ...]
    count: int
    about: str
    none: str


def next_steps(
    found: FirstSteps, workshop: Workshop, library: Library, levels: Sequence[Level], decided: Verdict
) -> NextSteps:
    """Return the first steps of a roadmap; `decided` is the verdict they stand beside."""
    shown = next((one for one in levels if one.value is not None), None)
    if not found.steps:
        first = _first(levels)
        none = (
            f"{WAITS} {first}".strip() if found.waits else "No step follows from the answers and targets given so far."
        )
        return NextSteps((), 0, "", none)
    told, sheet, shown_models = [], sheet_from(workshop), [one.model for one in levels]
    model = library.model(shown.model) if shown else None
    for step in found.steps:
        then = sheet.answering({step.candidate.item: step.candidate.move.to})
        before, after = (Assessment(model, one, library) if model else None for one in (sheet, then))
        helps = sorted(step.helps, key=lambda id_: id_ not in shown_models)
        told.append(_step(step, *_score(step, before, after, [library.model(id_).title for id_ in helps])))
        sheet = then
    return NextSteps(tuple(told), found.count, _about(workshop, library, decided), "")


def _about(workshop: Workshop, library: Library, decided: Verdict) -> str:
    """Return where the roadmap leads, and how that goes with a verdict against the whole undertaking."""
    aimed = any(target.model in library.models for target in workshop.targets)
    leads = TO_TARGETS if aimed else TO_NEXT_LEVELS
    return f"{leads} {BESIDE_A_STOP}" if decided.kind == STOP else leads


def _first(levels: Sequence[Level]) -> str:
    asked = next((one for one in levels if one.first), None)
    return f"Begin with the practices of {asked.title}." if asked else ""


def _step(step: Step, score: str, moves: bool) -> NextStep:
    one = step.candidate
    today = {"unknown": "nobody knows; find out first", "unanswered": "not answered; answer it first"}
    how = f"Today: {today.get(one.current) or within(one.current)}. Aim: {within(one.to)}."
    return NextStep(one.item, one.title, how, one.effort, step.owner, step.by, score, moves)


def _score(step: Step, before: Assessment | None, after: Assessment | None, helps: Sequence[str]) -> tuple[str, bool]:
    """Return what a step does to the sure score of the leading model, or the first of the models it `helps`."""
    if before is None or after is None or not (before.assessable and after.assessable):
        return "no score to move", False
    maximum = float(before.method.maximum(before.sections))
    was, now = (figure(float(one.lower), maximum) for one in (before, after))
    if was != now:
        return f"{before.model.title}: {was} → {now}", True
    if before.model.asks(step.candidate.item):
        return f"{before.model.title} rises only together with other steps", False
    return (f"needed for {helps[0]}" if helps else f"{before.model.title} stays {now}"), False
