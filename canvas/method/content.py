"""Read the content of this room: canvases, facts, slots, catalog, steps. Reads files and knows no wording.

Content is found by folder; there is no registration list. A file that breaks its contract is refused with its line.
What the files say about each other is checked in `links.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from canvas.errors import ContentError, FileProblems, Problem
from canvas.method.canvases import (
    Agenda,
    BlockDefinition,
    CanvasDefinition,
    CanvasHead,
    CatalogEntry,
    FactSection,
    Origin,
    RequirementDefinition,
    Slot,
    SlotList,
    ValueDefinition,
)
from canvas.method.links import broken_content
from canvas.method.steps import (
    AdvisorDefinition,
    Carry,
    CarryList,
    FindingDefinition,
    FindingList,
    Forms,
    Glossary,
    Quantity,
    QuantityList,
    StepDefinition,
    TableDefinition,
)
from canvas.reading.problems import to_problems
from canvas.reading.strict_yaml import Source, read_file

CONTENT = Path(__file__).parents[1] / "content"

M = TypeVar("M", bound=BaseModel)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_HasId)
NO_GLOSSARY = Glossary(source=Origin(title="none"), license="none", attribution="none", terms=())


@dataclass(frozen=True)
class Content:
    """Everything the canvas room knows, ready to be looked up by id. Sections and steps come in their order."""

    canvases: dict[str, CanvasDefinition]
    sections: dict[str, FactSection]
    slots: dict[str, Slot]
    catalog: dict[str, CatalogEntry]
    agendas: dict[str, Agenda]
    steps: dict[str, StepDefinition]
    tables: dict[str, TableDefinition]
    quantities: dict[str, Quantity]
    advisors: dict[str, AdvisorDefinition]
    findings: dict[str, FindingDefinition]
    carries: tuple[Carry, ...]
    forms: Mapping[str, tuple[ValueDefinition, ...]]
    glossary: Glossary

    @cached_property
    def requirements(self) -> dict[str, RequirementDefinition]:
        return {r.id: r for section in self.sections.values() for r in section.requirements}

    def sections_of(self, step_id: str) -> tuple[FactSection, ...]:
        """Return the sections that a step asks for, in the order of its parts."""
        return tuple(self.sections[part.id] for part in self.steps[step_id].parts if part.kind == "facts")

    def options(self, slot_id: str) -> tuple[CatalogEntry, ...]:
        """Return the catalog entries that can fill a slot, by title."""
        fitting = (entry for entry in self.catalog.values() if slot_id in entry.slots)
        return tuple(sorted(fitting, key=lambda entry: entry.title.lower()))

    def block(self, block_id: str, canvas: str = "stack-canvas") -> BlockDefinition | None:
        return self.canvases[canvas].block(block_id)


@cache
def shipped() -> Content:
    """Return the content that comes with the product. Raises `ContentError` when a file breaks its contract."""
    return load(CONTENT)


def load(folder: Path) -> Content:
    """Load all content below `folder` and check every link between files. Raises `ContentError`."""
    reading = Reading(folder)
    content = Content(
        canvases={canvas.id: canvas for canvas in _canvases(reading)},
        sections=_by_id(sorted(reading.models("facts/*.yaml", FactSection), key=lambda s: s.order)),
        slots=_by_id(slot for slots in reading.models("slots.yaml", SlotList) for slot in slots.slots),
        catalog=_by_id(reading.models("catalog/*.yaml", CatalogEntry)),
        agendas=_by_id(sorted(reading.models("agendas/*.yaml", Agenda), key=lambda a: a.minutes)),
        steps=_by_id(sorted(reading.models("steps/*.yaml", StepDefinition), key=lambda s: s.order)),
        tables=_by_id(reading.models("tables/*.yaml", TableDefinition)),
        quantities=_by_id(q for found in reading.models("quantities.yaml", QuantityList) for q in found.quantities),
        advisors=_by_id(reading.models("advisors/*.yaml", AdvisorDefinition)),
        findings=_by_id(f for found in reading.models("findings/*.yaml", FindingList) for f in found.findings),
        carries=tuple(c for found in reading.models("carries.yaml", CarryList) for c in found.carries),
        forms={kind: form for found in reading.models("forms.yaml", Forms) for kind, form in found.forms.items()},
        glossary=next(reading.models("glossary.yaml", Glossary), NO_GLOSSARY),
    )
    if not reading.problems:
        reading.problems += broken_content(content, reading)
    if reading.problems:
        raise ContentError(reading.problems)
    return content


@dataclass
class Reading:
    """One pass over a content folder: what was read from which file, and every problem found on the way."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    sources: list[tuple[Source, BaseModel]] = field(default_factory=list)

    def models(self, pattern: str, model: type[M]) -> Iterator[M]:
        """Yield the files that match `pattern`, by name; those that break their contract become problems."""
        for path in sorted(self.folder.glob(pattern)):
            try:
                source, found = read_model(path, model)
            except FileProblems as error:
                self.problems.extend(error.problems)
                continue
            self.sources.append((source, found))
            yield found


def read_model(path: Path, model: type[M]) -> tuple[Source, M]:
    """Read one content file as `model`. Raises `FileProblems` with file and line."""
    source = read_file(path)
    try:
        return source, model.model_validate(source.data)
    except ValidationError as error:
        raise FileProblems(to_problems(error, source)) from None


def _by_id(items: Iterable[Named]) -> dict[str, Named]:
    return {item.id: item for item in items}


def _canvases(reading: Reading) -> Iterator[CanvasDefinition]:
    for folder in sorted(path.parent for path in reading.folder.glob("canvases/*/_canvas.yaml")):
        inside = folder.relative_to(reading.folder)
        blocks = list(reading.models(f"{inside}/[!_]*.yaml", BlockDefinition))
        # Block 0 is a side box: it is read last though its number is the smallest.
        blocks.sort(key=lambda b: (b.number == 0, b.number))
        for head in reading.models(f"{inside}/_canvas.yaml", CanvasHead):
            yield CanvasDefinition(**dict(head), blocks=tuple(blocks))
