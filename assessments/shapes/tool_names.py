"""The shapes of `content/tool-names.yaml`: how people call the tools of the catalog in a note, and words of doubt.

The file and the notes are read in `tools_in_notes.py`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from canvas.method.credited import Credited
from canvas.reading.patterns import Pattern
from canvas.reading.types import Id, Model, NoteKind, ShortText, Text


class ToolName(Model):
    """What people call a tool besides its title, or a name that several tools share.

    With several tools the block of the note says which one is meant. An `everyday` word is a name only as it is written
    here, and in the block of the tool.
    """

    name: ShortText
    tools: Annotated[tuple[Id, ...], Field(min_length=1)]
    everyday: bool = False


class NoteExample(Model):
    """A note in a block, with the tools that it names as being there: tried when content is checked."""

    block: Id
    text: Text
    tools: tuple[Id, ...] = ()


class ToolNameList(Credited):
    """How tools are called, and what puts a clause in doubt or denies it.

    `kinds` are the notes in which the name of a tool says that it is there.
    """

    kinds: Annotated[tuple[NoteKind, ...], Field(min_length=1)]
    doubts: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    denials: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    names: tuple[ToolName, ...]
    examples: Annotated[tuple[NoteExample, ...], Field(min_length=2)]
