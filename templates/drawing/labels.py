"""Place the words beside arrows: on the arrow itself, where no box is in the way. Geometry only, no styling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """An upright rectangle in the drawing's coordinates (y grows downwards)."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the shared area."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)


def box_of(points: Sequence[Point]) -> Box:
    """Return the smallest box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def best_place(corners: Sequence[Point], wide: float, high: float, taken: Iterable[Box]) -> Point:
    """Return the centre of a label of `wide` by `high` along the line through `corners`.

    Of the places tried, the one that covers least of `taken` wins, then the one on the longest stretch.
    """
    obstacles = list(taken)

    def badness(candidate: tuple[Point, float]) -> tuple[float, float]:
        (x, y), length = candidate
        label = Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        return round(sum(label.overlap(box) for box in obstacles), 1), -length

    return min(_places(corners, high), key=badness)[0]


def _places(corners: Sequence[Point], high: float) -> Iterator[tuple[Point, float]]:
    for (x1, y1), (x2, y2) in pairwise(corners):
        length = abs(x2 - x1) + abs(y2 - y1)
        level = abs(x2 - x1) > abs(y2 - y1)
        for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
            x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
            # A level line carries its word above or below it, an upright one is interrupted by it.
            for shift in (-high * 0.62, high * 0.62) if level else (0.0,):
                yield (x, y + shift), length
