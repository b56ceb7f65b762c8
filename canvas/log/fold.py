"""The workshop document as the fold of its log: what files, pages, scores and outputs read.

The inverse of taking a document apart into items, which `events.py` does at import.
"""

from __future__ import annotations

from typing import Any

from canvas.document.task_order import in_order
from canvas.document.workshop import Workshop
from canvas.log.events import Item, State
from canvas.log.facilitation import visible_notes, vote_totals
from canvas.log.item_kinds import LISTS
from canvas.log.records import decisions_of


def document_of(state: State) -> Workshop:
    """Return the workshop document that a state amounts to. What is not revealed to everybody is not in it."""
    return Workshop.model_validate(_plain_document(state))


def _plain_document(state: State) -> dict[str, Any]:
    workshop = state.items.get("workshop:")
    head = {name: p.value for name, p in workshop.properties.items() if p.value is not None} if workshop else {}
    lists = {name: [_plain(item) for item in state.of_kind(kind)] for kind, name in LISTS.items()}
    lists["tasks"] = in_order(lists["tasks"])
    lists["requirements"] = [_consistent_requirement(entry) for entry in lists["requirements"] if len(entry) > 1]
    lists["answers"] = [_consistent_answer(entry) for entry in lists["answers"] if len(entry) > 1]
    lists["assignments"] = [entry for entry in lists["assignments"] if len(entry) > 1]
    targets = [
        {"model": item.id, **_properties(item)} for item in state.of_kind("target") if item.get("value") is not None
    ]
    rest = {
        "canvases": _canvases(state),
        "tables": _tables(state),
        "decisions": decisions_of(state),
        "targets": targets,
    }
    return {**head, **lists, **rest}


def _properties(item: Item) -> dict[str, Any]:
    return {n: p.value for n, p in item.properties.items() if p.value is not None and n != "deleted"}


def _plain(item: Item) -> dict[str, Any]:
    return {"id": item.id, **_properties(item)}


def _consistent_requirement(entry: dict[str, Any]) -> dict[str, Any]:
    # Value, state and reason are separate properties, so that two people can change one each; together they must make
    # sense.
    if entry.get("state") == "not-applicable" and "reason" in entry:
        return {name: value for name, value in entry.items() if name != "value"}
    entry = {name: value for name, value in entry.items() if name != "reason"}
    if "value" not in entry:
        return {**entry, "state": "open"}
    return entry if entry.get("state") in {"assumed", "decided"} else {**entry, "state": "decided"}


def _consistent_answer(entry: dict[str, Any]) -> dict[str, Any]:
    if entry.get("state", "answered") == "answered":
        return {**entry, "state": "answered"} if "value" in entry else {**entry, "state": "unknown"}
    return {name: value for name, value in entry.items() if name != "value"}


def _canvases(state: State) -> dict[str, dict[str, list[dict[str, Any]]]]:
    canvases: dict[str, dict[str, list[dict[str, Any]]]] = {}
    totals = vote_totals(state)
    for item in sorted(visible_notes(state, None), key=lambda note: (note.get("place")["pos"], note.id)):
        place = item.get("place")
        note = {name: value for name, value in _plain(item).items() if name not in {"place", "round"}}
        if totals is not None:
            note["votes"] = totals.get(item.id, 0)
        canvases.setdefault(place["canvas"], {}).setdefault(place["block"], []).append(note)
    return {canvas: dict(sorted(blocks.items())) for canvas, blocks in sorted(canvases.items())}


def _tables(state: State) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {}
    for item in state.of_kind("row"):
        table, _, row_id = item.id.partition("/")
        cells = _properties(item)
        title = cells.pop("title", None)
        if cells or title:
            tables.setdefault(table, []).append({"id": row_id, "title": title, "cells": cells})
    return dict(sorted(tables.items()))
