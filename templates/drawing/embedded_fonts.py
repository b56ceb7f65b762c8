"""The fonts that a picture carries in itself, so that it looks the same in the app, in a browser and on paper.

Only what its text needs of each font: one weight axis, no others, and few letters that are not in it.
"""

from __future__ import annotations

import base64
import io
import logging
import threading
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from templates.drawing import fonts
from templates.drawing.svg import SVG

WEIGHTS = (400, 700)
# In the main font letters bring their neighbours along, so that most pictures share one cut: to make it takes a second.
_NEIGHBOURS = 0x80
_USUAL = " ·–●"
# Of many who want the same cut, one makes it.
_one_at_a_time = threading.Lock()


@lru_cache(64)
def with_fonts(svg: str) -> str:
    """Return a finished drawing with the fonts of its words in it: to be shown by itself, in the app or a browser.

    The same drawing gives the same bytes.
    """
    root = ElementTree.fromstring(svg.encode())  # noqa: S314 - our own
    faces = "".join(_faces("".join("".join(text.itertext()) for text in root.iter(f"{{{SVG}}}text"))))
    # Behind the name and the description, which come first.
    before, end, behind = svg.partition("</desc>")
    return f"{before}{end}<style>{faces}</style>{behind}"


def make_ready() -> None:
    """Cut what a picture with Latin words needs, so that the first one to be looked at does not wait for it."""
    tuple(_faces(""))


def _faces(text: str) -> Iterator[str]:
    for font in fonts.files():
        near = _with_neighbours(text + _USUAL) if font.family == fonts.MAIN_FAMILY else set(text)
        characters = "".join(sorted(char for char in near if fonts.font_of(char) == font))
        if characters:
            with _one_at_a_time:
                cut = _cut(font, characters)
            data = base64.b64encode(cut).decode()
            yield (
                f"@font-face{{font-family:'{font.family}';font-weight:{WEIGHTS[0]} {WEIGHTS[1]};"
                f"src:url(data:font/woff;base64,{data}) format('woff')}}"
            )


def _with_neighbours(text: str) -> set[str]:
    starts = {ord(char) // _NEIGHBOURS * _NEIGHBOURS for char in text}
    return {chr(start + place) for start in starts for place in range(_NEIGHBOURS)}


@lru_cache(64)
def _cut(font: fonts.FontFile, characters: str) -> bytes:
    """Return a font as WOFF with the glyphs of some characters, and what joins and stacks them."""
    # It warns of tables that it drops, which is what it is for.
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    options = subset.Options()
    options.hinting, options.notdef_outline = False, True
    loaded = TTFont(font.path, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(loaded)
    pinned = {axis.axisTag: axis.defaultValue for axis in loaded["fvar"].axes} if "fvar" in loaded else {}
    limits = {**pinned, "wght": WEIGHTS} if "wght" in pinned else pinned
    small = instancer.instantiateVariableFont(loaded, limits) if limits else loaded
    small.flavor = "woff"
    buffer = io.BytesIO()
    small.save(buffer)
    return buffer.getvalue()
