"""Check the levels of a staged model against each other: demands in the wrong order, levels nobody can stop at.

Whether a single level can be reached at all is tried out in `lint.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessments.scoring.criteria import span, worth
from assessments.shapes.library import Library
from assessments.shapes.model import CriterionDefinition, ModelDefinition
from assessments.shapes.practice import PRACTICE_VALUES
from canvas.errors import Problem
from canvas.reading.strict_yaml import Source

Numbered = tuple[int, CriterionDefinition]


def level_problems(source: Source, model: ModelDefinition, library: Library) -> Iterator[Problem]:
    """Yield inversions between levels, exceptions that are none, and levels that ask nothing new."""
    staged = model.method == "staged_gate"
    levels = {section.id: number for number, section in enumerate(model.sections, 1)}
    # What is optional or one of several ways is not demanded of anybody.
    asked = [(n, c) for n, c in enumerate(model.criteria) if staged and not c.optional and not c.any]
    yield from _weaker_later(source, model, asked, levels)
    if staged:
        yield from _nothing_new(source, model, [criterion for _, criterion in asked])
    needed_early = _needed_early(asked, levels, library)
    for later, (index, what) in needed_early.items():
        if later not in model.inversions:
            mend = f"Ask for '{later}' earlier, or say under 'inversions:' why it stays where it is"
            yield source.problem(("criteria", index), what, mend)
    for later in model.inversions:
        if later not in needed_early:
            what = f"no lower level needs '{later}', so this is no inversion"
            yield source.problem(("inversions", later), what, "Remove it")


def _weaker_later(
    source: Source, model: ModelDefinition, asked: Sequence[Numbered], levels: Mapping[str, int]
) -> Iterator[Problem]:
    """Yield demands that a lower level already makes more strictly. Repeating the same demand is fine."""
    for index, later in asked:
        for _, earlier in asked:
            below = earlier.item == later.item and levels[earlier.section] < levels[later.section]
            if below and _implies(model, earlier, later) and not _implies(model, later, earlier):
                what = (
                    f"level inversion: criterion '{later.id}' asks less of '{later.item}' on level "
                    f"{levels[later.section]} than '{earlier.id}' on level {levels[earlier.section]}"
                )
                yield source.problem(("criteria", index), what, "Swap the two demands, or drop the weaker one")


def _needed_early(
    asked: Sequence[Numbered], levels: Mapping[str, int], library: Library
) -> Mapping[str, tuple[int, str]]:
    """Return the practices asked for later than another one that needs them, with the first place that needs each."""
    first: dict[str, int] = {}
    for _, criterion in asked:
        level = levels[criterion.section]
        first[criterion.item] = min(level, first.get(criterion.item, level))
    found: dict[str, tuple[int, str]] = {}
    for index, criterion in asked:
        level = levels[criterion.section]
        for earlier in _all_prerequisites(criterion.item, library):
            if first.get(earlier, 0) > level:
                what = (
                    f"level inversion: '{criterion.item}' is asked for on level {level} and needs '{earlier}', "
                    f"which is only asked for on level {first[earlier]}"
                )
                found.setdefault(earlier, (index, what))
    return found


def _all_prerequisites(item: str, library: Library) -> Sequence[str]:
    found: dict[str, None] = {}
    waiting = [item]
    while waiting:
        practice = library.practices.get(waiting.pop())
        for earlier in practice.prerequisites if practice else ():
            if earlier not in found:
                found[earlier] = None
                waiting.append(earlier)
    return tuple(found)


def _nothing_new(source: Source, model: ModelDefinition, asked: Sequence[CriterionDefinition]) -> Iterator[Problem]:
    """Yield levels that hold whenever the one before holds, so that nobody can stop at the one before."""
    for index, section in enumerate(model.sections[1:], 1):
        below = {earlier.id for earlier in model.sections[:index]}
        held = [criterion for criterion in asked if criterion.section in below]
        here = [criterion for criterion in model.criteria if criterion.section == section.id and not criterion.optional]
        if all(any(_implies(model, earlier, criterion) for earlier in held) for criterion in here):
            what = f"level {index} is unreachable: whoever meets it also meets '{section.id}', which asks nothing new"
            yield source.problem(("sections", index), what, "Join the two levels, or ask for more on the higher one")


def _implies(model: ModelDefinition, first: CriterionDefinition, second: CriterionDefinition) -> bool:
    """Return whether every answer that passes `first` passes `second`. False when the tests cannot be compared."""
    if first.item != second.item:
        return False
    if first.lowest is not None and second.lowest is not None:
        return first.lowest >= second.lowest
    if first.at_most is not None and second.at_most is not None:
        return first.at_most <= second.at_most
    values = first.within or PRACTICE_VALUES
    passing = [value for value in values if _full(model, first, value)]
    return bool(passing) and all(_full(model, second, value) for value in passing)


def _full(model: ModelDefinition, criterion: CriterionDefinition, value: str | int | float | bool) -> bool:
    return worth(model, criterion, value) == span(model, criterion)[1]
