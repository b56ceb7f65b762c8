"""Which numbers that a team entered cannot be true, such as a ROC AUC of 92: one rule for files, input and outputs.

A number that was fine when it was entered may stop to fit, once another metric is chosen. It is kept and told, never
dropped. The ranges themselves are content; what is no number at all is the part of `links.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from canvas.document.found import Found, Path
from canvas.document.workshop import Row, Workshop
from canvas.method.content import Content
from canvas.method.facts import RequirementDefinition
from canvas.method.tables import TableDefinition
from canvas.method.typed_values import Option, Scale, ValueDefinition
from canvas.reading.number_range import OWN_CURRENCY, NumberRange, same_unit
from canvas.reading.types import RequirementValue

Given = Mapping[str, RequirementValue]


@dataclass(frozen=True)
class Unfit:
    """A number that cannot be true. `subject` is the requirement, cell or task, `path` its place in the document.

    `what` and `mend` are for a list of problems, `sentence` is for a person who sees the field.
    """

    subject: str
    path: Path
    what: str
    mend: str
    sentence: str


def given_values(workshop: Workshop) -> Given:
    """Return what the team answered in phase zero, by requirement."""
    return {item.id: item.value for item in workshop.requirements if item.value is not None}


def chosen_scale(definition: RequirementDefinition, given: Given, content: Content) -> tuple[Option, Scale] | None:
    """Return the option whose scale bounds a requirement, or None while it is not chosen or has none."""
    if definition.scale_of is None:
        return None
    options = content.requirements[definition.scale_of].options
    found = next((option for option in options if option.id == given.get(definition.scale_of)), None)
    return (found, found.scale) if found is not None and found.scale is not None else None


def range_of(definition: ValueDefinition, given: Given, content: Content) -> NumberRange:
    """Return the numbers that can be true of a requirement or column, as far as what is `given` says."""
    found = chosen_scale(definition, given, content) if isinstance(definition, RequirementDefinition) else None
    if found is None:
        return definition.bounds
    option, scale = found
    return replace(definition.bounds, minimum=scale.minimum, maximum=scale.maximum, name=option.title)


def refusal_of(definition: ValueDefinition, value: RequirementValue, given: Given, content: Content) -> str | None:
    """Return what is wrong with an answer and how to mend it, as sentences, or None when it can be true."""
    if wrong := definition.mistyped(value):
        return f"{wrong}."
    if isinstance(value, bool | str):
        return None
    return range_of(definition, given, content).told_of(value)


def unfit_values(workshop: Workshop, content: Content) -> Iterator[Unfit]:
    """Yield every number of phase zero, the tables and the tasks that cannot be true, in the order of the document."""
    given = given_values(workshop)
    for index, item in enumerate(workshop.requirements):
        known = content.requirements.get(item.id)
        if known is not None and item.value is not None:
            yield from _unfit(item.id, ("requirements", index, "value"), item.value, range_of(known, given, content))
    for table_id, rows in workshop.tables.items():
        if table := content.tables.get(table_id):
            for index, row in enumerate(rows):
                yield from _unfit_cells(table, row, ("tables", table_id, index, "cells"))
    yield from _unfit_amounts(workshop, content)


def _unfit_amounts(workshop: Workshop, content: Content) -> Iterator[Unfit]:
    asked = [field for field in content.forms.get("task", ()) if field.type == "number"]
    for index, task in enumerate(workshop.tasks):
        for field in asked:
            value = getattr(task, field.id)
            if value is not None:
                yield from _unfit(f"{task.id}.{field.id}", ("tasks", index, field.id), value, field.bounds)


def _unfit_cells(table: TableDefinition, row: Row, path: Path) -> Iterator[Unfit]:
    for column_id, value in row.cells.items():
        if column := table.column(column_id):
            yield from _unfit(f"{table.id}.{row.id}.{column_id}", (*path, column_id), value, column.bounds)


def other_units(workshop: Workshop, content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield `(requirement, unit in the file, unit it is read in)` where they differ. A currency is the team's own."""
    for item in workshop.requirements:
        known = content.requirements.get(item.id)
        own = known.unit if known is not None else None
        if item.value is not None and item.unit and own and own != OWN_CURRENCY and not same_unit(item.unit, own):
            yield item.id, item.unit, own


def unfit_links(workshop: Workshop, content: Content) -> Iterator[Found]:
    """Yield `(path, what, mend)` for each number that cannot be true, as a check of a file tells it."""
    for found in unfit_values(workshop, content):
        kind = {"requirements": "requirement", "tables": "column"}.get(str(found.path[0]), "task")
        name = found.subject if kind == "task" else found.subject.rpartition(".")[2]
        yield found.path, f"{kind} '{name}': {found.what}", found.mend


def _unfit(subject: str, path: Path, value: RequirementValue, bounds: NumberRange) -> Iterator[Unfit]:
    # What is no number at all is told by the links; a number in place of a text has no bounds to leave.
    if not isinstance(value, bool | str) and (wrong := bounds.refusal(value)):
        yield Unfit(subject, path, wrong, bounds.asked(value) or "Change the value", bounds.told_of(value) or "")
