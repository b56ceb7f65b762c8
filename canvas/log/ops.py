"""What a person may change, and what each change becomes in the log. The only place that validates live input.

An op names an item, one property and the new value, with the sequence it saw. Here it is checked against role, size,
existence and content, text is cleaned, and one or more events come out. Nothing here stores or sends. What needs the
log itself is elsewhere: `undo.py` and `restore.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from canvas.document.days import refused_day
from canvas.document.task_order import comes_after
from canvas.document.unfit import Given
from canvas.errors import OpRefused
from canvas.log.blind_answers import PREFIX as JUDGEMENT
from canvas.log.blind_answers import judgement_changes
from canvas.log.events import Event, Item, Property, State
from canvas.log.facilitation import room_of
from canvas.log.facilitation_ops import (
    Change,
    dots_too_many,
    is_facilitator,
    refuse_hidden,
    refuse_locked,
    room_changes,
)
from canvas.log.giving_way import giving_way
from canvas.log.item_kinds import kind_of, rules_of
from canvas.log.kept_moments import MAX_MOMENTS, kept_at
from canvas.log.op import Author, Op, refuse_unkeepable
from canvas.log.property_values import checked, property_value
from canvas.log.records import outcome_changes, record_changes
from canvas.method.content import Content
from canvas.reading.types import Id

OUTCOME = "outcome:"
MAX_NOTES = 2000
MAX_ROWS = 500


def to_events(op: Op, state: State, content: Content, author: Author, at: str) -> list[Event]:
    """Return the events that `op` causes in `state`; none when it changes nothing. Raises `OpRefused`."""
    if author.role == "viewer":
        raise OpRefused("forbidden", "This link is for looking only. Ask the facilitator for a participant link.")
    refuse_unkeepable(op.value)
    refuse_hidden(op, state, author)
    if not is_facilitator(author):
        refuse_locked(op, state)
        if op.action == "record":
            # It has its number for ever, and nothing takes it back.
            raise OpRefused("forbidden", "Only the facilitator records decisions. Your draft and its reason are kept.")
        if op.item.startswith(OUTCOME):
            raise OpRefused("forbidden", "Only the facilitator says what becomes of a recorded decision.")
        if (op.action, op.item, op.prop) == ("set", "workshop:", "models"):
            raise OpRefused("forbidden", "Only the facilitator chooses the models that this workshop leads with.")
    if op.item.startswith(("room:", "vote:")):
        changes = room_changes(op, state, content, author, at)
        changes = [*kept_at(changes, state, content), *changes]
    elif op.item.startswith(JUDGEMENT):
        changes = judgement_changes(op, state, author, content)
    elif op.item.startswith(OUTCOME):
        changes = outcome_changes(op, state)
        _refuse_days(changes, date.fromisoformat(at[:10]))
    else:
        changes = _ACTIONS[op.action](op, state, content, author)
        _refuse_days(changes, date.fromisoformat(at[:10]))
    return [
        Event(state.seq + 1 + part, op.op_id, part, at, author.id, action, item, prop, value, was, op.base)
        for part, (action, item, prop, value, was) in enumerate(changes)
    ]


def _refuse_days(changes: list[Change], today: date) -> None:
    """Refuse days that cannot be true. Those that an earlier state of the tool let in may stay."""
    for _, item, prop, value, was in changes:
        given = value if prop is None else {prop: value}
        kept = was if prop is None else {prop: was}
        for name in given:
            before = (kept or {}).get(name)
            if wrong := refused_day(kind_of(item), name, given[name], before, today):
                raise OpRefused("malformed", f"This was not accepted: {wrong}.")


def _add(op: Op, state: State, content: Content, _author: Author) -> list[Change]:
    kind, item_id = _split(op.item)
    needed = rules_of(kind).needed
    if not needed:
        raise OpRefused("malformed", f"A {kind or 'thing without a kind'} cannot be added.")
    if op.item in state.items:
        raise OpRefused("malformed", f"'{op.item}' exists already.")
    if kind == "note":
        _refuse_one_note_too_many(state)
    if not isinstance(op.value, Mapping):
        raise OpRefused("malformed", "Adding needs the properties of the new item.")
    checked(Id, item_id)
    given = dict(op.value)
    moment = {"at": _moment_at(given.pop("at", None), state)} if kind == "moment" else {}
    value = {prop: property_value(kind, item_id, prop, entry, content) for prop, entry in given.items()} | moment
    missing = [prop for prop in needed if value.get(prop) is None]
    if missing:
        raise OpRefused("malformed", f"A {kind} needs {' and '.join(missing)}.")
    if kind == "note" and (running := room_of(state).private):
        value["round"] = running
    return [("add", op.item, None, value, None)]


def _moment_at(value: object, state: State) -> int:
    """Return the sequence that a new moment names: the present one, or an earlier one."""
    if sum(1 for _ in state.of_kind("moment")) >= MAX_MOMENTS:
        raise OpRefused("too-large", f"A workshop holds at most {MAX_MOMENTS} named moments.")
    return state.seq if value is None else int(checked(Annotated[int, Field(ge=1, le=state.seq, strict=True)], value))


def _set(op: Op, state: State, content: Content, author: Author) -> list[Change]:
    kind, item_id = _split(op.item)
    rules = rules_of(kind)
    if op.prop is None or not rules.properties:
        raise OpRefused("malformed", "This change names no known property.")
    item = state.items.get(op.item)
    if (rules.added and item is None) or (kind == "workshop" and item_id):
        raise OpRefused("unknown", f"'{op.item}' does not exist.")
    back = _coming_back(kind, item, op, state)
    if rules.named_by_others:
        checked(Id, item_id)
    if kind == "row" and item is None:
        _refuse_row(item_id, op.prop, state, content)
    value = property_value(kind, item_id, op.prop, op.value, content, _given(state) if kind == "requirement" else {})
    if value is None and op.prop in (*rules.needed, *rules.never_empty):
        raise OpRefused("malformed", f"A {kind} cannot be without {op.prop}.")
    if kind == "task" and op.prop == "after":
        _refuse_circle(item_id, value or (), state)
    present = item.properties.get(op.prop) if item else None
    was = present.value if present else None
    if was == value:
        return []
    if present and _unseen(kind, present, op, author):
        raise OpRefused("stale", "Somebody else changed this while you were looking at it.")
    return [*giving_way(kind, item, op.prop, value), ("set", op.item, op.prop, value, was), *back]


def _unseen(kind: str, present: Property, op: Op, author: Author) -> bool:
    """Return whether a property was changed after what its next writer saw of it, by somebody else."""
    if kind == "note" or op.base is None or present.seq <= op.base:
        # On the board the last writer wins in sight of everybody; on a page nobody saw the other's change.
        return False
    # On the sheet one answers twice in a breath, before the first answer has come back, and so one chooses and reasons.
    return not (kind in {"answer", "draft"} and present.author == author.id)


def _coming_back(kind: str, item: Item | None, op: Op, state: State) -> list[Change]:
    """Return what changes beside a note that comes back. Refuses every other change of what was deleted meanwhile."""
    if item is None or not item.deleted or not rules_of(kind).deleted:
        return []
    if op.prop != "deleted":
        # Nobody would see it, and whoever wrote it would think that it is kept.
        raise OpRefused("unknown", f"Somebody deleted this {kind} meanwhile, so this was not saved.")
    if kind != "note" or op.value:
        return []
    _refuse_one_note_too_many(state)
    return list(dots_too_many(item.id, state))


def _refuse_one_note_too_many(state: State) -> None:
    if sum(1 for _ in state.of_kind("note")) >= MAX_NOTES:
        raise OpRefused("too-large", f"A workshop holds at most {MAX_NOTES} notes.")


def _refuse_circle(task: str, after: Sequence[str], state: State) -> None:
    """Refuse that a task comes after itself: two people may each have added half of the circle."""
    order = {item.id: item.get("after", ()) for item in state.of_kind("task")}
    if any(comes_after(earlier, task, order) for earlier in after):
        raise OpRefused("malformed", "A task cannot come after itself, and what is chosen here comes after this one.")


def _given(state: State) -> Given:
    """Return the answers of phase zero so far, by requirement."""
    return {item.id: value for item in state.of_kind("requirement") if (value := item.get("value")) is not None}


def _refuse_row(item_id: str, prop: str, state: State, content: Content) -> None:
    """Refuse to begin a row of the team's own without its title, and one too many."""
    table_id, _, row = item_id.partition("/")
    table = content.tables.get(table_id)
    if table is None or table.row(row):
        return
    if prop != "title":
        raise OpRefused("malformed", "Name the row first.")
    if sum(1 for found in state.of_kind("row") if found.id.startswith(f"{table_id}/")) >= MAX_ROWS:
        raise OpRefused("too-large", f"A table holds at most {MAX_ROWS} rows.")


_ACTIONS: Mapping[str, Callable[[Op, State, Content, Author], list[Change]]] = {
    "add": _add,
    "set": _set,
    "record": lambda op, state, _content, _author: record_changes(op, state),
}


def _split(item: str) -> tuple[str, str]:
    kind, _, item_id = item.partition(":")
    return kind, item_id
