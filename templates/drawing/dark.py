"""A drawing for a dark page: the same marks, each colour as `colours.yaml` has it in the dark. Lays nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from canvas.method.colours import Colour, Palette
from templates.drawing.palette import COLOURS

_USED = re.compile(r'(?<=")(#[0-9A-Fa-f]{6}|white|black)(?=")')
_NAMED = {"white": "#FFFFFF", "black": "#000000"}
# A tool's own colour has to stand out from the page as much as anything that is no text, 3:1, and gets lighter for it.
_STANDS_OUT = 3.0


def in_dark(svg: str) -> str:
    """Return an SVG of ours in the colours of the dark. What prints and downloads stays as it was drawn."""
    return _USED.sub(lambda found: _dark(_NAMED.get(found[0], found[0]).upper()), svg)


@cache
def _dark(light: str) -> str:
    return _known().get(light) or _lighter(light)


@cache
def _known() -> dict[str, str]:
    """Return the colour of the dark for each of the light. The page's own white comes before others that are white."""
    found: dict[str, str] = {}
    for light, dark in _pairs():
        found.setdefault(light.upper(), dark.upper())
    return found


def _pairs() -> Iterator[tuple[str, str]]:
    shared = COLOURS.shared
    # Grey is made for white words on it; pictures write with it too, and draw lines.
    yield shared.grey.light, shared.faint.on("dark")
    yield from _with_dark(shared)
    for look in COLOURS.hues.values():
        # White words stand on a chip, and are dark on a dark page: there a chip is as light as the words beside it.
        yield look.strong.light, look.title.on("dark")
        yield from _with_dark(look)
    for kind in COLOURS.kinds.values():
        yield from _with_dark(kind)


def _with_dark(palette: Palette) -> Iterator[tuple[str, str]]:
    """Yield the colours that differ in the dark; one of print alone must not stand in for another of the same light."""
    return ((colour.light, colour.dark) for colour in _colours(palette) if colour.dark)


def _colours(palette: Palette) -> Iterator[Colour]:
    return (getattr(palette, name) for name in type(palette).model_fields)


def _lighter(colour: str) -> str:
    """Return a colour mixed with as much white as it takes to stand out from the dark page."""
    page = _luminance(COLOURS.shared.page.on("dark"))
    for share in range(0, 11):
        mixed = "".join(f"{round(part + (255 - part) * share / 10):02X}" for part in _parts(colour))
        if (_luminance(f"#{mixed}") + 0.05) / (page + 0.05) >= _STANDS_OUT:
            return f"#{mixed}"
    return COLOURS.shared.ink.on("dark")


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2, from 0 to 1."""
    linear = [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
