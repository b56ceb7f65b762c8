"""A radar of sections that stand side by side: sure as an area, at best as a broken outline. Knows no model.

The axes run clockwise from the top, and each from nothing in the middle to everything at the rim.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from templates.drawing import fonts
from templates.drawing.labels import Point
from templates.drawing.palette import FINE, INK, MUTED, PALE, STRONG, WHITE
from templates.drawing.primitives import Drawing, Look, line_height
from templates.pictures.bars import Bar
from templates.pictures.legend import Sample, boxed, draw_legend, lined
from templates.pictures.picture import say

RADIUS = 112.0
_ROOM, _AWAY, _EDGE = 116.0, 12.0, 10.0
_TITLE, _SAID = 11.0, 10.5
# Longer names would run into each other around the rim.
_MOST_LINES = 5
_FEWEST, _MOST = 3, 12
_RINGS = (0.25, 0.5, 0.75, 1.0)
SURE = Look(fill=PALE, line=STRONG, width=2)
AT_BEST = Look(fill="none", line=INK, width=1.4, dash="6 4")
TARGET = Look(fill="none", line=INK, width=2.6, dash="1.5 4")
_RING = Look(fill="none", line=FINE, width=0.8)
_DOT = Look(fill=STRONG, line=WHITE, width=1)


def fits_radar(bars: Sequence[Bar]) -> bool:
    """Return whether there are axes enough for an area, few enough to tell apart, and names that fit around them."""
    return _FEWEST <= len(bars) <= _MOST and all(len(_name(bar)) < _MOST_LINES for bar in bars)


def draw_radar(bars: Sequence[Bar], target: str, title: str, description: str) -> str:
    """Return the sections as a radar. `target` says what the outline of the target means, if there is one."""
    drawing = Drawing()
    around = max(_label_width(bar) for bar in bars) + _AWAY + RADIUS
    centre = (_EDGE + around, _EDGE + _label_height(bars[0]) + _AWAY + RADIUS)
    for ring in _RINGS:
        drawing.area(corners([ring] * len(bars), centre), _RING)
    for rim in corners([1.0] * len(bars), centre):
        drawing.line(centre, rim, _RING.line, _RING.width)
    drawing.area(corners([bar.sure for bar in bars], centre), SURE)
    if any(bar.best > bar.sure for bar in bars):
        drawing.area(corners([bar.best for bar in bars], centre), AT_BEST)
    aimed = [bar.target for bar in bars if bar.target is not None]
    if aimed:
        drawing.area(corners(aimed, centre), TARGET)
    for x, y in corners([bar.sure for bar in bars], centre):
        drawing.dot(x, y, 3, _DOT)
    _scale(drawing, centre)
    bottom = max(_label(drawing, bar, rim, centre) for bar, rim in zip(bars, _rim(len(bars), centre), strict=True))
    draw_legend(drawing, _EDGE, max(bottom, centre[1] + RADIUS) + 14, 2 * around, _entries(bars, target))
    return drawing.finish(title, description)


def corners(shares: Sequence[float], centre: Point, radius: float = RADIUS) -> list[Point]:
    """Return the point of each share (0 in the middle, 1 at `radius`) on its axis."""
    found = []
    for place, share in enumerate(shares):
        angle = 2 * math.pi * place / len(shares)
        x, y = centre[0] + radius * share * math.sin(angle), centre[1] - radius * share * math.cos(angle)
        found.append((round(x, 3), round(y, 3)))
    return found


def _rim(axes: int, centre: Point) -> list[Point]:
    return corners([1.0] * axes, centre, RADIUS + _AWAY)


def _scale(drawing: Drawing, centre: Point) -> None:
    """Write the middle and the outer ring as percentages, just right of the first axis."""
    for ring in (0.5, 1.0):
        drawing.words(centre[0] + 3, centre[1] - RADIUS * ring - 1, [f"{ring:.0%}"], 9, ink=MUTED, halo=True)


def _label(drawing: Drawing, bar: Bar, at: Point, centre: Point) -> float:
    """Write a section beside the end of its axis, turned away from the middle; return where it ends."""
    across, down = ((a - b) / (RADIUS + _AWAY) for a, b in zip(at, centre, strict=True))
    top = at[1] - _label_height(bar) * (1 - down) / 2
    middle = abs(across) < 0.2
    left = at[0] if middle or across > 0 else at[0] - _label_width(bar)
    below = drawing.words(left, top, _name(bar), _TITLE, bold=True, middle=middle)
    return drawing.words(left, below, _said(bar), _SAID, ink=MUTED, middle=middle)


def _name(bar: Bar) -> list[str]:
    return fonts.wrap(bar.title, _TITLE, _ROOM, bold=True)


def _said(bar: Bar) -> list[str]:
    return fonts.wrap(bar.said, _SAID, _ROOM)


def _label_width(bar: Bar) -> float:
    names = (fonts.width(line, _TITLE, bold=True) for line in _name(bar))
    return max(*names, *(fonts.width(line, _SAID) for line in _said(bar)))


def _label_height(bar: Bar) -> float:
    return len(_name(bar)) * line_height(_TITLE) + len(_said(bar)) * line_height(_SAID)


def _entries(bars: Sequence[Bar], target: str) -> list[tuple[Sample, str]]:
    entries: list[tuple[Sample, str]] = [(boxed(SURE), say("sure"))]
    entries += [(lined(AT_BEST), say("at-best"))] if any(bar.best > bar.sure for bar in bars) else []
    entries += [(lined(TARGET), target)] if any(bar.target is not None for bar in bars) else []
    return entries
