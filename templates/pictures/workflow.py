"""The workflow from end to end: its steps in lanes, each marked by how it is done, and the ways back between them.

Steps, lanes and ways back are the rows of two tables; where a way back leads is in `pictures.yaml`. Where the arrows
run is worked out in `routes.py`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from canvas.advice.excluded import omitted
from canvas.document.workshop import Workshop
from canvas.method.content import Content
from canvas.method.tables import RowDefinition, TableDefinition
from templates.drawing import fonts
from templates.drawing.labels import Box
from templates.drawing.palette import GREY, INK, MUTED, OUTLINE, PALE, STRONG, WHITE
from templates.drawing.primitives import PANEL, Drawing, Look, line_height
from templates.pictures.picture import Picture, picture_words, say, sentences
from templates.pictures.routes import LABEL, Lanes, Loop, lanes

STEPS, LOOPS = "end-to-end", "feedback-loops"
_TITLE, _STATE = 11.0, 9.5
_ROOM = 100.0
LOOKS: Mapping[str, Look] = {
    "automated": Look(fill=STRONG, line=STRONG, ink=WHITE),
    "scripted": Look(fill=PALE, line=GREY),
    "manual": Look(line=INK),
}
NOT_DONE = Look(line=OUTLINE, dash="4 3", ink=MUTED)
_OPEN, _CLOSED = OUTLINE, INK


@dataclass(frozen=True)
class _Step:
    """A step with how it is done: the id of the answer, and the answer in words."""

    row: RowDefinition
    how: str
    state: str


def workflow(picture_id: str, workshop: Workshop, content: Content) -> Picture:
    """Return the picture of the workflow table and of the table of its feedback loops, without what does not apply."""
    left = omitted(workshop, content)
    asked = [row for row in content.tables[STEPS].rows if f"{STEPS}.{row.id}" not in left]
    steps = [_step(row, content.tables[STEPS], workshop) for row in asked]
    loops = list(_loops(workshop, content, {row.id for row in asked}, left))
    title = picture_words().titles[picture_id]
    words = tuple(_in_words(steps, loops))
    filled = any(workshop.tables.get(table) for table in (STEPS, LOOPS))
    return Picture(picture_id, title, _draw(steps, loops, title, words), words, filled)


def _step(row: RowDefinition, table: TableDefinition, workshop: Workshop) -> _Step:
    column = next(column for column in table.columns if column.id == table.done_by)
    written = workshop.row(table.id, row.id)
    value = written.cells.get(column.id) if written else None
    return _Step(row, str(value or ""), say("not-said") if value is None else column.printed(value))


def _loops(workshop: Workshop, content: Content, steps: Container[str], left: Container[str]) -> Iterator[Loop]:
    """Yield the ways back that apply. One that starts or ends where there is no step leads from or to none."""
    table, number = content.tables[LOOPS], 0
    for row, ends in picture_words().loops.items():
        known, written = table.row(row), workshop.row(LOOPS, row)
        if known is not None and f"{LOOPS}.{row}" not in left and all(end in steps for end in ends):
            number += 1
            yield Loop(number, known.title, *ends, closed=bool(written and written.cells.get(table.done_by)))


def _draw(steps: list[_Step], loops: list[Loop], title: str, words: tuple[str, ...]) -> str:
    drawing = Drawing()
    groups = [[step.row.id for step in group] for _, group in groupby(steps, key=lambda step: step.row.group)]
    place = lanes(groups, loops, max(_height(step) for step in steps))
    for panel, group in zip(place.panels, groups, strict=True):
        lane = next(step.row.group for step in steps if step.row.id == group[0]) or ""
        drawing.box(panel, PANEL)
        lines = fonts.wrap(lane, 11, LABEL - 12, bold=True)
        drawing.words(panel.left + 10, (panel.top + panel.bottom) / 2 - 8 * len(lines), lines, 11, ink=MUTED, bold=True)
    for corners in place.flow:
        drawing.arrow(corners)
    for step in steps:
        _box(drawing, place.boxes[step.row.id], step)
    _ways_back(drawing, place, loops)
    if loops:
        _legend(drawing, loops, place.bottom + 14)
    return drawing.finish(title, sentences(words))


def _height(step: _Step) -> float:
    lines = len(fonts.wrap(step.row.title, _TITLE, _ROOM, bold=True))
    return lines * line_height(_TITLE) + line_height(_STATE) + 18


def _box(drawing: Drawing, box: Box, step: _Step) -> None:
    look = LOOKS.get(step.how, NOT_DONE)
    drawing.box(box, look, f"{step.row.title}: {step.state}")
    middle = (box.left + box.right) / 2
    lines = fonts.wrap(step.row.title, _TITLE, _ROOM, bold=True)
    spare = (box.bottom - box.top - len(lines) * line_height(_TITLE) - line_height(_STATE)) / 2
    y = drawing.words(middle, box.top + spare, lines, _TITLE, ink=look.ink, bold=True, middle=True)
    drawing.words(middle, y + 1, [step.state], _STATE, ink=look.ink, middle=True)


def _ways_back(drawing: Drawing, place: Lanes, loops: list[Loop]) -> None:
    for loop in loops:
        corners, badge = place.ways[loop.number]
        drawing.arrow(corners, _CLOSED if loop.closed else _OPEN, "6 4" if loop.closed else "2 4")
        drawing.badge(*badge, str(loop.number), filled=loop.closed)


def _legend(drawing: Drawing, loops: list[Loop], y: float) -> None:
    drawing.words(28, y, [say("loops")], 10, bold=True)
    for loop in loops:
        y += 20
        drawing.badge(36, y + 6, str(loop.number), filled=loop.closed)
        drawing.words(52, y, [say("loop-line", loop=loop.title, state=_state(loop))], 9.5, ink=MUTED)


def _state(loop: Loop) -> str:
    return say("loop-closed") if loop.closed else say("loop-open")


def _in_words(steps: list[_Step], loops: list[Loop]) -> Iterator[str]:
    for lane, group in groupby(steps, key=lambda step: step.row.group):
        said = [say("step-in-words", step=step.row.title, state=step.state) for step in group]
        yield say("lane-in-words", lane=lane, steps=", ".join(said))
    for loop in loops:
        yield say("loop-in-words", number=loop.number, loop=loop.title, state=_state(loop))
