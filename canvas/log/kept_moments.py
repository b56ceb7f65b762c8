"""Moments that are kept by themselves: one for each step of the agenda, as the workshop was when the step ended.

They are moments as people name them, with the step they were kept for as `kept_for`; a name that somebody gives one of
them makes it theirs. What is here decides when one is kept. Pure, as the rest of the log.
"""

from __future__ import annotations

from collections.abc import Iterable

from canvas.log.events import Item, State
from canvas.log.facilitation import hidden, room_of
from canvas.log.facilitation_ops import Change
from canvas.log.item_kinds import kind_of, rules_of
from canvas.method.content import Content

MAX_MOMENTS = 500
# The import with which every log begins.
_START = 1


def kept_at(changes: Iterable[Change], state: State, content: Content) -> list[Change]:
    """Return the moments to keep before these changes of the room: one where the agenda moves."""
    moves = [(was, value) for _, item, prop, value, was in changes if (item, prop) == ("room:", "agenda")]
    return [kept for was, now in moves for kept in moment_between(was, now, state, content)]


def moment_between(ended: str | None, begins: str | None, state: State, content: Content) -> list[Change]:
    """Return the changes that keep the state before the agenda goes from one entry to another.

    Nothing is kept when nothing has changed since the last moment. Who goes back and on again gets one moment for each
    step, the later one.
    """
    entry, word = (ended, "After") if ended else (begins, "Before")
    kept_for = f"{word.lower()}:{entry}"
    earlier = [item for item in state.of_kind("moment") if item.get("kept_for") == kept_for and not is_named(item)]
    title = _title(entry or "", state, content)
    key = f"moment:kept-{state.seq}"
    if title is None or key in state.items or not changed_since(_last(state), state):
        return []
    if sum(1 for _ in state.of_kind("moment")) - len(earlier) >= MAX_MOMENTS:
        return []
    gone: list[Change] = [("set", f"moment:{item.id}", "deleted", True, None) for item in earlier]
    return [*gone, ("add", key, None, {"name": f"{word}: {title}", "at": state.seq, "kept_for": kept_for}, None)]


def is_named(moment: Item) -> bool:
    """Return whether a person has given a moment its name, also one that was kept by itself."""
    if moment.get("kept_for") is None:
        return True
    return moment.properties["name"].seq > moment.properties["kept_for"].seq


def changed_since(seq: int, state: State) -> bool:
    """Return whether the document may have changed since an earlier sequence; the room and its moments are no part."""
    room = state.items.get("room:") or Item("", "")
    revealed = max((found.seq for prop, found in room.properties.items() if prop in ("private", "voting")), default=0)
    return any(_reached(key, item, state, revealed) > seq for key, item in state.items.items())


def _reached(key: str, item: Item, state: State, revealed: int) -> int:
    """Return the sequence of the last change of an item that shows in the document; 0 for what never does."""
    kind = kind_of(key)
    if kind == "vote":
        # Dots are counted when they are shown.
        voting = room_of(state).voting
        return revealed if voting and voting.state == "shown" and item.get("count") else 0
    if not rules_of(kind).comes_back and kind not in ("decision", "outcome"):
        return 0
    if kind == "note" and hidden(item, room_of(state), None):
        return 0
    own = max((found.seq for found in item.properties.values()), default=0)
    return max(own, revealed) if item.get("round") else own


def _last(state: State) -> int:
    """Return the sequence of the last moment; one that was kept by itself and removed is not kept again."""
    there = (item for key, item in state.items.items() if kind_of(key) == "moment")
    return max((item.get("at") for item in there if not item.deleted or item.get("kept_for")), default=_START)


def _title(entry: str, state: State, content: Content) -> str | None:
    """Return the title of an entry of the agenda that the room follows, else of any that has it."""
    plan = content.agendas.get(room_of(state).plan or "")
    known = [*(plan.entries if plan else ()), *(e for agenda in content.agendas.values() for e in agenda.entries)]
    return next((found.title for found in known if found.id == entry), None)
