"""Workshops and facts made from a few answers, for the tests of advice."""

from __future__ import annotations

from collections.abc import Mapping

from canvas.document.workshop import Decision, Requirement, Row, Workshop
from canvas.method.conditions import Facts, Plain
from canvas.method.content import Content


def workshop_with(answers: Mapping[str, Plain], content: Content) -> Workshop:
    """Return a workshop that says just this: requirements, slots, and cells as `<table>.<row>.<column>`."""
    requirements = [
        Requirement(id=k, value=v, state="decided") for k, v in answers.items() if k in content.requirements
    ]
    decisions = [Decision(slot=k, choice=str(v), status="draft") for k, v in answers.items() if k in content.slots]
    tables: dict[str, dict[str, dict[str, Plain]]] = {}
    for key, value in answers.items():
        if key.count(".") == 2 and key.split(".")[0] in content.tables:
            table, row, column = key.split(".")
            tables.setdefault(table, {}).setdefault(row, {})[column] = value
    rows = {table: tuple(Row(id=id_, cells=cells) for id_, cells in found.items()) for table, found in tables.items()}
    return Workshop(title="T", requirements=tuple(requirements), decisions=tuple(decisions), tables=rows)


def facts_with(answers: Mapping[str, Plain], content: Content) -> Facts:
    """Return the same as facts, where quantities can be given as well."""
    parts: dict[str, dict[str, Plain]] = {"requirements": {}, "choices": {}, "quantities": {}, "cells": {}}
    for key, value in answers.items():
        parts[_part(key, content)][key] = value
    return Facts.model_validate(parts)


def _part(key: str, content: Content) -> str:
    if key in content.requirements:
        return "requirements"
    if key in content.slots:
        return "choices"
    if key in content.quantities:
        return "quantities"
    assert key.split(".")[0] in content.tables, f"'{key}' is nothing that content defines"
    return "cells"
