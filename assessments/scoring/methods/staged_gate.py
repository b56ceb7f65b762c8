"""The method of staged models: level n holds when every statement of the sections 1 to n holds.

Only this rule. Points, groups and rescaling come from `scoring/sections.py`, bands from `scoring/bands.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

from assessments.scoring.bands import broken_points
from assessments.scoring.sections import Goal, Need, Section
from assessments.shapes.model import Band
from assessments.shapes.result import TraceStep


def value(sections: Sequence[Section], at_best: bool) -> Fraction:
    """Return the number of levels that hold one after the other, counted from the first."""
    return Fraction(sum(1 for _ in takewhile(lambda section: _passes(section, at_best), sections)))


def maximum(sections: Sequence[Section]) -> Fraction:
    """Return the number of levels."""
    return Fraction(len(sections))


def needs(sections: Sequence[Section], goal: Goal) -> tuple[Need, ...]:
    """Return all points of every section up to the wanted level, for a level implies those below it."""
    level = math.floor(goal.amount) + 1 if goal.strict else math.ceil(goal.amount)
    return tuple(Need(section.statements, Goal(section.reachable)) for section in sections[:level])


def reading(sections: Sequence[Section], value: Fraction) -> str:
    """Return the level a column reaches, together with those below that demand the same of it, such as "3-4"."""
    level = int(value)
    alike = sum(1 for _ in takewhile(lambda section: not section.statements, reversed(sections[:level])))
    return f"{level - alike}-{level}" if alike else str(level)


def broken_bands(bands: Sequence[Band], sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    """Yield where the bands are not the levels 0 to n."""
    yield from broken_points(bands, len(sections))


def explain(sections: Sequence[Section]) -> Iterator[TraceStep]:
    """Yield one line per level with the statements that it still lacks, and one for the level reached."""
    for section in sections:
        lacking = [statement for statement in section.statements if not statement.complete]
        count = len(section.statements)
        text = f"{section.title}: {count - len(lacking)} of {count} statements hold"
        if lacking:
            text += f"; missing: {', '.join(statement.title for statement in lacking)}"
        yield TraceStep(text, float(section.lower))
        if section.rescaled:
            yield TraceStep(f"{section.title}: not-applicable answers are left out of what the level demands")
    reached = value(sections, at_best=False)
    yield TraceStep(f"A level holds only when those below it hold: level {float(reached):g} is reached", float(reached))


def _passes(section: Section, at_best: bool) -> bool:
    return (section.upper if at_best else section.lower) == section.maximum
