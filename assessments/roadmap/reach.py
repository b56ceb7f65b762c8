"""What a team wants to reach on each model, and the moves that reach all of it with nothing to spare.

The way to one aim is exact (`scoring/unlock.py`). Several are reached one after the other, each by the smallest set of
moves from where the ones before it have led; what they then have twice is taken out. Plans no phases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.scoring.assessment import Assessment
from assessments.scoring.bands import goal_of
from assessments.scoring.criteria import exact
from assessments.scoring.moves import Move, moves_of
from assessments.scoring.sections import Goal
from assessments.scoring.sheet import Sheet, sheet_from
from assessments.scoring.unlock import smallest_moves
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from canvas.document.workshop import Workshop
from canvas.method.conditions import Facts
from canvas.reading.types import NOT_APPLICABLE

Problem = Literal["no-value", "left-by-rule", "not-assessable", "above-maximum", "no-way"]
LATEST = "9999-12-31"


@dataclass(frozen=True)
class Aim:
    """A value to reach on one model, in the model's own unit, by a day if there is one. `named`: the team wants it."""

    model: ModelDefinition
    goal: Goal
    by: str | None
    named: bool

    def met(self, sheet: Sheet, library: Library) -> bool:
        """Return whether the sure value of a sheet reaches it."""
        seen = Assessment(self.model, sheet, library)
        return seen.assessable and self.goal.met(seen.lower)

    def problem(self, sheet: Sheet, library: Library) -> Problem | None:
        """Return why nothing can reach it, as far as that shows without a search."""
        if not self.model.ordered:
            return "no-value"
        seen = Assessment(self.model, sheet, library)
        if not seen.assessable:
            return "left-by-rule" if self.model.id in library.left and not seen.sections else "not-assessable"
        return None if self.goal.met(seen.method.maximum(seen.sections)) else "above-maximum"


@dataclass(frozen=True)
class Way:
    """The moves that reach the aims, by item, and the aims that no moves reach. The least that does it."""

    moves: Mapping[str, Move]
    refused: Mapping[str, Problem]


def aims_of(workshop: Workshop, library: Library) -> tuple[Aim, ...]:
    """Return the targets of a workshop, the earliest first; without any, the next band of each model that can gate.

    A next band from which this team has nothing to gain is no aim; a target that the team itself has set is.

    A target on a model of a pack that is not loaded now waits for it: it aims at nothing.
    """
    named = [
        Aim(library.models[target.model], Goal(exact(target.value)), target.by, True)
        for target in workshop.targets
        if target.model in library.models
    ]
    if named:
        return tuple(sorted(named, key=lambda aim: (aim.by or LATEST, aim.model.id)))
    return tuple(_next_bands(sheet_from(workshop), _said(workshop, library), library))


def _said(workshop: Workshop, library: Library) -> Facts:
    """Return the facts that the team has given; one that does not apply counts as the answer this amounts to."""
    values = {item.id: item.value for item in workshop.requirements if item.value is not None}
    for item in workshop.requirements:
        known = library.requirements.get(item.id)
        if item.state == NOT_APPLICABLE and known is not None and known.absent_is is not None:
            values[item.id] = known.absent_is
    return Facts(requirements=values, choices={})


def way_to(aims: Sequence[Aim], sheet: Sheet, library: Library) -> Way:
    """Return the moves that reach all aims that can be reached."""
    moves: dict[str, Move] = {}
    refused: dict[str, Problem] = {}
    for aim in aims:
        problem = aim.problem(sheet, library)
        found = None if problem else _moves_to(aim, after(sheet, moves), library)
        if found is None:
            refused[aim.model.id] = problem or "no-way"
        else:
            moves |= {move.item: move for move in found}
    return Way(_without_spare(moves, aims, sheet, library), refused)


def helped(
    item: str, moves: Mapping[str, Move], aims: Sequence[Aim], sheet: Sheet, library: Library
) -> tuple[Aim, ...]:
    """Return the aims that `moves` reach and would miss without `item`."""
    every, without = after(sheet, moves), after(sheet, _leaving_out(item, moves))
    asking = (aim for aim in aims if aim.model.asks(item))
    return tuple(aim for aim in asking if aim.met(every, library) and not aim.met(without, library))


def after(sheet: Sheet, moves: Mapping[str, Move]) -> Sheet:
    """Return the sheet once all moves are made."""
    return sheet.answering({item: move.to for item, move in moves.items()})


def _leaving_out(item: str, moves: Mapping[str, Move]) -> Mapping[str, Move]:
    return {id_: move for id_, move in moves.items() if id_ != item}


def _next_bands(sheet: Sheet, said: Facts, library: Library) -> Iterator[Aim]:
    for model in library.models.values():
        seen = Assessment(model, sheet, library) if model.can_gate else None
        band = seen.better_band if seen is not None and seen.assessable else None
        if band is not None and not (band.no_aim and band.no_aim.when.holds(said)):
            yield Aim(model, goal_of(band), None, False)


def _moves_to(aim: Aim, sheet: Sheet, library: Library) -> tuple[Move, ...] | None:
    seen = Assessment(aim.model, sheet, library)
    needs = seen.method.needs(seen.sections, aim.goal)
    return smallest_moves(aim.model, needs, moves_of(seen.judged, library))


def _without_spare(moves: Mapping[str, Move], aims: Sequence[Aim], sheet: Sheet, library: Library) -> dict[str, Move]:
    """Return the moves without those that no aim would miss, asked one by one, the dearest first."""
    kept = dict(moves)
    for item in sorted(moves, key=lambda item: (-moves[item].effort, item)):
        if not helped(item, kept, aims, sheet, library):
            kept = dict(_leaving_out(item, kept))
    return kept
