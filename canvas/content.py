"""Read the content of this room: canvases, phase zero, slots, catalog. Reads files, checks links, knows no wording.

Content is found by folder; there is no registration list. A file that breaks its contract is refused with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from canvas.definitions import (
    Agenda,
    BlockDefinition,
    CanvasDefinition,
    CanvasHead,
    CatalogEntry,
    PhaseZeroSection,
    RequirementDefinition,
    Slot,
    SlotList,
)
from canvas.errors import ContentError, FileProblems, Problem
from canvas.strict_yaml import Source, read_file
from canvas.validation import to_problems

CONTENT = Path(__file__).parent / "content"

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Content:
    """Everything the canvas room knows, ready to be looked up by id."""

    canvases: dict[str, CanvasDefinition]
    phase_zero: tuple[PhaseZeroSection, ...]
    slots: dict[str, Slot]
    catalog: dict[str, CatalogEntry]
    agenda: Agenda

    @property
    def requirements(self) -> dict[str, RequirementDefinition]:
        return {r.id: r for section in self.phase_zero for r in section.requirements}

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
    """Load all content below `folder` and check every link between files."""
    problems: list[Problem] = []
    canvases = {c.id: c for c in _canvases(folder / "canvases", problems)}
    sections = _models(sorted((folder / "phase-zero").glob("*.yaml")), PhaseZeroSection, problems)
    slot_lists = _models([folder / "slots.yaml"], SlotList, problems)
    agendas = _models([folder / "agenda.yaml"], Agenda, problems)
    entries = _models(sorted((folder / "catalog").glob("*.yaml")), CatalogEntry, problems)
    if problems:
        raise ContentError(problems)
    content = Content(
        canvases,
        tuple(sorted((section for _, section in sections), key=lambda s: s.order)),
        {slot.id: slot for _, slots in slot_lists for slot in slots.slots},
        {entry.id: entry for _, entry in entries},
        agendas[0][1],
    )
    problems = [*_broken_links(content, entries), *_misnamed(entries)]
    if problems:
        raise ContentError(problems)
    return content


def read_model(path: Path, model: type[M]) -> tuple[Source, M]:
    """Read one content file as `model`. Raises `FileProblems` with file and line."""
    source = read_file(path)
    try:
        return source, model.model_validate(source.data)
    except ValidationError as error:
        raise FileProblems(to_problems(error, source)) from None


def _models(paths: Iterable[Path], model: type[M], problems: list[Problem]) -> list[tuple[Source, M]]:
    read = []
    for path in paths:
        try:
            read.append(read_model(path, model))
        except FileProblems as error:
            problems.extend(error.problems)
    return read


def _canvases(folder: Path, problems: list[Problem]) -> Iterator[CanvasDefinition]:
    for head_file in sorted(folder.glob("*/_canvas.yaml")):
        heads = _models([head_file], CanvasHead, problems)
        files = sorted(p for p in head_file.parent.glob("*.yaml") if p != head_file)
        blocks = [block for _, block in _models(files, BlockDefinition, problems)]
        for _, head in heads:
            # Block 0 is a side box: it is read last though its number is the smallest.
            blocks.sort(key=lambda b: (b.number == 0, b.number))
            yield CanvasDefinition(**dict(head), blocks=tuple(blocks))


def _broken_links(content: Content, entries: list[tuple[Source, CatalogEntry]]) -> Iterator[Problem]:
    for source, entry in entries:
        for index, slot_id in enumerate(entry.slots):
            if slot_id not in content.slots:
                yield source.problem(("slots", index), f"unknown slot '{slot_id}'", "Use a slot from slots.yaml")
        for index, other in enumerate(entry.grows_to):
            if other not in content.catalog:
                yield source.problem(("grows_to", index), f"unknown entry '{other}'", "Use the id of a catalog file")
        yield from _broken_conditions(content, source, entry)
    for slot in content.slots.values():
        if slot.default not in content.catalog or slot.id not in content.catalog[slot.default].slots:
            what = f"the default '{slot.default}' of slot '{slot.id}' cannot fill it"
            yield Problem("slots.yaml", 0, what, "Name a catalog entry that lists this slot")


def _broken_conditions(content: Content, source: Source, entry: CatalogEntry) -> Iterator[Problem]:
    conditions = [("fits", index, fit.when) for index, fit in enumerate(entry.fits)]
    conditions += [("needs", index, need.must) for index, need in enumerate(entry.needs)]
    for field, index, condition in conditions:
        for subject in condition.subjects():
            if subject not in content.requirements and subject not in content.slots:
                what = f"the condition looks at '{subject}', which is neither a requirement nor a slot"
                yield source.problem((field, index), what, "Use an id from phase-zero/ or slots.yaml")


def _misnamed(entries: list[tuple[Source, CatalogEntry]]) -> Iterator[Problem]:
    for source, entry in entries:
        if Path(source.name).stem != entry.id:
            yield source.problem(("id",), f"id '{entry.id}' differs from the file name", "Name the file after the id")
