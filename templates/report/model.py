"""Everything a report says, as one plain structure that Markdown and PDF print alike. Computes; lays out no page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from assessments.result import Result
from canvas.definitions import CanvasDefinition
from canvas.requirements import Fact
from canvas.text import clean
from templates.plan import Plan
from templates.report.credits import Credit, credits
from templates.report.decisions import DecisionRow, Replaced, decision_rows, replaced
from templates.report.maturity import ModelResult, RoadmapStep, model_results, roadmap, sentence
from templates.report.open_points import OpenPoint, open_points
from templates.report.picture import Diagram, diagram
from templates.report.sheet import Sheet, sheet
from templates.report.words import count, say

MAIN_CANVAS = "stack-canvas"


@dataclass(frozen=True)
class FactRow:
    """An answer of phase zero. `state` is `decided`, `assumed` or `open`; `because` is its source or its default's."""

    title: str
    value: str
    state: str
    because: str | None


@dataclass(frozen=True)
class FactSection:
    """A page section of phase zero."""

    title: str
    facts: tuple[FactRow, ...]


@dataclass(frozen=True)
class Figure:
    """A number of the cover: the number, out of how many (or None), and what it counts."""

    number: int
    whole: int | None
    label: str


@dataclass(frozen=True)
class Report:
    """A whole report. `made_on` is a day as `2026-11-23`; nothing in it depends on the clock."""

    title: str
    team: str | None
    date: str | None
    made_on: str
    standing: tuple[str, ...]
    figures: tuple[Figure, ...]
    phase_zero: tuple[FactSection, ...]
    canvases: tuple[Sheet, ...]
    decisions: tuple[DecisionRow, ...]
    replaced: tuple[Replaced, ...]
    diagram: Diagram
    models: tuple[ModelResult, ...]
    roadmap: tuple[RoadmapStep, ...]
    assumed: tuple[FactRow, ...]
    open_points: tuple[OpenPoint, ...]
    credits: tuple[Credit, ...]


def report_model(plan: Plan, results: Sequence[Result], today: str) -> Report:
    """Return the report of a plan and its scores, dated `today` (as 2026-11-23)."""
    workshop = plan.workshop
    used = tuple(_canvases(plan))
    report = Report(
        title=workshop.title,
        team=workshop.team,
        date=workshop.date,
        made_on=today,
        standing=tuple(_standing(plan, results)),
        figures=_figures(plan),
        phase_zero=_phase_zero(plan),
        canvases=tuple(sheet(canvas, workshop.canvases.get(canvas.id, {})) for canvas in used),
        decisions=decision_rows(plan),
        replaced=replaced(plan),
        diagram=diagram(plan),
        models=model_results(results),
        roadmap=roadmap(results),
        assumed=tuple(_fact_row(fact) for fact in plan.assumed),
        open_points=open_points(plan),
        credits=credits(plan, used, results),
    )
    cleaned: Report = _cleaned(report)
    return cleaned


def _canvases(plan: Plan) -> Iterator[CanvasDefinition]:
    """Return the main canvas, and every other that has notes."""
    main_first = sorted(plan.content.canvases.values(), key=lambda canvas: canvas.id != MAIN_CANVAS)
    for canvas in main_first:
        if canvas.id == MAIN_CANVAS or any(plan.workshop.notes(canvas.id)):
            yield canvas


def _phase_zero(plan: Plan) -> tuple[FactSection, ...]:
    return tuple(
        FactSection(section.title, tuple(_fact_row(plan.facts[item.id]) for item in section.requirements))
        for section in plan.content.phase_zero
    )


def _fact_row(fact: Fact) -> FactRow:
    state = "open" if fact.value is None else "assumed" if fact.assumed else "decided"
    return FactRow(fact.definition.title, fact.printed, state, fact.because)


def _standing(plan: Plan, results: Sequence[Result]) -> Iterator[str]:
    """Yield the sentences of the cover: what is decided, known and noted, how mature it is, what comes next."""
    statuses = Counter(choice.status for choice in plan.choices.values())
    decided, drafts, assumed = statuses["accepted"], statuses["draft"], statuses["default"]
    yield say("standing-decided", decided=decided, slots=len(plan.choices), drafts=drafts)
    if assumed:
        yield say("standing-assumed", assumed=assumed)
    states = Counter(_fact_row(fact).state for fact in plan.facts.values())
    known, guessed, unanswered = states["decided"], states["assumed"], states["open"]
    yield say("standing-facts", known=known, facts=len(plan.facts), guessed=guessed, open=unanswered)
    notes = _note_kinds(plan)
    questions, risks = count(notes["question"], "questions"), count(_risks(plan), "risks")
    yield say("standing-notes", notes=count(notes.total(), "notes"), questions=questions, risks=risks)
    yield from (sentence(result) for result in results) if results else (say("standing-no-models"),)
    steps = roadmap(results)
    if steps:
        yield say("standing-step", step=steps[0].title, now=steps[0].now, to=steps[0].then)


def _figures(plan: Plan) -> tuple[Figure, ...]:
    accepted = sum(choice.status == "accepted" for choice in plan.choices.values())
    known = sum(not fact.assumed for fact in plan.facts.values())
    notes = _note_kinds(plan)
    return (
        Figure(accepted, len(plan.choices), say("decisions")),
        Figure(known, len(plan.facts), say("figure-facts")),
        Figure(notes["question"], None, say("questions")),
        Figure(_risks(plan), None, say("risks")),
    )


def _note_kinds(plan: Plan) -> Counter[str]:
    return Counter(note.kind for canvas in plan.workshop.canvases for _, note in plan.workshop.notes(canvas))


def _risks(plan: Plan) -> int:
    return _note_kinds(plan)["risk"] + len(plan.workshop.risks)


def _cleaned(value: Any) -> Any:
    """Return a copy with every text passed through the gate for text; one control character would stop a PDF."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value
