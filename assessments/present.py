"""Results as plain data for JSON. The keys are a promise to scripts: more may be added, none taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assessments.result import Change, CriterionResult, Result, SectionResult, Unlock


def as_json(results: Sequence[Result]) -> dict[str, Any]:
    """Return what `score --json` prints."""
    return {"models": [_model(result) for result in results]}


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
        "maximum": result.maximum,
        "coverage": result.coverage,
        "standard": result.standard,
        "assessable": result.assessable,
        "can_gate": result.can_gate,
        "sections": [_section(section) for section in result.sections],
        "criteria": [_criterion(criterion) for criterion in result.criteria],
        "blockers": list(result.blockers),
        "unlock": [_change(change) for change in result.unlock.changes] if result.unlock else [],
        "next": _next(result.unlock),
        "not_helping": list(result.not_helping),
        "symptoms": list(result.symptoms),
        "trace": [step.text for step in result.trace],
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
