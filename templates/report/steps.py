"""The steps of the method as the report prints them: what a team answered, filled in and wrote, step by step.

Everything follows from content: a step prints its parts in their order, and a part in which nobody wrote anything is
left out. Computes; lays out no page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from canvas.advice.excluded import omitted
from canvas.advice.facts import Fact
from canvas.advice.quantities import Worked
from canvas.advice.row_checks import lacking
from canvas.advice.sheet import AdviceSheet
from canvas.document.workshop import Row
from canvas.method.steps import StepDefinition, StepPart
from canvas.method.subjects import subject_step, subject_value
from canvas.method.tables import TableDefinition
from canvas.method.typed_values import ValueDefinition
from templates.pictures import Picture, draw_picture
from templates.plan import Plan
from templates.report.advised import AdviceRow, advice_row
from templates.report.register import Register, register
from templates.report.task_rows import TaskList, task_list
from templates.report.words import say

PHASE_ZERO = "phase-zero"


@dataclass(frozen=True)
class FactRow:
    """An answer. `state` is `decided`, `assumed`, `open` or `not-applicable`.

    `because` is its source or its default's, or the sentence of the rule by which it does not apply.
    """

    title: str
    value: str
    state: str
    because: str | None


@dataclass(frozen=True)
class FactSection:
    """A card of facts."""

    title: str
    facts: tuple[FactRow, ...]
    kind: str = "facts"


@dataclass(frozen=True)
class TableRow:
    """A row of a table: its title, a text for each column, and what it still lacks to be a good one."""

    title: str
    cells: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class RowGroup:
    """Rows under one heading, or under none."""

    title: str | None
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class TableSheet:
    """A filled table. `wide` says of each column whether it holds long texts."""

    title: str
    heading: str
    columns: tuple[str, ...]
    wide: tuple[bool, ...]
    groups: tuple[RowGroup, ...]
    kind: str = "table"


@dataclass(frozen=True)
class NumberRow:
    """A number worked out from answers, with what it means."""

    title: str
    value: str
    meaning: str


@dataclass(frozen=True)
class Numbers:
    """The numbers that follow from the answers of a step."""

    title: str
    rows: tuple[NumberRow, ...]
    kind: str = "numbers"


@dataclass(frozen=True)
class Drawn:
    """A picture of a step, drawn and in words."""

    picture: Picture
    kind: str = "picture"


WRITTEN = (TableSheet, TaskList, Register, Drawn)
Part = FactSection | TableSheet | Numbers | AdviceRow | TaskList | Register | Drawn


@dataclass(frozen=True)
class StepChapter:
    """One step with everything that was written in it, in the order of its page."""

    id: str
    title: str
    purpose: str
    parts: tuple[Part, ...]


def step_chapter(step: StepDefinition, plan: Plan, sheet: AdviceSheet) -> StepChapter:
    """Return one step. Without anything that the team wrote it has no parts; phase zero then has its open questions."""
    parts = [part for part in (_part(part, step, plan, sheet) for part in step.parts) if part is not None]
    numbers = tuple(_numbers(step, plan, sheet))
    if numbers:
        parts.append(Numbers(say("numbers"), numbers))
    if not (_answered(step, plan) or any(isinstance(part, WRITTEN) for part in parts)):
        parts = [part for part in parts if not isinstance(part, AdviceRow)]
    return StepChapter(step.id, step.title, step.purpose, tuple(parts))


def _answered(step: StepDefinition, plan: Plan) -> bool:
    given = _given(plan)
    return any(r.id in given for section in plan.content.sections_of(step.id) for r in section.requirements)


def _given(plan: Plan) -> frozenset[str]:
    return frozenset(item.id for item in plan.workshop.requirements if item.value is not None or item.reason)


def _part(part: StepPart, step: StepDefinition, plan: Plan, sheet: AdviceSheet) -> Part | None:
    match part.kind:
        case "facts":
            return fact_section(part.id, plan, answered_only=step.id != PHASE_ZERO)
        case "table":
            return _table(plan.content.tables[part.id], plan)
        case "advice":
            return advice_row(sheet.advice[part.id], sheet)
        case "tasks":
            return task_list(plan)
        case "risks":
            return register(plan)
        case "picture":
            picture = draw_picture(part.id, plan.workshop, plan.content, plan.library)
            return Drawn(picture) if picture.filled else None
    # Notes on a canvas have their own chapter.
    return None


def fact_section(section_id: str, plan: Plan, *, answered_only: bool) -> FactSection | None:
    """Return a card of facts; with `answered_only`, without what nobody answered, and None when that is everything."""
    section = plan.content.sections[section_id]
    given = _given(plan)
    asked = (r.id for r in section.requirements if r.id in given or not answered_only)
    facts = tuple(fact_row(plan.facts[id_]) for id_ in asked)
    return FactSection(section.title, facts) if facts else None


def fact_row(fact: Fact) -> FactRow:
    """Return a fact as printed."""
    state = _state(fact)
    return FactRow(fact.definition.title, fact.printed, state, fact.because)


def _state(fact: Fact) -> str:
    if fact.absent is not None:
        return "not-applicable"
    return "open" if fact.value is None else "assumed" if fact.assumed else "decided"


def _table(table: TableDefinition, plan: Plan) -> TableSheet | None:
    """Return a table with the rows and columns in which anything stands, the rows of the content first."""
    left = omitted(plan.workshop, plan.content)
    rows_written = (row for row in plan.workshop.tables.get(table.id, ()) if f"{table.id}.{row.id}" not in left)
    written = {row.id: row for row in rows_written if row.cells or row.title}
    known = [written[row.id] for row in table.rows if row.id in written]
    rows = [*known, *(row for id_, row in written.items() if table.row(id_) is None)]
    if not rows:
        return None
    columns = [column for column in table.columns if any(column.id in row.cells for row in rows)]
    groups = groupby(rows, key=lambda row: found.group if (found := table.row(row.id)) else None)
    return TableSheet(
        title=table.title,
        heading=table.heading,
        columns=tuple(column.title for column in columns),
        wide=tuple(column.type in {"text", "long-text"} for column in columns),
        groups=tuple(RowGroup(title, tuple(_row(row, table, columns) for row in group)) for title, group in groups),
    )


def _row(row: Row, table: TableDefinition, columns: list[ValueDefinition]) -> TableRow:
    known = table.row(row.id)
    cells = (column.printed(row.cells[column.id]) if column.id in row.cells else "" for column in columns)
    lacks = tuple(check.title for check in lacking(table, row))
    return TableRow(known.title if known else row.title or row.id, tuple(cells), lacks)


def _numbers(step: StepDefinition, plan: Plan, sheet: AdviceSheet) -> Iterator[NumberRow]:
    """Yield the numbers that are known and that rest, first of all, on an answer of this step."""
    worked = plan.worked
    for id_, found in worked.items():
        if found.value is not None and subject_step(_first_answer(id_, worked), plan.content) == step.id:
            value = subject_value(id_, sheet.facts, plan.content)
            yield NumberRow(found.definition.title, value, found.definition.meaning)


def _first_answer(quantity: str, worked: Mapping[str, Worked]) -> str:
    """Return the first requirement or column that a number is worked out from."""
    definition = worked[quantity].definition
    members = (definition.total,) if definition.total else definition.members
    first = next((member for member in members if isinstance(member, str)), "")
    return _first_answer(first, worked) if first in worked else first
