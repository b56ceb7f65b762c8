"""What was said once and is needed again on a block of a canvas. Linked where it is shown, never copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from canvas.advice.excluded import applying, omitted
from canvas.document.workshop import Row, Workshop
from canvas.method.content import Content
from canvas.method.steps import Carry
from canvas.method.tables import TableDefinition


@dataclass(frozen=True)
class Carried:
    """One text that belongs to a block as well. `label` says what it is, `step` where it can be changed."""

    text: str
    label: str
    step: str


def carried(workshop: Workshop, content: Content, canvas: str, block: str) -> tuple[Carried, ...]:
    """Return what other steps have to say to a block, in the order of the content."""
    workshop = applying(workshop, omitted(workshop, content))
    belonging = (carry for carry in content.carries if (carry.canvas, carry.block) == (canvas, block))
    return tuple(
        Carried(text, carry.label, step) for carry in belonging for text, step in _texts(carry, workshop, content)
    )


def _texts(carry: Carry, workshop: Workshop, content: Content) -> Iterator[tuple[str, str]]:
    source = carry.source
    if source.notes is not None:
        canvas, block = source.notes.split(".")
        step = _step_of(content, "canvas", canvas)
        yield from ((note.text, step) for note in workshop.canvases.get(canvas, {}).get(block, ()))
    elif source.requirement is not None:
        given = next((item.value for item in workshop.requirements if item.id == source.requirement), None)
        if given is not None:
            definition = content.requirements[source.requirement]
            section = next(s.id for s in content.sections.values() if definition in s.requirements)
            yield definition.printed(given), _step_of(content, "facts", section)
    elif source.table is not None and source.column is not None:
        table = content.tables[source.table]
        step = _step_of(content, "table", table.id)
        for row in workshop.tables.get(table.id, ()):
            value = row.cells.get(source.column)
            if value is not None and (not source.values or value in source.values):
                yield row_text(table, row), step


def row_text(table: TableDefinition, row: Row) -> str:
    """Return a row as one line: its title, then what its cells say."""
    known = table.row(row.id)
    title = known.title if known else row.title or row.id
    said = [column.printed(row.cells[column.id]) for column in table.columns if column.id in row.cells]
    return f"{title}: {', '.join(said)}" if said else title


def _step_of(content: Content, kind: str, id_: str) -> str:
    """Return the step that shows a section, table or canvas."""
    return next(step.id for step in content.steps.values() if any((p.kind, p.id) == (kind, id_) for p in step.parts))
