"""What differs between two workshop documents: two moments of one workshop, or two versions of its file.

Plain data in a stable order, by id and without wording: `assessments/compare/comparison.py` turns it into sentences.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from canvas.document.workshop import Decision, Note, Workshop
from canvas.reading.types import Model

Group = Literal[
    "workshop", "requirements", "notes", "rows", "tasks", "risks", "decisions", "answers", "targets", "assignments"
]
GROUPS: tuple[Group, ...] = get_args(Group)

Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as before.

    `id` names the item within its group; `where` is `(canvas, block)` of a note and empty elsewhere. `field` is the
    property that changed, and for what came or went the one that says most about it. `before` and `after` are the
    values as plain data; a moved note has its block there, or its place in the block, counted from 1.
    """

    group: Group
    kind: Kind
    id: str
    where: tuple[str, ...]
    field: str
    before: Any
    after: Any


def differences(before: Workshop, after: Workshop) -> tuple[Difference, ...]:
    """Return every difference, by group, in the order of the documents; what is gone comes last in its group."""
    found: list[Difference] = []
    for group in GROUPS:
        found += _BY_GROUP[group](before, after)
    return tuple(found)


# The fields that say most about an item, by group; the first one that is filled is shown when an item comes or goes.
_TELLING: Mapping[Group, tuple[str, ...]] = {
    "requirements": ("value", "reason", "state"),
    "tasks": ("title",),
    "risks": ("text",),
    "decisions": ("choice",),
    "answers": ("value", "state"),
    "targets": ("value",),
    "assignments": ("owner", "by"),
    "notes": ("text",),
}
_HEAD = ("title", "team", "date", "slug", "models")


def _workshop(before: Workshop, after: Workshop) -> Iterator[Difference]:
    old, new = (workshop.model_dump(mode="json", include=set(_HEAD)) for workshop in (before, after))
    yield from _changed("workshop", "", (), old, new)
    for model in dict.fromkeys([*after.editions, *before.editions]):
        was, now = before.editions.get(model), after.editions.get(model)
        if was != now:
            kind: Kind = "added" if was is None else "removed" if now is None else "changed"
            yield Difference("workshop", kind, model, (), "edition", was, now)


def _listed(group: Group, key: str) -> Callable[[Workshop, Workshop], Iterator[Difference]]:
    """Return the comparison of a list whose entries are known by `key` and have no order that matters."""

    def compare(before: Workshop, after: Workshop) -> Iterator[Difference]:
        old, new = ({getattr(e, key): _plain(e, key) for e in getattr(w, group)} for w in (before, after))
        yield from _entries(group, old, new)

    return compare


def _decisions(before: Workshop, after: Workshop) -> Iterator[Difference]:
    old, new = ({_decision_key(d): _plain(d, "number") for d in w.decisions} for w in (before, after))
    recorded = {d.name for d in after.decisions if d.number is not None and str(d.number) not in old}
    # A draft that has been recorded since is told once, as the decision it became.
    yield from (d for d in _entries("decisions", old, new) if d.kind != "removed" or d.id not in recorded)


def _decision_key(decision: Decision) -> str:
    return decision.name if decision.number is None else str(decision.number)


def _entries(group: Group, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for id_, entry in new.items():
        if id_ in old:
            yield from _changed(group, id_, (), old[id_], entry)
        else:
            field, value = _telling(group, entry)
            yield Difference(group, "added", id_, (), field, None, value)
    for id_, entry in old.items():
        if id_ not in new:
            field, value = _telling(group, entry)
            yield Difference(group, "removed", id_, (), field, value, None)


def _changed(
    group: Group, id_: str, where: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Difference]:
    for field in new:
        # True and 1 are equal in Python, but not in a document.
        if old[field] != new[field] or isinstance(old[field], bool) != isinstance(new[field], bool):
            yield Difference(group, "changed", id_, where, field, old[field], new[field])


def _telling(group: Group, entry: Mapping[str, Any]) -> tuple[str, Any]:
    fields = _TELLING[group]
    field = next((field for field in fields if entry.get(field) is not None), fields[0])
    return field, entry.get(field)


def _plain(entry: Model, key: str) -> dict[str, Any]:
    return {name: value for name, value in entry.model_dump(mode="json").items() if name != key}


def _rows(before: Workshop, after: Workshop) -> Iterator[Difference]:
    """Compare tables cell by cell: an empty cell and a row that was never written are the same."""
    old, new = _cells(before), _cells(after)
    for (table, row, column), value in new.items():
        was = old.get((table, row, column))
        if was != value or isinstance(was, bool) != isinstance(value, bool):
            kind: Kind = "added" if was is None else "changed"
            yield Difference("rows", kind, row, (table,), column, was, value)
    for (table, row, column), value in old.items():
        if (table, row, column) not in new:
            yield Difference("rows", "removed", row, (table,), column, value, None)


def _cells(workshop: Workshop) -> dict[tuple[str, str, str], Any]:
    found: dict[tuple[str, str, str], Any] = {}
    for table, rows in workshop.tables.items():
        for row in rows:
            named = {"title": row.title} if row.title else {}
            found |= {(table, row.id, column): value for column, value in {**named, **row.cells}.items()}
    return found


@dataclass(frozen=True)
class _Placed:
    """A note with its canvas, block and place there, counted from 1."""

    where: tuple[str, str]
    place: int
    note: Note


def _notes(before: Workshop, after: Workshop) -> Iterator[Difference]:
    old, new = _placed(before), _placed(after)
    reordered = _reordered(old, new)
    for id_, now in new.items():
        then = old.get(id_)
        if then is None:
            yield Difference("notes", "added", id_, now.where, "text", None, now.note.text)
            continue
        if then.where != now.where:
            yield Difference("notes", "moved", id_, now.where, "block", then.where[1], now.where[1])
        elif id_ in reordered:
            yield Difference("notes", "moved", id_, now.where, "place", then.place, now.place)
        yield from _changed("notes", id_, now.where, _plain(then.note, "id"), _plain(now.note, "id"))
    for id_, then in old.items():
        if id_ not in new:
            yield Difference("notes", "removed", id_, then.where, "text", then.note.text, None)


def _placed(workshop: Workshop) -> dict[str, _Placed]:
    return {
        note.id: _Placed((canvas, block), index + 1, note)
        for canvas, blocks in workshop.canvases.items()
        for block, notes in blocks.items()
        for index, note in enumerate(notes)
    }


def _reordered(old: Mapping[str, _Placed], new: Mapping[str, _Placed]) -> set[str]:
    """Return the fewest notes that must have moved within their block to give the new order."""
    blocks: dict[tuple[str, str], list[str]] = {}
    for id_, now in new.items():
        if id_ in old and old[id_].where == now.where:
            blocks.setdefault(now.where, []).append(id_)
    moved: set[str] = set()
    for stayed in blocks.values():
        moved |= set(stayed) - _longest_rising(stayed, lambda id_: old[id_].place)
    return moved


def _longest_rising(ids: Iterable[str], place: Callable[[str], int]) -> set[str]:
    """Return the longest part of `ids` whose places rise: those that can be said to have stayed."""
    ends: list[int] = []
    chains: list[list[str]] = []
    for id_ in ids:
        # The chain that can grow by this one takes the place of the one of the new length, whose end is higher.
        at = bisect_left(ends, place(id_))
        chains[at : at + 1] = [[*(chains[at - 1] if at else ()), id_]]
        ends[at : at + 1] = [place(id_)]
    return set(chains[-1]) if chains else set()


_BY_GROUP: Mapping[Group, Callable[[Workshop, Workshop], Iterator[Difference]]] = {
    "workshop": _workshop,
    "requirements": _listed("requirements", "id"),
    "notes": _notes,
    "rows": _rows,
    "tasks": _listed("tasks", "id"),
    "risks": _listed("risks", "id"),
    "decisions": _decisions,
    "answers": _listed("answers", "id"),
    "targets": _listed("targets", "model"),
    "assignments": _listed("assignments", "id"),
}
