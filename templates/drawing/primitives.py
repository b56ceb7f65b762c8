"""Boxes, areas, lines, words and arrows as SVG, in the type and the colours of the architecture picture.

Knows no step and no model. All lengths are in points; y grows downwards. Every look differs in more than its hue, so
that a grey print reads alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from templates.drawing import fonts
from templates.drawing.labels import Box, Point
from templates.drawing.palette import FINE, GROUND, INK, MUTED, OUTLINE, WHITE
from templates.drawing.svg import HALO, SVG, set_name, set_size, written

_TIP = 6.0
_HATCH = 5.0


@dataclass(frozen=True)
class Look:
    """How a box or an area is drawn: its ground, the line around it, the ink of its words.

    `round` is the radius of the corners of a box, and `hatch` the colour of strokes across it.
    """

    fill: str = WHITE
    line: str = OUTLINE
    ink: str = INK
    width: float = 1.2
    dash: str | None = None
    round: float = 6
    hatch: str | None = None


PANEL = Look(fill=GROUND, line=FINE)


class Drawing:
    """One picture in the making. What is added first lies below what is added later."""

    def __init__(self) -> None:
        self._root = Element(f"{{{SVG}}}svg")
        self._right = self._bottom = 0.0

    def box(self, box: Box, look: Look, title: str = "") -> None:
        """Add a rounded rectangle; `title` is what a pointer resting on it reads."""
        place = {"x": f"{box.left:g}", "y": f"{box.top:g}", "rx": f"{look.round:g}"}
        size = {"width": f"{box.right - box.left:g}", "height": f"{box.bottom - box.top:g}"}
        element = SubElement(self._root, f"{{{SVG}}}rect", {**place, **size, **_surface(look)})
        if title:
            SubElement(element, f"{{{SVG}}}title").text = title
        if look.hatch:
            # Strokes and no pattern: a pattern is found by its id, and two pictures on one page would share it.
            strokes = {"d": _strokes(box), "fill": "none", "stroke": look.hatch, "stroke-width": "1.3"}
            SubElement(self._root, f"{{{SVG}}}path", strokes)
        self._reach(box.right, box.bottom)

    def area(self, corners: Sequence[Point], look: Look) -> None:
        """Add the area within `corners`."""
        points = " ".join(f"{x:g},{y:g}" for x, y in corners)
        SubElement(self._root, f"{{{SVG}}}polygon", {"points": points, "stroke-linejoin": "round", **_surface(look)})
        for x, y in corners:
            self._reach(x, y)

    def line(self, start: Point, end: Point, color: str = MUTED, width: float = 1.0, dash: str | None = None) -> None:
        """Add a straight line."""
        look = {"fill": "none", "stroke": color, "stroke-width": f"{width:g}", **_dashed(dash)}
        points = " ".join(f"{x:g},{y:g}" for x, y in (start, end))
        SubElement(self._root, f"{{{SVG}}}polyline", {"points": points, **look})
        for x, y in (start, end):
            self._reach(x, y)

    def dot(self, x: float, y: float, radius: float, look: Look) -> None:
        """Add a disc around a point."""
        place = {"cx": f"{x:g}", "cy": f"{y:g}", "rx": f"{radius:g}", "ry": f"{radius:g}"}
        SubElement(self._root, f"{{{SVG}}}ellipse", {**place, **_surface(look)})
        self._reach(x + radius, y + radius)

    def words(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float,
        *,
        ink: str = INK,
        bold: bool = False,
        middle: bool = False,
        halo: bool = False,
    ) -> float:
        """Add lines of text from the top at `y`, and return where the next line would start.

        A `halo` keeps them readable on lines that are drawn already.
        """
        look = {"font-size": f"{size:g}", "fill": ink}
        look |= {"font-weight": "bold"} if bold else {}
        look |= {"text-anchor": "middle"} if middle else {}
        look |= HALO if halo else {}
        for line in lines:
            SubElement(self._root, f"{{{SVG}}}text", {"x": f"{x:g}", "y": f"{y + size:g}", **look}).text = line
            self._reach(x + fonts.width(line, size, bold=bold) / (2 if middle else 1), y + size * 1.35)
            y += line_height(size)
        return y

    def arrow(self, corners: Sequence[Point], color: str = MUTED, dash: str | None = None) -> None:
        """Add a line through `corners` that ends in a tip."""
        points = " ".join(f"{x:g},{y:g}" for x, y in corners)
        look = {"fill": "none", "stroke": color, "stroke-width": "1.4", "stroke-linejoin": "round", **_dashed(dash)}
        SubElement(self._root, f"{{{SVG}}}polyline", {"points": points, **look})
        SubElement(self._root, f"{{{SVG}}}polygon", {"points": _tip(corners), "fill": color})
        for x, y in corners:
            self._reach(x, y)

    def badge(self, x: float, y: float, text: str, *, filled: bool) -> None:
        """Add a small circle with a number around a point."""
        look = {"fill": INK if filled else WHITE, "stroke": INK, "stroke-width": "1.2"}
        SubElement(self._root, f"{{{SVG}}}ellipse", {"cx": f"{x:g}", "cy": f"{y:g}", "rx": "8", "ry": "8", **look})
        self.words(x, y - 6, [text], 9, ink=WHITE if filled else INK, bold=True, middle=True)

    def finish(self, title: str, description: str) -> str:
        """Return the picture as SVG text, named for screen readers."""
        set_size(self._root, self._right + 12, self._bottom + 12)
        set_name(self._root, title, description)
        return written(self._root).decode()

    def _reach(self, x: float, y: float) -> None:
        self._right, self._bottom = max(self._right, x), max(self._bottom, y)


def line_height(size: float) -> float:
    """Return the distance between two lines of text."""
    return round(size * 1.3, 2)


def _surface(look: Look) -> dict[str, str]:
    line = {"stroke": look.line, "stroke-width": f"{look.width:g}", **_dashed(look.dash)}
    return {"fill": look.fill, **line}


def _strokes(box: Box) -> str:
    """Return the path of slanting strokes that fill a box and do not leave it."""
    wide, high = box.right - box.left, box.bottom - box.top
    ends = []
    across = _HATCH
    while across < wide + high:
        low, far = min(across, high), min(across, wide)
        start = f"M{box.left + across - low:g} {box.top + low:g}"
        ends.append(f"{start}L{box.left + far:g} {box.top + across - far:g}")
        across += _HATCH
    return "".join(ends)


def _dashed(dash: str | None) -> dict[str, str]:
    return {"stroke-dasharray": dash} if dash else {}


def _tip(corners: Sequence[Point]) -> str:
    """Return a triangle at the end of the last stretch that has a length."""
    stretches = [(a, b) for a, b in pairwise(corners) if a != b]
    (x1, y1), (x2, y2) = stretches[-1]
    length = abs(x2 - x1) + abs(y2 - y1)
    along, across = ((x2 - x1) / length, (y2 - y1) / length), _TIP * 0.5
    back = (x2 - along[0] * _TIP, y2 - along[1] * _TIP)
    sides = [(back[0] - along[1] * across, back[1] + along[0] * across)]
    sides += [(back[0] + along[1] * across, back[1] - along[0] * across)]
    return " ".join(f"{x:g},{y:g}" for x, y in ((x2, y2), *sides))
