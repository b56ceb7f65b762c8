"""The shapes of what a team fills row by row: tables with their checks, and the forms of tasks and risks."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from canvas.method.credited import Credited
from canvas.method.typed_values import ValueDefinition
from canvas.reading.patterns import Pattern
from canvas.reading.types import Id, Model, ShortText, Text

# `<table>.<column>`
ColumnPath = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]


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


class Forms(Credited):
    """What is asked about the things that are no table: a task of the workflow, a risk. By the kind of item."""

    forms: dict[Literal["task", "risk"], tuple[ValueDefinition, ...]]
