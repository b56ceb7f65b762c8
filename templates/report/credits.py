"""Whose content a report uses and under which terms. Collects what content files say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments.shapes.answers import answer_list
from assessments.shapes.result import Result
from assessments.standing.evidence import EvidenceCheck, shipped_rule
from canvas.advice.sheet import AdviceSheet
from canvas.method.advisors import FindingList
from canvas.method.canvases import CanvasDefinition
from canvas.method.content import Content
from canvas.method.credited import Credited
from templates.architecture.flow import flow
from templates.pictures.picture import picture_words
from templates.plan import Plan
from templates.report.steps import StepChapter
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


def credits(
    plan: Plan,
    canvases: Iterable[CanvasDefinition],
    chapters: Iterable[StepChapter],
    advised: AdviceSheet,
    results: Sequence[Result],
    check: EvidenceCheck,
) -> tuple[Credit, ...]:
    """Return the sources of everything that a report prints, gathered by whom to name and under which terms."""
    gathered: dict[tuple[str, str], dict[CreditedSource, None]] = {}
    for item in (
        *_content(plan, canvases),
        *_steps(plan, chapters),
        *_lists(plan.content, advised),
        flow(),
        picture_words(),
        words(),
        answer_list(),
        plan.content.colours,
        *((shipped_rule(),) if check.backings else ()),
    ):
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
    yield from (choice.entry for choice in plan.choices.values() if choice.entry is not None)


def _steps(plan: Plan, chapters: Iterable[StepChapter]) -> Iterator[Credited]:
    """Yield the steps that are printed, with the sections, tables and advisors that they show."""
    content = plan.content
    known: dict[str, Mapping[str, Credited]] = {
        "facts": content.sections,
        "table": content.tables,
        "advice": content.advisors,
    }
    for step in (content.steps[chapter.id] for chapter in chapters if chapter.parts):
        yield step
        yield from (known[part.kind][part.id] for part in step.parts if part.kind in known)


def _lists(content: Content, advised: AdviceSheet) -> Iterator[Credited]:
    """Yield the files that hold lists: slots, forms, numbers, and the findings of which something is found."""
    found = {finding.definition.id for finding in advised.findings}
    for credited in content.lists:
        if not isinstance(credited, FindingList) or found.intersection(f.id for f in credited.findings):
            yield credited
