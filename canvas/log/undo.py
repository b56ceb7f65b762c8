"""Taking back what one did: the ops that give each property the value it had before. Judged like any other op."""

from __future__ import annotations

from canvas.errors import NothingToUndo, OpRefused
from canvas.log.events import Event, Item, State
from canvas.log.item_kinds import rules_of
from canvas.log.op import Author, Op


def undo_op(op: Op, caused: list[Event], state: State, author: Author) -> list[Op]:
    """Return the ops that take back the events `caused` by an earlier op of the same person.

    Raises `OpRefused` with code `stale` when somebody else has changed the same thing since, `NothingToUndo` when
    nothing was caused.
    """
    if not caused:
        raise NothingToUndo
    if any(event.author != author.id for event in caused):
        raise OpRefused("unknown", NothingToUndo.MESSAGE)
    return [_taking_back(op, event, state, author) for event in reversed(caused)]


def _taking_back(op: Op, event: Event, state: State, author: Author) -> Op:
    rules = rules_of(event.kind)
    if event.action == "import" or not rules.taken_back:
        raise OpRefused("forbidden", "This cannot be taken back; change it again instead.")
    item = state.items.get(event.item, Item("", ""))
    last = item.properties.get(event.prop or "")
    # My own later changes do not count: taking back several steps in turn writes the property each time.
    if event.action == "set" and (last is None or last.author != author.id):
        raise OpRefused("stale", "Somebody changed this after you, so it was not undone.")
    # What stays filled once it is began with its first value: without that there is no such item.
    begins = event.was is None and event.prop in rules.never_empty and "deleted" in rules.properties
    if (begins or event.action == "add") and any(found.author != author.id for found in item.properties.values()):
        raise OpRefused("stale", "Somebody worked on this after you, so it was not undone.")
    prop, value = ("deleted", True) if begins or event.action == "add" else (event.prop, event.was)
    # What I take back I have seen as it is now.
    return Op(op_id=op.op_id, action="set", item=event.item, prop=prop, value=value, base=state.seq)
