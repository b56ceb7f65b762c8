"""The shapes of the working steps of the method: steps, tables, quantities, advisors, findings, carry-overs, glossary.

The YAML under `canvas/content/` holds the words; `canvas/content.py` reads it and checks every link. No rules run here.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from canvas.conditions import Condition, Plain
from canvas.definitions import Credited, Reason
from canvas.patterns import Pattern
from canvas.typed_values import ValueDefinition
from canvas.workshop import Id, Model, ShortText, Text

# `<table>.<column>`
ColumnPath = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]
Severity = Literal["high", "medium", "low"]
Part = Literal["facts", "table", "canvas", "advice", "tasks", "risks", "picture"]
PARTS: tuple[Part, ...] = get_args(Part)


class Feed(Model):
    """Where the work of a step is needed next: a step, and what it takes from here."""

    step: Id
    text: Text


class StepPart(Model):
    """One part of a step: a card of facts, a table, a canvas, an advice, the tasks, the risks or a picture, by id."""

    facts: Id | None = None
    table: Id | None = None
    canvas: Id | None = None
    advice: Id | None = None
    tasks: Literal[True] | None = None
    risks: Literal[True] | None = None
    picture: Id | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(getattr(self, kind) is not None for kind in PARTS) != 1:
            raise ValueError("a part is exactly one of facts, table, canvas, advice, tasks, risks, picture")
        return self

    @property
    def kind(self) -> Part:
        return next(kind for kind in PARTS if getattr(self, kind) is not None)

    @property
    def id(self) -> str:
        """The id of what the part shows; empty for tasks and risks, of which there is one list each."""
        value = getattr(self, self.kind)
        return value if isinstance(value, str) else ""


class StepDefinition(Credited):
    """One step of a workshop, which is one page. `covers` names the numbered parts of the source it works through.

    A page of its own kind, such as the history, has no parts.
    """

    id: Id
    order: int
    title: ShortText
    group: Literal["frame", "design", "run", "judge"]
    purpose: Text
    outcome: Text
    minutes: Annotated[int, Field(ge=1, le=120)]
    feeds: Annotated[tuple[Feed, ...], Field(min_length=1)]
    covers: tuple[ShortText, ...] = ()
    parts: tuple[StepPart, ...] = ()


class RowDefinition(Model):
    """A row that every team has in a table. `group` puts rows under one heading."""

    id: Id
    title: ShortText
    help: Text | None = None
    group: ShortText | None = None
    blocks: tuple[Id, ...] = ()


class ColumnCheck(Model):
    """What a good row has, such as a number in its target: a filled column, which shows `pattern` if there is one.

    `mend` is what to write, shown while the row lacks it.
    """

    id: Id
    title: ShortText
    column: Id
    pattern: Pattern | None = None
    mend: Text


class TableDefinition(Credited):
    """A table that a team fills. It has the rows given here; with `own_rows` the team adds rows of its own.

    `heading` names the first column, which holds the titles of the rows. `done_by` is the column whose being filled
    makes a row done.
    """

    id: Id
    title: ShortText
    purpose: Text
    heading: ShortText
    columns: Annotated[tuple[ValueDefinition, ...], Field(min_length=1)]
    done_by: Id
    rows: tuple[RowDefinition, ...] = ()
    own_rows: bool = False
    checks: tuple[ColumnCheck, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        columns = [column.id for column in self.columns]
        for named in (self.done_by, *(check.column for check in self.checks)):
            if named not in columns:
                raise ValueError(f"'{named}' is named and is no column")
        if {"title", "deleted", "id"} & set(columns):
            raise ValueError("title, deleted and id are no names for columns")
        if len(set(columns)) < len(columns) or len({row.id for row in self.rows}) < len(self.rows):
            raise ValueError("the ids of columns and of rows are used once each")
        if not self.rows and not self.own_rows:
            raise ValueError("a table has rows, or lets the team add some")
        return self

    def column(self, column_id: str) -> ValueDefinition | None:
        return next((column for column in self.columns if column.id == column_id), None)

    def row(self, row_id: str) -> RowDefinition | None:
        return next((row for row in self.rows if row.id == row_id), None)


class Quantity(Model):
    """A number worked out from answers: the total of a column, a product, or the first less all others.

    The members of `product` and `less` are numbers or ids of requirements and of quantities listed before this one.
    Without one of them there is no number.
    """

    id: Id
    title: ShortText
    unit: ShortText | None = None
    meaning: Text
    total: ColumnPath | None = None
    product: Annotated[tuple[float | Id, ...], Field(min_length=2)] | None = None
    less: Annotated[tuple[float | Id, ...], Field(min_length=2)] | None = None

    @model_validator(mode="after")
    def _one_formula(self) -> Self:
        if sum(formula is not None for formula in (self.total, self.product, self.less)) != 1:
            raise ValueError("a quantity has exactly one of total, product, less")
        return self


class QuantityList(Credited):
    """All quantities, each after those it is worked out from."""

    quantities: tuple[Quantity, ...]


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
    """Answers with known advice; `expect` is null where not enough is answered.

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


class CarrySource(Model):
    """What is carried: a requirement, the notes of a block (`<canvas>.<block>`), or the rows of a table.

    Of a table those rows are carried whose `column` has one of `values`, or any value when `values` is empty.
    """

    requirement: Id | None = None
    notes: ColumnPath | None = None
    table: Id | None = None
    column: Id | None = None
    values: tuple[Plain, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(source is not None for source in (self.requirement, self.notes, self.table)) != 1:
            raise ValueError("what is carried is exactly one of requirement, notes, table")
        if (self.table is None) != (self.column is None):
            raise ValueError("a table is carried by one of its columns")
        return self


class Carry(Model):
    """What was said once and is needed again on a block of a canvas: shown there with its origin, never copied."""

    source: CarrySource
    canvas: Id
    block: Id
    label: ShortText


class CarryList(Credited):
    """All carry-overs, in the order in which a block shows them."""

    carries: tuple[Carry, ...]


class Forms(Credited):
    """What is asked about the things that are no table: a task of the workflow, a risk. By the kind of item."""

    forms: dict[Literal["task", "risk"], tuple[ValueDefinition, ...]]


class Term(Model):
    """A word of the field, explained for everybody in the room."""

    id: Id
    term: ShortText
    meaning: Text
    step: Id | None = None


class Glossary(Credited):
    """The words of the field, by alphabet."""

    terms: tuple[Term, ...]
