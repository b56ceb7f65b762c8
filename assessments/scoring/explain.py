"""Tell a result in words, in the shapes of `shapes/result.py`: criteria, sections, symptoms, coverage, the trace."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.scoring.assessment import Assessment
from assessments.scoring.criteria import Judged
from assessments.scoring.moves import spoken
from assessments.scoring.sheet import Sheet
from assessments.shapes.model import ItemTest
from assessments.shapes.result import CriterionResult, OmittedCriteria, SectionResult, TraceStep


def criteria(assessment: Assessment) -> tuple[CriterionResult, ...]:
    """Return every criterion as judged, optional ones included, in the order of the model."""
    return tuple(_criterion(one, assessment) for one in assessment.judged)


def sections(assessment: Assessment) -> tuple[SectionResult, ...]:
    """Return the sums of the sections; one that is wholly not applicable has 0 of its maximum."""
    return tuple(
        SectionResult(s.id, s.title, float(s.lower), float(s.upper), float(s.maximum)) for s in assessment.sections
    )


def coverage(assessment: Assessment) -> float:
    """Return the share of criteria, 0 to 1, that are answered or not applicable. "Don't know" is not covered.

    Of a model that a rule took out as a whole nothing is covered, for nothing is asked.
    """
    closed = sum(not one.entry.open for one in assessment.judged)
    return closed / len(assessment.judged) if assessment.judged else 0.0


def bounds(assessment: Assessment) -> tuple[float, ...]:
    """Return where bands begin between nothing and the best value, the lowest first."""
    best = float(assessment.method.maximum(assessment.sections))
    starts = (band.at if band.at is not None else band.above for band in assessment.model.bands)
    return tuple(start for start in starts if start is not None and 0 < start < best)


def symptoms(assessment: Assessment) -> tuple[str, ...]:
    """Return the negative statements that the answers confirm. An open answer confirms nothing."""
    found = (symptom for symptom in assessment.model.symptoms if all(_shown(t, assessment.sheet) for t in symptom.when))
    return tuple(symptom.text for symptom in found)


def trace(assessment: Assessment) -> tuple[TraceStep, ...]:
    """Return the arithmetic line by line, from the sections to the band."""
    left = tuple(TraceStep(step) for step in _left_out(assessment))
    if not assessment.assessable:
        return (*left, *_why_not_assessable(assessment))
    return (*left, *assessment.method.explain(assessment.sections), *_verdict(assessment))


def _criterion(one: Judged, assessment: Assessment) -> CriterionResult:
    definition = one.definition
    value = one.entry.value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return CriterionResult(
        id=definition.id,
        item=definition.item,
        title=definition.title or assessment.library.title(definition.item),
        section=definition.section,
        group=definition.group,
        state=one.state,
        answer=None if value is None else float(value) if number else spoken(value),
        value=float(one.lower) if one.applicable else 0.0,
        optional=definition.optional,
        column=definition.column,
    )


def _shown(test: ItemTest, sheet: Sheet) -> bool:
    entry = sheet.entry(test.item)
    return entry.state == "answered" and entry.value is not None and test.passes(entry.value) is True


def _verdict(assessment: Assessment) -> Iterator[TraceStep]:
    if assessment.lower != assessment.upper:
        best = float(assessment.upper)
        yield TraceStep(f"If every open answer turned out as well as it can, the result would be {best:.4g}", best)
    if assessment.band is not None:
        yield TraceStep(f"Band {assessment.band.label}. {assessment.band.meaning}")
    else:
        low, high = assessment.lower_band.label, assessment.upper_band.label
        yield TraceStep(f"The band is open: open answers decide between '{low}' and '{high}'")


def _left_out(assessment: Assessment) -> Iterator[str]:
    """Yield what rules took out of the model before anything was added up."""
    left = assessment.left_out
    if left is not None and left.reason is not None:
        yield f"This model cannot be assessed here: {left.reason}"
    for omitted in left.omitted if left is not None and left.reason is None else ():
        yield omitted_in_words(omitted)


def omitted_in_words(omitted: OmittedCriteria) -> str:
    """Return what one rule took out of a model, as a sentence."""
    emptied = f", with all of {', '.join(omitted.sections)}" if omitted.sections else ""
    many = "criteria leave" if omitted.criteria > 1 else "criterion leaves"
    return f"{omitted.criteria} {many} by the rule {omitted.rule}{emptied}. {omitted.because}"


def _why_not_assessable(assessment: Assessment) -> Iterator[TraceStep]:
    for section in assessment.sections:
        if not section.assessable:
            yield TraceStep(f"{section.title}: nothing in it is applicable, so this model cannot judge the system")
