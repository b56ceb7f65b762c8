"""The models that a workshop leads with: those that it has chosen, or else two or three that its answers speak for.

All others are scored just the same. Page, report, roadmap and terminal show these first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from assessments.scoring.assessment import Assessment
from assessments.scoring.sheet import Sheet, sheet_from
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from canvas.document.workshop import Workshop
from canvas.reading.types import MOST_CHOSEN

T = TypeVar("T")


@dataclass(frozen=True)
class Leading:
    """The models to lead with by id, the first one first. `by_default`: nobody has chosen them.

    `missing` are chosen models that are not loaded now, such as one of a pack that has gone. When none of the chosen
    is there, the models are those of the default.
    """

    models: tuple[str, ...]
    by_default: bool
    missing: tuple[str, ...] = ()

    def first(self, found: Iterable[T], model: Callable[[T], str]) -> list[T]:
        """Return the same things with those of the leading models first, in their order; the rest stays as it is."""
        order = {id_: place for place, id_ in enumerate(self.models)}
        return sorted(found, key=lambda one: order.get(model(one), len(order)))


def leading_models(workshop: Workshop, library: Library) -> Leading:
    """Return the models that a workshop leads with.

    By default those with a target, the earliest first; then models that can gate and can be assessed here: one with a
    published rule before others, then those of which most is answered.
    """
    library = library.judging(workshop)
    missing = tuple(id_ for id_ in workshop.models if id_ not in library.models)
    chosen = tuple(id_ for id_ in workshop.models if id_ in library.models)
    if chosen:
        return Leading(chosen, False, missing)
    return Leading(_default(workshop, library), True, missing)


def _default(workshop: Workshop, library: Library) -> tuple[str, ...]:
    sheet = sheet_from(workshop)
    # The order in which people set their targets says nothing: of one day, the library's own order counts.
    days = {target.model: (target.by is None, target.by or "") for target in workshop.targets}
    aimed = sorted((model for model in library.models if model in days), key=days.__getitem__)
    gating = [model for model in library.models.values() if model.can_gate]
    # Not the share itself: a model of three criteria would lead as soon as all of them are answered.
    ranked = sorted(gating, key=lambda model: (not model.official, -_answered(model, sheet)))
    fitting = (model.id for model in ranked if Assessment(model, sheet, library).assessable)
    return tuple(dict.fromkeys((*aimed, *fitting)))[:MOST_CHOSEN]


def _answered(model: ModelDefinition, sheet: Sheet) -> int:
    """Return how many items of a model are answered, "don't know" not counted."""
    return sum(not sheet.entry(item).open for item in {criterion.item for criterion in model.criteria})
