"""What scoring returns: values with their bounds, the reasons, and what would change them. Shapes only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CriterionState = Literal["met", "not-met", "measured", "unanswered", "unknown", "not-applicable"]


@dataclass(frozen=True)
class CriterionResult:
    """One criterion as judged. `value` counts towards its section: 0, 0.5 or 1 for practices, 0 or 1 for a bound.

    `answer` is the raw answer (`manual`, a number, ...) or None; `group` joins criteria that pass together. `column` is
    None in a model without columns.
    """

    id: str
    item: str
    title: str
    section: str
    group: str | None
    state: CriterionState
    answer: str | float | None
    value: float
    optional: bool
    column: str | None = None


@dataclass(frozen=True)
class SectionResult:
    """A section (or level). `lower` and `upper` bracket the value while answers are open; all <= `maximum`."""

    id: str
    title: str
    lower: float
    upper: float
    maximum: float

    @property
    def value(self) -> float:
        return self.lower


@dataclass(frozen=True)
class ColumnResult:
    """One column of a model, judged by itself. `reading` says it in words: a percentage, or levels such as "3-4".

    All three are None when nothing in the column is applicable.
    """

    id: str
    title: str
    lower: float | None
    upper: float | None
    reading: str | None


@dataclass(frozen=True)
class CellResult:
    """Where a section and a column meet: its points, as in `SectionResult`. Not `applicable`: nothing in it is."""

    section: str
    column: str
    lower: float
    upper: float
    maximum: float
    applicable: bool


@dataclass(frozen=True)
class MeasureResult:
    """One measured value. `clusters` names those it fits; it is None when no report gives any for this measure.

    `unfit` says why a number that was entered cannot be true; it has no value then.
    """

    item: str
    title: str
    unit: str
    value: float | None
    measured_on: str | None
    clusters: tuple[str, ...] | None
    unfit: str | None = None

    @property
    def reading(self) -> str:
        """The value with its unit, day and clusters, in words."""
        if self.unfit is not None:
            return f"not counted: {self.unfit}"
        if self.value is None:
            return "not measured"
        day = f", measured on {self.measured_on}" if self.measured_on else ""
        if self.clusters is None:
            return f"{self.value:.4g} {self.unit}{day}; no published reference"
        return f"{self.value:.4g} {self.unit}{day}; fits {', '.join(self.clusters) or 'no published cluster'}"


@dataclass(frozen=True)
class Change:
    """Raise one answer: the smallest step that counts. `effort` is 1 (an afternoon) to 5 (a quarter)."""

    item: str
    title: str
    current: str
    to: str
    effort: int
    prerequisites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unlock:
    """The smallest set of changes that reaches `reaches` (a band or level), least effort first."""

    reaches: str
    value: float
    changes: tuple[Change, ...]

    @property
    def effort(self) -> int:
        return sum(change.effort for change in self.changes)


@dataclass(frozen=True)
class TraceStep:
    """One line of the arithmetic, in words a team can follow."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class OmittedCriteria:
    """What one rule takes out of a model: how many criteria, and the titles of the sections that they leave empty.

    `because` is the sentence of the rule. They are no part of the model any more, unlike not-applicable answers.
    """

    rule: str
    because: str
    criteria: int
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """One model scored over one answer sheet.

    `value` equals `lower` and is None when the model has no ordered value or is not assessable; `band` is None while
    `lower` and `upper` fall in different bands. `coverage` is the share of criteria with an answer, 0 to 1.
    `not_helping` names what would not move the result now, `short` the sections each of which keeps the next band away.
    `standard` is False when not-applicable answers rescaled it.
    A model that is not `ordered` has no value at all, only `measures`. `bounds` are where bands begin between nothing
    and the best value. `omitted` is what rules took out of the model before it was scored; the published arithmetic has
    no such case, so the result is not `official` then. `left_because` is why all of it left: it cannot be assessed.
    """

    id: str
    title: str
    edition: str
    official: bool
    method: str
    source: str
    license: str
    value: float | None
    lower: float | None
    upper: float | None
    maximum: float
    band: str | None
    lower_band: str | None
    upper_band: str | None
    coverage: float
    standard: bool
    assessable: bool
    can_gate: bool
    sections: tuple[SectionResult, ...]
    criteria: tuple[CriterionResult, ...]
    blockers: tuple[str, ...]
    unlock: Unlock | None
    not_helping: tuple[str, ...]
    symptoms: tuple[str, ...]
    trace: tuple[TraceStep, ...]
    columns: tuple[ColumnResult, ...] = ()
    cells: tuple[CellResult, ...] = ()
    ordered: bool = True
    measures: tuple[MeasureResult, ...] = ()
    bounds: tuple[float, ...] = ()
    omitted: tuple[OmittedCriteria, ...] = ()
    left_because: str | None = None
    short: tuple[str, ...] = ()
