"""Draw DOT text as SVG or PNG with the engine found: the bundled one first, an installed `dot` second.

Engines run as processes of their own with a time limit, so that none can crash or hang the program that asked.
"""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import sysconfig
import zlib
from pathlib import Path
from typing import Literal

import typst

from canvas.reading.text_gate import counted
from templates.architecture.svg import finish
from templates.drawing import fonts
from templates.drawing.apart import apart
from templates.errors import DiagramError
from templates.signature import MARK

TIMEOUT = 15
PIXELS_PER_INCH = 144

_PAGE = Path(__file__).parents[1] / "drawing" / "page.typ"
_MEND = (
    "Run `pip install graphviz-pure`, or install Graphviz from https://graphviz.org/download/. "
    "The DOT and Mermaid text need no engine."
)


def draw(dot: str, kind: Literal["svg", "png"], title: str = "") -> bytes:
    """Return the picture of DOT text. Raises `DiagramError` when no engine can lay it out.

    `title` names the picture for screen readers; without it the description in the DOT text has to do.
    """
    svg = finish(lay_out(dot), title or "Architecture")
    return svg if kind == "svg" else to_png(svg)


def engines() -> list[str]:
    """Return the programs that can lay out DOT text, best first."""
    suffix = sysconfig.get_config_var("EXE") or ""
    bundled = Path(sysconfig.get_path("scripts")) / f"graphviz-pure{suffix}"
    installed = shutil.which("dot")
    return [*([str(bundled)] if bundled.is_file() else []), *([installed] if installed else [])]


def to_png(svg: bytes) -> bytes:
    """Return a finished drawing as PNG with 144 pixels to the inch. Raises `DiagramError` when it cannot be set.

    What no font here draws is said below the picture.
    """
    picture = apart(svg)
    missing = fonts.missing_scripts("".join(text["text"] for text in picture["texts"]))
    page = {"picture": picture, "notices": [_not_drawn(script) for script in missing], "families": fonts.families()}
    try:
        compiler = typst.Compiler(
            _PAGE, root=_PAGE.parent, font_paths=fonts.typesetter_fonts(), sys_inputs={"data": json.dumps(page)}
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


def lay_out(dot: str) -> bytes:
    """Return the engine's own SVG of DOT text. Raises `DiagramError` when no engine can lay it out."""
    found = engines()
    if not found:
        raise DiagramError(f"The diagram could not be laid out: no Graphviz engine was found. {_MEND}")
    reasons = []
    for engine in found:
        try:
            return _run(engine, dot)
        except DiagramError as error:
            reasons.append(str(error))
    raise DiagramError(f"The diagram could not be laid out. {' '.join(reasons)} {_MEND}")


def _run(engine: str, dot: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the text goes in on standard input
            [engine, "-Tsvg"], input=dot.encode(), capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        raise DiagramError(f"{Path(engine).name} took longer than {TIMEOUT} s.") from None
    except OSError as error:
        raise DiagramError(f"{Path(engine).name} could not be started ({error.strerror}).") from None
    if done.returncode != 0 or not re.search(rb"<svg[\s>]", done.stdout):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise DiagramError(f"{Path(engine).name} failed: {said[-1] if said else 'it wrote no picture'}.")
    return done.stdout
