"""What a message of a client asks to change: one op, one undo, or a batch of both, read into ops for the store.

Only shape and size are judged here; whether a change is allowed is the part of `canvas/log/ops.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from canvas.errors import OpRefused
from canvas.live.frames import encode
from canvas.log.op import MAX_OP_BYTES, Op, parse_op

MOST_OPS = 200
TOO_LARGE = "This change is too large. Split the text into several notes."
TOO_MUCH = "This change is too large. Take something out of it."
TOO_MANY = f"At most {MOST_OPS} changes can be made together. Send them in several batches."
NO_BATCH = "A batch holds a list of changes, each an op or an undo with a name of its own."


def parts_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the changes that a message asks for, each as it would come alone; of a batch as many as one may have."""
    if message.get("t") != "ops":
        return [message]
    listed = message.get("ops")
    return [part for part in listed[:MOST_OPS] if isinstance(part, dict)] if isinstance(listed, list) else []


def turns_of(message: dict[str, Any]) -> int:
    """Return how many changes a batch asks for, whatever they are; none for any other message.

    A batch that is too long is refused by its length, so it counts no more than the longest.
    """
    listed = message.get("ops") if message.get("t") == "ops" else None
    return min(len(listed), MOST_OPS) if isinstance(listed, list) else 0


def names_of(message: dict[str, Any]) -> list[str | None]:
    """Return the name that an answer gives each change: its own, as far as it has one that can be sent."""
    return [_name(part) for part in parts_of(message)] or [None]


def notes_of(message: dict[str, Any]) -> Iterator[str]:
    """Yield the notes that a message asks to change, each once."""
    items = dict.fromkeys(item for part in parts_of(message) if isinstance(item := part.get("item"), str))
    return (item for item in items if item.startswith("note:"))


def ops_of(message: dict[str, Any], size: int) -> list[Op]:
    """Return the ops of a message of `size` letters. Raises `OpRefused`, which names the op that is no good."""
    if message.get("t") != "ops":
        return [_op(message, size)]
    listed, parts = message.get("ops"), parts_of(message)
    if isinstance(listed, list) and len(listed) > MOST_OPS:
        raise OpRefused("too-large", TOO_MANY)
    if not parts or listed != parts or any(part.get("t") not in ("op", "undo") for part in parts):
        raise OpRefused("malformed", NO_BATCH)
    ops = [_named(part) for part in parts]
    if len({op.op_id for op in ops}) < len(ops):
        raise OpRefused("malformed", NO_BATCH)
    return ops


def _named(part: dict[str, Any]) -> Op:
    try:
        return _op(part, len(encode(part)))
    except OpRefused as refused:
        refused.op_id = _name(part)
        raise


def _op(part: dict[str, Any], size: int) -> Op:
    if size > MAX_OP_BYTES:
        raise OpRefused("too-large", TOO_LARGE if str(part.get("item")).startswith("note:") else TOO_MUCH)
    if part["t"] == "undo":
        return parse_op({"op_id": part.get("op_id"), "action": "undo", "item": "", "value": part.get("undoes")})
    return parse_op({key: value for key, value in part.items() if key != "t"})


def _name(part: dict[str, Any]) -> str | None:
    op_id = part.get("op_id")
    # Half of a character cannot be sent back.
    return op_id[:40] or None if isinstance(op_id, str) and op_id.isprintable() else None
