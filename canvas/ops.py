"""What a person may change, and what each change becomes in the log. The only place that validates live input.

An op names an item, one property and the new value, with the sequence it saw. Here it is checked against role, size,
existence and content, text is cleaned, and one or more events come out. Nothing here stores or sends.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from canvas.content import Content
from canvas.errors import OpRefused
from canvas.log import Event, State
from canvas.text import clean
from canvas.workshop import (
    Answer,
    Day,
    Decision,
    Evidence,
    Id,
    NoteKind,
    PracticeValue,
    RequirementState,
    RequirementValue,
    ShortText,
    Slug,
    Text,
)
from canvas.workshop_file import refused_choice

Role = Literal["facilitator", "participant", "viewer"]
ROLES: tuple[Role, ...] = get_args(Role)

MAX_NOTES = 2000
MAX_OP_BYTES = 16_000


class Op(BaseModel):
    """A change somebody asks for. `base` is the sequence of that property which the person saw."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    op_id: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w.-]+$")]
    action: Literal["add", "set", "record", "undo"]
    item: Annotated[str, Field(max_length=100)]
    prop: Annotated[str, Field(max_length=40)] | None = None
    value: Any = None
    base: Annotated[int, Field(ge=0)] | None = None


class Position(BaseModel):
    """Where a note stands: canvas, block, and a number that orders it among its neighbours."""

    model_config = ConfigDict(extra="forbid")

    canvas: Id
    block: Id
    pos: Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)]


@dataclass(frozen=True)
class Author:
    """Who asks: a random participant id and what the link allows."""

    id: str
    role: Role


def parse_op(raw: object) -> Op:
    """Return the op in a client's message. Raises `OpRefused` with code `malformed`."""
    try:
        return Op.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the message"
        raise OpRefused("malformed", f"This change cannot be read: {where}: {first['msg']}.") from None


def to_events(op: Op, state: State, content: Content, author: Author, at: str) -> list[Event]:
    """Return the events that `op` causes in `state`; none when it changes nothing. Raises `OpRefused`."""
    if author.role == "viewer":
        raise OpRefused("forbidden", "This link is for looking only. Ask the facilitator for a participant link.")
    changes = _ACTIONS[op.action](op, state, content)
    return [
        Event(state.seq + 1 + part, op.op_id, part, at, author.id, action, item, prop, value, was, op.base)
        for part, (action, item, prop, value, was) in enumerate(changes)
    ]


def undo_op(op: Op, caused: list[Event], state: State, author: Author) -> list[Op]:
    """Return the ops that take back the events `caused` by an earlier op of the same person.

    Raises `OpRefused` with code `stale` when somebody else has changed the same thing since.
    """
    if not caused or any(event.author != author.id for event in caused):
        raise OpRefused("unknown", "There is nothing of yours to undo there.")
    ops = []
    for event in reversed(caused):
        if event.action == "import" or event.kind == "decision":
            raise OpRefused("forbidden", "A recorded decision stays; record a new one that replaces it.")
        prop = event.prop if event.action == "set" else "deleted"
        item = state.items.get(event.item)
        last = item.properties.get(prop or "") if item else None
        # My own later changes do not count: taking back several steps in turn writes the property each time.
        if event.action == "set" and (last is None or last.author != author.id):
            raise OpRefused("stale", "Somebody changed this after you, so it was not undone.")
        value = event.was if event.action == "set" else True
        ops.append(Op(op_id=op.op_id, action="set", item=event.item, prop=prop, value=value, base=event.seq))
    return ops


Change = tuple[Literal["add", "set"], str, str | None, Any, Any]


def _add(op: Op, state: State, content: Content) -> list[Change]:
    kind, item_id = _split(op.item)
    if kind not in {"note", "risk", "task"}:
        raise OpRefused("malformed", f"A {kind or 'thing without a kind'} cannot be added.")
    if op.item in state.items:
        raise OpRefused("malformed", f"'{op.item}' exists already.")
    if kind == "note" and sum(1 for _ in state.of_kind("note")) >= MAX_NOTES:
        raise OpRefused("too-large", f"A workshop holds at most {MAX_NOTES} notes.")
    if not isinstance(op.value, Mapping):
        raise OpRefused("malformed", "Adding needs the properties of the new item.")
    _check(Id, item_id)
    value = {prop: _value(kind, item_id, prop, given, content) for prop, given in op.value.items()}
    missing = [prop for prop in _NEEDED[kind] if value.get(prop) is None]
    if missing:
        raise OpRefused("malformed", f"A {kind} needs {' and '.join(missing)}.")
    return [("add", op.item, None, value, None)]


def _set(op: Op, state: State, content: Content) -> list[Change]:
    kind, item_id = _split(op.item)
    if op.prop is None or kind not in _PROPERTIES:
        raise OpRefused("malformed", "This change names no known property.")
    item = state.items.get(op.item)
    if kind in _NEEDED and item is None:
        raise OpRefused("unknown", f"'{op.item}' does not exist.")
    value = _value(kind, item_id, op.prop, op.value, content)
    if value is None and op.prop in (*_NEEDED.get(kind, ()), *_ALWAYS.get(kind, ())):
        raise OpRefused("malformed", f"A {kind} cannot be without {op.prop}.")
    present = item.properties.get(op.prop) if item else None
    was = present.value if present else None
    if was == value:
        return []
    if kind != "note" and present and op.base is not None and present.seq > op.base:
        # On the board the last writer wins in sight of everybody; on a page nobody saw the other's change.
        raise OpRefused("stale", "Somebody else changed this while you were looking at it.")
    return [("set", op.item, op.prop, value, was)]


def _record(op: Op, state: State, content: Content) -> list[Change]:
    """Turn the draft of a slot into a numbered decision; the one in force, if any, becomes superseded by it."""
    kind, slot = _split(op.item)
    draft = state.items.get(op.item)
    choice = draft.get("choice") if draft and not draft.deleted else None
    if kind != "draft" or draft is None or choice is None:
        raise OpRefused("unknown", "There is no drafted choice to record. Choose an option first.")
    if not draft.get("because"):
        raise OpRefused("malformed", "A decision needs its reason. Write why, then record it.")
    in_force = state.document().decision_for(slot)
    earlier = in_force.number if in_force and in_force.status == "accepted" else None
    number = 1 + max((int(item.id) for item in state.of_kind("decision")), default=0)
    record = {
        "slot": slot,
        "choice": choice,
        "options": draft.get("options", []),
        "because": draft.get("because"),
        "drivers": draft.get("drivers", []),
        "decided_on": _check(Day, op.value),
        "supersedes": earlier,
    }
    Decision.model_validate({"number": number, "status": "accepted", **record})
    cleared: list[Change] = [
        ("set", op.item, prop, None, draft.get(prop)) for prop in ("choice", "because", "options", "drivers")
    ]
    return [("add", f"decision:{number}", None, {"record": record}, None), *cleared]


def _undo(op: Op, state: State, content: Content) -> list[Change]:
    raise OpRefused("malformed", "An undo needs the log and is resolved by the store.")


_ACTIONS: Mapping[str, Callable[[Op, State, Content], list[Change]]] = {
    "add": _add,
    "set": _set,
    "record": _record,
    "undo": _undo,
}

# What an item must have from the start, and what may never be emptied though it starts from nothing.
_NEEDED: Mapping[str, tuple[str, ...]] = {"note": ("text", "kind", "place"), "risk": ("text",), "task": ("title",)}
_ALWAYS: Mapping[str, tuple[str, ...]] = {"workshop": ("title",), "requirement": ("state",), "answer": ("state",)}

_PROPERTIES: Mapping[str, Mapping[str, Any]] = {
    "workshop": {"title": ShortText, "team": ShortText, "date": Day, "slug": Slug},
    "note": {"text": Text, "kind": NoteKind, "source": ShortText, "place": Position, "deleted": bool},
    "risk": {"text": Text, "block": Id, "mitigation": Text, "owner": ShortText, "source": ShortText, "deleted": bool},
    "task": {"title": ShortText, "after": tuple[Id, ...], "prediction": bool, "note": Text, "deleted": bool},
    "requirement": {"value": RequirementValue, "source": ShortText, "state": RequirementState, "deleted": bool},
    "draft": {
        "choice": ShortText,
        "options": tuple[ShortText, ...],
        "because": Text,
        "drivers": tuple[Id, ...],
        "deleted": bool,
    },
    "answer": {
        "state": Answer.model_fields["state"].annotation,
        "value": PracticeValue | float,
        "reason": Text,
        "measured_on": Day,
        "evidence": tuple[Evidence, ...],
        "deleted": bool,
    },
    "target": {"value": float, "by": Day, "deleted": bool},
}


def _split(item: str) -> tuple[str, str]:
    kind, _, item_id = item.partition(":")
    return kind, item_id


def _value(kind: str, item_id: str, prop: str, value: Any, content: Content) -> Any:
    """Return the cleaned value of one property as plain data. None empties it."""
    annotation = _PROPERTIES[kind].get(prop)
    if annotation is None:
        raise OpRefused("malformed", f"A {kind} has no property '{prop}'.")
    value = _cleaned(value)
    if value is None or value == "":
        return None
    _check_content(kind, item_id, prop, value := _check(annotation, value), content)
    return value


def _check(annotation: Any, value: Any) -> Any:
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(annotation)
        return adapter.dump_python(adapter.validate_python(value), mode="json", exclude_none=True)
    except ValidationError as error:
        message = error.errors(include_url=False)[0]
        code = "too-large" if message["type"] == "string_too_long" else "malformed"
        raise OpRefused(code, f"This was not accepted: {message['msg']}.") from None


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise OpRefused("malformed", "A number must be finite.")
    if isinstance(value, list | tuple):
        return [_cleaned(entry) for entry in value]
    return {key: _cleaned(entry) for key, entry in value.items()} if isinstance(value, Mapping) else value


def _check_content(kind: str, item_id: str, prop: str, value: Any, content: Content) -> None:
    """Refuse what only content can judge: unknown blocks, requirements, slots and choices."""
    if kind == "note" and prop == "place":
        canvas = content.canvases.get(value["canvas"])
        if canvas is None or canvas.block(value["block"]) is None:
            raise OpRefused("unknown", f"There is no block '{value['block']}' on canvas '{value['canvas']}'.")
    elif kind == "requirement":
        definition = content.requirements.get(item_id)
        if definition is None:
            raise OpRefused("unknown", f"There is no requirement '{item_id}'.")
        wrong = definition.refusal(value) if prop == "value" else None
        if wrong:
            raise OpRefused("malformed", f"{definition.title}: {wrong}.")
    elif kind == "draft":
        if item_id not in content.slots:
            raise OpRefused("unknown", f"There is no slot '{item_id}'.")
        for choice in [value] if prop == "choice" else value if prop == "options" else []:
            wrong = refused_choice(item_id, choice, content)
            if wrong:
                raise OpRefused("unknown", f"{wrong}.")
