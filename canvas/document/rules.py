"""The rules that hold inside one workshop document and that no single field can see.

Yields problems with their place in the document. Nothing here knows content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from canvas.document.workshop import Workshop

Path = tuple[str | int, ...]
Found = tuple[Path, str, str]

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
    yield from _decision_history(workshop)
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
        if (item.value is None) != (item.state == "open"):
            what = f"requirement '{item.id}' is {item.state} but has {'no' if item.value is None else 'a'} value"
            yield ("requirements", index), what, "Open ones have no value; assumed and decided ones have one"


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


def _decision_history(workshop: Workshop) -> Iterator[Found]:
    in_force = Counter((d.slot, d.status) for d in workshop.decisions if d.status != "superseded")
    numbered = {d.number: d for d in workshop.decisions if d.number is not None}
    superseded_by = {d.supersedes for d in workshop.decisions if d.supersedes is not None and d.status != "draft"}
    numbers: set[int] = set()
    for index, item in enumerate(workshop.decisions):
        path = ("decisions", index)
        if (item.number is None) != (item.status == "draft"):
            has = "no number" if item.number is None else "a number"
            what = f"the decision on '{item.slot}' is {item.status} but has {has}"
            yield path, what, "Only recorded decisions have a number"
        if item.number is not None and item.number in numbers:
            yield path, f"decision number {item.number} is used twice", "Numbers are given once and never change"
        if item.number is not None:
            numbers.add(item.number)
        if item.status != "superseded" and in_force[(item.slot, item.status)] > 1:
            yield path, f"slot '{item.slot}' has two {item.status} decisions", "Mark the older one superseded"
        earlier = numbered.get(item.supersedes) if item.supersedes else None
        if item.supersedes and (earlier is None or earlier.slot != item.slot or earlier is item):
            yield (
                path,
                f"supersedes {item.supersedes}, no other decision on '{item.slot}'",
                "Name the number it replaces",
            )
        if item.status == "superseded" and item.number not in superseded_by:
            yield path, f"decision {item.number} is superseded by none", "Add 'supersedes' to its successor"


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
