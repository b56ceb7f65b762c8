"""How the things that advice rests on are named and read: requirements, slots, quantities, columns and cells."""

from __future__ import annotations

from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.typed_values import ValueDefinition
from canvas.reading.types import NONE_YET


def is_subject(subject: str, content: Content) -> bool:
    """Return whether content defines this requirement, slot, quantity or cell."""
    if subject in content.requirements or subject in content.slots or subject in content.quantities:
        return True
    table_id, *place = subject.split(".")
    table = content.tables.get(table_id)
    return table is not None and len(place) == 2 and table.column(place[1]) is not None


def subject_title(subject: str, content: Content) -> str:
    """Return what a subject of a condition is called; an unknown one is its own name."""
    for known in (content.requirements, content.slots, content.quantities, content.findings):
        if subject in known:
            return known[subject].title
    table_id, *place = subject.split(".")
    table = content.tables.get(table_id)
    if table is None or not place:
        return subject
    column = table.column(place[-1])
    row = table.row(place[0]) if len(place) == 2 else None
    return " › ".join(part.title for part in (table, row, column) if part is not None)


def subject_value(subject: str, facts: Facts, content: Content) -> str:
    """Return what the team said about a subject, as a person reads it; `open` when it said nothing."""
    if subject in facts.choices:
        choice = facts.choices[subject]
        entry = content.catalog.get(choice)
        return entry.title if entry else "none yet" if choice == NONE_YET else choice
    if subject in facts.quantities:
        return content.quantities[subject].printed(facts.quantities[subject])
    value = facts.requirements.get(subject, facts.cells.get(subject))
    definition = _definition(subject, content)
    return "open" if value is None else definition.printed(value) if definition else str(value)


def subject_step(subject: str, content: Content) -> str | None:
    """Return the step where a subject is answered, or None when content does not know it."""
    if subject in content.slots:
        return "decide"
    section = content.asked_in.get(subject)
    return content.shown_on.get(("facts", section) if section else ("table", subject.split(".")[0]))


def _definition(subject: str, content: Content) -> ValueDefinition | None:
    if subject in content.requirements:
        return content.requirements[subject]
    table_id, _, rest = subject.partition(".")
    table = content.tables.get(table_id)
    return table.column(rest.rpartition(".")[2]) if table else None
