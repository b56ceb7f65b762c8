"""Try the examples inside the content of the method: the golden cases of advisors, which are answers with known advice.

They are run where content is checked, not where it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from canvas.advice.advisors import Advice, advise, decide
from canvas.advice.facts import known_facts
from canvas.document.workshop import Decision, Requirement, Row, Workshop
from canvas.method import load
from canvas.method.advisors import AdvisorDefinition, GoldenAdvice
from canvas.method.conditions import Facts, Plain
from canvas.method.content import Content
from canvas.reading.read import Kind, Link
from canvas.reading.strict_yaml import YamlPath


def golden_advice(advisor: AdvisorDefinition, content: Content) -> Iterator[Link]:
    """Yield golden cases that get other advice than they expect, and reasons that no case shows."""
    unknown = [*_unknown_answers(advisor, content)]
    yield from unknown
    shown: set[str] = set()
    for index, case in enumerate(advisor.golden if not unknown else ()):
        found = advised(advisor, case, content)
        shown.update(reason.text for reason in found.because)
        if found.value != case.expect:
            what = f"golden case '{case.name}' fails: the advice is {_said(found.value)}, expected {_said(case.expect)}"
            yield ("golden", index), what, "Mend the rules, or the expectation if that is wrong"
    if not unknown:
        yield from _never_shown(advisor, shown)


def advised(advisor: AdvisorDefinition, case: GoldenAdvice, content: Content) -> Advice:
    """Return the advice that the answers of a golden case get."""
    if advisor.slot is not None:
        return advise(advisor.id, known_facts(workshop_with(case.answers, content), content), content)
    return decide(advisor, facts_with(case.answers, content), content)


def workshop_with(answers: Mapping[str, Plain], content: Content) -> Workshop:
    """Return a workshop that says just this: requirements, slots, and cells as `<table>.<row>.<column>`."""
    requirements = [
        Requirement(id=k, value=v, state="decided") for k, v in answers.items() if k in content.requirements
    ]
    decisions = [Decision(slot=k, choice=str(v), status="draft") for k, v in answers.items() if k in content.slots]
    tables: dict[str, dict[str, dict[str, Plain]]] = {}
    for key, value in answers.items():
        if _is_cell(key, content):
            table, row, column = key.split(".")
            tables.setdefault(table, {}).setdefault(row, {})[column] = value
    rows = {table: tuple(Row(id=id_, cells=cells) for id_, cells in found.items()) for table, found in tables.items()}
    return Workshop(title="T", requirements=tuple(requirements), decisions=tuple(decisions), tables=rows)


def facts_with(answers: Mapping[str, Plain], content: Content) -> Facts:
    """Return the same as facts, where quantities can be given as well."""
    parts: dict[str, dict[str, Plain]] = {"requirements": {}, "choices": {}, "quantities": {}, "cells": {}}
    for key, value in answers.items():
        if part := _part(key, content):
            parts[part][key] = value
    return Facts.model_validate(parts)


def _unknown_answers(advisor: AdvisorDefinition, content: Content) -> Iterator[Link]:
    for index, case in enumerate(advisor.golden):
        for key, value in case.answers.items():
            path: YamlPath = ("golden", index, "answers", key)
            if _part(key, content) is None:
                mend = "Use the id of a requirement, slot or quantity, or <table>.<row>.<column>"
                yield path, f"golden case '{case.name}' answers '{key}', which nothing asks for", mend
            elif wrong := key in content.requirements and content.requirements[key].refusal(value):
                what = f"golden case '{case.name}' gives '{key}' an answer it cannot have: {wrong}"
                yield path, what.removesuffix("."), "Use an answer that can be given"


def _never_shown(advisor: AdvisorDefinition, shown: set[str]) -> Iterator[Link]:
    for index, outcome in enumerate(advisor.outcomes):
        for number, reason in enumerate(outcome.when):
            if reason.because not in shown:
                what = f"no golden case shows the reason '{reason.because}', so nothing shows that it can hold"
                yield ("outcomes", index, "when", number), what, "Add a golden case, or remove the reason"


def _part(key: str, content: Content) -> str | None:
    """Return which part of the facts a key of a golden case belongs to, or None for what nobody defines."""
    if key in content.requirements:
        return "requirements"
    if key in content.slots:
        return "choices"
    if key in content.quantities:
        return "quantities"
    return "cells" if _is_cell(key, content) else None


def _is_cell(key: str, content: Content) -> bool:
    return key.count(".") == 2 and key.split(".")[0] in content.tables


def _said(value: str | None) -> str:
    return "open" if value is None else f"'{value}'"


# The kinds of the method with what tries the examples in them, which needs the rules of this floor.
_TRIES = {load.ADVISOR: golden_advice}
KINDS: tuple[Kind[Any], ...] = tuple(replace(kind, examples=_TRIES.get(kind)) for kind in load.KINDS)
