"""How every model stood at several points in time, and where it became another model whose numbers do not compare.

Points come with a name, a day and a workshop; where they come from (moments of a log, files) is the door's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.shapes.library import Library
from assessments.shapes.result import Result
from assessments.standing.as_data import figure, standing
from assessments.standing.score_all import score_all
from canvas.document.workshop import Workshop

State = tuple[str, str | None, Workshop]


@dataclass(frozen=True)
class Point:
    """One model at one time. `day` is an ISO date, if one is known.

    It `breaks` when its edition, or what rules took out of it, is not what it was before.
    """

    name: str
    day: str | None
    result: Result
    edition_changed: bool = False
    rule_changed: bool = False

    @property
    def breaks(self) -> bool:
        return self.edition_changed or self.rule_changed

    @property
    def changed(self) -> str:
        """What makes it another model than before, in words; empty where nothing does."""
        edition = [f"edition {self.result.edition}"] if self.edition_changed else []
        return ", ".join([*edition, *(["a rule takes out other criteria"] if self.rule_changed else [])])


@dataclass(frozen=True)
class Trend:
    """One model over all points, in their order. `maximum` is the best value any of its editions has."""

    id: str
    title: str
    maximum: float
    points: tuple[Point, ...]

    @property
    def runs(self) -> tuple[tuple[Point, ...], ...]:
        """Return the points in stretches between two breaks: only within one the numbers compare."""
        found: list[list[Point]] = []
        for point in self.points:
            if point.breaks or not found:
                found.append([])
            found[-1].append(point)
        return tuple(tuple(run) for run in found)


def trend(states: Sequence[State], library: Library) -> tuple[Trend, ...]:
    """Score states, given as `(name, day, workshop)`, by every model that has an ordered value, in the order given."""
    scored = [(name, day, score_all(workshop, library)) for name, day, workshop in states]
    return tuple(
        _trend([(name, day, results[place]) for name, day, results in scored])
        for place, model in enumerate(library.models.values())
        if model.ordered and scored
    )


def by_day(states: Sequence[State]) -> tuple[State, ...]:
    """Return states by their day when each has one, and otherwise in the order given."""
    if all(day for _, day, _ in states):
        return tuple(sorted(states, key=lambda state: state[1] or ""))
    return tuple(states)


def _trend(scored: Sequence[tuple[str, str | None, Result]]) -> Trend:
    editions = [result.edition for _, _, result in scored]
    rules = [result.omitted for _, _, result in scored]
    points = tuple(
        Point(name, day, result, _changed(editions, place), _changed(rules, place))
        for place, (name, day, result) in enumerate(scored)
    )
    last = scored[-1][2]
    return Trend(last.id, last.title, max(result.maximum for _, _, result in scored), points)


def _changed(values: Sequence[object], place: int) -> bool:
    return place > 0 and values[place] != values[place - 1]


def as_json(trends: Sequence[Trend]) -> dict[str, Any]:
    """Return what `trend --json` prints."""
    return {
        "models": [
            {"id": one.id, "title": one.title, "maximum": one.maximum, "points": [_point(p) for p in one.points]}
            for one in trends
        ]
    }


def as_text(trends: Sequence[Trend]) -> str:
    """Return what `trend` prints: per model one line for each point, with a line where it became another model."""
    return "\n\n".join("\n".join(_lines(one)) for one in trends)


def sure_to_possible(result: Result) -> str:
    """Return the bounds of a result in a few characters, or a dash when it has none."""
    if result.lower is None or result.upper is None:
        return "-"
    lower, upper = (figure(value, result.maximum) for value in (result.lower, result.upper))
    return lower if lower == upper else f"{lower} to {upper}"


def _lines(one: Trend) -> Iterator[str]:
    yield one.title
    for point in one.points:
        if point.breaks:
            yield f"  --- {point.changed}: not to be compared with what is above ---"
        yield f"  {point.day or '':10}  {point.name}: {standing(point.result)}"


def _point(point: Point) -> dict[str, Any]:
    result = point.result
    return {
        "name": point.name,
        "date": point.day,
        "edition": result.edition,
        "edition_changed": point.edition_changed,
        "rule_changed": point.rule_changed,
        "value": result.value,
        "lower": result.lower,
        "upper": result.upper,
        "maximum": result.maximum,
        "band": result.band,
    }
