"""Turn pydantic's errors into problems with file, line, and a sentence on how to mend them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from canvas.errors import Problem
from canvas.reading.strict_yaml import Source, YamlPath

_MENDS = {
    "missing": "Add it",
    "value_error": "Change the value",
    "day": "Write a day as 2026-11-23",
    "too_long": "Keep the list short; this file may not be what you meant",
    "string_type": "Write text; put it in quotes if it looks like a number or a word such as true",
    "string_too_long": "Shorten it",
    "string_too_short": "Write something, or remove the key",
    "list_type": "Write a list, each entry on its own line after '- '",
    "tuple_type": "Write a list, each entry on its own line after '- '",
    "dict_type": "Write 'key: value' lines, indented",
    "model_type": "Write 'key: value' lines, indented",
    "int_type": "Write a whole number",
    "int_parsing": "Write a whole number",
    "float_type": "Write a number",
    "float_parsing": "Write a number",
    "bool_type": "Write true or false",
    "bool_parsing": "Write true or false",
}


THIS_SHOULD_BE = "this should be "
_WORDS = {
    "string_type": "this should be text",
    "tuple_type": "this should be a list",
    "list_type": "this should be a list",
    "dict_type": "this should be 'key: value' lines",
    "model_type": "this should be 'key: value' lines",
    "model_attributes_type": "this should be 'key: value' lines",
    "int_type": "this should be a whole number",
    "int_parsing": "this should be a whole number",
    "int_from_float": "this should be a whole number",
    "float_type": "this should be a number",
    "float_parsing": "this should be a number",
    "bool_type": "this should be true or false",
    "bool_parsing": "this should be true or false",
    "string_too_short": "this is empty",
    "too_long": "this list is too long",
}


def to_problems(error: ValidationError, source: Source, model: type[BaseModel] | None = None) -> list[Problem]:
    """Return one problem for each place that failed, however many alternatives pydantic tried there."""
    by_path: dict[YamlPath, list[ErrorDetails]] = {}
    for details in error.errors(include_url=False):
        by_path.setdefault(_yaml_path(details, source), []).append(details)
    return [_problem(path, details, source, model) for path, details in by_path.items()]


def _yaml_path(details: ErrorDetails, source: Source) -> YamlPath:
    """Return the longest part of the location that names data; union members and the like are left out."""
    path: YamlPath = ()
    for part in details["loc"]:
        if (*path, part) in source.lines:
            path = (*path, part)
    if details["type"] == "missing" or (details["type"] == "extra_forbidden" and not path):
        return (*path, details["loc"][-1])
    return path


def _problem(path: YamlPath, details: list[ErrorDetails], source: Source, model: type[BaseModel] | None) -> Problem:
    first = details[0]
    where = _name(path)
    if first["type"] == "extra_forbidden":
        known = _known_keys(model, path[:-1]) if model else []
        close = get_close_matches(str(path[-1]), known, 1)
        mend = f"Did you mean '{close[0]}'?" if close else f"Known here: {', '.join(known)}" if known else "Remove it"
        return source.problem(path, f"unknown key '{path[-1]}'", mend)
    if first["type"] == "missing":
        return source.problem(path[:-1], f"'{path[-1]}' is missing in {_name(path[:-1])}", "Add it")
    if len(details) > 1:
        given = f"{str(first['input'])[:60]!r}"
        return source.problem(path, f"{where}: {given} is neither {' nor '.join(_wanted(details))}", _mend(first))
    return source.problem(path, f"{where}: {in_words(first)}", _mend(first))


def _wanted(details: list[ErrorDetails]) -> dict[str, None]:
    """Return what each of several alternatives would have taken, each once."""
    words = (
        f"one of {d['ctx']['expected']}" if d["type"] == "literal_error" else in_words(d).removeprefix(THIS_SHOULD_BE)
        for d in details
    )
    return dict.fromkeys(words)


def in_words(details: ErrorDetails) -> str:
    """Say what is wrong with a value, as the end of a sentence without its full stop."""
    if details["type"] in _WORDS:
        return _WORDS[details["type"]]
    if details["type"] == "string_too_long":
        return f"this has {len(details['input']):,} characters, and {details['ctx']['max_length']:,} is the most"
    if details["type"] == "literal_error":
        return f"{str(details['input'])[:60]!r} is not one of {details['ctx']['expected']}"
    if details["type"] == "string_pattern_mismatch":
        return f"{str(details['input'])[:60]!r} has the wrong form"
    message = details["msg"].removeprefix("Value error, ")
    message = re.sub("^(Input|String|List|Tuple|Dictionary) should", "this should", message)
    return message[0].lower() + message[1:]


def _mend(details: ErrorDetails) -> str:
    if details["type"] == "literal_error":
        close = get_close_matches(str(details["input"]), str(details["ctx"]["expected"]).replace("'", "").split(), 1)
        return f"Did you mean '{close[0].strip(',')}'?" if close else "Use one of these"
    if details["type"] == "string_pattern_mismatch":
        return _pattern_mend(str(details["ctx"]["pattern"]))
    return _MENDS.get(details["type"], "Change the value")


def _pattern_mend(pattern: str) -> str:
    if "[0-9]{4}" in pattern:
        return _MENDS["day"]
    if "https" in pattern:
        return "Write an address that starts with https://"
    return "Use lower-case letters, digits, dots and hyphens"


def _name(path: Iterable[str | int]) -> str:
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "the file"


def _known_keys(model: type[BaseModel], path: YamlPath) -> list[str]:
    """Follow `path` through the annotations of `model` and return the keys allowed there, or nothing if unclear."""
    current: Any = model
    for part in path:
        if isinstance(current, type) and issubclass(current, BaseModel) and part in current.model_fields:
            current = current.model_fields[str(part)].annotation
        else:
            current = next((a for a in reversed(get_args(_unwrap(current))) if a is not Ellipsis), None)
        current = _unwrap(current)
    return sorted(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else []


def _unwrap(annotation: Any) -> Any:
    """Strip limits and `None` alternatives: `X | None` reads as `X`, a list of limited length as the list."""
    if get_origin(annotation) is Annotated:
        return _unwrap(get_args(annotation)[0])
    args = [a for a in get_args(annotation) if a is not type(None)]
    return args[0] if len(args) == 1 and type(None) in get_args(annotation) else annotation
