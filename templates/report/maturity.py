"""Scores as the report prints them: values, bars, what holds back, the next steps. Formats results, scores nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.packs import library
from assessments.result import Change, Result, SectionResult
from assessments.roadmap import Step as PlannedStep
from assessments.roadmap import roadmap as plan_roadmap
from canvas.workshop import Workshop
from templates.report.words import say


@dataclass(frozen=True)
class Step:
    """One change of one answer, and what has to come before it."""

    item: str
    title: str
    now: str
    then: str
    effort: int
    needs: tuple[str, ...]


@dataclass(frozen=True)
class RoadmapStep(Step):
    """A step with the levels it helps to reach, or what it has to precede, and the phase it is planned for."""

    helps: tuple[str, ...]
    phase: int


@dataclass(frozen=True)
class SectionBar:
    """A section as a bar: what is sure and what is possible, as numbers and as shares of the maximum from 0 to 1."""

    title: str
    lower: str
    upper: str
    maximum: str
    sure: float
    possible: float


@dataclass(frozen=True)
class ModelResult:
    """One maturity model as printed."""

    id: str
    title: str
    edition: str
    official: bool
    value: str
    level: str
    remarks: tuple[str, ...]
    sections: tuple[SectionBar, ...]
    holds_back: tuple[str, ...]
    reaches: str | None
    steps: tuple[Step, ...]
    not_helping: tuple[str, ...]
    symptoms: tuple[str, ...]
    trace: tuple[str, ...]


def model_results(results: Sequence[Result]) -> tuple[ModelResult, ...]:
    """Return every scored model as printed, in the order given."""
    titles = _titles(results)
    return tuple(_model(result, titles) for result in results)


def roadmap(workshop: Workshop) -> tuple[RoadmapStep, ...]:
    """Return the steps that reach the targets, or without targets the next bands, in the order of the roadmap."""
    found = plan_roadmap(workshop)
    reached = {goal.model: say("helps-one", reaches=goal.reaches, model=goal.title) for goal in found.goals}
    return tuple(_roadmap_step(step, phase.number, reached) for phase in found.phases for step in phase.steps)


def sentence(result: Result) -> str:
    """Return where one model stands, in one sentence."""
    if result.band is not None:
        return say("standing-band", model=result.title, band=result.band)
    if result.lower_band is None or result.upper_band is None:
        return say("standing-band", model=result.title, band=say("level-open"))
    return say("standing-band-open", model=result.title, lower=result.lower_band, upper=result.upper_band)


def _titles(results: Sequence[Result]) -> Mapping[str, str]:
    titles = {change.item: change.title for r in results if r.unlock for change in r.unlock.changes}
    # Criteria may word an item for their model; the change names the item itself.
    for result in results:
        for criterion in result.criteria:
            titles.setdefault(criterion.item, criterion.title)
    return titles


def _model(result: Result, titles: Mapping[str, str]) -> ModelResult:
    unlock = result.unlock
    return ModelResult(
        id=result.id,
        title=result.title,
        edition=result.edition,
        official=result.official,
        value=_value(result),
        level=_level(result),
        remarks=_remarks(result),
        sections=tuple(_bar(section) for section in result.sections),
        holds_back=tuple(titles.get(item, item) for item in result.blockers),
        reaches=unlock.reaches if unlock else None,
        steps=tuple(_step(change, titles) for change in unlock.changes) if unlock else (),
        not_helping=tuple(titles.get(item, item) for item in result.not_helping),
        symptoms=result.symptoms,
        trace=tuple(step.text for step in result.trace),
    )


def _value(result: Result) -> str:
    if result.lower is None or result.upper is None:
        return say("level-open")
    lower, upper, maximum = map(_number, (result.lower, result.upper, result.maximum))
    if lower == upper:
        return say("of", value=lower, maximum=maximum)
    return say("between", lower=lower, upper=upper, maximum=maximum)


def _number(number: float) -> str:
    return f"{round(number, 1):g}"


def _level(result: Result) -> str:
    if result.band is not None:
        return result.band
    if result.lower_band is None or result.upper_band is None:
        return say("level-open")
    return say("band-between", lower=result.lower_band, upper=result.upper_band)


def _remarks(result: Result) -> tuple[str, ...]:
    covered = say("covered", share=round(result.coverage * 100))
    rule = say("official-long" if result.official else "derived-long")
    rescaled = () if result.standard else (say("rescaled"),)
    edition = say("edition", edition=result.edition)
    return (covered, rule, edition, *rescaled, *(() if result.assessable else (say("not-assessable"),)))


def _bar(section: SectionResult) -> SectionBar:
    lower, upper, maximum = map(_number, (section.lower, section.upper, section.maximum))
    # A section that is wholly not applicable has no maximum and draws an empty bar.
    whole = section.maximum or 1.0
    return SectionBar(section.title, lower, upper, maximum, section.lower / whole, section.upper / whole)


def _step(change: Change, titles: Mapping[str, str]) -> Step:
    needs = tuple(titles.get(item, item) for item in change.prerequisites)
    return Step(change.item, change.title, change.current, change.to, change.effort, needs)


def _roadmap_step(step: PlannedStep, phase: int, reached: Mapping[str, str]) -> RoadmapStep:
    one, title = step.candidate, library().title
    helps = [reached[model] for model in step.helps] or [say("comes-before", items="; ".join(map(title, step.opens)))]
    needs = tuple(map(title, one.prerequisites))
    return RoadmapStep(one.item, one.title, one.current, one.to, one.effort, needs, tuple(helps), phase)
