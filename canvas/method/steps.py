"""The shapes of the working steps: steps with their parts, agendas, carry-overs, and the glossary."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from canvas.method.conditions import Plain
from canvas.method.credited import Credited
from canvas.method.tables import ColumnPath
from canvas.reading.types import Id, Model, ShortText, Text

Part = Literal["facts", "table", "canvas", "advice", "tasks", "risks", "picture"]
PARTS: tuple[Part, ...] = get_args(Part)
# A sentence that a room reads from a wall or a phone, in two lines at most.
MOST_LETTERS_READ = 120
# The course of a workshop for which nobody has chosen one.
USUAL_COURSE = "ninety-minutes"


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
    """One step of a workshop, which is one page. Its place among the steps is the number that its file begins with.

    `covers` names the numbered parts of the source it works through. A page of its own kind, such as the history,
    has no parts.
    """

    id: Id
    title: ShortText
    group: Literal["frame", "design", "run", "judge"]
    purpose: Text
    outcome: Text
    minutes: Annotated[int, Field(ge=1, le=120)]
    feeds: Annotated[tuple[Feed, ...], Field(min_length=1)]
    covers: tuple[ShortText, ...] = ()
    parts: tuple[StepPart, ...] = ()


class AgendaEntry(Model):
    """One stretch of a workshop: what to do, where in the app, and how long it usually takes.

    `instruction` is the one sentence that the whole room reads; `advice` is for whoever leads.
    """

    id: Id
    title: ShortText
    instruction: Annotated[ShortText, Field(max_length=MOST_LETTERS_READ)]
    advice: Text
    minutes: Annotated[int, Field(ge=1, le=120)]
    step: Id
    blocks: tuple[Id, ...] = ()


class Agenda(Credited):
    """The course of a workshop, in order."""

    id: Id
    title: ShortText
    entries: Annotated[tuple[AgendaEntry, ...], Field(min_length=1)]

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)


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


class Term(Model):
    """A word of the field, explained for everybody in the room."""

    id: Id
    term: ShortText
    meaning: Text
    step: Id | None = None


class Glossary(Credited):
    """The words of the field, by alphabet."""

    terms: tuple[Term, ...]
