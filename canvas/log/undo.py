"""Taking back what one did: the ops that give each property the value it had before. Judged like any other op."""

from __future__ import annotations

from canvas.errors import OpRefused
from canvas.log.events import Event, State
from canvas.log.item_kinds import rules_of
from canvas.log.op import Author, Op


def undo_op(op: Op, caused: list[Event], state: State, author: Author) -> list[Op]:
    """Return the ops that take back the events `caused` by an earlier op of the same person.

    Raises `OpRefused` with code `stale` when somebody else has changed the same thing since.
    """
    if not caused or any(event.author != author.id for event in caused):
        raise OpRefused("unknown", "There is nothing of yours to undo there.")
    ops = []
    for event in reversed(caused):
        if event.action == "import" or not rules_of(event.kind).taken_back:
            raise OpRefused("forbidden", "This cannot be taken back; change it again instead.")
        # What began with this change and cannot be without it goes as a whole.
        began = event.action == "set" and event.was is None and event.prop in rules_of(event.kind).never_empty
        prop = event.prop if event.action == "set" and not began else "deleted"
        item = state.items.get(event.item)
        last = item.properties.get(event.prop or "") if item else None
        # My own later changes do not count: taking back several steps in turn writes the property each time.
        if event.action == "set" and (last is None or last.author != author.id):
            raise OpRefused("stale", "Somebody changed this after you, so it was not undone.")
        if event.action == "add" and item and any(p.author != author.id for p in item.properties.values()):
            raise OpRefused("stale", "Somebody worked on this after you, so it was not undone.")
        value = event.was if event.action == "set" and not began else True
        ops.append(Op(op_id=op.op_id, action="set", item=event.item, prop=prop, value=value, base=event.seq))
    return ops
