"""The shapes of the content that reads notes: sentences that speak of a practice, tool names, words of doubt.

Nothing is read or matched here; see `note_hints.py`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from canvas.method.credited import Credited
from canvas.method.note_signs import NoteExample, NoteSign, Pattern
from canvas.reading.types import Id, Model, NoteKind, PracticeValue, ShortText, Text


class NoteRule(NoteSign):
    """A sentence in a note that suggests an answer to some practices, and why it does.

    A note is read clause by clause, and the words must stand in one clause. A clause in doubt counts nowhere, one that
    denies something only for `none`.
    """

    id: Id
    practices: Annotated[tuple[Id, ...], Field(min_length=1)]
    value: PracticeValue
    because: Text
    kinds: tuple[NoteKind, ...] = ("fact",)
    examples: Annotated[tuple[NoteExample, ...], Field(min_length=2)]


class NoteRuleList(Credited):
    """Rules about one stretch of the life cycle."""

    id: Id
    title: ShortText
    rules: Annotated[tuple[NoteRule, ...], Field(min_length=1)]


class ToolName(Model):
    """What people call a tool besides its title, or a name that several tools share.

    With several tools the block of the note says which one is meant. An `everyday` word is a name only as it is written
    here, and in the block of the tool.
    """

    name: ShortText
    tools: Annotated[tuple[Id, ...], Field(min_length=1)]
    everyday: bool = False


class NoteReading(Credited):
    """How notes are read: what puts a clause in doubt or denies it, and how tools are called.

    `kinds` are the notes in which the name of a tool says that it is there.
    """

    kinds: Annotated[tuple[NoteKind, ...], Field(min_length=1)]
    doubts: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    denials: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    names: tuple[ToolName, ...]
    examples: Annotated[tuple[ClauseExample, ...], Field(min_length=2)]


class ClauseExample(Model):
    """A note in a block, with the tools that it names as being there: kept in the content, run by the tests."""

    block: Id
    text: Text
    tools: tuple[Id, ...] = ()


NoteReading.model_rebuild()
