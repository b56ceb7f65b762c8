"""The search behind `unlock.py`: pick one option for each item so that all targets are met at the least cost.

Knows nothing of practices or models. Points are whole numbers inside, which keeps the search quick.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.moves import Move

# (effort, number of moves, ids, how far each move goes), ids in rising order, sorts plans from smallest to largest.
# Of two plans the smaller stays the smaller whatever both are extended by, so the items may be taken in any order.
_Cost = tuple[int, int, tuple[str, ...], tuple[int, ...]]
_Plan = tuple[_Cost, tuple[Move, ...]]
# What each target has gained over its floor, and the pieces that are begun but not finished with their points so far.
_State = tuple[tuple[int, ...], tuple[tuple[int, int], ...]]


@dataclass(frozen=True)
class Target:
    """Points that the pieces of one target have to add up to: at least `amount`, or more when `strict`."""

    amount: Fraction
    strict: bool


@dataclass(frozen=True)
class Piece:
    """A part of the sum of `target`: the best of its members when `any`, otherwise the worst."""

    target: int
    any: bool


@dataclass(frozen=True)
class Option:
    """One answer to an item: what it gives to which pieces. Without a move it costs nothing."""

    reach: int
    move: Move | None
    points: tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True)
class Puzzle:
    """All of it. Each item has at least one option, the first of which leaves it as it is."""

    targets: Sequence[Target]
    pieces: Sequence[Piece]
    items: Mapping[str, Sequence[Option]]


def smallest(puzzle: Puzzle) -> tuple[Move, ...] | None:
    """Return the cheapest moves that meet all targets, sorted by item, or None when nothing does."""
    return _Search(puzzle).run()


# An option with its points in whole numbers, by piece.
_Valued = tuple[Option, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class _Member:
    """An item that can move, as part of a piece: the step it is answered at, the least and the most it gives."""

    step: int
    least: int
    most: int


class _Search:
    """Dynamic programming over the items: for every state that can be reached only the cheapest plan is kept.

    A state that cannot meet its targets even with the best of everything to come is dropped, which is what keeps
    gates, where nearly every answer is forced, from branching.
    """

    def __init__(self, puzzle: Puzzle) -> None:
        self._pieces = puzzle.pieces
        unit = _unit(puzzle)
        values = {item: [(o, _whole(o.points, unit)) for o in options] for item, options in puzzle.items.items()}
        self._fixed = self._points_of(options for options in values.values() if len(options) == 1)
        movable = {item: options for item, options in values.items() if len(options) > 1}
        self._steps = [movable[item] for item in _narrow_order(_partners(movable))]
        self._members = self._members_of_pieces()
        self._floor = [self._joined(piece, at_best=False) for piece in range(len(puzzle.pieces))]
        self._missing = [self._deficit(number, target, unit) for number, target in enumerate(puzzle.targets)]
        self._future = self._gains_to_come()

    def run(self) -> tuple[Move, ...] | None:
        """Return the cheapest plan, or None."""
        start: _State = ((0,) * len(self._missing), ())
        states: dict[_State, _Plan] = {start: ((0, 0, (), ()), ())} if self._hopeful(start, 0) else {}
        for step, options in enumerate(self._steps):
            following: dict[_State, _Plan] = {}
            for state, plan in states.items():
                for option, points in options:
                    after = self._answer(state, step, points)
                    longer = _extend(plan, option)
                    if (after not in following or longer[0] < following[after][0]) and self._hopeful(after, step + 1):
                        following[after] = longer
            states = following
        return min(states.values(), key=lambda plan: plan[0])[1] if states else None

    def _points_of(self, settled: Iterable[Sequence[_Valued]]) -> list[list[int]]:
        """Return, by piece, what the items give to it that have nothing to choose."""
        points: list[list[int]] = [[] for _ in self._pieces]
        for options in settled:
            for piece, value in options[0][1]:
                points[piece].append(value)
        return points

    def _members_of_pieces(self) -> list[list[_Member]]:
        """Return, by piece, the items that can move it, in the order in which they are answered."""
        members: list[list[_Member]] = [[] for _ in self._pieces]
        for step, options in enumerate(self._steps):
            # Every option of an item names the same pieces in the same order; an item may be in a piece twice.
            for parts in zip(*(given for _, given in options), strict=True):
                worths = [part[1] for part in parts]
                members[parts[0][0]].append(_Member(step, min(worths), max(worths)))
        return members

    def _answer(self, state: _State, step: int, points: Sequence[tuple[int, int]]) -> _State:
        """Return the state after one item is answered; finished pieces go into the sums."""
        gains, begun = list(state[0]), dict(state[1])
        for piece, value in points:
            known = [begun[piece]] if piece in begun else self._fixed[piece]
            begun[piece] = self._combine(piece, [*known, value])
        for piece, _ in points:
            if piece in begun and self._members[piece][-1].step == step:
                target = self._pieces[piece].target
                gained = gains[target] + begun.pop(piece) - self._floor[piece]
                # All that is enough counts as the same, so that such states fall together.
                gains[target] = min(gained, self._missing[target])
        return tuple(gains), tuple(sorted(begun.items()))

    def _hopeful(self, state: _State, step: int) -> bool:
        hope = [gained + later for gained, later in zip(state[0], self._future[step], strict=True)]
        for piece, value in state[1]:
            best = self._combine(piece, [value, *(m.most for m in self._members[piece] if m.step >= step)])
            hope[self._pieces[piece].target] += best - self._floor[piece]
        return all(hoped >= missing for hoped, missing in zip(hope, self._missing, strict=True))

    def _gains_to_come(self) -> list[list[int]]:
        """Return, by step and target, the most that the pieces can gain which begin at that step or later."""
        gains = [[0] * len(self._missing) for _ in range(len(self._steps) + 1)]
        for piece, members in enumerate(self._members):
            gain = self._joined(piece, at_best=True) - self._floor[piece]
            for step in range(members[0].step + 1 if members else 0):
                gains[step][self._pieces[piece].target] += gain
        return gains

    def _joined(self, piece: int, at_best: bool) -> int:
        """Return what a piece is worth when all its members turn out worst, or best."""
        points = [member.most if at_best else member.least for member in self._members[piece]]
        return self._combine(piece, [*self._fixed[piece], *points])

    def _deficit(self, number: int, target: Target, unit: int) -> int:
        amount = target.amount * unit
        wanted = math.floor(amount) + 1 if target.strict else math.ceil(amount)
        floor = sum(f for piece, f in zip(self._pieces, self._floor, strict=True) if piece.target == number)
        return max(0, wanted - floor)

    def _combine(self, piece: int, points: Iterable[int]) -> int:
        return max(points) if self._pieces[piece].any else min(points)


def _unit(puzzle: Puzzle) -> int:
    """Return the number that makes all points whole when they are multiplied by it."""
    options = (option for options in puzzle.items.values() for option in options)
    return math.lcm(*(points.denominator for option in options for _, points in option.points))


def _whole(points: Sequence[tuple[int, Fraction]], unit: int) -> list[tuple[int, int]]:
    return [(piece, int(value * unit)) for piece, value in points]


def _extend(plan: _Plan, option: Option) -> _Plan:
    move = option.move
    if move is None:
        return plan
    (effort, count, ids, reaches), moves = plan
    at = bisect(ids, move.item)
    ids, reaches = (*ids[:at], move.item, *ids[at:]), (*reaches[:at], option.reach, *reaches[at:])
    return (effort + move.effort, count + 1, ids, reaches), (*moves[:at], move, *moves[at:])


def _partners(items: Mapping[str, Sequence[_Valued]]) -> dict[str, set[str]]:
    """Return, by item, the other items that have a piece in common with it."""
    sharing: dict[int, set[str]] = {}
    for item, options in items.items():
        for piece, _ in options[0][1]:
            sharing.setdefault(piece, set()).add(item)
    partners = {item: set[str]() for item in items}
    for together in sharing.values():
        for item in together:
            partners[item] |= together - {item}
    return partners


def _narrow_order(partners: Mapping[str, set[str]]) -> list[str]:
    """Return the items so that few of them ever wait for a partner; the states to keep multiply by each that waits.

    Greedy: next comes the item after which the fewest wait, of those the one with most partners, then the first id.
    """
    order: list[str] = []
    waiting: list[str] = []
    left = set(partners)
    while left:
        costs = [
            (sum(bool(partners[one] & left - {item}) for one in (*waiting, item)), -len(partners[item]), item)
            for item in left
        ]
        following = min(costs)[2]
        left.remove(following)
        order.append(following)
        waiting = [one for one in (*waiting, following) if partners[one] & left]
    return order
