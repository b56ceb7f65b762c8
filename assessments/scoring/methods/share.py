"""The method of checklists: the share of all points reached, from 0 to 100, each statement counting the same.

Only this rule. What is not applicable is left out above and below the line. Points, groups and the rescaling of single
sections come from `scoring/sections.py`, bands from `scoring/bands.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessments.scoring.bands import broken_continuum
from assessments.scoring.sections import Goal, Need, Section, tally
from assessments.shapes.model import Band
from assessments.shapes.result import TraceStep

WHOLE = Fraction(100)


def value(sections: Sequence[Section], at_best: bool) -> Fraction:
    """Return the percentage of the points within reach that all sections gather together."""
    points = sum((section.possible if at_best else section.points for section in sections), Fraction(0))
    return WHOLE * points / _reachable(sections)


def maximum(sections: Sequence[Section]) -> Fraction:
    """Return 100, whatever the sections hold."""
    return WHOLE


def needs(sections: Sequence[Section], goal: Goal) -> tuple[Need, ...]:
    """Return one need for all sections together: a point counts the same wherever it is gathered."""
    statements = tuple(statement for section in sections for statement in section.statements)
    return (Need(statements, Goal(goal.amount * _reachable(sections) / WHOLE, goal.strict)),)


def reading(sections: Sequence[Section], value: Fraction) -> str:
    """Return a share as a whole percentage."""
    return f"{percent(value)} %"


def broken_bands(bands: Sequence[Band], sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    """Yield where the bands leave a gap, overlap, or do not end at 100."""
    yield from broken_continuum(bands, WHOLE)


def explain(sections: Sequence[Section]) -> Iterator[TraceStep]:
    """Yield one line per section and one for the share of all points together."""
    for section in sections:
        text = f"{section.title}: {float(section.points):g} of {float(section.reachable):g} points ({tally(section)})"
        yield TraceStep(text, float(section.points))
        if section.rescaled:
            yield TraceStep(f"{section.title}: not-applicable answers are left out above and below the line")
    gathered, whole = sum((section.points for section in sections), Fraction(0)), _reachable(sections)
    share = value(sections, at_best=False)
    text = f"All sections together: {float(gathered):g} of {float(whole):g} points, {percent(share)} %"
    yield TraceStep(text, float(share))


def percent(share: Fraction) -> int:
    """Return a share as a whole number for display, halves rounded up."""
    return int(share + Fraction(1, 2))


def _reachable(sections: Sequence[Section]) -> Fraction:
    return sum((section.reachable for section in sections), Fraction(0))
