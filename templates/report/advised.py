"""Advice, contradictions and findings as the report prints them: each with the answers it rests on. Advises nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.hints.suggested_answers import Contradiction as Denied
from assessments.shapes.answers import within
from canvas.advice.advisors import Advice
from canvas.advice.findings import Finding
from canvas.advice.sheet import AdviceSheet, places_of, said
from canvas.method.subjects import subject_title
from templates.adr.options import sentence
from templates.report.words import say

# An advisor may look at thirty answers; the first ones show where to go on.
MISSING_SHOWN = 6


@dataclass(frozen=True)
class ReasonRow:
    """A sentence, and the answers behind it as one line."""

    text: str
    answers: str


@dataclass(frozen=True)
class AdviceRow:
    """What an advisor says. Without `value` not enough is answered, and `missing` says what is open.

    Where a rule takes the question out, `value` says so, and the reason is the rule's; and where nothing is open and
    still no outcome leads, it says that.
    """

    title: str
    question: str
    value: str | None
    meaning: str | None
    because: tuple[ReasonRow, ...]
    next: tuple[str, ...]
    missing: str
    note: str | None
    kind: str = "advice"


@dataclass(frozen=True)
class ContradictionRow:
    """Answers that do not go together: the places to look at, why, and how to mend it."""

    places: tuple[str, ...]
    because: str
    mend: str


@dataclass(frozen=True)
class FindingRow:
    """Something that goes wrong by experience, and where it was seen."""

    title: str
    severity: str
    places: tuple[str, ...]
    because: str
    mend: str
    step: str


def advice_row(advice: Advice, sheet: AdviceSheet) -> AdviceRow:
    """Return one advice as printed."""
    return AdviceRow(
        title=advice.definition.title,
        question=advice.definition.question,
        value=_value(advice),
        meaning=advice.meaning,
        because=_reasons(advice, sheet),
        next=advice.next,
        missing=_missing(advice, sheet),
        note=advice.definition.note,
    )


def _value(advice: Advice) -> str | None:
    if advice.omitted is not None:
        return say("not-applicable")
    return say("no-advice") if advice.value is None and not advice.missing else advice.title


def _reasons(advice: Advice, sheet: AdviceSheet) -> tuple[ReasonRow, ...]:
    if advice.omitted is not None:
        return (ReasonRow(sentence(advice.omitted), ""),)
    return tuple(ReasonRow(sentence(reason.text), _answers(reason.answers, sheet)) for reason in advice.because)


def contradiction_rows(sheet: AdviceSheet) -> tuple[ContradictionRow, ...]:
    """Return the contradictions with every place named."""
    return tuple(
        ContradictionRow(tuple(said(subject, sheet) for subject in found.subjects), found.because, found.mend)
        for found in sheet.contradictions
    )


def denied_rows(found: Iterable[Denied]) -> tuple[ContradictionRow, ...]:
    """Return the answers that the board denies, each with the answer and the places beside each other."""
    return tuple(
        ContradictionRow(
            (say("answered", title=one.title, answer=within(one.answer)), *one.hint.places),
            say("denied", answer=within(one.hint.value), because=one.hint.because),
            say("denied-mend"),
        )
        for one in found
    )


def finding_rows(sheet: AdviceSheet) -> tuple[FindingRow, ...]:
    """Return the findings, the severest first."""
    return tuple(_finding(finding, sheet) for finding in sheet.findings)


def _finding(finding: Finding, sheet: AdviceSheet) -> FindingRow:
    definition = finding.definition
    step = sheet.content.steps[definition.step].title
    places = tuple(places_of(finding, sheet))
    return FindingRow(definition.title, definition.severity, places, definition.because, definition.mend, step)


def _missing(advice: Advice, sheet: AdviceSheet) -> str:
    titles = [subject_title(subject, sheet.content) for subject in advice.missing]
    more = len(titles) - MISSING_SHOWN
    shown = [*titles[:MISSING_SHOWN], *([say("and-more", number=more)] if more > 0 else [])]
    return "; ".join(shown)


def _answers(subjects: Iterable[str], sheet: AdviceSheet) -> str:
    return "; ".join(said(subject, sheet) for subject in subjects)
