"""One thing that a changed file says otherwise than its live workshop: what differs, and the steps that take it over.

Shapes, and how an item becomes what a file says of it. Which changes a file brings is worked out in `file_changes.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from canvas.document.differences import Difference, Group
from canvas.document.workshop import Workshop
from canvas.log.events import State
from canvas.method.content import Content


class Step(NamedTuple):
    """One property to set, or one item to add: an op without who asks, and when."""

    action: Literal["add", "set"]
    item: str
    prop: str | None
    value: Any


@dataclass(frozen=True)
class FileChange:
    """What can be taken over from a file by itself: all of its differences, or none of them.

    `key` stays the same as long as the file and the workshop say the same about it. `needs` are notes that it names,
    which must be there. `refused` is a sentence that says why nobody can take it over; then it has no steps.
    """

    key: str
    differences: tuple[Difference, ...]
    steps: tuple[Step, ...] = ()
    needs: tuple[str, ...] = ()
    refused: str | None = None

    @property
    def group(self) -> Group:
        return self.differences[0].group

    def still_in(self, others: Mapping[str, FileChange]) -> bool:
        """Return whether a later look found the same: the same thing, with the same value before it and after it."""
        other = others.get(self.key)
        return other is not None and (other.differences, other.refused) == (self.differences, self.refused)


@dataclass(frozen=True)
class Sides:
    """A live workshop, as log and as document, and what a file says it should be."""

    state: State
    present: Workshop
    wanted: Workshop
    content: Content
    found: Mapping[Group, list[Difference]]

    def entries(self, group: Group, key: str = "id") -> dict[str, Any]:
        """Return what the file says in one list, as plain data by id."""
        return {getattr(entry, key): entry.model_dump(mode="json") for entry in getattr(self.wanted, group)}


def change_of(found: Sequence[Difference], field: str = "", **more: Any) -> FileChange:
    """Return the change that covers these differences of one item. `field` tells it from others of the same item."""
    first = found[0]
    return FileChange("/".join(filter(None, (first.group, *first.where, first.id, field))), tuple(found), **more)


def becoming(state: State, item: str, wanted: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the steps by which an item that can only be set gets these properties; None empties one."""
    present = state.items.get(item)
    if present is not None and present.deleted:
        yield Step("set", item, "deleted", False)
    for prop, value in wanted.items():
        was = present.get(prop) if present is not None else None
        if not _same(was, value):
            yield Step("set", item, prop, _filled(value))


def appearing(state: State, item: str, wanted: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the steps that add an item, or bring it back when one of its name was deleted."""
    if item in state.items and state.items[item].deleted:
        yield from becoming(state, item, wanted)
    else:
        yield Step("add", item, None, {prop: value for prop, value in wanted.items() if _filled(value) is not None})


def taken_away(item: str) -> tuple[Step, ...]:
    """Return the step that deletes an item."""
    return (Step("set", item, "deleted", True),)


def emptied(state: State, item: str, props: Sequence[str]) -> Iterator[Step]:
    """Yield the steps that empty these properties, in this order, as far as they are filled."""
    yield from becoming(state, item, dict.fromkeys(props))


def _filled(value: Any) -> Any:
    return None if value in ([], {}, ()) else value


def _same(was: Any, value: Any) -> bool:
    was, value = _filled(was), _filled(value)
    # True and 1 are equal in Python, but not in a document.
    return bool(was == value) and isinstance(was, bool) == isinstance(value, bool)
