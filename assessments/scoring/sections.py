"""Add up sections: group criteria into statements, leave out what is not applicable, rescale what remains.

Knows no method: how sections become one value is decided in the modules of `scoring/methods/__init__.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assessments.scoring.criteria import Judged
from assessments.shapes.answers import within
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PRACTICE_VALUES


@dataclass(frozen=True)
class Goal:
    """A number to reach: at least `amount`, or more than it when `strict`."""

    amount: Fraction
    strict: bool = False

    def met(self, points: Fraction) -> bool:
        return points > self.amount if self.strict else points >= self.amount


@dataclass(frozen=True)
class Statement:
    """Criteria that pass together: all of them, or any. A criterion without a group is a statement of its own."""

    id: str
    title: str
    any: bool
    members: tuple[Judged, ...]

    @property
    def column(self) -> str | None:
        """The column of the model it stands in; all its members stand in the same."""
        return self.members[0].definition.column

    @cached_property
    def applicable(self) -> tuple[Judged, ...]:
        return tuple(member for member in self.members if member.applicable)

    @cached_property
    def lower(self) -> Fraction:
        return self.combine(member.lower for member in self.applicable)

    @cached_property
    def upper(self) -> Fraction:
        return self.combine(member.upper for member in self.applicable)

    @property
    def best(self) -> Fraction:
        return self.combine(member.best for member in self.members)

    @property
    def complete(self) -> bool:
        """True when nothing in it that applies could be better, or nothing applies."""
        return self.lower == self.combine(member.best for member in self.applicable)

    def combine(self, points: Iterable[Fraction]) -> Fraction:
        """Return what the statement is worth when its members are worth `points`; nothing is worth 0."""
        return (max if self.any else min)(points, default=Fraction(0))


@dataclass(frozen=True)
class Section:
    """One section as answered. Without not-applicable answers `reachable` equals `maximum` and `scale` is 1.

    `whole` is the maximum before rules took statements out, where the points of the others are scaled up to it.
    """

    id: str
    title: str
    statements: tuple[Statement, ...]
    whole: Fraction | None = None

    @cached_property
    def maximum(self) -> Fraction:
        return self.staying if self.whole is None else self.whole

    @cached_property
    def staying(self) -> Fraction:
        """The points of the statements that are left."""
        return sum((s.best for s in self.statements), Fraction(0))

    @cached_property
    def reachable(self) -> Fraction:
        return sum((s.combine(m.best for m in s.applicable) for s in self.statements), Fraction(0))

    @property
    def assessable(self) -> bool:
        return self.reachable > 0

    @property
    def scale(self) -> Fraction:
        return self.maximum / self.reachable if self.assessable else Fraction(0)

    @cached_property
    def points(self) -> Fraction:
        """What is sure, before rescaling."""
        return sum((s.lower for s in self.statements), Fraction(0))

    @cached_property
    def possible(self) -> Fraction:
        """What it is worth when every open answer turns out as best, before rescaling."""
        return sum((s.upper for s in self.statements), Fraction(0))

    @property
    def lower(self) -> Fraction:
        return self.scale * self.points

    @property
    def upper(self) -> Fraction:
        return self.scale * self.possible

    @property
    def rescaled(self) -> bool:
        return any(not member.applicable for statement in self.statements for member in statement.members)


@dataclass(frozen=True)
class Need:
    """Statements that together have to be worth a goal, in points before rescaling."""

    statements: tuple[Statement, ...]
    goal: Goal

    @property
    def met(self) -> bool:
        return self.goal.met(sum((s.lower for s in self.statements), Fraction(0)))


def add_up(model: ModelDefinition, judged: Sequence[Judged], library: Library) -> tuple[Section, ...]:
    """Return the sections of a model in its order. Optional criteria are left out: they never count."""
    members: dict[str, dict[str, list[Judged]]] = {section.id: {} for section in model.sections}
    for one in judged:
        if not one.definition.optional:
            statement = one.definition.group or one.definition.id
            members[one.definition.section].setdefault(statement, []).append(one)
    return tuple(
        Section(s.id, s.title, tuple(_statement(id_, joined, model, library) for id_, joined in members[s.id].items()))
        for s in model.sections
    )


def _statement(id_: str, members: Sequence[Judged], model: ModelDefinition, library: Library) -> Statement:
    first = members[0].definition
    title = model.groups.get(id_) or first.title or library.title(first.item)
    return Statement(id_, title, first.any, tuple(members))


def tally(section: Section) -> str:
    """Return how often each answer was given in a section, the most frequent first."""
    words = Counter(_word(member) for statement in section.statements for member in statement.members)
    return ", ".join(f"{count} {word}" for word, count in words.most_common())


def _word(member: Judged) -> str:
    entry = member.entry
    said = str(entry.value) if entry.state == "answered" else entry.state
    if entry.state == "answered" and said not in PRACTICE_VALUES:
        return "met" if member.state == "met" else "not met"
    return within(said)
