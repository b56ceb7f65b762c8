"""The causes of a changed score as plain data and in words. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assessments.compare.causes import Cause
from assessments.shapes.result import Result
from canvas.reading.text_gate import counted

ASSESSORS = "The same evidence was judged differently than before, by other people or after another discussion."


def causes_as_json(causes: Sequence[Cause]) -> list[dict[str, Any]]:
    """Return what `compare --json` tells of one model; the amounts add up to the change of `lower`."""
    return [
        {"cause": cause.name, "amount": float(cause.amount), "items": list(cause.items), "band_alone": cause.band}
        for cause in causes
    ]


def because(causes: Sequence[Cause], before: Result, after: Result) -> str:
    """Return why a model's sure value changed, in one line; empty when nothing that it asks has changed."""
    parts = list(_parts(causes, before, after))
    return ", ".join(parts)


def _parts(causes: Sequence[Cause], before: Result, after: Result) -> Iterator[str]:
    for cause in causes:
        if cause.amount:
            alone = f' (alone: "{cause.band}")' if cause.band and cause.band != after.lower_band else ""
            yield f"{signed(cause, after.maximum)} {_reason(cause, before, after)}{alone}"


def signed(cause: Cause, maximum: float) -> str:
    """Return the amount with its sign, as fine as the scale of the model."""
    amount = float(cause.amount)
    return f"{amount:+.1f}" if maximum >= 100 else f"{amount:+.4g}"


def _reason(cause: Cause, before: Result, after: Result) -> str:
    answers = counted(len(cause.items), "answer")
    match cause.name:
        case "practice":
            return f"by practices ({answers})"
        case "applicability":
            return f"by what applies ({answers})"
        case "edition":
            return f"because the edition changed ({before.edition} to {after.edition})"
        case "rule":
            left = [sum(omitted.criteria for omitted in result.omitted) for result in (before, after)]
            return f"because of what a rule takes out ({left[0]} criteria before, {left[1]} now)"
        case "assessor":
            return f"by assessors ({answers})"
