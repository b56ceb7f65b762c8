"""What a client asks for: an op, who asks, and what its link allows. Shapes only; `ops.py` judges them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from canvas.errors import OpRefused

Role = Literal["facilitator", "participant", "viewer"]
ROLES: tuple[Role, ...] = get_args(Role)

MAX_OP_BYTES = 16_000
OP_ID = r"^[\w.-]{1,40}$"


class Op(BaseModel):
    """A change somebody asks for. `base` is the sequence of that property which the person saw."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    op_id: Annotated[str, Field(pattern=OP_ID)]
    action: Literal["add", "set", "record", "undo", "restore"]
    item: Annotated[str, Field(max_length=100)]
    prop: Annotated[str, Field(max_length=40)] | None = None
    value: Any = None
    base: Annotated[int, Field(ge=0)] | None = None


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
