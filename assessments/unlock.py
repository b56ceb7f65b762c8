"""Find the smallest set of moves that lifts every section to what it needs. Exact, not greedy.

Smallest means least effort, then fewest moves, then the ids that sort first. Which needs make a level, and what a move
takes, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.criteria import span, worth
from assessments.definitions import CriterionDefinition, ModelDefinition
from assessments.moves import Move
from assessments.sections import Goal, Section, Statement
from assessments.sheet import Entry

# (effort, number of moves, ids, how far each move goes) sorts plans from smallest to largest; moves tag along.
_Key = tuple[int, int, tuple[str, ...], tuple[int, ...]]
_Plan = tuple[_Key, tuple[Move, ...]]
# Points gathered in each section, and what each statement that is begun but not finished is worth so far.
_State = tuple[tuple[Fraction, ...], tuple[Fraction | None, ...]]


def smallest_moves(
    model: ModelDefinition,
    sections: Sequence[Section],
    needs: Mapping[str, Goal],
    moves: Mapping[str, Sequence[Move]],
) -> tuple[Move, ...] | None:
    """Return the smallest set of moves that meets all needs, sorted by item; None when no set does.

    `moves` offers the alternatives for each item, nearest first; an item without an offer stays as it is.
    """
    wanted = [section for section in sections if section.id in needs]
    found: list[Move] = []
    for together in _sharing_items(wanted):
        plan = _Search(model, together, needs, moves).run()
        if plan is None:
            return None
        found.extend(plan)
    return tuple(sorted(found, key=lambda move: move.item))


def _sharing_items(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Yield the sections in parts that have no item in common, so that each part can be solved by itself."""
    parts: list[tuple[set[str], list[Section]]] = []
    for section in sections:
        items = {member.definition.item for statement in section.statements for member in statement.applicable}
        touching = [part for part in parts if part[0] & items]
        parts = [part for part in parts if not part[0] & items]
        shared = items.union(*(part[0] for part in touching))
        parts.append((shared, [*(s for part in touching for s in part[1]), section]))
    return (part for _, part in parts)


@dataclass(frozen=True)
class _Turn:
    """What answering one item does to one statement; `finishes` when no later item belongs to it."""

    statement: int
    criteria: tuple[CriterionDefinition, ...]
    finishes: bool


class _Search:
    """Dynamic programming over the items: for every state that can be reached only the smallest plan is kept.

    A state that cannot meet its needs even with the best of everything to come is dropped, which is what keeps gates,
    where nearly every answer is forced, from branching.
    """

    def __init__(
        self,
        model: ModelDefinition,
        sections: Sequence[Section],
        needs: Mapping[str, Goal],
        moves: Mapping[str, Sequence[Move]],
    ) -> None:
        self._model = model
        self._goals = [needs[section.id] for section in sections]
        self._statements: list[Statement] = []
        self._section_of: list[int] = []
        for number, section in enumerate(sections):
            applicable = [statement for statement in section.statements if statement.applicable]
            self._statements += applicable
            self._section_of += [number] * len(applicable)
        entries = {m.definition.item: m.entry for s in self._statements for m in s.applicable}
        self._items = sorted(entries)
        self._offers = {i: [(entries[i], None), *_offers(moves.get(i, ()))] for i in self._items}
        self._turns = [list(self._turns_of(item)) for item in self._items]
        self._to_come = [self._best_after(step) for step in range(len(self._items) + 1)]

    def run(self) -> tuple[Move, ...] | None:
        """Return the smallest plan, or None."""
        start: _State = ((Fraction(0),) * len(self._goals), (None,) * len(self._statements))
        states: dict[_State, _Plan] = {start: ((0, 0, (), ()), ())} if self._hopeful(start, 0) else {}
        for step, item in enumerate(self._items):
            following: dict[_State, _Plan] = {}
            for state, plan in states.items():
                for reach, (entry, move) in enumerate(self._offers[item]):
                    after = self._answer(state, step, entry)
                    longer = plan if move is None else _extend(plan, move, reach)
                    if self._hopeful(after, step + 1) and (after not in following or longer[0] < following[after][0]):
                        following[after] = longer
            states = following
        return min(states.values(), key=lambda plan: plan[0])[1] if states else None

    def _turns_of(self, item: str) -> Iterator[_Turn]:
        for index, statement in enumerate(self._statements):
            criteria = tuple(m.definition for m in statement.applicable if m.definition.item == item)
            if criteria:
                yield _Turn(index, criteria, item == max(m.definition.item for m in statement.applicable))

    def _answer(self, state: _State, step: int, entry: Entry) -> _State:
        """Return the state after the item of this step is answered; finished statements go into the sums."""
        sums, begun = list(state[0]), list(state[1])
        for turn in self._turns[step]:
            before = begun[turn.statement]
            points = [self._points(criterion, entry) for criterion in turn.criteria]
            so_far = self._statements[turn.statement].combine(points if before is None else [before, *points])
            begun[turn.statement] = None if turn.finishes else so_far
            if turn.finishes:
                section = self._section_of[turn.statement]
                sums[section] = self._capped(section, sums[section] + so_far)
        return tuple(sums), tuple(begun)

    def _capped(self, section: int, points: Fraction) -> Fraction:
        """Return the points, or one number for all that are enough, so that such states count as the same."""
        goal = self._goals[section]
        return goal.amount + 1 if goal.met(points) else points

    def _hopeful(self, state: _State, step: int) -> bool:
        sums = list(state[0])
        for index, (begun, to_come) in enumerate(zip(state[1], self._to_come[step], strict=True)):
            at_best = to_come if begun is None else [begun, *to_come]
            sums[self._section_of[index]] += self._statements[index].combine(at_best)
        return all(goal.met(points) for goal, points in zip(self._goals, sums, strict=True))

    def _best_after(self, step: int) -> list[list[Fraction]]:
        """Return, by statement, the best points of each member whose item comes at `step` or later."""
        later = set(self._items[step:])
        return [
            [self._best(m.definition) for m in statement.applicable if m.definition.item in later]
            for statement in self._statements
        ]

    def _best(self, criterion: CriterionDefinition) -> Fraction:
        return max(self._points(criterion, entry) for entry, _ in self._offers[criterion.item])

    def _points(self, criterion: CriterionDefinition, entry: Entry) -> Fraction:
        points = worth(self._model, criterion, entry.value) if entry.state == "answered" else None
        return span(self._model, criterion)[0] if points is None else points


def _offers(moves: Sequence[Move]) -> Iterator[tuple[Entry, Move | None]]:
    for move in moves:
        yield Entry("answered", move.to), move


def _extend(plan: _Plan, move: Move, reach: int) -> _Plan:
    (effort, count, ids, reaches), moves = plan
    return (effort + move.effort, count + 1, (*ids, move.item), (*reaches, reach)), (*moves, move)
