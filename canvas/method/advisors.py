"""The shapes of advice: advisors with their outcomes and golden cases, and findings. No rules run here."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from canvas.method.conditions import Condition, Plain, Reason, Severity
from canvas.method.credited import Credited
from canvas.reading.types import Id, Model, ShortText, Text


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


class RunByVendor(Model):
    """While `when` holds, one of `slots` is filled by what only its vendor runs, as its catalog entry says."""

    when: Condition
    slots: Annotated[tuple[Id, ...], Field(min_length=1)]


class FindingDefinition(Model):
    """Something that experience says goes wrong, and the signs of it in answers, tables and decisions.

    It is found when one of `when` holds, when all slots of `undecided` are without a choice though one of `decided` has
    one, when one answer is `worse` than another, when something is `run_by_vendor`, or when the answer to `unsuited`
    does not suit the choice that its options suit. With `misled` it is found for each caution of the answer there that
    holds, whose reason and severity stand instead of these. With `unfit` it is found once for each number that cannot
    be true, and that sentence is its title. Title and `because` are claims: they have to be true whenever it is found.
    Texts may quote answers and numbers; see `canvas/method/quoted.py`.
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
    run_by_vendor: RunByVendor | None = None
    unsuited: Id | None = None
    misled: Id | None = None
    unfit: bool = False

    @model_validator(mode="after")
    def _some_sign(self) -> Self:
        signs = (self.when, self.undecided, self.worse, self.run_by_vendor, self.unsuited, self.misled, self.unfit)
        if not any(signs):
            told = "when, worse, run_by_vendor, unsuited, misled, unfit, or undecided with decided"
            raise ValueError(f"a finding has a sign: {told}")
        if bool(self.undecided) != bool(self.decided):
            raise ValueError("undecided and decided belong together")
        return self


class FindingList(Credited):
    """Findings of one theme."""

    id: Id
    title: ShortText
    findings: Annotated[tuple[FindingDefinition, ...], Field(min_length=1)]
