"""The search for the smallest set of moves against trying out every set there is, however the pieces share items."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.least_cost import Option, Piece, Puzzle, Target, smallest
from assessments.scoring.moves import Move

ITEMS = "fbdace"
POINTS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])


@st.composite
def puzzles(draw: st.DrawFn) -> Puzzle:
    targets = [
        Target(draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(4, 3), Fraction(2)])), draw(st.booleans()))
        for _ in range(draw(st.integers(1, 2)))
    ]
    pieces = [
        Piece(draw(st.integers(0, len(targets) - 1)), draw(st.booleans())) for _ in range(draw(st.integers(1, 5)))
    ]
    # Every piece needs a member, and an item may be in several pieces, or twice in one.
    touched = {item: draw(st.lists(st.integers(0, len(pieces) - 1), max_size=4)) for item in ITEMS}
    for piece in range(len(pieces)):
        touched[draw(st.sampled_from(ITEMS))].append(piece)
    return Puzzle(targets, pieces, {item: draw(options(item, touched[item])) for item in ITEMS})


@st.composite
def options(draw: st.DrawFn, item: str, touched: list[int]) -> list[Option]:
    found = []
    for reach in range(draw(st.integers(1, 3))):
        points = tuple((piece, draw(POINTS)) for piece in touched)
        found.append(Option(reach, Move(item, reach, draw(st.integers(1, 3))) if reach else None, points))
    return found


def met(puzzle: Puzzle, chosen: tuple[Option, ...]) -> bool:
    worth = []
    for number, piece in enumerate(puzzle.pieces):
        points = [value for option in chosen for touched, value in option.points if touched == number]
        worth.append((piece.target, max(points) if piece.any else min(points)))
    sums = [sum((value for target, value in worth if target == n), Fraction(0)) for n in range(len(puzzle.targets))]
    goals = zip(sums, puzzle.targets, strict=True)
    return all(total > goal.amount if goal.strict else total >= goal.amount for total, goal in goals)


def cost(chosen: tuple[Option, ...]) -> tuple[int, int, list[str], list[int]]:
    moved = sorted((option.move.item, option.reach, option.move.effort) for option in chosen if option.move)
    return (
        sum(effort for *_, effort in moved),
        len(moved),
        [item for item, *_ in moved],
        [reach for _, reach, _ in moved],
    )


@settings(max_examples=300, deadline=None)
@given(puzzles())
def test_no_set_of_moves_is_smaller(puzzle: Puzzle) -> None:
    ways = [way for way in product(*puzzle.items.values()) if met(puzzle, way)]
    found = smallest(puzzle)
    if not ways:
        assert found is None
        return
    best = min(ways, key=cost)
    assert found == tuple(sorted((option.move for option in best if option.move), key=lambda move: move.item))
