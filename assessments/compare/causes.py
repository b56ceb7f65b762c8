"""Why a score changed between two workshops: answers, what applies, editions, assessors, or rules of omission.

Every number is worked out by scoring again, in exact fractions. What changed, item by item, is in `comparison.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import Any, Literal, get_args

from assessments.library.revisions import current
from assessments.scoring.assessment import Assessment
from assessments.scoring.sheet import Entry, Sheet, sheet_from
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from canvas.document.workshop import Answer, Workshop

CauseName = Literal["practice", "applicability", "edition", "assessor", "rule"]
CAUSES: tuple[CauseName, ...] = get_args(CauseName)
Causes = frozenset[CauseName]
NOTHING: Causes = frozenset()
# These change the model, not the sheet.
_OF_MODEL: Causes = frozenset(("edition", "rule"))
EVERYTHING: Causes = frozenset(CAUSES)


@dataclass(frozen=True)
class Cause:
    """What one cause adds to the sure value of a model, below 0 when it takes away.

    `practice`: a practice, measure or question of phase zero has another answer, or has one or none where it was
    otherwise. `applicability`: it became or stopped being not applicable. `edition`: the model itself changed.
    `assessor`: other people judged the same facts. That is told only of an item answered both times, on the same
    revision of the practice and the same evidence, of which there is some, when its value changed and what the
    assessors said (spread or dissent) did too. `rule`: a rule took criteria out of the model, or they came back; it is
    told only where that is so.

    `items` are the answers concerned, none for an edition or a rule. `band` is the sure band that this cause alone
    would have led to, when that is another one than before.
    """

    name: CauseName
    amount: Fraction
    items: tuple[str, ...] = ()
    band: str | None = None


def causes(before: Workshop, after: Workshop, library: Library) -> Mapping[str, tuple[Cause, ...]]:
    """Return the causes of each model that has a value both times, by model, in the order of `CAUSES`.

    The amounts add up exactly to the change of the sure value, and swapping the two workshops negates them.
    """
    old, new = (current(workshop, library) for workshop in (before, after))
    split = _Split(sheet_from(old), sheet_from(new), _changed_items(old, new), _libraries(old, new, library))
    found: dict[str, tuple[Cause, ...]] = {}
    for id_, model in library.models.items():
        if model.ordered and split.at(id_, NOTHING).assessable and split.at(id_, EVERYTHING).assessable:
            found[id_] = split.of(id_)
    return found


def _libraries(before: Workshop, after: Workshop, library: Library) -> Mapping[Causes, Library]:
    """Return what judges while the editions, or the rules, or both are already those of the later workshop."""
    return {
        done: library.judging(after if "edition" in done else before, after if "rule" in done else before)
        for size in range(len(_OF_MODEL) + 1)
        for done in _subsets(_OF_MODEL, size)
    }


def _changed_items(before: Workshop, after: Workshop) -> Mapping[str, CauseName]:
    """Return the cause of every item whose entry on the sheet is another one."""
    old, new = sheet_from(before), sheet_from(after)
    answers = [{answer.id: answer for answer in workshop.answers} for workshop in (before, after)]
    items = dict.fromkeys([*new.entries, *old.entries])
    return {
        item: _cause_of(old.entry(item), new.entry(item), answers[0].get(item), answers[1].get(item))
        for item in items
        if _judged(old.entry(item)) != _judged(new.entry(item))
    }


def _judged(entry: Entry) -> tuple[Any, ...]:
    # The day of a measure changes no score.
    return entry.state, type(entry.value) is bool, entry.value


def _cause_of(old: Entry, new: Entry, before: Answer | None, after: Answer | None) -> CauseName:
    if "not-applicable" in (old.state, new.state):
        return "applicability"
    return "assessor" if before and after and _same_facts(before, after) else "practice"


def _same_facts(before: Answer, after: Answer) -> bool:
    """Return whether two values of one answer rest on the same facts, and only what the assessors said is new."""
    judged = before.state == after.state == "answered" and before.revision == after.revision
    said = [(answer.spread, answer.dissent) for answer in (before, after)]
    return judged and bool(before.evidence) and before.evidence == after.evidence and said[0] != said[1]


@dataclass(frozen=True)
class _Split:
    """Two sheets with the cause of each item that differs, from which every state in between can be scored."""

    old: Sheet
    new: Sheet
    changed: Mapping[str, CauseName]
    libraries: Mapping[Causes, Library]
    _sheets: dict[Causes, Sheet] = field(default_factory=dict)

    def of(self, model: str) -> tuple[Cause, ...]:
        """Return what each cause adds to the value of a model."""
        items, others = self._items(model), self._causes_of_model(model)
        active = frozenset(name for name in CAUSES if items[name] or name in others)

        def seen(done: Causes) -> Assessment:
            return self.at(model, done)

        # The mean over all orders in which the causes may have come (Shapley): where they meet in one level or one
        # lowest section, any fixed order would give it all to one of them, and back and forth would differ.
        states = {done: _sure(seen(done)) for size in range(len(active) + 1) for done in _subsets(active, size)}
        amounts = {name: _mean_share(name, active, states) for name in active}
        before = seen(NOTHING).lower_band.label
        alone = {name: seen(frozenset([name])) for name in active}
        bands = {name: one.lower_band.label for name, one in alone.items() if one.assessable}
        return tuple(
            Cause(
                name,
                amounts.get(name, Fraction(0)),
                items[name],
                bands[name] if bands.get(name, before) != before else None,
            )
            for name in CAUSES
            if name != "rule" or name in active
        )

    def at(self, model: str, done: Causes) -> Assessment:
        """Return a model over the sheet on which only the causes `done` have come about."""
        library = self.libraries[done & _OF_MODEL]
        return Assessment(library.models[model], self._sheet(done), library)

    def _causes_of_model(self, model: str) -> Causes:
        """Return which of its edition and what rules took out of it is another one than before."""
        before = self._definition(model, NOTHING)
        alone = {name: self._definition(model, frozenset([name])) for name in sorted(_OF_MODEL)}
        return frozenset(name for name, after in alone.items() if after != before)

    def _definition(self, model: str, done: Causes) -> ModelDefinition:
        return self.libraries[done].models[model]

    def _items(self, model: str) -> Mapping[CauseName, tuple[str, ...]]:
        versions = [self._definition(model, done) for done in self.libraries]
        asked = {criterion.item for version in versions for criterion in version.criteria if not criterion.optional}
        return {name: tuple(i for i, why in self.changed.items() if why == name and i in asked) for name in CAUSES}

    def _sheet(self, done: Causes) -> Sheet:
        done = done - _OF_MODEL
        if done not in self._sheets:
            taken = {item: self.new.entry(item) for item, cause in self.changed.items() if cause in done}
            self._sheets[done] = Sheet({**self.old.entries, **taken})
        return self._sheets[done]


def _sure(seen: Assessment) -> Fraction:
    # Between two states that can be assessed there may be one that cannot, where nothing is sure.
    return seen.lower if seen.assessable else Fraction(0)


def _subsets(of: Causes, size: int) -> Iterator[Causes]:
    return (frozenset(some) for some in combinations(sorted(of), size))


def _mean_share(name: CauseName, active: Causes, states: Mapping[Causes, Fraction]) -> Fraction:
    """Return what a cause adds to those that came before it, in the mean over all orders."""
    count, share = len(active), Fraction(0)
    for size in range(count):
        weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
        share += weight * sum(states[rest | {name}] - states[rest] for rest in _subsets(active - {name}, size))
    return share
