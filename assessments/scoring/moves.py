"""What can be changed about an answer, and what each change takes. Nothing here knows what a change is worth.

A practice's effort is what it takes to automate it, whether or not it is done by hand today, because building the
automation is the work. Doing it by hand takes half of that, rounded up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments.scoring.criteria import Judged
from assessments.scoring.sheet import Entry, Sheet
from assessments.shapes.library import Library
from assessments.shapes.model import CriterionDefinition
from assessments.shapes.practice import PRACTICE_VALUES, PracticeDefinition
from canvas.method.conditions import Plain


@dataclass(frozen=True)
class Move:
    """Another answer to one item, and what it takes to make it true: an effort of at least 1."""

    item: str
    to: Plain
    effort: int


def moves_of(judged: Iterable[Judged], library: Library) -> Mapping[str, tuple[Move, ...]]:
    """Return, by item, the answers a team could move to, nearest first. What is not applicable stays so."""
    asked: dict[str, list[Judged]] = {}
    for one in judged:
        if one.applicable:
            asked.setdefault(one.definition.item, []).append(one)
    return {item: tuple(_moves(item, ones, library)) for item, ones in asked.items()}


def step_effort(practice: PracticeDefinition, to: str) -> int:
    """Return the effort, 1 to 5, of raising a practice to `manual` or `automated`."""
    return practice.effort.most if to == "automated" else (practice.effort.most + 1) // 2


def unmet_prerequisites(item: str, sheet: Sheet, library: Library) -> tuple[str, ...]:
    """Return the practices to have first that the team does not have yet, in the order in which they build up."""
    found: dict[str, None] = {}
    _collect_unmet(item, sheet, library, found)
    return tuple(found)


def _collect_unmet(item: str, sheet: Sheet, library: Library, found: dict[str, None]) -> None:
    practice = library.practices.get(item)
    for earlier in practice.prerequisites if practice else ():
        entry = sheet.entry(earlier)
        if entry.state == "not-applicable" or entry.value in ("manual", "automated") or earlier in found:
            continue
        _collect_unmet(earlier, sheet, library, found)
        found[earlier] = None


def _moves(item: str, judged: Sequence[Judged], library: Library) -> Iterator[Move]:
    entry = judged[0].entry
    if item in library.practices:
        practice = library.practices[item]
        current = "none" if entry.value is None else str(entry.value)
        names: tuple[str, ...] = PRACTICE_VALUES
        for raised in names[names.index(current) + 1 :]:
            yield Move(item, raised, step_effort(practice, raised))
        return
    criteria = [one.definition for one in judged]
    effort = max(criterion.effort or 1 for criterion in criteria)
    for to in dict.fromkeys(value for criterion in criteria for value in _passing(criterion)):
        if to != entry.value:
            yield Move(item, to, effort)


def _passing(criterion: CriterionDefinition) -> Iterator[Plain]:
    """Yield values of a fact or measure that pass: those named, or the bound itself."""
    yield from criterion.within or ()
    if criterion.bound is not None:
        yield criterion.bound


def wording(entry: Entry) -> str:
    """Return how an entry reads in a list of changes: its value, or the state it is in."""
    return spoken(entry.value) if entry.value is not None else entry.state


def spoken(value: Plain) -> str:
    """Return a value as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
