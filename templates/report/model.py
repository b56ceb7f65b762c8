"""Everything a report says, as one plain structure that Markdown and PDF print alike. Computes; lays out no page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date as day
from typing import Any

from assessments.hints.suggested_answers import contradictions
from assessments.roadmap.phases import roadmap as plan_roadmap
from assessments.scoring.leading import Leading, leading_models
from assessments.shapes.result import Result
from assessments.standing.evidence import check_evidence
from canvas.advice.excluded import omitted
from canvas.advice.facts import Fact
from canvas.advice.findings import Finding
from canvas.advice.sheet import advice_sheet
from canvas.document.risk_gates import unregistered
from canvas.method.canvases import CanvasDefinition
from canvas.reading.text_gate import clean
from templates.plan import Plan
from templates.report.advised import ContradictionRow, FindingRow, contradiction_rows, denied_rows, finding_rows
from templates.report.assessment_pictures import AssessmentPictures, assessment_pictures
from templates.report.credits import Credit, credits
from templates.report.decisions import DecisionRow, NotInForce, beyond_rows, decision_rows, not_in_force
from templates.report.differed import differed
from templates.report.maturity import (
    EvidenceChapter,
    ModelResult,
    RoadmapStep,
    evidence_chapter,
    left_models,
    model_results,
    roadmap,
    sentence,
    unknown,
)
from templates.report.open_points import OpenPoint, open_points
from templates.report.picture import Diagram, diagram
from templates.report.sheet import Sheet, sheet
from templates.report.steps import PHASE_ZERO, FactRow, StepChapter, fact_row, step_chapter
from templates.report.words import count, say
from templates.roadmap.export import WAITS
from templates.scaffold.adopting import after_adopting

MAIN_CANVAS = "stack-canvas"
MODELS_ON_COVER = 3


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
    phase_zero: StepChapter
    canvases: tuple[Sheet, ...]
    steps: tuple[StepChapter, ...]
    idle: tuple[str, ...]
    contradictions: tuple[ContradictionRow, ...]
    findings: tuple[FindingRow, ...]
    decisions: tuple[DecisionRow, ...]
    beyond: tuple[DecisionRow, ...]
    not_in_force: tuple[NotInForce, ...]
    diagram: Diagram
    models: tuple[ModelResult, ...]
    unscored: tuple[str, ...]
    left: tuple[str, ...]
    unknown: tuple[str, ...]
    evidence: EvidenceChapter | None
    differed: tuple[str, ...]
    roadmap: tuple[RoadmapStep, ...]
    roadmap_none: str
    adopting: tuple[str, ...]
    pictures: AssessmentPictures
    assumed: tuple[FactRow, ...]
    open_points: tuple[OpenPoint, ...]
    credits: tuple[Credit, ...]


def report_model(plan: Plan, results: Sequence[Result], today: str) -> Report:
    """Return the report of a plan and its scores, dated `today` (as 2026-11-23)."""
    workshop = plan.workshop
    lead = leading_models(workshop, plan.library)
    scored = tuple(lead.first((result for result in results if result.coverage > 0), lambda result: result.id))
    used, left = tuple(_canvases(plan)), omitted(workshop, plan.content)
    advised = advice_sheet(workshop, plan.content, plan.known)
    check = check_evidence(workshop, plan.library, day.fromisoformat(today), claimed=results or None)
    chapters = [step_chapter(step, plan, advised) for step in plan.content.steps.values()]
    against = (*contradiction_rows(advised), *denied_rows(contradictions(workshop, plan.content, plan.library)))
    others = [chapter for chapter in chapters if chapter.id != PHASE_ZERO]
    planned = plan_roadmap(workshop, plan.library)
    steps = roadmap(planned, plan.content)
    report = Report(
        title=workshop.title,
        team=workshop.team,
        date=workshop.date,
        made_on=today,
        standing=tuple(_standing(plan, against, advised.findings, scored, lead, steps)),
        figures=_figures(plan),
        phase_zero=next(chapter for chapter in chapters if chapter.id == PHASE_ZERO),
        canvases=tuple(sheet(canvas, workshop.canvases.get(canvas.id, {}), left) for canvas in used),
        steps=tuple(chapter for chapter in others if chapter.parts),
        idle=tuple(chapter.title for chapter in others if not chapter.parts and _is_idle(chapter.id, plan)),
        contradictions=against,
        findings=finding_rows(advised),
        decisions=decision_rows(plan),
        beyond=beyond_rows(plan),
        not_in_force=not_in_force(plan),
        diagram=diagram(plan),
        models=model_results(scored, check, plan.library),
        unscored=tuple(result.title for result in results if result.coverage == 0 and result.left_because is None),
        left=left_models(results),
        unknown=unknown(workshop, plan.library),
        evidence=evidence_chapter(check),
        differed=differed(workshop, plan.library),
        roadmap=steps,
        roadmap_none=WAITS if planned.waits else say("roadmap-none"),
        adopting=after_adopting(plan).lines,
        pictures=assessment_pictures(workshop, scored, planned),
        assumed=tuple(fact_row(fact) for fact in plan.assumed),
        open_points=open_points(plan),
        credits=credits(plan, used, chapters, advised, scored, check),
    )
    cleaned: Report = _cleaned(report)
    return cleaned


def _canvases(plan: Plan) -> Iterator[CanvasDefinition]:
    """Return the main canvas, and every other that has notes."""
    main_first = sorted(plan.content.canvases.values(), key=lambda canvas: canvas.id != MAIN_CANVAS)
    for canvas in main_first:
        if canvas.id == MAIN_CANVAS or any(plan.workshop.notes(canvas.id)):
            yield canvas


def _is_idle(step_id: str, plan: Plan) -> bool:
    """Return whether a step that has parts has no notes on a canvas either. Pages of their own kind are never idle."""
    parts = plan.content.steps[step_id].parts
    return bool(parts) and not any(part.kind == "canvas" and any(plan.workshop.notes(part.id)) for part in parts)


def _asked_first(plan: Plan) -> tuple[Fact, ...]:
    """Return the facts of phase zero, which every team answers, without what a rule takes out.

    That a question does not apply, for a reason the team gives, is an answer to it, here as on the pages.
    """
    sections = plan.content.sections_of(PHASE_ZERO)
    asked = (plan.facts[item.id] for section in sections for item in section.requirements)
    left = omitted(plan.workshop, plan.content)
    return tuple(fact for fact in asked if fact.definition.id not in left)


def _standing(
    plan: Plan,
    against: Sequence[ContradictionRow],
    found: Sequence[Finding],
    results: Sequence[Result],
    lead: Leading,
    steps: Sequence[RoadmapStep],
) -> Iterator[str]:
    """Yield the sentences of the cover: what is decided, known and noted, how mature it is, what comes next."""
    statuses = Counter(choice.status for choice in plan.choices.values() if choice.status != "omitted")
    decided, assumed = statuses["accepted"], statuses["default"]
    drafts = statuses["draft"] + statuses["proposed"]
    yield say("standing-decided", decided=decided, slots=statuses.total(), drafts=drafts)
    if assumed:
        yield say("standing-assumed", assumed=count(assumed, "left-to-defaults"))
    if empty := statuses["open"]:
        yield say("standing-empty", empty=count(empty, "left-empty"))
    asked = _asked_first(plan)
    states = Counter(fact_row(fact).state for fact in asked)
    known, guessed, unanswered = states["decided"] + states["not-applicable"], states["assumed"], states["open"]
    yield say("standing-facts", known=known, facts=len(asked), guessed=guessed, open=unanswered)
    notes = _note_kinds(plan)
    questions, risks = count(notes["question"], "questions"), count(_risks(plan), "risks")
    yield say("standing-notes", notes=count(notes.total(), "notes"), questions=questions, risks=risks)
    if against or found:
        number = count(len(against), "contradictions")
        yield say("standing-findings", contradictions=number, findings=count(len(found), "findings"))
    yield from _maturity(results, lead)
    if steps:
        yield say("standing-step", step=steps[0].title, now=steps[0].now, to=steps[0].then)


def _maturity(results: Sequence[Result], lead: Leading) -> Iterator[str]:
    """Yield where the models stand that the workshop leads with, and how many others there are.

    Where none of these is answered yet, those of which most is.
    """
    leading = [result for result in results if result.id in lead.models]
    shown = leading or sorted(results, key=lambda result: -result.coverage)[:MODELS_ON_COVER]
    yield from (sentence(result) for result in shown) if shown else (say("standing-no-models"),)
    if len(results) > len(shown):
        yield say("standing-more", models=count(len(results) - len(shown), "more-models"))


def _figures(plan: Plan) -> tuple[Figure, ...]:
    applying = [choice for choice in plan.choices.values() if choice.status != "omitted"]
    accepted = sum(choice.status == "accepted" for choice in applying)
    asked = _asked_first(plan)
    known = sum(not fact.assumed for fact in asked)
    notes = _note_kinds(plan)
    return (
        Figure(accepted, len(applying), say("decisions")),
        Figure(known, len(asked), say("figure-facts")),
        Figure(notes["question"], None, say("questions")),
        Figure(_risks(plan), None, say("risks")),
    )


def _note_kinds(plan: Plan) -> Counter[str]:
    return Counter(note.kind for canvas in plan.workshop.canvases for _, note in plan.workshop.notes(canvas))


def _risks(plan: Plan) -> int:
    return len(unregistered(plan.workshop)) + len(plan.workshop.risks)


def _cleaned(value: Any) -> Any:
    """Return a copy with every text passed through the gate for text; one control character would stop a PDF."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        # A drawing is finished, and holds the marks that keep directions apart, which nobody may type.
        parts = {field.name: getattr(value, field.name) for field in fields(value) if field.name != "svg"}
        return replace(value, **{name: _cleaned(part) for name, part in parts.items()})
    return value
