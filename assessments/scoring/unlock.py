"""Find the smallest set of moves that meets every need. Exact, not greedy.

Smallest means least effort, then fewest moves, then the ids that sort first. Which needs make a level, and what a move
takes, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from assessments.scoring.criteria import span, worth
from assessments.scoring.least_cost import Option, Piece, Puzzle, Target, smallest
from assessments.scoring.moves import Move
from assessments.scoring.sections import Need, Statement
from assessments.shapes.model import ModelDefinition


def smallest_moves(
    model: ModelDefinition, needs: Sequence[Need], moves: Mapping[str, Sequence[Move]]
) -> tuple[Move, ...] | None:
    """Return the smallest set of moves that meets all needs, sorted by item; None when no set does.

    `moves` offers the alternatives for each item, nearest first; an item without an offer stays as it is.
    """
    found: list[Move] = []
    for together in _sharing_items(needs):
        chosen = smallest(_puzzle(model, together, moves))
        if chosen is None:
            return None
        found.extend(chosen)
    return tuple(sorted(found, key=lambda move: move.item))


def _sharing_items(needs: Sequence[Need]) -> Iterator[list[Need]]:
    """Yield the needs in parts that have no item in common, so that each part can be solved by itself."""
    parts: list[tuple[set[str], list[Need]]] = []
    for need in needs:
        items = {member.definition.item for statement in need.statements for member in statement.applicable}
        touching = [part for part in parts if part[0] & items]
        parts = [part for part in parts if not part[0] & items]
        shared = items.union(*(part[0] for part in touching))
        parts.append((shared, [*(n for part in touching for n in part[1]), need]))
    return (part for _, part in parts)


def _puzzle(model: ModelDefinition, needs: Sequence[Need], moves: Mapping[str, Sequence[Move]]) -> Puzzle:
    pieces: list[Piece] = []
    members: dict[str, list[tuple[int, list[Fraction]]]] = {}
    for number, need in enumerate(needs):
        for statement in need.statements:
            if statement.applicable:
                _add_members(members, len(pieces), statement, model, moves)
                pieces.append(Piece(number, statement.any))
    targets = [Target(need.goal.amount, need.goal.strict) for need in needs]
    items = {item: list(_options(item, asked, moves)) for item, asked in sorted(members.items())}
    return Puzzle(targets, pieces, items)


def _add_members(
    members: dict[str, list[tuple[int, list[Fraction]]]],
    piece: int,
    statement: Statement,
    model: ModelDefinition,
    moves: Mapping[str, Sequence[Move]],
) -> None:
    """Note, for each item of a statement, what its present answer and each of its moves are worth there."""
    for member in statement.applicable:
        item, least = member.definition.item, span(model, member.definition)[0]
        points = [worth(model, member.definition, move.to) for move in moves.get(item, ())]
        members.setdefault(item, []).append((piece, [member.lower, *(least if p is None else p for p in points)]))


def _options(
    item: str, asked: Sequence[tuple[int, list[Fraction]]], moves: Mapping[str, Sequence[Move]]
) -> Iterator[Option]:
    """Yield the answers of one item that differ in worth; of those that are worth the same, the nearest."""
    seen: set[tuple[Fraction, ...]] = set()
    for reach, move in enumerate((None, *moves.get(item, ()))):
        points = tuple(points[reach] for _, points in asked)
        if points not in seen:
            seen.add(points)
            yield Option(reach, move, tuple(zip((piece for piece, _ in asked), points, strict=True)))
