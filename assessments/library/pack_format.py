"""The format of packs: which one is read here, and which version of the tool reads a newer one.

A pack says its format in `pack.yaml` beside its folders; one without that file has the first. Every format that was
ever read stays readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from canvas.errors import FileProblems, Problem
from canvas.reading.read import read_model
from canvas.reading.types import Model

FILE = "pack.yaml"
# The second one lets practices and models leave by rules of omission.
FORMAT = 2


class PackHead(Model):
    """What a pack says of itself: the format of its files, and the version of this tool that they need."""

    format: Annotated[int, Field(ge=1, strict=True)]
    needs: Annotated[str, Field(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){0,3}$")] | None = None


def format_problems(folder: Path) -> Iterator[Problem]:
    """Yield why a pack cannot be read here as a whole: its head is broken, or its format is newer."""
    file = folder / FILE
    if not file.is_file():
        return
    try:
        source, head = read_model(file, PackHead)
    except FileProblems as error:
        yield from error.problems
        return
    if head.format > FORMAT:
        newer = f"version {head.needs} or later" if head.needs else "a newer version"
        what = f"this pack has format {head.format}, and read here is up to format {FORMAT}"
        yield source.problem(("format",), what, f"Use it with {newer} of this tool")
