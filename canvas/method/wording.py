"""Other words for what content says, while a rule of omission holds: what stands elsewhere then, and what leaves.

A path such as `tables/hidden-costs/rows/labelling` leads to one piece of the content; what has no id goes by its place
in the list, from 1, and what there is one of, such as the gate of a block, by `only`. Whether a rule holds is worked
out in `canvas/advice/excluded.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from canvas.method.content import Content
from canvas.method.omissions import OmissionRule
from canvas.reading.types import Model

# What can be worded anew, and what can leave: a part of the content by id, or a piece inside of one.
ONLY = "only"
PARTS = ("canvases", "sections", "slots", "agendas", "steps", "tables", "quantities", "advisors", "findings", "terms")


def reworded(content: Content, rules: Iterable[OmissionRule]) -> Content:
    """Return the content in the words of the rules that hold; of several, the first one tells. Kept once made."""
    base, rules = content.base or content, tuple(rules)
    named = tuple(rule.id for rule in rules if rule.words)
    if not named:
        return base
    if named not in base.wordings:
        words: dict[str, Mapping[str, Any] | None] = {}
        for rule in reversed(rules):
            words |= rule.words
        base.wordings[named] = _with(base, words)
    return base.wordings[named]


def _with(base: Content, words: Mapping[str, Mapping[str, Any] | None]) -> Content:
    parts: dict[str, Any] = {}
    for path, said in words.items():
        part, id_, *rest = path.split("/")
        known = parts.setdefault(part, dict(getattr(base, part)))
        known[id_] = _said(known[id_], rest, said)
    return replace(base, **parts, base=base)


def _said(piece: Any, rest: list[str], said: Mapping[str, Any] | None) -> Any:
    if not rest:
        return piece.model_copy(update=dict(said or {}))
    name, id_, *deeper = rest
    inside = getattr(piece, name)
    if isinstance(inside, Model):
        return piece.model_copy(update={name: _said(inside, deeper, said)})
    kept = []
    for place, inner in enumerate(inside, 1):
        if _id(inner, place) != id_:
            kept.append(inner)
        elif said is not None or deeper:
            kept.append(_said(inner, deeper, said))
    return piece.model_copy(update={name: tuple(kept)})


def _id(piece: Any, place: int) -> str:
    return str(getattr(piece, "id", place))


def broken_words(rule: OmissionRule, content: Content) -> Iterator[tuple[str, str]]:
    """Yield each path of a rule that leads nowhere, or whose words do not fit there, with what is wrong."""
    for path, said in rule.words.items():
        try:
            _found(path, content)
        except LookupError as missing:
            yield path, f"'{path}' leads nowhere: {missing.args[0]}"
            continue
        if wrong := _misfit(path, said, content):
            yield path, wrong


def _found(path: str, content: Content) -> Any:
    """Return what a path leads to. Raises `LookupError` with what is not there."""
    part, id_, *rest = path.split("/")
    if part not in PARTS:
        raise LookupError(f"there are {', '.join(PARTS)}")
    piece = getattr(content, part).get(id_)
    while piece is not None and rest:
        name, id_, *rest = rest
        inside = getattr(piece, name, None)
        if isinstance(inside, Model):
            piece = inside if id_ == ONLY else None
        elif isinstance(inside, tuple):
            piece = next((inner for place, inner in enumerate(inside, 1) if _id(inner, place) == id_), None)
        else:
            raise LookupError(f"nothing is inside of '{name}'")
    if piece is None:
        raise LookupError(f"there is no '{id_}'")
    return piece


def _misfit(path: str, said: Mapping[str, Any] | None, content: Content) -> str | None:
    if said is None and path.rpartition("/")[2].isdigit():
        return f"'{path}' goes by its place, and would give its place to the next when it leaves"
    if said is None:
        part, id_, *_ = path.split("/")
        return _invalid(_with(content, {path: None}).__dict__[part][id_]) if path.count("/") > 1 else _whole(path)
    piece = _found(path, content)
    unknown = next((name for name in said if name not in type(piece).model_fields or name == "id"), None)
    if unknown is not None:
        return f"'{path}' has no text '{unknown}'"
    return _invalid(piece.model_copy(update=dict(said)))


def _whole(path: str) -> str:
    return f"'{path}' cannot leave as a whole: only a piece of it can, such as a question or an option"


def _invalid(piece: Model) -> str | None:
    try:
        type(piece).model_validate(piece.model_dump(by_alias=True, exclude_unset=True))
    except ValidationError as error:
        return f"these words do not fit: {error.errors()[0]['msg']}"
    return None
