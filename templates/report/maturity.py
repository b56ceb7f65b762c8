"""Scores as the report prints them: values, bars, what holds back, the next steps. Formats results, scores nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments.roadmap.phases import Roadmap
from assessments.roadmap.phases import Step as PlannedStep
from assessments.scoring.explain import omitted_in_words
from assessments.scoring.sheet import broken_answers
from assessments.shapes.answers import within
from assessments.shapes.library import Library
from assessments.shapes.result import Change, Result, SectionResult
from assessments.standing.evidence import EvidenceCheck, shipped_rule
from canvas.document.workshop import Workshop
from canvas.method.content import Content
from templates.report.words import say

MOST_LISTED = 12


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
    """A step with the levels it helps to reach, or what it has to precede, and the phase it is planned for.

    `details` say in which blocks it belongs, what will prove it, and who makes it by when, as far as the team said so.
    """

    helps: tuple[str, ...]
    phase: int
    details: tuple[str, ...]


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
    """One maturity model as printed. `backed` is the value that evidence carries, None where there is none to tell."""

    id: str
    title: str
    edition: str
    official: bool
    value: str
    backed: str | None
    level: str
    remarks: tuple[str, ...]
    sections: tuple[SectionBar, ...]
    holds_back: tuple[str, ...]
    reaches: str | None
    steps: tuple[Step, ...]
    not_helping: tuple[str, ...]
    symptoms: tuple[str, ...]
    trace: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceChapter:
    """What backs the answers: a sentence, then the titles of what nothing backs, of what did until some day, and of
    what would on a day that cannot be.
    """

    summary: str
    missing: tuple[str, ...]
    expired: tuple[str, ...]
    misdated: tuple[str, ...]


def model_results(results: Sequence[Result], check: EvidenceCheck, library: Library) -> tuple[ModelResult, ...]:
    """Return every scored model as printed, in the order given, beside what evidence backs of it.

    Items are called by their own titles: a criterion words an item for its model, and a step is one for all models.
    """
    backed = {score.backed.id: score.backed for score in check.scores if check.backings}
    return tuple(_model(result, backed.get(result.id), library) for result in results)


def left_models(results: Sequence[Result]) -> tuple[str, ...]:
    """Return a sentence for each model that a rule took out as a whole."""
    left = ((result.title, result.left_because) for result in results)
    return tuple(say("maturity-left", model=title, because=because) for title, because in left if because is not None)


def unknown(workshop: Workshop, library: Library) -> tuple[str, ...]:
    """Return what the packs in use do not understand of the answers, targets and assignments, each thing once."""
    return _first(tuple(dict.fromkeys(what for _, what, _ in broken_answers(workshop, library))))


def evidence_chapter(check: EvidenceCheck) -> EvidenceChapter | None:
    """Return which answers have no evidence that counts, or None when no answer needs any."""
    if not check.backings:
        return None
    counting, days = sum(backing.counts for backing in check.backings), check.days
    summary = say("evidence-summary", counting=counting, claims=len(check.backings), days=days, day=check.today)
    missing, expired = check.of("missing", "hinted"), check.of("expired")
    return EvidenceChapter(
        f"{summary} {shipped_rule().because}",
        _first([backing.title for backing in missing]),
        _first([say("evidence-expired-on", title=found.title, day=found.expires_on) for found in expired]),
        _first([backing.title for backing in check.of("misdated")]),
    )


def _first(lines: Sequence[str]) -> tuple[str, ...]:
    """Return as many lines as are read, and how many are left out."""
    rest = len(lines) - MOST_LISTED
    return (*lines[:MOST_LISTED], *((say("and-more", number=rest),) if rest > 0 else ()))


def roadmap(found: Roadmap, content: Content) -> tuple[RoadmapStep, ...]:
    """Return the steps of a roadmap as printed, in their order."""
    reached = {goal.model: say("helps-one", reaches=goal.reaches, model=goal.title) for goal in found.goals}
    return tuple(
        _roadmap_step(step, phase.number, reached, found.titles, content)
        for phase in found.phases
        for step in phase.steps
    )


def sentence(result: Result) -> str:
    """Return where one model stands, in one sentence."""
    if result.band is not None:
        return say("standing-band", model=result.title, band=result.band)
    if result.lower_band is None or result.upper_band is None:
        return say("standing-band", model=result.title, band=say("level-open"))
    return say("standing-band-open", model=result.title, lower=result.lower_band, upper=result.upper_band)


def _model(result: Result, backed: Result | None, library: Library) -> ModelResult:
    unlock = result.unlock
    return ModelResult(
        id=result.id,
        title=result.title,
        edition=result.edition,
        official=result.official,
        value=_value(result),
        backed=_sure(backed) if backed else None,
        level=_level(result),
        remarks=_remarks(result),
        sections=tuple(_bar(section) for section in result.sections),
        holds_back=tuple(map(library.title, result.blockers)),
        reaches=unlock.reaches if unlock else None,
        steps=tuple(_step(change, library) for change in unlock.changes) if unlock else (),
        not_helping=tuple(map(library.title, result.not_helping)),
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


def _sure(result: Result) -> str | None:
    if result.lower is None:
        return None
    return say("of", value=_number(result.lower), maximum=_number(result.maximum))


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
    omitted = tuple(map(omitted_in_words, result.omitted))
    return (covered, rule, edition, *omitted, *rescaled, *(() if result.assessable else (say("not-assessable"),)))


def _bar(section: SectionResult) -> SectionBar:
    lower, upper, maximum = map(_number, (section.lower, section.upper, section.maximum))
    # A section that is wholly not applicable has no maximum and draws an empty bar.
    whole = section.maximum or 1.0
    return SectionBar(section.title, lower, upper, maximum, section.lower / whole, section.upper / whole)


def _step(change: Change, library: Library) -> Step:
    needs = tuple(map(library.title, change.prerequisites))
    return Step(change.item, change.title, within(change.current), within(change.to), change.effort, needs)


def _roadmap_step(
    step: PlannedStep, phase: int, reached: Mapping[str, str], titles: Mapping[str, str], content: Content
) -> RoadmapStep:
    one = step.candidate
    opens = "; ".join(titles[item] for item in step.opens)
    helps = [reached[model] for model in step.helps] or [say("comes-before", items=opens)]
    needs = tuple(titles[item] for item in one.prerequisites)
    details = tuple(_details(step, content))
    return RoadmapStep(
        one.item, one.title, within(one.current), within(one.to), one.effort, needs, tuple(helps), phase, details
    )


def _details(step: PlannedStep, content: Content) -> Iterator[str]:
    blocks = [block.short for block in map(content.block, step.candidate.blocks) if block]
    if blocks:
        yield say("step-blocks", blocks=", ".join(blocks))
    if step.candidate.proof:
        yield say("step-proof", proof=say("or").join(step.candidate.proof))
    if step.owner:
        yield say("step-owner", owner=step.owner)
    if step.by:
        yield say("step-by", day=step.by)
