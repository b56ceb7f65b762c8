"""The shapes of advice: advisors with their outcomes and golden cases, and findings. No rules run here."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from canvas.method.conditions import Condition, Plain, Reason
from canvas.method.credited import Credited
from canvas.reading.types import Id, Model, ShortText, Text

Severity = Literal["high", "medium", "low"]


class Outcome(Model):
    """One answer an advisor can give. It holds when one of `when` does, or else when nothing before it did."""

    id: Id
    title: ShortText
    meaning: Text
    when: tuple[Reason, ...] = ()
    otherwise: Text | None = None
    next: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _some_reason(self) -> Self:
        if bool(self.when) == (self.otherwise is not None):
            raise ValueError("an outcome has either reasons in 'when', or one in 'otherwise'")
        return self


class GoldenAdvice(Model):
    """Answers with known advice, tried when content is checked; `expect` is null where not enough is answered.

    The keys of `answers` are ids of requirements, slots or quantities, or `<table>.<row>.<column>`.
    """

    name: ShortText
    answers: dict[str, Plain]
    expect: Id | None


class AdvisorDefinition(Credited):
    """A question that the answers of a team decide. The first outcome that holds is the advice.

    While an earlier outcome could still hold, because something it asks for is open, there is no advice. With `slot`
    the options of that slot are ranked instead, by the rules that the catalog holds for them.
    """

    id: Id
    title: ShortText
    question: Text
    rule: Text
    note: Text | None = None
    slot: Id | None = None
    outcomes: tuple[Outcome, ...] = ()
    golden: Annotated[tuple[GoldenAdvice, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.slot is None) != (len(self.outcomes) >= 2):
            raise ValueError("an advisor has either a slot, or two outcomes and more")
        if any(outcome.otherwise for outcome in self.outcomes[:-1]):
            raise ValueError("only the last outcome can be the one that holds otherwise")
        return self


class Worse(Model):
    """Two requirements on one scale: the `answer` is worse than the `other`. Which is worse, the scale says."""

    answer: Id
    other: Id


class FindingDefinition(Model):
    """Something that experience says goes wrong, and the signs of it in answers, tables and decisions.

    It is found when one of `when` holds, when all slots of `undecided` are without a choice though one of `decided` has
    one, or when one answer is `worse` than another. With `unfit` it is found once for each number that cannot be true,
    and that sentence is its title. Title and `because` are claims: they have to be true whenever it is found.
    """

    id: Id
    title: ShortText
    severity: Severity
    because: Text
    mend: Text
    step: Id
    blocks: tuple[Id, ...] = ()
    when: tuple[Condition, ...] = ()
    undecided: tuple[Id, ...] = ()
    decided: tuple[Id, ...] = ()
    worse: Worse | None = None
    unfit: bool = False

    @model_validator(mode="after")
    def _some_sign(self) -> Self:
        if not (self.when or self.undecided or self.worse or self.unfit):
            raise ValueError("a finding has a sign: when, worse, unfit, or undecided with decided")
        if bool(self.undecided) != bool(self.decided):
            raise ValueError("undecided and decided belong together")
        return self


class FindingList(Credited):
    """Findings of one theme."""

    id: Id
    title: ShortText
    findings: Annotated[tuple[FindingDefinition, ...], Field(min_length=1)]
