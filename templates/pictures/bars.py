"""Lines of bars, each with what is sure, what open answers could add, and a target. Knows no model and no section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from templates.drawing import fonts
from templates.drawing.labels import Box
from templates.drawing.palette import INK, MUTED, OUTLINE, STRONG
from templates.drawing.primitives import Drawing, Look, line_height
from templates.pictures.legend import Sample, boxed, draw_legend, flag, flagged
from templates.pictures.picture import say

_LEFT, _TOP, _GAP = 8.0, 12.0, 12.0
_NAME, _BAR, _SAID = 142.0, 164.0, 164.0
_THICK, _BETWEEN = 15.0, 12.0
_SIZE = 11.0
_TICK = 4.0
_START = _LEFT + _NAME + _GAP
SURE = Look(fill=STRONG, line=STRONG, width=0.8, round=2)
OPEN = Look(line=STRONG, width=0.8, round=0, hatch=STRONG)
LEFT_OVER = Look(line=OUTLINE, width=0.8, round=2)
NOT_APPLICABLE = Look(line=OUTLINE, width=0.8, round=2, dash="4 3")


@dataclass(frozen=True)
class Bar:
    """One line: `sure`, `best`, `target` and `ticks` are shares of the whole, 0 to 1, and `sure` is at most `best`.

    `said` stands beside the bar. What does not apply has an empty bar with a broken edge.
    """

    title: str
    sure: float
    best: float
    said: str
    target: float | None = None
    ticks: tuple[float, ...] = ()
    applicable: bool = True


def draw_bars(bars: Sequence[Bar], title: str, description: str) -> str:
    """Return the bars below each other as SVG, with a legend of the looks that occur."""
    drawing = Drawing()
    top = _TOP
    for bar in bars:
        top = _line(drawing, bar, top) + _BETWEEN
    draw_legend(drawing, _LEFT, top + 4, _START + _BAR + _SAID, _entries(bars))
    return drawing.finish(title, description)


def _line(drawing: Drawing, bar: Bar, top: float) -> float:
    """Draw one line from `top` on and return where it ends."""
    name = fonts.wrap(bar.title, _SIZE, _NAME, bold=True)
    said = fonts.wrap(bar.said, _SIZE, _SAID)
    high = max(len(name), len(said), 1) * line_height(_SIZE) + 1
    middle = top + max(high, _THICK + _TICK) / 2
    for x, lines, bold in ((_LEFT, name, True), (_START + _BAR + _GAP, said, False)):
        start = middle - len(lines) * line_height(_SIZE) / 2 - 1
        drawing.words(x, start, lines, _SIZE, ink=INK if bold else MUTED, bold=bold)
    _bar(drawing, bar, Box(_START, middle - _THICK / 2, _START + _BAR, middle + _THICK / 2))
    return top + max(high, _THICK + _TICK)


def _bar(drawing: Drawing, bar: Bar, box: Box) -> None:
    drawing.box(box, LEFT_OVER if bar.applicable else NOT_APPLICABLE, f"{bar.title}: {bar.said}")
    sure, best = (box.left + _BAR * share for share in (bar.sure, bar.best))
    if best > sure:
        drawing.box(Box(sure, box.top, best, box.bottom), OPEN)
    if sure > box.left:
        drawing.box(Box(box.left, box.top, sure, box.bottom), SURE)
    for tick in bar.ticks:
        _tick(drawing, Box(box.left + _BAR * tick, box.bottom, box.right, box.bottom + _TICK))
    if bar.target is not None:
        flag(drawing, box.left + _BAR * bar.target, box)


def _tick(drawing: Drawing, box: Box) -> None:
    drawing.line((box.left, box.top), (box.left, box.bottom), INK, 1.2)


def _entries(bars: Sequence[Bar]) -> list[tuple[Sample, str]]:
    """Return the samples of what is drawn; "sure" always, so that an empty bar can be read too."""
    entries: list[tuple[Sample, str]] = [(boxed(SURE), say("sure"))]
    entries += [(boxed(OPEN), say("could-add"))] if any(bar.best > bar.sure for bar in bars) else []
    entries += [(boxed(LEFT_OVER), say("left-over"))] if any(bar.best < 1 and bar.applicable for bar in bars) else []
    entries += [(boxed(NOT_APPLICABLE), say("cell-not-applicable"))] if not all(bar.applicable for bar in bars) else []
    entries += [(flagged, say("target"))] if any(bar.target is not None for bar in bars) else []
    entries += [(_ticked, say("band-begins"))] if any(bar.ticks for bar in bars) else []
    return entries


def _ticked(drawing: Drawing, box: Box) -> None:
    drawing.box(Box(box.left, box.top - 2, box.right, box.bottom - _TICK), LEFT_OVER)
    middle = (box.left + box.right) / 2
    _tick(drawing, Box(middle, box.bottom - _TICK, middle, box.bottom))
