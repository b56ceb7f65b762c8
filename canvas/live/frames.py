"""The words of the live route: how notes, events and the room look on the wire, for one reader at a time.

`docs/live-protocol.md` describes them. What a reader may not see yet never gets into a message.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from canvas.log.blind_answers import replying, taking_part
from canvas.log.events import Event, Item, State
from canvas.log.facilitation import (
    TALLY,
    Room,
    answered_alone,
    hidden,
    room_of,
    visible_notes,
    vote_totals,
    voters,
    votes_of,
    written_unseen,
)
from canvas.log.item_kinds import KINDS
from canvas.log.op import Author

# What the room does at once travels with its values; all else is announced by name, and pages fetch it themselves.
_WITH_VALUE = frozenset({"note", "answer"})
# What one person said, and nobody else may know that they did.
SECRET = frozenset(name for name, kind in KINDS.items() if kind.secret)


def note(item: Item, room: Room, totals: dict[str, int] | None, reader: str) -> dict[str, Any]:
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
        "votes": item.get("votes", 0) if totals is None else totals.get(item.id, 0),
        "author": None if room.hide_authors and item.author != reader else item.author,
        "private": room.private is not None and item.get("round") == room.private,
        "seqs": {name: found.seq for name, found in item.properties.items()},
    }


def notes(state: State, reader: str) -> list[dict[str, Any]]:
    """Return the notes that one person may see, as clients know them."""
    room, totals = room_of(state), vote_totals(state)
    return [note(item, room, totals, reader) for item in visible_notes(state, reader)]


def answers(state: State) -> dict[str, dict[str, Any]]:
    """Return what is recorded about each practice and measure, as clients know it; nothing while people answer alone.

    An answer that was taken back has `deleted`: its `seqs` are what the next one is based on.
    """
    if answered_alone(room_of(state)):
        return {}
    prefix = "answer:"
    return {item.id: _recorded(item) for key, item in state.items.items() if key.startswith(prefix)}


def _recorded(item: Item) -> dict[str, Any]:
    filled = {name: found.value for name, found in item.properties.items() if found.value not in (None, False)}
    return {**filled, "seqs": {name: found.seq for name, found in item.properties.items()}}


def same_notes_for_all(state: State) -> bool:
    """Return whether everybody sees the same notes at this moment."""
    room = room_of(state)
    return not room.hide_authors and not any(hidden(item, room, None) for item in state.of_kind("note"))


def snapshot(state: State, reader: Author, alike: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return the whole board at `state.seq` as one person may see it; `alike` are the notes when all see the same."""
    workshop = state.items.get("workshop:")
    head = {name: workshop.get(name) if workshop else None for name in ("title", "team", "date")}
    board = notes(state, reader.id) if alike is None else alike
    room = facilitation(state, reader)
    recorded = answers(state)
    return {"t": "snapshot", "seq": state.seq, "notes": board, "answers": recorded, "workshop": head, "room": room}


def facilitation(state: State, reader: Author) -> dict[str, Any]:
    """Return how the room is led, with the reader's own dots; totals only once they are shown."""
    room, mine = room_of(state), votes_of(state, reader.id)
    voting = None
    if room.voting:
        left = room.voting.budget - sum(mine.values())
        voting = {**asdict(room.voting), "mine": mine, "left": left, "voters": voters(state)}
        if reader.role == "facilitator":
            voting["tally"] = votes_of(state, TALLY)
    return {
        "timer": room.timer,
        "locked": list(room.locked),
        "private": room.private is not None,
        "voting": voting,
        "totals": vote_totals(state),
        "hide_authors": room.hide_authors,
        "focus": room.focus,
        "plan": room.plan,
        "agenda": room.agenda,
        "instructions": dict(room.instructions),
        "written": _written(room, state) if reader.role == "facilitator" else None,
        "assessing": {**asdict(room.assessing), "assessors": _assessors(room, state)} if room.assessing else None,
    }


def events(found: Iterable[Event], state: State, reader: str) -> dict[str, Any]:
    """Return events as one person gets them, in order; what is not for them keeps only its place in the order."""
    room = room_of(state)
    return {"t": "events", "events": [_event(event, state, room, reader) for event in found]}


def readers_apart(found: Iterable[Event], state: State) -> set[str]:
    """Return who must get a version of their own of these events; all others may be sent what `""` is sent.

    Only a person's own votes and judgements, and own notes while they are hidden or unsigned, look different to them.
    """
    found, room = list(found), room_of(state)
    if room.private is None and not room.hide_authors and not any(event.kind in SECRET for event in found):
        return set()
    touched = (state.items.get(event.item) for event in found)
    return {event.author for event in found} | {item.author for item in touched if item}


def _event(event: Event, state: State, room: Room, reader: str) -> dict[str, Any]:
    item = state.items.get(event.item)
    mine = event.author == reader
    if not mine and (event.kind in SECRET or (item and event.kind == "note" and hidden(item, room, reader))):
        return {"seq": event.seq, "op_id": None, "item": "hidden:", "action": "set", "prop": None, "value": None}
    plain = {name: getattr(event, name) for name in ("seq", "op_id", "at", "action", "item", "prop", "base")}
    author = None if room.hide_authors and not mine else event.author
    told = event.kind in _WITH_VALUE and not (event.kind == "answer" and answered_alone(room))
    return {**plain, "author": author, "value": event.value if told else None}


def _written(room: Room, state: State) -> dict[str, Any] | None:
    """Return how many notes nobody sees yet, and of whom they are unless authors are hidden. Never what is in them."""
    if room.private is None:
        return None
    counts = written_unseen(state)
    return {"notes": sum(counts.values()), "by": None if room.hide_authors else counts}


def _assessors(room: Room, state: State) -> int:
    """Return how many have answered in the blind round, whatever it is about."""
    return replying(state) if room.assessing and room.assessing.question else len(taking_part(state))


def encode(message: dict[str, Any]) -> str:
    """Return a message as the text of one frame."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
