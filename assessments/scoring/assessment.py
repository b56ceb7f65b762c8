"""One model over one sheet, in exact numbers: judged criteria, sections, bounds and bands. What others tell about.

Kept apart from `shapes/result.py`, which is what leaves this room. Not assessable means that a section is wholly not
applicable, or that a rule took out the whole model; the numbers must not be asked for then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from assessments.scoring.bands import band_after, band_of
from assessments.scoring.criteria import Judged, judge
from assessments.scoring.methods import METHODS, ScoringMethod
from assessments.scoring.sections import Section, add_up
from assessments.scoring.sheet import Sheet
from assessments.shapes.left_out import LeftOut
from assessments.shapes.library import Library
from assessments.shapes.model import Band, ModelDefinition


@dataclass(frozen=True)
class Assessment:
    """A model, a sheet and the library, and what follows from them."""

    model: ModelDefinition
    sheet: Sheet
    library: Library

    @property
    def method(self) -> ScoringMethod:
        return METHODS[self.model.method]

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        return judge(self.model, self.sheet)

    @property
    def left_out(self) -> LeftOut | None:
        """What rules have taken out of the model, if anything."""
        return self.library.left.get(self.model.id)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        found = add_up(self.model, self.judged, self.library)
        if self.left_out is None or self.model.method != "min_of_sections":
            return found
        # Its bands are points of a section, so what is left of one stands for all of it.
        before = self.left_out.definition
        whole = {s.id: s.maximum for s in add_up(before, judge(before, Sheet({})), self.library)}
        return tuple(replace(section, whole=whole[section.id]) for section in found)

    @property
    def assessable(self) -> bool:
        return bool(self.sections) and all(section.assessable for section in self.sections)

    @cached_property
    def lower(self) -> Fraction:
        return self.method.value(self.sections, at_best=False)

    @cached_property
    def upper(self) -> Fraction:
        return self.method.value(self.sections, at_best=True)

    @property
    def share(self) -> Fraction:
        """The part of all points that is sure, 0 to 1: it moves where a value that is a minimum does not yet."""
        return sum((s.lower for s in self.sections), Fraction(0)) / sum((s.maximum for s in self.sections), Fraction(0))

    @property
    def lower_band(self) -> Band:
        return band_of(self.model.bands, self.lower)

    @property
    def upper_band(self) -> Band:
        return band_of(self.model.bands, self.upper)

    @property
    def band(self) -> Band | None:
        """The band of the result, or None while open answers decide between several."""
        return self.lower_band if self.lower_band is self.upper_band else None

    @property
    def better_band(self) -> Band | None:
        """The band after the one that is sure, or None when that is the best."""
        return band_after(self.model.bands, self.lower_band)
