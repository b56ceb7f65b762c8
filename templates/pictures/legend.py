"""What the looks of a picture mean: a sample of each with its words, in lines. Knows no picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from templates.drawing import fonts
from templates.drawing.labels import Box
from templates.drawing.palette import INK, MUTED, WHITE
from templates.drawing.primitives import Drawing, Look

Sample = Callable[[Drawing, Box], None]
_WIDE, _HIGH = 22.0, 12.0
_SIZE = 10.5
_SPACE, _LINE = 18.0, 20.0
_INK = Look(fill=INK, line=WHITE, width=1)


def draw_legend(drawing: Drawing, left: float, top: float, room: float, entries: Sequence[tuple[Sample, str]]) -> None:
    """Add samples with their words side by side from `left`, in as many lines as `room` needs."""
    x = left
    for sample, text in entries:
        wide = _WIDE + 6 + fonts.width(text, _SIZE)
        if x > left and x + wide > left + room:
            x, top = left, top + _LINE
        sample(drawing, Box(x, top, x + _WIDE, top + _HIGH))
        drawing.words(x + _WIDE + 6, top - 0.5, [text], _SIZE, ink=MUTED)
        x += wide + _SPACE


def boxed(look: Look) -> Sample:
    """Return the sample of a box."""
    return lambda drawing, box: drawing.box(box, look)


def lined(look: Look) -> Sample:
    """Return the sample of a line."""

    def sample(drawing: Drawing, box: Box) -> None:
        middle = (box.top + box.bottom) / 2
        drawing.line((box.left, middle), (box.right, middle), look.line, look.width, look.dash)

    return sample


def flagged(drawing: Drawing, box: Box) -> None:
    """Draw the sample of a target."""
    flag(drawing, (box.left + box.right) / 2, box)


def flag(drawing: Drawing, x: float, box: Box) -> None:
    """Mark a target at `x` across a bar: an upright line with a tip on top, edged in white to stand out on any look."""
    drawing.line((x, box.top - 2), (x, box.bottom + 3), WHITE, 4.5)
    drawing.line((x, box.top - 2), (x, box.bottom + 3), INK, 2)
    drawing.area([(x - 5, box.top - 6), (x + 5, box.top - 6), (x, box.top + 1)], _INK)
