"""Lay out DOT text with the Graphviz engine found: the bundled one first, an installed `dot` second.

Engines run as processes of their own with a time limit, so that none can crash or hang the program that asked.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

from templates.errors import DiagramError

TIMEOUT = 15


_MEND = (
    "Run `pip install graphviz-pure`, or install Graphviz from https://graphviz.org/download/. "
    "The DOT and Mermaid text need no engine."
)


def engines() -> list[str]:
    """Return the programs that can lay out DOT text, best first."""
    suffix = sysconfig.get_config_var("EXE") or ""
    bundled = Path(sysconfig.get_path("scripts")) / f"graphviz-pure{suffix}"
    installed = shutil.which("dot")
    return [*([str(bundled)] if bundled.is_file() else []), *([installed] if installed else [])]


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
