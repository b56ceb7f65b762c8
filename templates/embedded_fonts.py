"""The fonts that a picture carries in itself, so that it looks the same in the app, in a browser and on paper.

Only what its text needs of each font: one weight axis, no others, and few letters that are not in it.
"""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Iterator
from functools import lru_cache

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from templates import fonts

WEIGHTS = (400, 700)
# In the main font letters bring their neighbours along, so that most pictures share one cut: to make it takes a second.
_NEIGHBOURS = 0x80
_USUAL = " ·"


def runs(text: str) -> list[tuple[str, str | None]]:
    """Return a line in parts, each with the family that prints it; None where no installed font does.

    Blanks, and signs that are only marks of how to write, go with what stands before them, at the start with the first.
    """
    found: list[tuple[str, str | None]] = []
    for char in text:
        font = fonts.font_of(char)
        family = font.family if font else None
        if found and (family == found[-1][1] or not fonts.is_drawn(char)):
            found[-1] = (found[-1][0] + char, found[-1][1])
        elif found and not any(map(fonts.is_drawn, found[-1][0])):
            found[-1] = (found[-1][0] + char, family)
        else:
            found.append((char, family))
    return found


def font_faces(text: str) -> str:
    """Return the CSS that brings the fonts of `text` along. The same text gives the same bytes."""
    return "".join(_faces(text))


def _faces(text: str) -> Iterator[str]:
    for font in fonts.files():
        near = _with_neighbours(text + _USUAL) if font.family == fonts.MAIN_FAMILY else set(text)
        characters = "".join(sorted(char for char in near if fonts.font_of(char) == font))
        if characters:
            data = base64.b64encode(_cut(font, characters)).decode()
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
