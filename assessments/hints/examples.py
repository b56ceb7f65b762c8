"""Check everything below a folder of judging content: each kind of file, links between them, and the examples inside.

The examples are the golden cases of models, and notes with the tools that they name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from typing import Any

from assessments.hints import hints
from assessments.hints.tools_in_notes import ToolFinder, read_names
from assessments.library import kinds
from assessments.library.load import load
from assessments.shapes.library import Library
from assessments.shapes.tool_names import ToolNameList
from canvas.errors import ContentError, Problem
from canvas.method.content import Content
from canvas.reading.read import Kind, Link, Reading, tried

MOST_LETTERS = 60


def notes_as_read(names: ToolNameList, content: Content) -> Iterator[Link]:
    """Yield each example of a note that names other tools than it expects, or stands in no block."""
    finder = ToolFinder(names, content)
    blocks = {block.id for canvas in content.canvases.values() for block in canvas.blocks}
    for index, example in enumerate(names.examples):
        text = shorten(example.text, MOST_LETTERS, placeholder="…")
        if example.block not in blocks:
            yield ("examples", index, "block"), f"'{example.block}' is no block of a canvas", "Use the id of a block"
        named = tuple(dict.fromkeys(tool for tool, _ in finder.tools(example.text, example.block)))
        if named != example.tools:
            what = f"the example '{text}' fails: it names {_said(named)}, expected {_said(example.tools)}"
            yield ("examples", index), what, "Mend the names, doubts and denials, or the expectation if that is wrong"


# The kinds of judging content with what tries the examples in them, some of which need the rules of this floor.
_TRIES = {kinds.TOOL_NAMES: notes_as_read}
KINDS: tuple[Kind[Any], ...] = tuple(
    replace(kind, examples=_TRIES.get(kind, kind.examples)) for kind in (*kinds.KINDS, kinds.EARLIER)
)


def check_folder(folder: Path, content: Content) -> tuple[Library, list[Problem]]:
    """Return the library below `folder`, and what is wrong in the files that are read beside it.

    Raises `ContentError` when there is no library to speak of.
    """
    library = load(folder, content)
    problems: list[Problem] = []
    try:
        hints.load(folder, content, library)
    except ContentError as error:
        problems += error.problems
    try:
        problems += tried(read_names(folder, content).files, KINDS, content)
    except ContentError as error:
        problems += error.problems
    evidence = Reading(folder)
    if not list(evidence.models(kinds.EVIDENCE)) and not evidence.problems:
        where = str(folder / kinds.EVIDENCE.pattern)
        evidence.problems.append(Problem(where, 0, "the file is missing", "Write for how many days evidence counts"))
    return library, [*problems, *evidence.problems]


def _said(tools: tuple[str, ...]) -> str:
    return ", ".join(tools) or "none"
