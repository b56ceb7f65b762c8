"""The words of the live route: how notes and events look on the wire. `docs/live-protocol.md` describes them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from canvas.log import Event, Item, State

# Only what a note shows travels with its value; everything else is announced by name, and pages fetch it themselves.
_WITH_VALUE = "note"


def note(item: Item) -> dict[str, Any]:
    """Return a note as clients know it; `seqs` holds the sequence of each property, the base of the next change."""
    place = item.get("place")
    return {
        "id": item.id,
        "canvas": place["canvas"],
        "block": place["block"],
        "pos": place["pos"],
        "kind": item.get("kind", "fact"),
        "text": item.get("text", ""),
        "source": item.get("source"),
        "votes": item.get("votes", 0),
        "author": item.author,
        "seqs": {name: found.seq for name, found in item.properties.items()},
    }


def snapshot(state: State) -> dict[str, Any]:
    """Return the whole board at `state.seq`."""
    workshop = state.items.get("workshop:")
    head = {name: workshop.get(name) if workshop else None for name in ("title", "team", "date")}
    return {"t": "snapshot", "seq": state.seq, "notes": [note(n) for n in state.of_kind("note")], "workshop": head}


def events(found: Iterable[Event]) -> dict[str, Any]:
    """Return events as clients get them, in order."""
    return {"t": "events", "events": [_event(event) for event in found]}


def _event(event: Event) -> dict[str, Any]:
    names = ("seq", "op_id", "at", "author", "action", "item", "prop")
    plain = {name: getattr(event, name) for name in names}
    return {**plain, "value": event.value if event.kind == _WITH_VALUE else None}


def encode(message: dict[str, Any]) -> str:
    """Return a message as the text of one frame."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
