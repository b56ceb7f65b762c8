"""The practices of the answer sheet in the order in which they are asked: by section, what helps the next band first.

Computed once when a sheet is opened, since rows must not jump while people answer. Deterministic: the same workshop,
library and model give the same order. What an answer does to the score is in `sheet_standing.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.library.revisions import current
from assessments.scoring.score import score
from assessments.scoring.sheet import sheet_from
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from assessments.shapes.result import Result
from canvas.document.workshop import Workshop
from canvas.method.canvases import BlockDefinition
from canvas.method.content import Content
from canvas.method.load import shipped

# In place of a model: every practice, by block of the canvas.
EVERY_PRACTICE = "all"
# What is first asked on the sheet; see `_ranks`.
NEXT_BAND, HOLDS, COULD_BE_BETTER, REST = range(4)


@dataclass(frozen=True)
class SheetSection:
    """One section of a sheet: its id and title in the model (or a canvas block), and its practices in order."""

    id: str
    title: str
    practices: tuple[str, ...]


def sheet_rows(
    workshop: Workshop, library: Library, model_id: str, content: Content | None = None
) -> tuple[SheetSection, ...]:
    """Return the practices that a model asks for, each once, where its sections ask for it first.

    Inside a section those come first that the smallest set of changes to the next band has, then those that keep that
    band out of reach, then those that could be better and would not help now, then the rest; ties in the order of the
    model. `EVERY_PRACTICE` asks for all, by block. A model that asks for no practice has no rows, and sections without
    a row are left out. Raises `ModelNotFound`.
    """
    library = library.judging(workshop)
    if model_id == EVERY_PRACTICE:
        return _by_block(library.practices.values(), content or shipped())
    model = library.model(model_id)
    asked = _asked_first(model, library)
    ranks = ranks_of(score(model, sheet_from(current(workshop, library)), library))
    rows = {
        section.id: sorted(asked.get(section.id, ()), key=lambda item: ranks.get(item, REST))
        for section in model.sections
    }
    return tuple(SheetSection(s.id, s.title, tuple(rows[s.id])) for s in model.sections if rows[s.id])


def ranks_of(result: Result) -> dict[str, int]:
    """Return how much the items of a model matter for the next band, the lowest number most.

    What is met, does not apply or never counts is `REST`, and not in what is returned.
    """
    better = {c.item for c in result.criteria if c.state in ("not-met", "unanswered", "unknown") and not c.optional}
    if not result.assessable:
        return dict.fromkeys(better, COULD_BE_BETTER)
    held = better - set(result.not_helping)
    smallest = {change.item for change in result.unlock.changes} if result.unlock else set()
    return {
        **dict.fromkeys(better, COULD_BE_BETTER),
        **dict.fromkeys(held, HOLDS),
        **dict.fromkeys(smallest, NEXT_BAND),
    }


def _asked_first(model: ModelDefinition, library: Library) -> dict[str, list[str]]:
    """Return the practices of each section, each only where it is first demanded: a later level may ask for more.

    What is nowhere demanded stands where it is first asked as optional.
    """
    order = {section.id: number for number, section in enumerate(model.sections)}
    first: dict[str, str] = {}
    for criterion in sorted(model.criteria, key=lambda one: (one.optional, order[one.section])):
        if criterion.item in library.practices:
            first.setdefault(criterion.item, criterion.section)
    found: dict[str, list[str]] = {}
    for item, section_id in first.items():
        found.setdefault(section_id, []).append(item)
    return found


def _by_block(practices: Iterable[PracticeDefinition], content: Content) -> tuple[SheetSection, ...]:
    """Return all practices by the first block each speaks of, in the order of the blocks and of the life cycle."""
    found: dict[str, list[str]] = {}
    for practice in practices:
        found.setdefault(practice.blocks[0], []).append(practice.id)
    blocks = {id_: _block(id_, content) for id_ in found}

    def place(id_: str) -> tuple[bool, int, str]:
        block = blocks[id_]
        return block is None, block.number if block else 0, id_

    return tuple(
        SheetSection(id_, block.title if (block := blocks[id_]) else id_, tuple(found[id_]))
        for id_ in sorted(found, key=place)
    )


def _block(id_: str, content: Content) -> BlockDefinition | None:
    """Return a block of the Stack Canvas, or else of another canvas."""
    canvases = sorted(content.canvases.items(), key=lambda found: found[0] != "stack-canvas")
    return next((block for _, canvas in canvases if (block := canvas.block(id_))), None)
