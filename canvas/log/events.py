"""The log of a live workshop: events, and their fold into the state of every item.

An event sets one property of one item, or adds an item with several. The last event on a property wins, in the order
the server gave. The fold reads nothing but events: no clock, no content, no validation, so old logs stay readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from canvas.log.item_kinds import BEYOND, KINDS, LISTS, kind_of

# What an event may hold. A higher one brings a step in `upgrades.py` and a revision of the database, because an earlier
# version of the tool must not write beside it. 2: decisions that are proposed, rejected, deprecated, without a slot or
# with choices beside the main one; facts that do not apply. 3: the models that a workshop leads with.
VERSION = 3

Action = Literal["add", "set", "import"]


@dataclass(frozen=True)
class Event:
    """One accepted change. `item` is `<kind>:<id>`; `was` is the value that a `set` replaced, for undo.

    `op_id` names the op that caused it and `part` its place among the events of that op. `at` is UTC, ISO 8601.
    """

    seq: int
    op_id: str
    part: int
    at: str
    author: str
    action: Action
    item: str
    prop: str | None
    value: Any
    was: Any = None
    base: int | None = None
    version: int = VERSION

    @property
    def kind(self) -> str:
        return kind_of(self.item)


@dataclass
class Property:
    """The value in force, the event that set it, and who did."""

    value: Any
    seq: int
    author: str


@dataclass
class Item:
    """One thing in the workshop: the properties it has, each with its last writer."""

    id: str
    author: str
    properties: dict[str, Property] = field(default_factory=dict)

    def get(self, prop: str, default: Any = None) -> Any:
        found = self.properties.get(prop)
        return default if found is None or found.value is None else found.value

    @property
    def deleted(self) -> bool:
        return bool(self.get("deleted", False))


@dataclass
class State:
    """Everything the log says up to `seq`, by item."""

    seq: int = 0
    items: dict[str, Item] = field(default_factory=dict)

    def apply(self, event: Event) -> None:
        """Take one event into the state. Events must come in order, each once."""
        self.seq = event.seq
        if event.action == "import":
            for item, properties in _items_of(event.value):
                self._set(item, properties, event)
        elif event.action == "add":
            self._set(event.item, event.value, event)
        else:
            self._set(event.item, {event.prop or "": event.value}, event)

    def _set(self, item_id: str, properties: Mapping[str, Any], event: Event) -> None:
        item = self.items.setdefault(item_id, Item(item_id.split(":", 1)[1], event.author))
        for name, value in properties.items():
            item.properties[name] = Property(value, event.seq, event.author)

    def after(self, events: Iterable[Event]) -> State:
        """Return the state with further events that set or add items, and leave this one as it is."""
        then = State(self.seq, dict(self.items))
        for event in events:
            if item := then.items.get(event.item):
                then.items[event.item] = replace(item, properties=dict(item.properties))
            then.apply(event)
        return then

    def of_kind(self, kind: str) -> Iterator[Item]:
        """Yield the items of a kind that are not deleted, in the order in which they were added."""
        prefix = f"{kind}:"
        return (item for key, item in self.items.items() if key.startswith(prefix) and not item.deleted)

    def dump(self) -> dict[str, Any]:
        """Return the state as plain data, for a stored snapshot."""
        items = {
            key: {"author": item.author, "p": {n: [p.value, p.seq, p.author] for n, p in item.properties.items()}}
            for key, item in self.items.items()
        }
        return {"version": VERSION, "seq": self.seq, "items": items}

    @classmethod
    def restore(cls, data: Mapping[str, Any]) -> State:
        """Return the state that `dump` gave, in this version; what an earlier one gave is folded anew instead."""
        items = {
            key: Item(key.split(":", 1)[1], raw["author"], {n: Property(*p) for n, p in raw["p"].items()})
            for key, raw in data["items"].items()
        }
        return cls(data["seq"], items)


# What the fold works out of a decision from what became of it.
_STATUS = frozenset({"status", "status_on", "status_because"})


def fold(events: Iterable[Event]) -> State:
    """Return the state after all `events`, which must be in order."""
    state = State()
    for event in events:
        state.apply(event)
    return state


def _items_of(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Take a document apart into items: the inverse of `document.document_of`."""
    head = {name: document[name] for name in KINDS["workshop"].properties if document.get(name)}
    yield "workshop:", head
    for kind, name in LISTS.items():
        for entry in document.get(name, ()):
            yield f"{kind}:{entry['id']}", {key: value for key, value in entry.items() if key != "id"}
    for canvas, blocks in document.get("canvases", {}).items():
        for block, notes in blocks.items():
            for index, note in enumerate(notes):
                place = {"canvas": canvas, "block": block, "pos": float(index + 1)}
                yield f"note:{note['id']}", {"place": place, **{k: v for k, v in note.items() if k != "id"}}
    yield from _rows_of(document.get("tables", {}))
    yield from _records_of(document.get("decisions", ()))
    for entry in document.get("targets", ()):
        yield f"target:{entry['model']}", {key: value for key, value in entry.items() if key != "model"}


def _records_of(decisions: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Take decisions apart. Whether one is superseded is never kept: what supersedes it says so."""
    for index, entry in enumerate(decisions):
        kept = {key: value for key, value in entry.items() if key not in {"number", *_STATUS}}
        status, when = entry["status"], entry.get("status_on")
        outcome = {"status": status, "on": when, "because": entry.get("status_because")}
        if status == "draft":
            beyond = entry.get("slot") is None
            item = f"{BEYOND}{index + 1}" if beyond else entry["slot"]
            yield f"draft:{item}", {key: value for key, value in kept.items() if key != "slot"}
            continue
        proposed = {"status": "proposed"} if status == "proposed" else {}
        yield f"decision:{entry['number']}", {"record": {**kept, **proposed}}
        if status in {"rejected", "deprecated"} or outcome["on"] or outcome["because"]:
            yield f"outcome:{entry['number']}", {"outcome": outcome}


def _rows_of(tables: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for table, rows in tables.items():
        for row in rows:
            title = {"title": row["title"]} if row.get("title") else {}
            yield f"row:{table}/{row['id']}", {**title, **row.get("cells", {})}
