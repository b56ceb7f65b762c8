"""The method of the ML Test Score: add up each section, and the lowest section is the result.

Only this rule. Points, groups and rescaling come from `scoring/sections.py`, bands from `scoring/bands.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessments.scoring.bands import broken_continuum
from assessments.scoring.sections import Goal, Need, Section, tally
from assessments.shapes.model import Band
from assessments.shapes.result import TraceStep


def value(sections: Sequence[Section], at_best: bool) -> Fraction:
    """Return the points of the lowest section."""
    return min(section.upper if at_best else section.lower for section in sections if section.statements)


def maximum(sections: Sequence[Section]) -> Fraction:
    """Return the points of the smallest section when everything in it is done."""
    return min((section.maximum for section in sections), default=Fraction(0))


def needs(sections: Sequence[Section], goal: Goal) -> tuple[Need, ...]:
    """Return the goal for every section: each has to reach it by itself."""
    return tuple(Need(s.statements, Goal(goal.amount / s.scale, goal.strict)) for s in sections)


def reading(sections: Sequence[Section], value: Fraction) -> str:
    """Return the points of the lowest section in which the column has a say."""
    return f"{float(value):g}"


def broken_bands(bands: Sequence[Band], sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    """Yield where the bands leave a gap, overlap, or end before the best value."""
    yield from broken_continuum(bands, maximum(sections))


def explain(sections: Sequence[Section]) -> Iterator[TraceStep]:
    """Yield one line per section and one that names the lowest."""
    for section in sections:
        text = f"{section.title}: {float(section.lower):g} of {float(section.maximum):g} ({tally(section)})"
        yield TraceStep(text, float(section.lower))
        if section.staying < section.maximum:
            yield TraceStep(
                f"{section.title}: the points of what no rule takes out ({float(section.staying):g}) are scaled up to "
                f"{float(section.maximum):g}; the published rule has no such case"
            )
        if section.rescaled:
            yield TraceStep(
                f"{section.title}: not-applicable answers are left out and the points of the others are scaled up to "
                f"{float(section.maximum):g}; the published rule has no such case"
            )
    lowest = value(sections, at_best=False)
    names = ", ".join(section.title for section in sections if section.lower == lowest)
    yield TraceStep(f"The lowest section is the result ({names}): {float(lowest):g}", float(lowest))
