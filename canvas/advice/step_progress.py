"""How far a team is on each step of the method: what is answered, filled and written, of how much.

Counted from the document alone. What later rooms add, such as answered practices, is counted there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from canvas.advice.excluded import omitted
from canvas.document.workshop import Workshop
from canvas.method.content import Content
from canvas.method.steps import StepDefinition, StepPart
from canvas.method.tables import TableDefinition
from canvas.reading.types import NOT_APPLICABLE


@dataclass(frozen=True)
class Done:
    """How many things of a kind are done, of how many. Both are 0 where there is no end, as with risks."""

    done: int
    of: int

    def __add__(self, other: Done) -> Done:
        return Done(self.done + other.done, self.of + other.of)


NOTHING = Done(0, 0)


def step_done(step: StepDefinition, workshop: Workshop, content: Content) -> Done:
    """Return how much of a step is done, over all of its parts."""
    return sum((part_done(part, workshop, content) for part in step.parts), NOTHING)


def part_done(part: StepPart, workshop: Workshop, content: Content) -> Done:
    """Return how much of one part is done. Advice and pictures ask for nothing, and what a rule takes out neither."""
    left = omitted(workshop, content)
    if part.kind == "facts":
        wanted = {
            requirement.id for requirement in content.sections[part.id].requirements if requirement.id not in left
        }
        given = answered(workshop)
        return Done(len(wanted & given), len(wanted))
    if part.kind == "table":
        table = content.tables[part.id]
        # A table that takes rows of the team's own is as long as they need it; nothing says when it is done.
        rows = {row.id for row in table.rows if f"{table.id}.{row.id}" not in left}
        return NOTHING if table.own_rows else Done(len(rows.intersection(done_rows(table, workshop))), len(rows))
    if part.kind == "canvas":
        numbered = (block.id for block in content.canvases[part.id].blocks if block.number)
        blocks = {block for block in numbered if f"{part.id}.{block}" not in left}
        return Done(len(blocks & {block for block, _ in workshop.notes(part.id)}), len(blocks))
    return NOTHING


def done_rows(table: TableDefinition, workshop: Workshop) -> Iterator[str]:
    """Yield the ids of the rows whose deciding column is filled."""
    return (row.id for row in workshop.tables.get(table.id, ()) if table.done_by in row.cells)


def open_facts(step: StepDefinition, workshop: Workshop, content: Content) -> tuple[str, ...]:
    """Return the ids of the requirements of a step that are not answered, in the order of the page."""
    given = answered(workshop)
    asked = (r.id for section in content.sections_of(step.id) for r in section.requirements)
    left = omitted(workshop, content)
    return tuple(id_ for id_ in asked if id_ not in given and id_ not in left)


def answered(workshop: Workshop) -> frozenset[str]:
    """Return the ids of the requirements that have a value, or do not apply for a reason that is told."""
    items = workshop.requirements
    return frozenset(item.id for item in items if item.value is not None or item.state == NOT_APPLICABLE)
