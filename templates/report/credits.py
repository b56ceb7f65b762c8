"""Whose content a report uses and under which terms. Collects what content files say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessments.result import Result
from canvas.definitions import CanvasDefinition, Credited
from templates.architecture.flow import flow
from templates.plan import Plan
from templates.report.words import say, words


@dataclass(frozen=True)
class CreditedSource:
    """One source, with its address where it has one."""

    title: str
    url: str | None


@dataclass(frozen=True)
class Credit:
    """Sources of one author under one licence."""

    sources: tuple[CreditedSource, ...]
    attribution: str
    license: str


def credits(plan: Plan, canvases: Iterable[CanvasDefinition], results: Sequence[Result]) -> tuple[Credit, ...]:
    """Return the sources of everything that a report prints, gathered by whom to name and under which terms."""
    gathered: dict[tuple[str, str], dict[CreditedSource, None]] = {}
    for item in _content(plan, canvases):
        source = CreditedSource(item.source.title, item.source.url)
        gathered.setdefault((item.attribution, item.license), {})[source] = None
    for result in results:
        source = CreditedSource(f"{result.title}: {result.source}", None)
        gathered.setdefault((say("model-credit"), result.license), {})[source] = None
    own = [Credit((CreditedSource(say(f"{part}-source"), None),), say(f"{part}-credit"), say(f"{part}-terms"))
           for part in ("fonts", "icons")]  # fmt: skip
    return (*(Credit(tuple(sources), *terms) for terms, sources in gathered.items()), *own)


def _content(plan: Plan, canvases: Iterable[CanvasDefinition]) -> Iterator[Credited]:
    for canvas in canvases:
        yield canvas
        yield from canvas.blocks
    yield from plan.content.phase_zero
    yield from (choice.entry for choice in plan.choices.values() if choice.entry is not None)
    yield from (flow(), words())
