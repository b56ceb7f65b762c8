"""The roadmap along an axis of effort: phases below each other, a bar for each step, what it needs, what is reached.

Effort is no time: the axis adds up points of effort, and a day stands beside a target only where the team named one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from assessments.roadmap.phases import Goal, Phase, Roadmap, Step
from assessments.shapes.answers import within
from templates.drawing import fonts
from templates.drawing.labels import Box
from templates.drawing.palette import FINE, INK, MUTED, WHITE
from templates.drawing.primitives import PANEL, Drawing, Look, line_height
from templates.pictures.bars import OPEN, SURE
from templates.pictures.legend import Sample, boxed, draw_legend
from templates.pictures.picture import Picture, say, sentences

ID = "timeline"
# As many lines as a page holds in type that can be read; what is left over is counted below.
MOST_LINES = 44
_LEFT, _TOP, _GAP = 8.0, 8.0, 10.0
_NAME, _CHART, _NUMBER = 316.0, 226.0, 18.0
_START = _LEFT + _NAME + 2 * _GAP
_END = _START + _CHART + _NUMBER + _GAP
_SIZE, _HEAD = 10.5, 11.0
_PAD, _THICK = 4.0, 11.0
_WIDEST = 16.0
_DIAMOND = Look(fill=INK, line=WHITE, width=0.8)
_KNOT = Look(fill=INK, line=INK, width=0)


@dataclass(frozen=True)
class Line:
    """One line of the picture: a step with where its bar starts, a target that is reached, or the head of a phase.

    `start` and `end` are points of effort. Only a head is not drawn on the axis, and only it has no step and no goal.
    """

    text: str
    start: int
    end: int
    step: Step | None = None
    goal: Goal | None = None

    @property
    def is_head(self) -> bool:
        return self.step is None and self.goal is None


def timeline(found: Roadmap) -> Picture | None:
    """Return the phases of a roadmap along the effort they take, or None for a roadmap without steps."""
    if not found.phases:
        return None
    title = say("timeline-title")
    words = tuple(_in_words(found))
    return Picture(ID, title, _draw(found, title, words), words, filled=True, told=False)


def lines_of(found: Roadmap) -> list[Line]:
    """Return every line in the order of the picture."""
    lines = [_reached(goal, 0) for goal in found.goals if goal.named and goal.phase == 0]
    start = 0
    for phase in found.phases:
        lines.append(Line(_head(phase), start, start + phase.effort))
        efforts = accumulate((step.candidate.effort for step in phase.steps), initial=start)
        for step, begin in zip(phase.steps, efforts, strict=False):
            lines.append(Line(step.candidate.title, begin, begin + step.candidate.effort, step))
        start += phase.effort
        lines += [_reached(goal, start) for goal in found.goals if goal.named and goal.phase == phase.number]
    return lines


def _head(phase: Phase) -> str:
    return say("phase-head", number=phase.number, effort=phase.effort)


def _reached(goal: Goal, at: int) -> Line:
    return Line(_goal(goal), at, at, goal=goal)


def _goal(goal: Goal) -> str:
    by = say("goal-by", day=goal.by) if goal.by else ""
    if goal.phase is None:
        return say("goal-missed", model=goal.title, by=by)
    return say("goal-reached", model=goal.title, reaches=goal.reaches, by=by)


def _draw(found: Roadmap, title: str, words: tuple[str, ...]) -> str:
    lines = lines_of(found)
    shown = lines[:MOST_LINES]
    unit = min(_WIDEST, _CHART / max(line.end for line in shown))
    drawing = Drawing()
    rows = _rows(shown)
    for first, last in _groups(shown):
        drawing.box(Box(_LEFT, rows[first].top, _END, rows[last].bottom), PANEL)
    _axis(drawing, shown, rows, unit)
    for line, row in zip(shown, rows, strict=True):
        _line(drawing, line, row, unit)
    _needs(drawing, shown, rows, unit)
    bottom = rows[-1].bottom + 24
    for text in _left_over(found, lines[MOST_LINES:]):
        wrapped = fonts.wrap(text, _SIZE, _END - _LEFT)
        bottom = drawing.words(_LEFT, bottom, wrapped, _SIZE, ink=MUTED) + 4
    draw_legend(drawing, _LEFT, bottom + 2, _END - _LEFT, list(_entries(shown)))
    return drawing.finish(title, sentences(words))


def _rows(lines: Sequence[Line]) -> list[Box]:
    """Return the room of each line; a head keeps some distance from the phase above it."""
    rows: list[Box] = []
    top = _TOP
    for line in lines:
        top += 5 if line.is_head and rows else 0
        high = len(_wrapped(line)) * line_height(_HEAD if line.is_head else _SIZE) + _PAD
        rows.append(Box(_LEFT, top, _END, top + high))
        top += high
    return rows


def _wrapped(line: Line) -> list[str]:
    if line.is_head:
        return fonts.wrap(line.text, _HEAD, _NAME, bold=True)
    return fonts.wrap(line.text, _SIZE, _NAME, bold=line.goal is not None)


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each phase."""
    heads = [place for place, line in enumerate(lines) if line.is_head]
    yield from zip(heads, [*(head - 1 for head in heads[1:]), len(lines) - 1], strict=True)


def _line(drawing: Drawing, line: Line, row: Box, unit: float) -> None:
    size = _HEAD if line.is_head else _SIZE
    indent = 6 if line.is_head else 14
    bold = line.step is None
    drawing.words(row.left + indent, row.top + 1, _wrapped(line), size, ink=INK, bold=bold)
    middle, x = (row.top + row.bottom) / 2, _START + unit * line.end
    if line.step is not None:
        bar = Box(_START + unit * line.start, middle - _THICK / 2, x, middle + _THICK / 2)
        drawing.box(bar, _look(line.step), line.text)
        drawing.words(x + 4, middle - 7, [str(line.step.candidate.effort)], _SIZE, ink=MUTED)
    elif line.goal is not None:
        _diamond(drawing, x, middle)


def _look(step: Step) -> Look:
    return SURE if step.helps else OPEN


def _diamond(drawing: Drawing, x: float, y: float) -> None:
    drawing.area([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], _DIAMOND)


def _axis(drawing: Drawing, lines: Sequence[Line], rows: Sequence[Box], unit: float) -> None:
    """Draw the effort added up: a number below and a faint line up through the phases at every so many points."""
    whole, bottom = max(line.end for line in lines), rows[-1].bottom
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if whole / step <= 8)
    for points in range(0, whole + 1, every):
        x = _START + unit * points
        drawing.line((x, rows[0].top), (x, bottom + 3), FINE, 0.7)
        drawing.words(x, bottom + 4, [str(points)], 9, ink=MUTED, middle=True)
    drawing.words(_LEFT + 6, bottom + 4, [say("effort-so-far")], 9, ink=MUTED)


def _needs(drawing: Drawing, lines: Sequence[Line], rows: Sequence[Box], unit: float) -> None:
    """Lead from each step to those that it has to precede.

    All bars below start where it ends or later, so a line down from just before its end meets none of them.
    """
    places = {line.step.candidate.item: place for place, line in enumerate(lines) if line.step}
    for place, line in enumerate(lines):
        for earlier in line.step.candidate.prerequisites if line.step else ():
            if earlier in places:
                before = lines[places[earlier]]
                x = _START + unit * before.end - min(3.0, unit * (before.end - before.start) / 2)
                up = (rows[places[earlier]].top + rows[places[earlier]].bottom + _THICK) / 2
                middle, to = (rows[place].top + rows[place].bottom) / 2, _START + unit * line.start
                drawing.line((x, up), (x, middle), INK, 0.9)
                drawing.line((x, middle), (to, middle), INK, 0.9)
                drawing.dot(to, middle, 2.2, _KNOT)


def _left_over(found: Roadmap, hidden: Sequence[Line]) -> Iterator[str]:
    """Yield what the picture has no line for: steps beyond the last, and targets that nothing reaches."""
    steps = [line.step for line in hidden if line.step]
    if steps:
        effort = sum(step.candidate.effort for step in steps)
        yield say("timeline-more", number=len(steps), effort=effort, phase=found.phases[-1].number)
    yield from (_goal(goal) for goal in found.goals if goal.named and goal.phase is None)


def _entries(lines: Sequence[Line]) -> Iterator[tuple[Sample, str]]:
    steps = [line.step for line in lines if line.step]
    if any(step.helps for step in steps):
        yield boxed(SURE), say("step-helps")
    if not all(step.helps for step in steps):
        yield boxed(OPEN), say("step-opens")
    if any(step.candidate.prerequisites for step in steps):
        yield _knot, say("step-needs")
    if any(line.goal for line in lines):
        yield _middle_diamond, say("target")


def _knot(drawing: Drawing, box: Box) -> None:
    middle = (box.top + box.bottom) / 2
    drawing.line((box.left, middle), (box.right - 3, middle), INK, 0.9)
    drawing.dot(box.right - 3, middle, 2.2, _KNOT)


def _middle_diamond(drawing: Drawing, box: Box) -> None:
    _diamond(drawing, (box.left + box.right) / 2, (box.top + box.bottom) / 2)


def _in_words(found: Roadmap) -> Iterator[str]:
    for phase in found.phases:
        steps = "; ".join(_step_in_words(step, found.titles) for step in phase.steps)
        yield say("phase-in-words", head=_head(phase), steps=steps)
    for goal in found.goals:
        when = ""
        if goal.phase is not None:
            when = say("goal-in-phase", number=goal.phase) if goal.phase else say("goal-today")
        yield say("goal-in-words", goal=_goal(goal), when=when)


def _step_in_words(step: Step, titles: Mapping[str, str]) -> str:
    one = step.candidate
    needed = [titles[item] for item in one.prerequisites]
    after = say("step-after", items=", ".join(needed)) if needed else ""
    return say("planned-step", title=one.title, to=within(one.to), effort=one.effort, after=after)
