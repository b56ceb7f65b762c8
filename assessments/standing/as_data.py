"""Results as plain data for JSON and as lines for a terminal. Nothing is computed here.

The JSON keys are a promise to scripts: more may be added, none taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from assessments.scoring.explain import omitted_in_words
from assessments.shapes.result import Change, CriterionResult, Result, SectionResult, Unlock
from assessments.standing.evidence import Backing, EvidenceCheck


def as_json(results: Sequence[Result], check: EvidenceCheck | None = None) -> dict[str, Any]:
    """Return what `score --json` prints: the models, and with a check what evidence backs of them, and each answer."""
    if check is None:
        return {"models": [_model(result) for result in results]}
    backed = _backed(check)
    models = [_model(result) | {"backed": _short(backed[result.id])} for result in results]
    return {"models": models, "evidence": [_backing(backing) for backing in check.backings]}


def as_text(results: Sequence[Result], check: EvidenceCheck | None = None) -> str:
    """Return what `score` prints: per model its value, sections, the smallest next change, and what would not help.

    With a check each model says what evidence backs of its value when that is less, and the answers come last that
    have none.
    """
    backed = _backed(check) if check else {}
    parts = ["\n".join(_lines(result, backed.get(result.id))) for result in results]
    unproved = list(_unproved(check)) if check else []
    return "\n\n".join([*parts, "\n".join(unproved)] if unproved else parts)


def standing(result: Result) -> str:
    """Return where a model stands, in one line without its title."""
    if result.left_because is not None:
        return f"cannot be assessed: {result.left_because.removesuffix('.')}"
    if not result.ordered:
        measured = sum(measure.value is not None for measure in result.measures)
        return f"no overall value, {measured} of {len(result.measures)} measured"
    if not result.assessable or result.lower is None or result.upper is None:
        return "not assessable, a whole section is not applicable"
    lower, upper = (figure(value, result.maximum) for value in (result.lower, result.upper))
    if result.band is None:
        return f"band open, {lower} to {upper} of {result.maximum:g}"
    number = lower if lower == upper else f"{lower} to {upper}"
    return f"{number} of {result.maximum:g}, {result.band}"


def figure(value: float, maximum: float) -> str:
    """Return a value as fine as its scale: a share in whole points, a level or a score as it is."""
    return f"{value:.0f}" if maximum >= 100 else f"{value:.4g}"


def _lines(result: Result, backed: Result | None) -> Iterator[str]:
    kind = "rule of its authors" if result.official else "derived rule"
    yield f"{result.title} ({result.edition}, {kind}): {standing(result)}"
    if backed and backed.lower is not None and backed.lower != result.lower:
        yield f"  Backed by evidence: {figure(backed.lower, backed.maximum)} of {backed.maximum:g}"
    if result.left_because is not None:
        yield from (f"  Rule {omitted.rule}: {omitted.because}" for omitted in result.omitted)
        yield f"  Source: {result.source}"
        return
    yield from (f"  {omitted_in_words(omitted)}" for omitted in result.omitted)
    yield from (f"  {measure.title}: {measure.reading}" for measure in result.measures)
    if result.sections:
        yield "  " + " · ".join(f"{s.title} {s.lower:.4g} of {s.maximum:g}" for s in result.sections)
    if result.columns:
        yield "  " + " · ".join(f"{c.title} {c.reading or 'not applicable'}" for c in result.columns)
    yield f"  {result.coverage:.0%} answered" + (
        "" if result.standard else "; not standard, some answers are not applicable"
    )
    yield from (f"  Symptom: {symptom}" for symptom in result.symptoms)
    if result.unlock:
        yield f"  Smallest change that reaches '{result.unlock.reaches}' (effort {result.unlock.effort}):"
        yield from (_change_line(change) for change in result.unlock.changes)
    if result.not_helping:
        yield f"  Would not help now: {', '.join(result.not_helping)}"
    yield f"  Source: {result.source}"


def _unproved(check: EvidenceCheck) -> Iterator[str]:
    missing, expired, misdated = check.of("missing", "hinted"), check.of("expired"), check.of("misdated")
    if missing:
        yield f"Without evidence: {', '.join(found.item for found in missing)}"
    if expired:
        counted = ", ".join(f"{found.item} (counted until {found.expires_on})" for found in expired)
        yield f"Evidence expired by {check.today}: {counted}"
    if misdated:
        yield f"Evidence of days that cannot be by {check.today}: {', '.join(found.item for found in misdated)}"


def _change_line(change: Change) -> str:
    first = f"; first: {', '.join(change.prerequisites)}" if change.prerequisites else ""
    return f"    {change.item}: {change.current} -> {change.to} (effort {change.effort}{first})"


def _backed(check: EvidenceCheck) -> dict[str, Result]:
    return {score.backed.id: score.backed for score in check.scores}


def _short(result: Result) -> dict[str, Any]:
    return {"value": result.value, "lower": result.lower, "upper": result.upper, "band": result.band}


def _backing(backing: Backing) -> dict[str, Any]:
    seen_on, expires_on = (day.isoformat() if day else None for day in (backing.seen_on, backing.expires_on))
    return {
        "item": backing.item,
        "title": backing.title,
        "state": backing.state,
        "seen_on": seen_on,
        "expires_on": expires_on,
    }


def _model(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "edition": result.edition,
        "official": result.official,
        "method": result.method,
        "value": result.value,
        "band": result.band,
        "lower": result.lower,
        "upper": result.upper,
        "lower_band": result.lower_band,
        "upper_band": result.upper_band,
        "maximum": result.maximum if result.ordered else None,
        "coverage": result.coverage,
        "standard": result.standard,
        "assessable": result.assessable,
        "can_gate": result.can_gate,
        "sections": [_section(section) for section in result.sections],
        "columns": [asdict(column) for column in result.columns],
        "cells": [asdict(cell) for cell in result.cells],
        "measures": [asdict(measure) for measure in result.measures],
        "criteria": [_criterion(criterion) for criterion in result.criteria],
        "blockers": list(result.blockers),
        "unlock": [_change(change) for change in result.unlock.changes] if result.unlock else [],
        "next": _next(result.unlock),
        "not_helping": list(result.not_helping),
        "symptoms": list(result.symptoms),
        "trace": [step.text for step in result.trace],
        "omitted": [asdict(omitted) for omitted in result.omitted],
        "left_because": result.left_because,
        "source": result.source,
        "license": result.license,
    }


def _section(section: SectionResult) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "value": section.value,
        "max": section.maximum,
        "lower": section.lower,
        "upper": section.upper,
    }


def _criterion(criterion: CriterionResult) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "item": criterion.item,
        "title": criterion.title,
        "section": criterion.section,
        "group": criterion.group,
        "column": criterion.column,
        "state": criterion.state,
        "answer": criterion.answer,
        "value": criterion.value,
        "optional": criterion.optional,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "item": change.item,
        "title": change.title,
        "from": change.current,
        "to": change.to,
        "effort": change.effort,
        "prerequisites": list(change.prerequisites),
    }


def _next(unlock: Unlock | None) -> dict[str, Any] | None:
    return None if unlock is None else {"band": unlock.reaches, "value": unlock.value, "effort": unlock.effort}
