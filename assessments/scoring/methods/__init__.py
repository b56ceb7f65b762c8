"""The closed set of scoring methods, and what each of them has to answer. One module per method holds the rules.

A method turns sections into one value and says what a value demands of each section. It sees no answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from assessments.scoring.methods import min_of_sections, share, staged_gate
from assessments.scoring.sections import Goal, Need, Section
from assessments.shapes.model import Band
from assessments.shapes.result import TraceStep


class ScoringMethod(Protocol):
    """What a module of this room provides to be a method."""

    def value(self, sections: Sequence[Section], at_best: bool) -> Fraction:
        """Return the value of the model, with open answers at worst or at best."""

    def maximum(self, sections: Sequence[Section]) -> Fraction:
        """Return the best value there is."""

    def needs(self, sections: Sequence[Section], goal: Goal) -> tuple[Need, ...]:
        """Return what all has to be met for the value to reach `goal`."""

    def reading(self, sections: Sequence[Section], value: Fraction) -> str:
        """Return how the value of one column reads; `sections` hold only the statements of that column."""

    def broken_bands(self, bands: Sequence[Band], sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
        """Yield `(index, what)` for each band that does not fit the method."""

    def explain(self, sections: Sequence[Section]) -> Iterator[TraceStep]:
        """Yield how the value came about, in words."""


METHODS: Mapping[str, ScoringMethod] = {
    "min_of_sections": min_of_sections,
    "staged_gate": staged_gate,
    "share": share,
}
