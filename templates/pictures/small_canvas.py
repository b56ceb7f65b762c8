"""A filled canvas so small that only its shape is seen: the blocks at their places, each note a slip of its kind.

It tells one workshop from another at a glance. Nobody reads it; how many notes there are is said beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from canvas.document.workshop import Note, Workshop
from canvas.method.canvases import CanvasDefinition
from templates.drawing.labels import Box
from templates.drawing.palette import COLOURS, PALETTE
from templates.drawing.primitives import Drawing, Look

_WIDE, _HIGH = 480.0, 270.0
_GAP, _ROOM = 4.0, 6.0
# As wide as a slip is, in parts of its height; the largest and the smallest height that are tried.
_SHAPE = 2.6
_LARGEST, _SMALLEST = 13.0, 3.0
_SLIPS = {
    kind: Look(fill=look.paper.light, line=look.rim.light, width=0.8, round=1.5) for kind, look in COLOURS.kinds.items()
}


def small_canvas(canvas: CanvasDefinition, workshop: Workshop) -> str:
    """Return the canvas of a workshop as SVG text, about 480 by 270 points."""
    drawing = Drawing()
    hues = {group.id: group.hue for group in canvas.groups}
    notes = workshop.canvases.get(canvas.id, {})
    for block in canvas.blocks:
        place, shade = block.place, PALETTE[hues[block.group]]
        column, row = _WIDE / canvas.columns, _HIGH / canvas.rows
        left, top = (place.column - 1) * column, (place.row - 1) * row
        box = Box(left + _GAP, top + _GAP, left + place.columns * column, top + place.rows * row)
        drawing.box(box, Look(fill=shade.tint, line=shade.edge, round=5), block.title)
        _slips(drawing, box, notes.get(block.id, ()))
    return drawing.finish(f"{canvas.title}: {workshop.title}", f"{sum(map(len, notes.values()))} notes")


def _slips(drawing: Drawing, block: Box, notes: Sequence[Note]) -> None:
    """Lay the notes of a block out in rows, as large as lets all of them in."""
    wide, high = block.right - block.left - 2 * _ROOM, block.bottom - block.top - 2 * _ROOM
    size = _LARGEST
    while size > _SMALLEST and _abreast(wide, size) * int(high / (size + _GAP / 2)) < len(notes):
        size -= 0.5
    step = size + _GAP / 2
    for index, note in enumerate(notes):
        row, column = divmod(index, _abreast(wide, size))
        left = block.left + _ROOM + column * (size * _SHAPE + _GAP / 2)
        top = block.top + _ROOM + row * step
        drawing.box(Box(left, top, left + size * _SHAPE, top + size), _SLIPS[note.kind])


def _abreast(wide: float, size: float) -> int:
    return max(int((wide + _GAP / 2) / (size * _SHAPE + _GAP / 2)), 1)
