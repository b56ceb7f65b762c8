"""A finished drawing as PNG, set by the typesetter of the reports."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import typst

from canvas.method.colours import Theme
from canvas.reading.text_gate import counted
from templates.drawing import fonts
from templates.drawing.apart import apart
from templates.drawing.palette import COLOURS
from templates.errors import DiagramError
from templates.signature import MARK

PIXELS_PER_INCH = 144


_PAGE = Path(__file__).with_name("page.typ")


def to_png(svg: bytes, theme: Theme = "light") -> bytes:
    """Return a finished drawing as PNG with 144 pixels to the inch. Raises `DiagramError` when it cannot be set.

    What no font here draws is said below the picture, in the colours of `theme`, which are those of the drawing.
    """
    picture = apart(svg)
    missing = fonts.missing_scripts("".join(text["text"] for text in picture["texts"]))
    notices = [_not_drawn(script) for script in missing]
    colours = COLOURS.shared.on(theme)
    page = {"picture": picture, "notices": notices, "families": fonts.families(), "muted": colours["muted"]}
    try:
        data = json.dumps(page | {"ground": colours["page"]})
        compiler = typst.Compiler(
            _PAGE, root=_PAGE.parent, font_paths=fonts.typesetter_fonts(), sys_inputs={"data": data}
        )
        png = compiler.compile(format="png", ppi=PIXELS_PER_INCH)
    except typst.TypstError as error:
        raise DiagramError(f"The diagram could not be turned into a PNG: {error.message}. Take the SVG.") from None
    assert isinstance(png, bytes)
    return _marked(png)


def _marked(png: bytes) -> bytes:
    """Return a PNG that says who wrote it, before the twelve bytes of its end."""
    said = b"tEXtSoftware\0" + MARK.encode()
    return png[:-12] + struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said)) + png[-12:]


def _not_drawn(script: fonts.MissingScript) -> str:
    signs = counted(len(script.characters), "character")
    return f"Not drawn here, because this machine has no font for it: {signs} of {script.name} ({script.install})."
