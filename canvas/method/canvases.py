"""The shapes of canvases: their blocks with questions, examples and gates. The words are YAML, read by `load.py`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from canvas.method.conditions import Reason
from canvas.method.credited import Credited
from canvas.reading.types import Id, Model, NoteKind, ShortText, Text


class Group(Model):
    """A family of blocks that share a hue, one of those in `colours.yaml`, and a label on one edge of the drawing."""

    id: Id
    title: ShortText
    hue: Id
    edge: Literal["left", "right", "bottom"] | None = None


class Place(Model):
    """Where a block stands on the grid. Rows and columns count from 1; spans are at least 1."""

    column: Annotated[int, Field(ge=1)]
    columns: Annotated[int, Field(ge=1)] = 1
    row: Annotated[int, Field(ge=1)]
    rows: Annotated[int, Field(ge=1)] = 1


class Question(Model):
    """A guiding question, with a short hint on what a good answer names."""

    id: Id
    text: Text
    hint: Text | None = None


class ExampleNote(Model):
    """A note that shows what belongs into a block."""

    kind: NoteKind
    text: Text


class Gate(Model):
    """Whether a block is needed at all: the question, and when the answer is mandatory or recommended."""

    question: Text
    mandatory: tuple[Reason, ...] = ()
    recommended: tuple[Reason, ...] = ()
    otherwise: Text


class BlockDefinition(Credited):
    """One field of a canvas: what it is for, what to ask, and what a note in it looks like."""

    id: Id
    number: Annotated[int, Field(ge=0)]
    title: ShortText
    short: Annotated[str, Field(min_length=1, max_length=28)]
    group: Id
    phases: tuple[ShortText, ...] = ()
    purpose: Text
    opener: Text
    place: Place
    minutes: Annotated[int, Field(ge=1, le=60)]
    advanced: bool = False
    gate: Gate | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    examples: Annotated[tuple[ExampleNote, ...], Field(min_length=2)]
    outputs: tuple[ShortText, ...] = ()


class CanvasHead(Credited):
    """A canvas without its blocks, as `_canvas.yaml` holds it."""

    id: Id
    title: ShortText
    version: ShortText
    purpose: Text
    columns: Annotated[int, Field(ge=1, le=12)]
    rows: Annotated[int, Field(ge=1, le=60)]
    groups: tuple[Group, ...]


class CanvasDefinition(CanvasHead):
    """A canvas with its blocks in reading order."""

    blocks: tuple[BlockDefinition, ...]

    def block(self, block_id: str) -> BlockDefinition | None:
        return next((b for b in self.blocks if b.id == block_id), None)

    def group(self, group_id: str) -> Group:
        return next(g for g in self.groups if g.id == group_id)
