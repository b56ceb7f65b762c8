"""The shapes of measured items: what is measured, and the reference clusters that reports have published.

How a measured value is held against the clusters is in `scoring/methods/banded_metric.py`.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from canvas.method.conditions import Plain
from canvas.method.credited import Credited, Origin
from canvas.reading.number_range import NumberRange
from canvas.reading.types import Id, Model, ShortText, Text


class MeasureDefinition(Credited):
    """A number that a team takes from its own systems, in `unit`. `minimum` and `maximum` bound what can be true.

    `whole` takes no fraction.
    """

    id: Annotated[str, Field(pattern=r"^[a-z-]+\.[a-z-]+$", max_length=64)]
    title: ShortText
    question: Text
    why: Text
    verify: Text
    unit: ShortText
    minimum: float = 0
    maximum: float | None = None
    whole: bool = False

    @property
    def bounds(self) -> NumberRange:
        """The numbers that can be true."""
        return NumberRange(self.minimum, self.maximum, self.whole, self.unit)

    def refusal(self, value: Plain | None) -> str | None:
        """Return why an answer cannot be true, or None when it can."""
        if isinstance(value, bool | str) or value is None:
            return f"a number is needed, in {self.unit}"
        return self.bounds.refusal(value)


class Reach(Model):
    """The values of one measure in one cluster: bounds, which are included except `below`, or one `typical` value."""

    minimum: float | None = None
    below: float | None = None
    maximum: float | None = None
    typical: float | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        bounds = [bound for bound in (self.minimum, self.below, self.maximum) if bound is not None]
        if (self.typical is None) == (not bounds):
            raise ValueError("a cluster gives either bounds or one 'typical' value")
        if self.below is not None and self.maximum is not None:
            raise ValueError("only one of 'below', 'maximum' can be the upper bound")
        return self

    def holds(self, value: float) -> bool:
        """Return whether `value` lies within the bounds. Says nothing of a typical value."""
        low = self.minimum is None or value >= self.minimum
        return low and (self.below is None or value < self.below) and (self.maximum is None or value <= self.maximum)


class ClusterDefinition(Model):
    """A group of teams that a report found, with its year. Clusters describe who answered; they are no thresholds."""

    id: Id
    report: ShortText
    year: Annotated[int, Field(ge=2014, le=2100)]
    label: ShortText
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    note: Text | None = None
    source: Origin
    reach: Annotated[dict[Id, Reach], Field(min_length=1)]

    @property
    def name(self) -> str:
        """How results name it: label and year."""
        return f"{self.label} {self.year}"
