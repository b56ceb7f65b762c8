"""Whether a workshop document speaks of things that content defines: blocks, requirements, tables, slots, choices.

Yields problems with their place in the document; reading and saving files is the part of `file.py`, and which
numbers can be true that of `unfit.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from canvas.document.found import Found
from canvas.document.workshop import Row, Workshop
from canvas.method.content import Content
from canvas.method.subjects import is_subject
from canvas.method.tables import TableDefinition
from canvas.reading.types import NONE_YET, NOT_APPLICABLE, OTHER


def broken_links(workshop: Workshop, content: Content) -> Iterator[Found]:
    """Yield `(path, what, mend)` for each id that no content defines and each value its definition does not allow."""
    for canvas, blocks in workshop.canvases.items():
        definition = content.canvases.get(canvas)
        if definition is None:
            yield ("canvases", canvas), f"unknown canvas '{canvas}'", f"Known: {', '.join(sorted(content.canvases))}"
            continue
        for block in blocks:
            if definition.block(block) is None:
                known = ", ".join(b.id for b in definition.blocks)
                yield ("canvases", canvas, block), f"unknown block '{block}'", f"Known: {known}"
    yield from _requirement_links(workshop, content)
    yield from _table_links(workshop, content)
    yield from _decision_links(workshop, content)
    yield from _item_links(workshop, content)


def _requirement_links(workshop: Workshop, content: Content) -> Iterator[Found]:
    known = content.requirements
    for index, item in enumerate(workshop.requirements):
        path = ("requirements", index, "id")
        if item.id not in known:
            yield path, f"unknown requirement '{item.id}'", _known(item.id, known)
        elif item.value is not None:
            wrong = known[item.id].mistyped(item.value)
            if wrong:
                mend = known[item.id].mend(item.value)
                yield ("requirements", index, "value"), f"requirement '{item.id}': {wrong}", mend


def _table_links(workshop: Workshop, content: Content) -> Iterator[Found]:
    for table_id, rows in workshop.tables.items():
        table = content.tables.get(table_id)
        if table is None:
            yield ("tables", table_id), f"unknown table '{table_id}'", _known(table_id, content.tables)
            continue
        for index, row in enumerate(rows):
            path = ("tables", table_id, index)
            if table.row(row.id) is None and not (table.own_rows and row.title):
                known = _known(row.id, [known.id for known in table.rows])
                mend = "Give a row of your own a title" if table.own_rows else known
                yield (*path, "id"), f"unknown row '{row.id}'", mend
            yield from _cell_links(row, table, path)


def _cell_links(row: Row, table: TableDefinition, path: tuple[str | int, ...]) -> Iterator[Found]:
    if row.title is not None and table.row(row.id):
        yield (*path, "title"), f"row '{row.id}' belongs to the table and has its title from there", "Remove the title"
    for column_id, value in row.cells.items():
        column = table.column(column_id)
        if column is None:
            known = _known(column_id, [c.id for c in table.columns])
            yield (*path, "cells", column_id), f"unknown column '{column_id}'", known
        elif wrong := column.mistyped(value):
            yield (*path, "cells", column_id), f"column '{column_id}': {wrong}", column.mend(value)


def _known(wrong: str, known: Iterable[str]) -> str:
    """Return how to mend an id: the one that is meant most likely, else all there are."""
    ids = list(known)
    close = get_close_matches(wrong, ids, 1)
    return f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(ids)}"


def _decision_links(workshop: Workshop, content: Content) -> Iterator[Found]:
    for index, item in enumerate(workshop.decisions):
        if item.slot is None:
            continue
        if item.slot not in content.slots:
            yield ("decisions", index, "slot"), f"unknown slot '{item.slot}'", _known(item.slot, content.slots)
            continue
        for field, choices in (("choice", (item.choice,)), ("beside", item.beside), ("options", item.options)):
            for choice in choices:
                wrong = refused_choice(item.slot, choice, content)
                if wrong:
                    mend = "Use a catalog id, none-yet, not-applicable, or 'other: your words'"
                    yield ("decisions", index, field), wrong, mend
        if item.like is not None and (wrong := refused_likeness(item.slot, item.like, content)):
            yield ("decisions", index, "like"), wrong, "Name an entry of the catalog that fills this slot"


def _item_links(workshop: Workshop, content: Content) -> Iterator[Found]:
    """Check what tasks, risks and decisions point at inside the same document."""
    tasks = {task.id for task in workshop.tasks}
    for index, task in enumerate(workshop.tasks):
        for other in task.after:
            if other not in tasks:
                yield (
                    ("tasks", index, "after"),
                    f"task '{task.id}' comes after '{other}', which is no task",
                    "Mend the id",
                )
    known_blocks = {block.id for canvas in content.canvases.values() for block in canvas.blocks}
    for index, risk in enumerate(workshop.risks):
        if risk.block is not None and risk.block not in known_blocks:
            yield (
                ("risks", index, "block"),
                f"unknown block '{risk.block}'",
                f"Known: {', '.join(sorted(known_blocks))}",
            )
    notes = {note.id for canvas in workshop.canvases for _, note in workshop.notes(canvas)}
    for index, decision in enumerate(workshop.decisions):
        for driver in decision.drivers:
            if driver not in notes and not is_subject(driver, content):
                what = f"driver '{driver}' is neither a requirement, a slot, a quantity, a cell nor a note"
                yield ("decisions", index, "drivers"), what, "Use an id of one of them"


def refused_choice(slot: str, choice: str, content: Content) -> str | None:
    """Return why `choice` cannot fill `slot`, or None when it can."""
    if choice in (NONE_YET, NOT_APPLICABLE) or (choice.startswith(OTHER) and choice.removeprefix(OTHER).strip()):
        return None
    return refused_likeness(slot, choice, content)


def refused_likeness(slot: str, choice: str, content: Content) -> str | None:
    """Return why `choice` is no entry of the catalog that fills `slot`, or None when it is one."""
    entry = content.catalog.get(choice)
    if entry is None:
        return f"'{choice}' is not in the catalog"
    return None if slot in entry.slots else f"'{choice}' cannot fill slot '{slot}'"
