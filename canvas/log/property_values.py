"""How live input becomes the value of a property: cleaned, checked against its type and the method, plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from canvas.document.links import refused_choice, refused_likeness
from canvas.document.unfit import Given, refusal_of
from canvas.errors import OpRefused
from canvas.log.item_kinds import BEYOND, rules_of
from canvas.method.content import Content
from canvas.reading.problems import in_words
from canvas.reading.text_gate import clean
from canvas.reading.types import NONE_YET, NOT_APPLICABLE, Id, RequirementValue


def property_value(
    kind: str, item_id: str, prop: str, value: Any, content: Content, given: Given = MappingProxyType({})
) -> Any:
    """Return the cleaned value of one property as plain data. None empties it.

    `given` are the answers of phase zero so far: what can be true of one may hang on another.
    """
    annotation = rules_of(kind).properties.get(prop)
    if annotation is None and kind == "row":
        annotation = RequirementValue
    if annotation is None:
        raise OpRefused("malformed", f"A {kind} has no property '{prop}'.")
    value = _cleaned(value)
    if value is None or value == "":
        return None
    _check_content(kind, item_id, prop, value := checked(annotation, value), content, given)
    return value


def checked(annotation: Any, value: Any) -> Any:
    """Return `value` as plain data of a type. Raises `OpRefused` when it does not fit."""
    try:
        adapter = _adapter(annotation)
        return adapter.dump_python(adapter.validate_python(value), mode="json", exclude_none=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        code = "too-large" if first["type"] == "string_too_long" else "malformed"
        raise OpRefused(code, f"This was not accepted: {in_words(first)}.") from None


@lru_cache(256)
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    # Building one takes longer than everything else that is done to an op.
    return TypeAdapter(annotation)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [_cleaned(entry) for entry in value]
    return {key: _cleaned(entry) for key, entry in value.items()} if isinstance(value, Mapping) else value


def _check_content(kind: str, item_id: str, prop: str, value: Any, content: Content, given: Given) -> None:
    """Refuse what only content can judge: unknown blocks, requirements, rows, slots and choices."""
    check = _CONTENT_CHECKS.get(kind)
    if kind == "requirement":
        _check_requirement(item_id, prop, value, content, given)
    elif check:
        check(item_id, prop, value, content)


def _check_place(item_id: str, prop: str, value: Any, content: Content) -> None:
    if prop != "place":
        return
    canvas = content.canvases.get(value["canvas"])
    if canvas is None or canvas.block(value["block"]) is None:
        raise OpRefused("unknown", f"There is no block '{value['block']}' on canvas '{value['canvas']}'.")


def _check_requirement(item_id: str, prop: str, value: Any, content: Content, given: Given) -> None:
    definition = content.requirements.get(item_id)
    if definition is None:
        raise OpRefused("unknown", f"There is no requirement '{item_id}'.")
    if prop == "value" and (wrong := refusal_of(definition, value, given, content)):
        raise OpRefused("malformed", f"{definition.title}: {wrong}")


def _check_draft(item_id: str, prop: str, value: Any, content: Content) -> None:
    if item_id.startswith(BEYOND):
        checked(Id, item_id)
        if prop in ("like", "beside", "options", "advised"):
            raise OpRefused("malformed", "A decision beyond the slots has no choices of the catalog.")
        return
    if item_id not in content.slots:
        raise OpRefused("unknown", f"There is no slot '{item_id}'.")
    if prop == "title":
        raise OpRefused("malformed", "What a slot decides has its title from there.")
    for choice in [value] if prop == "choice" else value if prop in ("beside", "options") else []:
        if wrong := refused_choice(item_id, choice, content):
            raise OpRefused("unknown", f"{wrong}.")
    if prop == "beside" and {NONE_YET, NOT_APPLICABLE} & set(value):
        raise OpRefused("malformed", "Only what is in use stands beside the main choice.")
    if prop == "like" and (wrong := refused_likeness(item_id, value, content)):
        raise OpRefused("unknown", f"{wrong}.")


def _check_cell(item_id: str, prop: str, value: Any, content: Content) -> None:
    """Refuse a cell of a table, row or column that does not exist, and a value that its column does not take."""
    table_id, _, row = item_id.partition("/")
    table = content.tables.get(table_id)
    if table is None or not (table.own_rows or table.row(row)):
        raise OpRefused("unknown", f"There is no row '{item_id}'.")
    checked(Id, row)
    if prop in rules_of("row").properties:
        if table.row(row):
            raise OpRefused("forbidden", "This row belongs to the table; only its cells can be changed.")
        return
    column = table.column(prop)
    if column is None:
        raise OpRefused("unknown", f"Table '{table_id}' has no column '{prop}'.")
    if wrong := refusal_of(column, value, {}, content):
        raise OpRefused("malformed", f"{column.title}: {wrong}")


def _check_task(item_id: str, prop: str, value: Any, content: Content) -> None:
    definition = next((field for field in content.forms["task"] if field.id == prop), None)
    if definition is not None and (wrong := refusal_of(definition, value, {}, content)):
        raise OpRefused("malformed", f"{definition.title}: {wrong}")


def _check_head(_item_id: str, prop: str, value: Any, _content: Content) -> None:
    if prop == "models" and len(set(value)) < len(value):
        raise OpRefused("malformed", "Each model can be chosen once.")


_CONTENT_CHECKS: Mapping[str, Callable[[str, str, Any, Content], None]] = {
    "workshop": _check_head,
    "note": _check_place,
    "row": _check_cell,
    "task": _check_task,
    "draft": _check_draft,
}
