"""What each property of an item may hold, and how live input becomes such a value: cleaned, checked, plain data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from canvas.content import Content
from canvas.errors import OpRefused
from canvas.text import clean
from canvas.workshop import (
    Answer,
    Day,
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


class Position(BaseModel):
    """Where a note stands: canvas, block, and a number that orders it among its neighbours."""

    model_config = ConfigDict(extra="forbid")

    canvas: Id
    block: Id
    pos: Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)]


# What an item must have from the start, and what may never be emptied though it starts from nothing.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "note": ("text", "kind", "place"),
    "risk": ("text",),
    "task": ("title",),
    "moment": ("name",),
}
ALWAYS: Mapping[str, tuple[str, ...]] = {"workshop": ("title",), "requirement": ("state",), "answer": ("state",)}

PROPERTIES: Mapping[str, Mapping[str, Any]] = {
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
    "moment": {"name": ShortText, "deleted": bool},
}


def property_value(kind: str, item_id: str, prop: str, value: Any, content: Content) -> Any:
    """Return the cleaned value of one property as plain data. None empties it."""
    annotation = PROPERTIES[kind].get(prop)
    if annotation is None:
        raise OpRefused("malformed", f"A {kind} has no property '{prop}'.")
    value = _cleaned(value)
    if value is None or value == "":
        return None
    _check_content(kind, item_id, prop, value := checked(annotation, value), content)
    return value


def checked(annotation: Any, value: Any) -> Any:
    """Return `value` as plain data of a type. Raises `OpRefused` when it does not fit."""
    try:
        adapter = _adapter(annotation)
        return adapter.dump_python(adapter.validate_python(value), mode="json", exclude_none=True)
    except ValidationError as error:
        message = error.errors(include_url=False)[0]
        code = "too-large" if message["type"] == "string_too_long" else "malformed"
        raise OpRefused(code, f"This was not accepted: {message['msg']}.") from None


@lru_cache(256)
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    # Building one takes longer than everything else that is done to an op.
    return TypeAdapter(annotation)


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
