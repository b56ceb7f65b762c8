"""Bringing an earlier state of a workshop back, as new events. Nothing is rewound: the log only ever grows.

Recorded decisions are for ever and stay; the room, its votes and the named moments are no part of what comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from canvas.errors import OpRefused
from canvas.log.events import Event, Item, State
from canvas.log.facilitation import hidden, room_of
from canvas.log.item_kinds import kind_of, rules_of
from canvas.log.op import Author, Op


@dataclass(frozen=True)
class PropertyChange:
    """One property as it is and as it was to be."""

    item: str
    prop: str
    was: Any
    value: Any


@dataclass(frozen=True)
class Restoration:
    """What bringing a state back changes, and the numbers of the decisions recorded since, which stay."""

    changes: tuple[PropertyChange, ...]
    kept: tuple[int, ...]


def restoration(now: State, then: State) -> Restoration:
    """Return how `now` becomes `then`, which is an earlier state of the same log.

    Notes of a private round that runs now are left alone: they are not part of the document yet.
    """
    recorded, before = ({int(item.id) for item in state.of_kind("decision")} for state in (now, then))
    return Restoration(tuple(_changes(now, then)), tuple(sorted(recorded - before)))


def restore_events(op: Op, now: State, state_at: Callable[[int], State], author: Author, at: str) -> list[Event]:
    """Return the events that bring back the state after the sequence in `op.value`. Raises `OpRefused`."""
    if author.role != "facilitator":
        raise OpRefused("forbidden", "Only the facilitator can bring an earlier state back.")
    if type(op.value) is not int or not 1 <= op.value <= now.seq:
        raise OpRefused("malformed", f"Name the change to go back to, from 1 to {now.seq}.")
    changes = restoration(now, state_at(op.value)).changes
    return [
        Event(now.seq + 1 + part, op.op_id, part, at, author.id, "set", c.item, c.prop, c.value, c.was)
        for part, c in enumerate(changes)
    ]


def _changes(now: State, then: State) -> Iterator[PropertyChange]:
    for key, item in now.items.items():
        earlier = then.items.get(key) or Item(item.id, item.author)
        kind = rules_of(kind_of(key))
        if not kind.comes_back:
            continue
        if not kind.added:
            # There from the start, and emptied property by property.
            yield from _properties(key, item, earlier)
        elif not hidden(item, room_of(now), None):
            if _shown(earlier, then):
                yield from _properties(key, item, earlier)
            elif not item.deleted:
                yield PropertyChange(key, "deleted", item.get("deleted"), True)


def _shown(item: Item, state: State) -> bool:
    return bool(item.properties) and not item.deleted and not hidden(item, room_of(state), None)


def _properties(key: str, item: Item, earlier: Item) -> Iterator[PropertyChange]:
    for prop in dict.fromkeys([*item.properties, *earlier.properties]):
        # A note that comes back is told to all browsers as one that is not deleted, never as one without the property.
        absent = False if prop == "deleted" else None
        was, value = item.get(prop, absent), earlier.get(prop, absent)
        if was != value:
            yield PropertyChange(key, prop, was, value)
