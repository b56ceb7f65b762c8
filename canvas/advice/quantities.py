"""Numbers worked out from answers, such as what wrong predictions cost in a year. The formulas are content."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from canvas.document.workshop import Workshop
from canvas.method.content import Content
from canvas.method.facts import Quantity
from canvas.reading.types import RequirementValue


@dataclass(frozen=True)
class Worked:
    """A quantity with its value, or None while `missing` (ids of requirements, quantities or columns) is open."""

    definition: Quantity
    value: float | None
    missing: tuple[str, ...]


def work_out(workshop: Workshop, content: Content) -> Mapping[str, Worked]:
    """Return every quantity by id. Only what the team has said counts, no defaults."""
    known = {item.id: item.value for item in workshop.requirements if item.value is not None}
    found: dict[str, Worked] = {}
    for quantity in content.quantities.values():
        found[quantity.id] = worked = _worked(quantity, known, workshop)
        if worked.value is not None:
            known[quantity.id] = worked.value
    return found


def _worked(quantity: Quantity, known: Mapping[str, RequirementValue], workshop: Workshop) -> Worked:
    if quantity.total is not None:
        total = _total(quantity.total, workshop)
        return Worked(quantity, total, () if total is not None else (quantity.total,))
    members = quantity.members
    missing = tuple(member for member in members if isinstance(member, str) and not _is_number(known.get(member)))
    if missing:
        return Worked(quantity, None, missing)
    numbers = [float(known[member]) if isinstance(member, str) else float(member) for member in members]
    value = _formula(quantity, numbers)
    # A product of large answers may leave what a number can hold; then there is none to reason with.
    return Worked(quantity, value, ()) if math.isfinite(value) else Worked(quantity, None, ())


def _formula(quantity: Quantity, numbers: list[float]) -> float:
    if quantity.product is not None:
        return math.prod(numbers)
    if quantity.quotient is not None:
        # Nothing can be said per one of nothing.
        return numbers[0] / numbers[1] if numbers[1] else math.nan
    return numbers[0] - sum(numbers[1:])


def _total(path: str, workshop: Workshop) -> float | None:
    table, column = path.split(".")
    filled = [row.cells[column] for row in workshop.tables.get(table, ()) if column in row.cells]
    numbers = [float(value) for value in filled if _is_number(value)]
    return sum(numbers) if numbers else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
