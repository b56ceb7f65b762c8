"""Judge single criteria: what an answer is worth, at worst and at best. Sums and levels are made elsewhere.

Points are exact fractions; they become floats only in the result, so no comparison ever sees rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from assessments.scoring.sheet import Entry, Sheet
from assessments.shapes.model import CriterionDefinition, ModelDefinition, Weights
from assessments.shapes.practice import PRACTICE_VALUES
from assessments.shapes.result import CriterionState
from canvas.method.conditions import Plain


@dataclass(frozen=True)
class Judged:
    """A criterion with its entry. While it is open, `lower` is the worst and `upper` the best it can be worth."""

    definition: CriterionDefinition
    entry: Entry
    lower: Fraction
    upper: Fraction
    best: Fraction

    @property
    def applicable(self) -> bool:
        return self.entry.state != "not-applicable"

    @property
    def improvable(self) -> bool:
        return self.applicable and self.lower < self.best

    @property
    def state(self) -> CriterionState:
        if self.entry.state != "answered":
            return self.entry.state
        return "met" if self.lower == self.best else "not-met"


def judge(model: ModelDefinition, sheet: Sheet) -> tuple[Judged, ...]:
    """Return every criterion of a model as the sheet answers it, in the order of the model."""
    return tuple(_judge_one(model, criterion, sheet.entry(criterion.item)) for criterion in model.criteria)


def worth(model: ModelDefinition, criterion: CriterionDefinition, value: Plain | None) -> Fraction | None:
    """Return the points of an answer, or None when the criterion cannot read a value of this kind."""
    if value is None:
        return None
    if criterion.tests:
        passed = criterion.passes(value)
        return None if passed is None else Fraction(passed)
    return exact(getattr(_weights(model, criterion), value)) if value in PRACTICE_VALUES else None


def span(model: ModelDefinition, criterion: CriterionDefinition) -> tuple[Fraction, Fraction]:
    """Return the least and the most points a criterion can give."""
    if criterion.tests:
        return Fraction(0), Fraction(1)
    weights = _weights(model, criterion)
    return exact(weights.none), exact(weights.automated)


@lru_cache(maxsize=1024)
def exact(number: float) -> Fraction:
    """Return the decimal number that a file or a person wrote, not its nearest binary float."""
    return Fraction(str(number))


def _weights(model: ModelDefinition, criterion: CriterionDefinition) -> Weights:
    weights = criterion.weights or model.weights
    assert weights is not None, "the loader refuses a criterion without a test and without weights"
    return weights


def _judge_one(model: ModelDefinition, criterion: CriterionDefinition, entry: Entry) -> Judged:
    least, most = span(model, criterion)
    points = worth(model, criterion, entry.value) if entry.state == "answered" else None
    if points is not None:
        return Judged(criterion, entry, points, points, most)
    # A value of the wrong kind counts as open here; `broken_answers` is what names it to the team.
    judged_as = Entry("unanswered") if entry.state == "answered" else entry
    return Judged(criterion, judged_as, least, most, most)
