"""What a client asks for: an op, who asks, and what its link allows. Shapes only; `ops.py` judges them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from canvas.errors import OpRefused
from canvas.reading.problems import in_words

Role = Literal["facilitator", "participant", "viewer"]
ROLES: tuple[Role, ...] = get_args(Role)

MAX_OP_BYTES = 16_000
OP_ID = r"^[\w.-]{1,40}$"
# The largest whole number that databases, JSON and browsers all keep to the last digit.
LARGEST_WHOLE = 2**53 - 1
# No property goes deeper than an entry of a list in a value; far below where readers and writers of JSON give up.
DEEPEST = 12
MOST_PARTS = MAX_OP_BYTES


class Op(BaseModel):
    """A change somebody asks for. `base` is the sequence of that property which the person saw."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    op_id: Annotated[str, Field(pattern=OP_ID)]
    action: Literal["add", "set", "record", "undo", "restore"]
    item: Annotated[str, Field(max_length=100)]
    prop: Annotated[str, Field(max_length=40)] | None = None
    value: Any = None
    base: Annotated[int, Field(ge=0, le=LARGEST_WHOLE)] | None = None


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
        raise OpRefused("malformed", f"This change cannot be read: {where}: {in_words(first)}.") from None


def refuse_unkeepable(value: object) -> None:
    """Refuse what cannot be kept as plain data, whatever property it is meant for. Raises `OpRefused`.

    Kept are texts, truth values, finite numbers, whole ones up to `LARGEST_WHOLE`, and lists and objects of these, at
    most `DEEPEST` levels deep and of `MOST_PARTS` parts.
    """
    # Level by level and without recursion: the deepest value must not be what breaks its judge.
    level, depth, parts = [value], 0, 0
    while level:
        parts += len(level)
        if depth > DEEPEST:
            raise OpRefused("malformed", f"This change is nested more than {DEEPEST} levels deep.")
        if parts > MOST_PARTS:
            raise OpRefused("too-large", f"This change has more than {MOST_PARTS} parts.")
        level = [inner for part in level for inner in _parts_of(part)]
        depth += 1


def _parts_of(part: object) -> Iterable[object]:
    """Return what is inside a part of a value. Raises `OpRefused` when the part itself cannot be kept."""
    if isinstance(part, Mapping):
        if not all(isinstance(key, str) for key in part):
            raise OpRefused("malformed", "The names in a change must be texts.")
        return part.values()
    if isinstance(part, list | tuple):
        return part
    if isinstance(part, int) and not -LARGEST_WHOLE <= part <= LARGEST_WHOLE:
        raise OpRefused("malformed", f"A whole number must be between -{LARGEST_WHOLE} and {LARGEST_WHOLE}.")
    if isinstance(part, float) and not math.isfinite(part):
        raise OpRefused("malformed", "A number must be finite.")
    if part is not None and not isinstance(part, str | int | float):
        raise OpRefused("malformed", "A change holds texts, numbers, true, false, lists and objects, nothing else.")
    return ()
