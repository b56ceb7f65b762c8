"""The way to the targets in steps: what comes first, which phase has room for it, and which phase reaches what.

What has to be reached is decided in `reach.py`, what a step changes in `effects.py`, how a roadmap is written down in
`templates/roadmap/export.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assessments.roadmap.effects import Candidate, Effect, Rank, candidate, effects_of, rank
from assessments.roadmap.reach import LATEST, Aim, Problem, Way, aims_of, helped, way_to
from assessments.scoring.assessment import Assessment
from assessments.scoring.leading import Leading, leading_models
from assessments.scoring.moves import Move, step_effort, unmet_prerequisites
from assessments.scoring.sheet import Sheet, sheet_from
from assessments.shapes.library import Library
from canvas.document.workshop import Assignment, Workshop

CAPACITY = 10


@dataclass(frozen=True)
class Step:
    """A candidate that is part of the way: the models whose targets need it, and the steps it has to precede.

    `owner` and `by` are who makes it and until when, as far as the team has said so; they do not change the order.
    """

    candidate: Candidate
    helps: tuple[str, ...]
    opens: tuple[str, ...]
    owner: str | None = None
    by: str | None = None


@dataclass(frozen=True)
class Phase:
    """Steps done together, counted from 1, and what they change once all earlier phases are done."""

    number: int
    steps: tuple[Step, ...]
    effects: tuple[Effect, ...]

    @property
    def effort(self) -> int:
        return sum(step.candidate.effort for step in self.steps)


@dataclass(frozen=True)
class Goal:
    """One target. `phase` is the phase that reaches it, 0 is today, and `reaches` the band that is sure then.

    `phase` is None when nothing reaches it; then `problem` says why. `named` is False for a next band, taken because
    the team has no target.
    """

    model: str
    title: str
    reaches: str | None
    by: str | None
    named: bool
    phase: int | None
    problem: Problem | None


@dataclass(frozen=True)
class Roadmap:
    """All phases, and what becomes of each target. `capacity` is the effort that one phase has room for.

    `titles` are those of all items that its steps name, by id. `waits` is true while there is nothing to plan from.
    """

    capacity: int
    goals: tuple[Goal, ...]
    phases: tuple[Phase, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    waits: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for phase in self.phases for step in phase.steps)

    @property
    def effort(self) -> int:
        return sum(phase.effort for phase in self.phases)


@dataclass(frozen=True)
class FirstSteps:
    """The first steps of a roadmap of `count`, without what each does. `waits` as in `Roadmap`."""

    steps: tuple[Step, ...]
    count: int
    waits: bool


def roadmap(workshop: Workshop, library: Library, capacity: int = CAPACITY) -> Roadmap:
    """Return the phases that reach the targets of a workshop, or without targets the next band of each gating model.

    Prerequisites come first, then what the models need that the workshop leads with. A phase holds up to `capacity`
    points of effort (at least 1); a step that needs more than that has a phase of its own. Without targets, and before
    the first answer that a model counts, it waits: every practice would be a step, which is a list and no plan. Raises
    `ValueError` for a smaller capacity.
    """
    if capacity < 1:
        raise ValueError("a phase has room for at least one point of effort")
    library = library.judging(workshop)
    plan = _plan(workshop, library)
    if plan is None:
        return Roadmap(capacity, (), (), waits=True)
    phases = tuple(plan.phases(capacity))
    named = (item for phase in phases for step in phase.steps for item in _named(step))
    return Roadmap(capacity, tuple(plan.goals(phases)), phases, {item: library.title(item) for item in named})


def first_steps(workshop: Workshop, library: Library, number: int) -> FirstSteps:
    """Return the first steps that `roadmap` returns, in less than half of its time: no phase is scored."""
    plan = _plan(workshop, library.judging(workshop))
    return FirstSteps(plan.first(number), len(plan.moves), False) if plan else FirstSteps((), 0, True)


def _plan(workshop: Workshop, library: Library) -> _Plan | None:
    """Return the plan of a workshop by the library that judges it; None while there is nothing to plan from."""
    sheet = sheet_from(workshop)
    if not _begun(workshop, sheet, library):
        return None
    aims = aims_of(workshop, library)
    assigned = {assignment.id: assignment for assignment in workshop.assignments}
    return _Plan(sheet, aims, way_to(aims, sheet, library), library, assigned, leading_models(workshop, library))


def _begun(workshop: Workshop, sheet: Sheet, library: Library) -> bool:
    """Return whether there is a target, an answer that a model counts, or a step that somebody has taken on."""
    if workshop.targets or workshop.assignments:
        return True
    asked = {criterion.item for model in library.models.values() for criterion in model.criteria}
    return any(not sheet.entry(item).open for item in asked)


def _named(step: Step) -> tuple[str, ...]:
    return step.candidate.item, *step.candidate.prerequisites, *step.opens


@dataclass(frozen=True)
class _Plan:
    """One sheet, its aims and the way to them, who does what, and what leads: made into steps, phases and goals."""

    sheet: Sheet
    aims: Sequence[Aim]
    way: Way
    library: Library
    assigned: Mapping[str, Assignment]
    leading: Leading

    @cached_property
    def moves(self) -> Mapping[str, Move]:
        """The moves of the way and of what has to be there first, in the order in which they are to be made."""
        ordered: dict[str, Move] = {}
        for item in sorted(self.way.moves, key=self._place):
            for earlier in self._earlier(item):
                ordered.setdefault(earlier, self.way.moves.get(earlier) or self._by_hand(earlier))
            ordered.setdefault(item, self.way.moves[item])
        return ordered

    def phases(self, capacity: int) -> Iterator[Phase]:
        """Yield the phases, filled one after the other without changing the order."""
        sheet = self.sheet
        for number, items in enumerate(_filled(self.moves, capacity), 1):
            moves = [self.moves[item] for item in items]
            yield Phase(number, tuple(self._step(move) for move in moves), effects_of(moves, sheet, self.library))
            sheet = sheet.answering({move.item: move.to for move in moves})

    def first(self, number: int) -> tuple[Step, ...]:
        """Return the first steps, each without what it does."""
        return tuple(self._step(move, effects=False) for move in list(self.moves.values())[:number])

    def goals(self, phases: Sequence[Phase]) -> Iterator[Goal]:
        """Yield what becomes of each aim. One that is reached is still so at the end."""
        sheets = [self.sheet]
        for phase in phases:
            answers = {step.candidate.item: step.candidate.move.to for step in phase.steps}
            sheets.append(sheets[-1].answering(answers))
        for aim in self.leading.first(self.aims, lambda aim: aim.model.id):
            problem = self.way.refused.get(aim.model.id)
            held = [] if problem else [n for n, sheet in enumerate(sheets) if aim.met(sheet, self.library)]
            if held and held[-1] == len(phases):
                band = Assessment(aim.model, sheets[held[0]], self.library).lower_band.label
                yield Goal(aim.model.id, aim.model.title, band, aim.by, aim.named, held[0], None)
            else:
                yield Goal(aim.model.id, aim.model.title, None, aim.by, aim.named, None, problem or "no-way")

    def _step(self, move: Move, *, effects: bool = True) -> Step:
        opens = tuple(item for item in self.moves if move.item in self._earlier(item))
        who = self.assigned.get(move.item, Assignment(id=move.item))
        one = candidate(move, self.sheet, self.library, effects=effects)
        return Step(one, self._helps.get(move.item, ()), opens, who.owner, who.by)

    @cached_property
    def _helps(self) -> Mapping[str, tuple[str, ...]]:
        found = {item: helped(item, self.way.moves, self.aims, self.sheet, self.library) for item in self.way.moves}
        return {item: tuple(aim.model.id for aim in aims) for item, aims in found.items()}

    def _earlier(self, item: str) -> tuple[str, ...]:
        return unmet_prerequisites(item, self.sheet, self.library)

    def _by_hand(self, item: str) -> Move:
        """Return the least that makes a prerequisite count as there."""
        return Move(item, "manual", step_effort(self.library.practices[item], "manual"))

    def _place(self, item: str) -> tuple[str, bool, Rank]:
        """Return where a move of the way stands: by the earliest day it is needed for, then what leading models need.

        Then by what it really gains.
        """
        days = [aim.by or LATEST for aim in self.aims if aim.model.id in self._helps[item]]
        models = [aim.model for aim in self.aims if aim.model.ordered]
        later = not set(self._helps[item]).intersection(self.leading.models)
        return min(days, default=LATEST), later, rank(self.way.moves[item], self.sheet, models, self.library)


def _filled(moves: Mapping[str, Move], capacity: int) -> Iterator[list[str]]:
    """Yield the items in their order, as many at a time as the capacity has room for, and at least one."""
    phase: list[str] = []
    for item, move in moves.items():
        if phase and sum(moves[one].effort for one in phase) + move.effort > capacity:
            yield phase
            phase = []
        phase.append(item)
    if phase:
        yield phase
