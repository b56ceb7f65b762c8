"""Conditions that content puts on facts: `requirement: team-size, at_most: 2`, `decision: serving.runtime, is: kserve`.

One small closed language for gates, advice and contradictions. A condition on something nobody has answered is neither
true nor false: it yields None, and advice says "not enough answered" instead of guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from canvas.reading.types import Id, Model, RequirementValue, Text

Plain = bool | int | float | str
Severity = Literal["high", "medium", "low"]


class Facts(Model):
    """What conditions look at: answered requirements, chosen options by slot, quantities worked out, cells of tables.

    Cells go by `<table>.<row>.<column>`. `excluded` are the subjects that do not apply, each with the reason: what is
    said about them is not here, and nobody is asked for it.
    """

    requirements: Mapping[str, RequirementValue]
    choices: Mapping[str, str]
    quantities: Mapping[str, float] = Field(default_factory=dict)
    cells: Mapping[str, RequirementValue] = Field(default_factory=dict)
    excluded: Mapping[str, str] = Field(default_factory=dict)

    def excludes(self, subject: str) -> bool:
        """Return whether a subject does not apply; a cell does not when its row does not."""
        return subject in self.excluded or subject.rpartition(".")[0] in self.excluded

    def without(self, slot: str | None) -> Facts:
        """Return the same without what fills a slot."""
        left = {name: choice for name, choice in self.choices.items() if name != slot}
        return self.model_copy(update={"choices": left})

    def __contains__(self, subject: str) -> bool:
        return any(subject in part for part in (self.requirements, self.choices, self.quantities, self.cells))


class Condition(Model):
    """One test of one requirement, decision, quantity or cell of a table, or `all` / `any` of several.

    `given: true` holds when a text or anything else has been answered; it is never false, only open.
    """

    requirement: Id | None = None
    decision: Id | None = None
    quantity: Id | None = None
    cell: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+\.[a-z0-9-]+$")] | None = None
    given: Literal[True] | None = None
    equals: Plain | None = Field(default=None, alias="is")
    within: tuple[Plain, ...] | None = Field(default=None, alias="in")
    not_in: tuple[Plain, ...] | None = None
    at_least: float | None = None
    at_most: float | None = None
    all: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = None
    any: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_subject_one_test(self) -> Self:
        subjects = [s for s in (*self._single, self.all, self.any) if s is not None]
        tests = (self.equals, self.within, self.not_in, self.at_least, self.at_most, self.given)
        if len(subjects) != 1:
            raise ValueError("a condition has exactly one of requirement, decision, quantity, cell, all, any")
        if self.all is None and self.any is None and sum(test is not None for test in tests) != 1:
            raise ValueError("a condition on one item has exactly one of is, in, not_in, at_least, at_most, given")
        return self

    @property
    def _single(self) -> tuple[str | None, ...]:
        return self.requirement, self.decision, self.quantity, self.cell

    def holds(self, facts: Facts) -> bool | None:
        """Return True or False, or None when what it asks about is not answered."""
        if self.all is not None:
            return _all(part.holds(facts) for part in self.all)
        if self.any is not None:
            negated = _all(_not(part.holds(facts)) for part in self.any)
            return _not(negated)
        value = self._value(facts)
        return None if value is None else self._test(value)

    def _value(self, facts: Facts) -> Plain | None:
        if self.requirement is not None:
            return facts.requirements.get(self.requirement)
        if self.decision is not None:
            return facts.choices.get(self.decision)
        return facts.cells.get(self.cell) if self.cell is not None else facts.quantities.get(self.quantity or "")

    def subjects(self) -> tuple[str, ...]:
        """Return the ids of requirements, slots, quantities and cells it looks at, in order, each once."""
        parts = [*(self.all or ()), *(self.any or ())]
        found = [s for part in parts for s in part.subjects()] or [s for s in self._single if s is not None]
        return tuple(dict.fromkeys(found))

    def grounds(self, facts: Facts) -> tuple[str, ...]:
        """Return the ids of what makes it hold, each once: of `any` only the parts that do. None while it does not."""
        if not self.holds(facts):
            return ()
        parts = [*(self.all or ()), *(self.any or ())]
        found = [s for part in parts for s in part.grounds(facts)] if parts else self.subjects()
        return tuple(dict.fromkeys(found))

    def _test(self, value: Plain) -> bool:
        if self.given:
            return True
        if self.equals is not None:
            return value == self.equals
        if self.within is not None:
            return value in self.within
        if self.not_in is not None:
            return value not in self.not_in
        if isinstance(value, str | bool):
            return False
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most


class Reason(Model):
    """A condition and, in one sentence for the team, what follows when it holds."""

    when: Condition
    because: Text


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: Iterable[bool | None]) -> bool | None:
    seen = list(values)
    if any(value is False for value in seen):
        return False
    return None if any(value is None for value in seen) else True
