"""Draw the DOT text of an architecture as SVG or PNG."""

from __future__ import annotations

from typing import Literal

from canvas.method.colours import Theme
from templates.architecture.svg import finish
from templates.drawing.dark import in_dark
from templates.drawing.engine import lay_out
from templates.drawing.png import to_png


def draw(dot: str, kind: Literal["svg", "png"], title: str = "", theme: Theme = "light") -> bytes:
    """Return the picture of DOT text. Raises `DiagramError` when no engine can lay it out.

    `title` names the picture for screen readers; without it the description in the DOT text has to do.
    """
    svg = finish(lay_out(dot), title or "Architecture")
    if theme == "dark":
        svg = in_dark(svg.decode()).encode()
    return svg if kind == "svg" else to_png(svg, theme)
