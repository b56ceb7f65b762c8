"""A canvas as it is drawn: blocks with their place, hue and notes. One shape for the filled and the blank sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from canvas.advice.excluded import Omitted
from canvas.document.workshop import Note
from canvas.method.canvases import BlockDefinition, CanvasDefinition


@dataclass(frozen=True)
class SheetNote:
    """A note as printed."""

    kind: str
    text: str
    source: str | None
    votes: int


@dataclass(frozen=True)
class SheetQuestion:
    """A guiding question as printed on a blank sheet."""

    text: str
    hint: str | None


@dataclass(frozen=True)
class SheetBlock:
    """A block: where it stands on the grid (from 1), how many cells it takes, and what is in it.

    `absent` says why a rule takes it out of this workshop; notes that it holds all the same are printed.
    """

    id: str
    number: int
    title: str
    hue: str
    purpose: str
    opener: str
    column: int
    columns: int
    row: int
    rows: int
    questions: tuple[SheetQuestion, ...]
    notes: tuple[SheetNote, ...] = ()
    absent: str | None = None


@dataclass(frozen=True)
class SheetEdge:
    """The label of a group of blocks along one edge of the sheet."""

    title: str
    hue: str
    edge: str


@dataclass(frozen=True)
class Sheet:
    """A whole canvas. `stray` holds notes of blocks that the canvas does not have, so that none is lost."""

    id: str
    title: str
    columns: int
    rows: int
    attribution: str
    license: str
    edges: tuple[SheetEdge, ...]
    blocks: tuple[SheetBlock, ...]
    stray: Mapping[str, tuple[SheetNote, ...]] = field(default_factory=dict)


def sheet(
    canvas: CanvasDefinition,
    notes: Mapping[str, tuple[Note, ...]],
    left: Mapping[str, Omitted] = MappingProxyType({}),
) -> Sheet:
    """Return a canvas with its notes; with no notes it is the blank sheet. `left` is what rules take out, by id."""
    known = {block.id for block in canvas.blocks}
    edges = tuple(SheetEdge(g.title, g.hue, g.edge) for g in canvas.groups if g.edge)
    return Sheet(
        id=canvas.id,
        title=canvas.title,
        columns=canvas.columns,
        rows=canvas.rows,
        attribution=canvas.attribution,
        license=canvas.license,
        edges=edges,
        blocks=tuple(
            _block(block, canvas, notes.get(block.id, ()), left.get(f"{canvas.id}.{block.id}"))
            for block in canvas.blocks
        ),
        stray={block: _notes(strays) for block, strays in notes.items() if block not in known and strays},
    )


def _block(
    block: BlockDefinition, canvas: CanvasDefinition, notes: tuple[Note, ...], gone: Omitted | None
) -> SheetBlock:
    return SheetBlock(
        id=block.id,
        number=block.number,
        title=block.title,
        hue=canvas.group(block.group).hue,
        purpose=block.purpose,
        opener=block.opener,
        column=block.place.column,
        columns=block.place.columns,
        row=block.place.row,
        rows=block.place.rows,
        questions=tuple(SheetQuestion(question.text, question.hint) for question in block.questions),
        notes=_notes(notes),
        absent=gone.why if gone else None,
    )


def _notes(notes: tuple[Note, ...]) -> tuple[SheetNote, ...]:
    return tuple(SheetNote(note.kind, note.text, note.source, note.votes) for note in notes)
