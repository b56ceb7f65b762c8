"""The principles by asset: how much is done in each field of the matrix, from the answers that score its model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessments.shapes.library import Library
from assessments.shapes.result import CellResult, Result
from assessments.standing.score_all import score_all
from canvas.document.workshop import Workshop
from templates.drawing import fonts
from templates.drawing.labels import Box
from templates.drawing.palette import GREY, HALF, MUTED, OUTLINE, PALE, STRONG, WASH, WHITE
from templates.drawing.primitives import Drawing, Look
from templates.pictures.picture import Picture, picture_words, say, sentences

MODEL = "principles-matrix"
_LEFT, _TOP, _GAP = 128.0, 34.0, 6.0
_WIDE, _HIGH = 132.0, 44.0
# From nothing to everything: area and ink, each darker than the one before.
SHADES = (
    (0.0, Look(line=OUTLINE)),
    (0.25, Look(fill=WASH, line=OUTLINE)),
    (0.5, Look(fill=PALE, line=GREY)),
    (0.75, Look(fill=HALF, line=GREY)),
    (1.0, Look(fill=STRONG, line=STRONG, ink=WHITE)),
)
_NOT_APPLICABLE = Look(line=OUTLINE, dash="4 3", ink=MUTED)


def principles_matrix(picture_id: str, workshop: Workshop, library: Library) -> Picture:
    """Return the matrix of the model `principles-matrix`."""
    [result] = score_all(workshop, library, only=[MODEL])
    cells = {(cell.section, cell.column): cell for cell in result.cells}
    title = picture_words().titles[picture_id]
    words = tuple(_in_words(result, cells))
    return Picture(picture_id, title, _draw(result, cells, title, words), words, result.coverage > 0, told=False)


Cells = Mapping[tuple[str, str], CellResult]


def _draw(result: Result, cells: Cells, title: str, words: tuple[str, ...]) -> str:
    drawing = Drawing()
    for place, column in enumerate(result.columns):
        middle = _LEFT + place * (_WIDE + _GAP) + _WIDE / 2
        drawing.words(middle, _TOP - 20, [column.title], 10.5, bold=True, middle=True)
    for line, section in enumerate(result.sections):
        top = _TOP + line * (_HIGH + _GAP)
        drawing.words(8, top + _HIGH / 2 - 7, [section.title], 10.5, bold=True)
        for place, column in enumerate(result.columns):
            cell = cells.get((section.id, column.id))
            left = _LEFT + place * (_WIDE + _GAP)
            if cell is not None:
                _cell(drawing, Box(left, top, left + _WIDE, top + _HIGH), cell)
    bottom = _TOP + len(result.sections) * (_HIGH + _GAP) + 6
    drawing.words(8, bottom, fonts.wrap(say("matrix-legend"), 9, _LEFT + 3 * _WIDE), 9, ink=MUTED)
    return drawing.finish(title, sentences(words))


def _cell(drawing: Drawing, box: Box, cell: CellResult) -> None:
    look = _look(cell)
    drawing.box(box, look)
    middle = (box.left + box.right) / 2
    first, *more = _said(cell)
    drawing.words(middle, box.top + (8 if more else 15), [first], 11, ink=look.ink, bold=cell.applicable, middle=True)
    drawing.words(middle, box.top + 25, more, 9, ink=look.ink, middle=True)


def _look(cell: CellResult) -> Look:
    if not cell.applicable:
        return _NOT_APPLICABLE
    share = cell.lower / cell.maximum
    return [look for least, look in SHADES if share >= least][-1]


def _said(cell: CellResult) -> tuple[str, ...]:
    """Return what is sure of a field, and what is possible where that is more."""
    if not cell.applicable:
        return (say("cell-not-applicable"),)
    sure = say("cell", sure=f"{cell.lower:g}", whole=f"{cell.maximum:g}")
    return (sure, say("cell-more", best=f"{cell.upper:g}")) if cell.upper > cell.lower else (sure,)


def _in_words(result: Result, cells: Cells) -> Iterator[str]:
    for section in result.sections:
        said = [
            say("cell-in-words", column=column.title, cell=", ".join(_said(found)))
            for column in result.columns
            if (found := cells.get((section.id, column.id))) is not None
        ]
        yield say("matrix-in-words", row=section.title, cells="; ".join(said))
