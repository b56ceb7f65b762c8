"""The rules that hold inside one workshop document and that no single field can see.

Yields problems with their place in the document. Nothing here knows content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from canvas.document.found import Found, Path
from canvas.document.records import broken_records
from canvas.document.workshop import Workshop

# The lists of a document whose entries are known by an id.
LISTS = (
    ("requirements", "id"),
    ("tasks", "id"),
    ("risks", "id"),
    ("answers", "id"),
    ("targets", "model"),
    ("assignments", "id"),
)


def inconsistencies(workshop: Workshop) -> Iterator[Found]:
    """Yield `(path, what, mend)` for each rule inside the document that a single field cannot see."""
    yield from _duplicate_ids(workshop)
    yield from _requirement_states(workshop)
    yield from _answer_states(workshop)
    yield from _empty_assignments(workshop)
    yield from broken_records(workshop)
    yield from _task_cycles(workshop)


def _duplicate_ids(workshop: Workshop) -> Iterator[Found]:
    notes = [
        (("canvases", canvas, block, index, "id"), note.id)
        for canvas, blocks in workshop.canvases.items()
        for block, entries in blocks.items()
        for index, note in enumerate(entries)
    ]
    for path, id_ in _again(notes):
        yield path, f"note id '{id_}' is used twice", "Give this note an id of its own"
    for table, rows in workshop.tables.items():
        for path, id_ in _again((("tables", table, index, "id"), row.id) for index, row in enumerate(rows)):
            yield path, f"row '{id_}' is in the table twice", "Keep one of the two rows"
    for path, id_ in _again((("models", index), id_) for index, id_ in enumerate(workshop.models)):
        yield path, f"'{id_}' is in models twice", "Keep one of the two entries"
    for field, key in LISTS:
        entries = enumerate(getattr(workshop, field))
        for path, id_ in _again(((field, index, key), getattr(item, key)) for index, item in entries):
            yield path, f"'{id_}' is in {field} twice", "Keep one of the two entries"


def _again(entries: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    """Yield the entries whose id an earlier entry has already."""
    seen: set[str] = set()
    for path, id_ in entries:
        if id_ in seen:
            yield path, id_
        seen.add(id_)


def _requirement_states(workshop: Workshop) -> Iterator[Found]:
    for index, item in enumerate(workshop.requirements):
        path, absent = ("requirements", index), item.state == "not-applicable"
        if (item.value is None) != (item.state == "open" or absent):
            what = f"requirement '{item.id}' is {item.state} but has {'no' if item.value is None else 'a'} value"
            mend = "Open and not applicable ones have no value; assumed and decided ones have one"
            yield path, what, mend
        if absent and item.reason is None:
            yield path, f"requirement '{item.id}' is not applicable without a reason", "Add 'reason:'"
        if item.reason is not None and not absent:
            what = f"requirement '{item.id}' is {item.state} and has a reason for being not applicable"
            yield path, what, "Remove 'reason:', or write 'state: not-applicable'"


def _answer_states(workshop: Workshop) -> Iterator[Found]:
    for index, item in enumerate(workshop.answers):
        if (item.value is None) == (item.state == "answered"):
            what = f"answer '{item.id}' is {item.state} but has {'no' if item.value is None else 'a'} value"
            yield ("answers", index), what, "Only an answered item has a value"
        if item.state == "not-applicable" and not item.reason:
            yield ("answers", index), f"answer '{item.id}' is not applicable without a reason", "Add 'reason:'"


def _empty_assignments(workshop: Workshop) -> Iterator[Found]:
    for index, item in enumerate(workshop.assignments):
        if item.owner is None and item.by is None:
            what = f"the assignment of '{item.id}' names neither an owner nor a day"
            yield ("assignments", index), what, "Add 'owner:' or 'by:', or remove the entry"


def _task_cycles(workshop: Workshop) -> Iterator[Found]:
    sorter = TopologicalSorter({task.id: task.after for task in workshop.tasks})
    try:
        sorter.prepare()
    except CycleError as cycle:
        ring = cycle.args[1]
        index = next(i for i, task in enumerate(workshop.tasks) if task.id in ring)
        yield (
            ("tasks", index, "after"),
            f"tasks wait for each other: {' after '.join(ring)}",
            "Remove one of these links",
        )
