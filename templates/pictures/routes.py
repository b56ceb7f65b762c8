"""Where the boxes of a picture in lanes stand, and how arrows run between them without crossing a box.

Lanes lie below each other; a way back leaves a box upwards, runs in the gap above its lane and, when its target is more
than one lane away, along the left margin. Geometry only, no styling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from templates.drawing.labels import Box, Point

LABEL = 84.0
_WIDE, _BETWEEN = 112.0, 18.0
_PAD = 12.0
_TRACK = 18.0
_MARGIN = 16.0
_STRAIGHT = 8.0


@dataclass(frozen=True)
class Loop:
    """A way back from one step to another, numbered from 1."""

    number: int
    title: str
    source: str
    target: str
    closed: bool


@dataclass(frozen=True)
class Lanes:
    """Boxes by id, the panels behind them with room for a label at their left, and the arrows of the flow.

    `ways` are the ways back by number, each with the place of its number.
    """

    boxes: dict[str, Box]
    panels: tuple[Box, ...]
    flow: tuple[tuple[Point, ...], ...]
    ways: dict[int, tuple[tuple[Point, ...], Point]]
    bottom: float


def lanes(groups: Sequence[Sequence[str]], loops: Sequence[Loop], high: float) -> Lanes:
    """Return the places of boxes `high` points high, lane by lane, with room between lanes for every arrow."""
    lane_of = {id_: number for number, group in enumerate(groups) for id_ in group}
    far = [loop for loop in loops if lane_of[loop.source] - lane_of[loop.target] > 1]
    left = _MARGIN * (len(far) + 1)
    tracks = _tracks(loops, lane_of, len(groups))
    boxes: dict[str, Box] = {}
    panels, gaps = [], []
    wide = LABEL + _PAD + max(map(len, groups)) * (_WIDE + _BETWEEN) - _BETWEEN
    y = 6.0
    for number, group in enumerate(groups):
        gaps.append(y)
        y += (len(tracks[number]) + (number > 0)) * _TRACK + (8 if tracks[number] or number else 0)
        panels.append(Box(left, y, left + wide, y + high + 2 * _PAD))
        for place, id_ in enumerate(group):
            x = left + LABEL + place * (_WIDE + _BETWEEN)
            boxes[id_] = Box(x, y + _PAD, x + _WIDE, y + _PAD + high)
        y += high + 2 * _PAD
    ways = _Ways(boxes, lane_of, tracks, gaps, far, loops)
    return Lanes(boxes, tuple(panels), tuple(_flow(groups, boxes, gaps, tracks)), ways.all(), y)


def _tracks(loops: Sequence[Loop], lane_of: dict[str, int], lanes_: int) -> list[list[tuple[int, str]]]:
    """Return for the gap above each lane which ways back run in it: by number, and whether they leave or arrive."""
    tracks: list[list[tuple[int, str]]] = [[] for _ in range(lanes_)]
    for loop in loops:
        source, target = lane_of[loop.source], lane_of[loop.target]
        tracks[source].append((loop.number, "leaves"))
        if source - target > 1:
            tracks[target + 1].append((loop.number, "arrives"))
    return tracks


def _flow(
    groups: Sequence[Sequence[str]], boxes: dict[str, Box], gaps: Sequence[float], tracks: Sequence[Sequence[object]]
) -> list[tuple[Point, ...]]:
    arrows: list[tuple[Point, ...]] = []
    for number, group in enumerate(groups):
        for id_, following in pairwise(group):
            box, other = boxes[id_], boxes[following]
            arrows.append(((box.right, _middle(box)), (other.left, _middle(other))))
        if number + 1 < len(groups):
            box, other = boxes[group[-1]], boxes[groups[number + 1][0]]
            y = gaps[number + 1] + (len(tracks[number + 1]) + 0.5) * _TRACK + 4
            start, end = (box.left + box.right) / 2, (other.left + other.right) / 2
            arrows.append(((start, box.bottom), (start, y), (end, y), (end, other.top)))
    return arrows


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


class _Ways:
    """The ways back. Each end of a way on one side of a box has a place of its own there."""

    def __init__(
        self,
        boxes: dict[str, Box],
        lane_of: dict[str, int],
        tracks: Sequence[Sequence[tuple[int, str]]],
        gaps: Sequence[float],
        far: Sequence[Loop],
        loops: Sequence[Loop],
    ) -> None:
        self._boxes, self._lane_of, self._tracks, self._gaps = boxes, lane_of, tracks, gaps
        self._far, self._loops = far, loops
        self._used: dict[tuple[str, str], list[int]] = {}
        for loop in loops:
            self._used.setdefault((loop.source, "top"), []).append(loop.number)
            self._used.setdefault((loop.target, self._side(loop)), []).append(-loop.number)

    def all(self) -> dict[int, tuple[tuple[Point, ...], Point]]:
        return {loop.number: self._way(loop) for loop in self._loops}

    def _side(self, loop: Loop) -> str:
        return "top" if self._lane_of[loop.source] == self._lane_of[loop.target] else "bottom"

    def _way(self, loop: Loop) -> tuple[tuple[Point, ...], Point]:
        side = self._side(loop)
        start, end = self._port(loop.source, "top", loop.number), self._port(loop.target, side, -loop.number)
        source, target = self._boxes[loop.source], self._boxes[loop.target]
        # Two ends that stand nearly above each other are joined by a straight line.
        end = start if abs(start - end) < _STRAIGHT else end
        y = self._track(self._lane_of[loop.source], (loop.number, "leaves"))
        first, last = (start, source.top), (end, target.top if side == "top" else target.bottom)
        if loop in self._far:
            x = _MARGIN * (self._far.index(loop) + 0.75)
            upper = self._track(self._lane_of[loop.target] + 1, (loop.number, "arrives"))
            corners = (first, (start, y), (x, y), (x, upper), (end, upper), last)
            return corners, (x, (y + upper) / 2)
        return (first, (start, y), (end, y), last), ((start + end) / 2, y)

    def _track(self, gap: int, way: tuple[int, str]) -> float:
        return self._gaps[gap] + (list(self._tracks[gap]).index(way) + 0.5) * _TRACK + 4

    def _port(self, id_: str, side: str, end: int) -> float:
        """Return where on a side an arrow starts or ends; the middle of the side is left to the flow."""
        used = self._used[id_, side]
        box = self._boxes[id_]
        share = (used.index(end) + 1) / (len(used) + 1)
        share = share if abs(share - 0.5) > 0.05 else 0.65
        return box.left + (box.right - box.left) * share
