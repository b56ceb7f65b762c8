"""How far assessors are apart who answered unseen by each other: each question, all of them, and what to talk about.

Who said what comes from `canvas/log/blind_answers.py`. Nothing here decides: what the room agrees on is recorded by
people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from assessments.scoring.assessment import Assessment
from assessments.scoring.sheet import Entry, Sheet, SheetState
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PRACTICE_VALUES
from canvas.log.blind_answers import Judged, Said

# Below these, one number would say more than is known.
LEAST_ASSESSORS = 2
LEAST_SHARED = 10
# Where Krippendorff draws the lines (Content Analysis, 2004, chapter 11): reliable, and good for tentative conclusions.
RELIABLE, TENTATIVE = 0.8, 0.667
_RANK: Mapping[str, int] = {value: rank for rank, value in enumerate(PRACTICE_VALUES)}
_STATES: Mapping[str, SheetState] = {"unknown": "unknown", "not-applicable": "not-applicable"}


@dataclass(frozen=True)
class Question:
    """One practice and what the assessors said about it.

    `lowest` and `highest` are the outermost answers, `median` the lower one of the two in the middle; all three are
    None when nobody named a value. `deviation` is the mean distance from the median in steps of the scale, 0 to 1.
    `applies` is False when all say that it does not apply, None when they differ on that. `leverage` is what the models
    gain from the lowest to the highest answer, each as a part of its maximum, and `priority` spread times leverage.
    """

    practice: str
    spread: Mapping[Said, int]
    lowest: str | None
    highest: str | None
    median: str | None
    deviation: Fraction
    applies: bool | None
    leverage: Fraction
    priority: Fraction

    @property
    def people(self) -> int:
        """How many said something, counted hands among them."""
        return sum(self.spread.values())

    @property
    def agreed(self) -> Said | None:
        """What everybody said, or None."""
        return next(iter(self.spread)) if len(self.spread) == 1 else None

    @property
    def suggestion(self) -> Said:
        """What most of the room can stand behind: the median, or what was said most when nobody named a value."""
        if self.applies is None or self.median is None:
            return max(self.spread, key=lambda said: self.spread[said])
        return _said(self.median)


@dataclass(frozen=True)
class Agreement:
    """How well assessors agree over several practices.

    `alpha` is Krippendorff's for ordered values: 1 is full agreement, 0 what chance would bring, below 0 worse than
    that. It is None with too few `assessors` or `shared` practices (judged by two or more), or when all is alike.
    """

    assessors: int
    shared: int
    alpha: float | None
    alike: bool

    @property
    def strength(self) -> str:
        """One of `too-few`, `alike`, `reliable`, `tentative`, `weak`."""
        if self.assessors < LEAST_ASSESSORS or self.shared < LEAST_SHARED:
            return "too-few"
        if self.alike or self.alpha is None:
            return "alike"
        return "reliable" if self.alpha >= RELIABLE else "tentative" if self.alpha >= TENTATIVE else "weak"


@dataclass(frozen=True)
class ScoreRange:
    """The sure values of one model if each assessor had answered alone, beside what the answers give now."""

    model: str
    title: str
    lowest: float
    highest: float
    now: float
    maximum: float


def questions(judged: Sequence[Judged], sheet: Sheet, library: Library) -> tuple[Question, ...]:
    """Return what was judged as an agenda: where people differ most and it matters most comes first."""
    known = [one for one in judged if one.practice in library.practices and one.spread]
    found = [_question(one, sheet, library) for one in known]
    order = {id_: place for place, id_ in enumerate(library.practices)}
    return tuple(sorted(found, key=lambda q: (-q.priority, q.agreed is not None, order[q.practice])))


def agreement(judged: Sequence[Judged]) -> Agreement:
    """Return how well the assessors agree on the values they named. Hands that were counted are assessors too."""
    units = [[_RANK[said] for said in _values(one)] for one in judged]
    people = len({who for one in judged for who in one.by})
    hands = max((sum(one.hands.values()) for one in judged), default=0)
    shared = [unit for unit in units if len(unit) > 1]
    alike = len({value for unit in shared for value in unit}) < 2
    enough = people + hands >= LEAST_ASSESSORS and len(shared) >= LEAST_SHARED
    alpha = float(krippendorff_alpha(shared)) if enough and not alike else None
    return Agreement(people + hands, len(shared), alpha, alike)


def krippendorff_alpha(units: Sequence[Sequence[int]]) -> Fraction:
    """Return Krippendorff's alpha of ordered values, one sequence of values for each unit that was judged.

    Units with one value say nothing and are left out. Raises `ValueError` when all values are alike, because then
    nothing could have differed. Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    pairs: dict[tuple[int, int], Fraction] = {}
    for unit in units:
        for one, other in ((a, b) for (i, a), (j, b) in product(enumerate(unit), repeat=2) if i != j):
            pairs[one, other] = pairs.get((one, other), Fraction(0)) + Fraction(1, len(unit) - 1)
    totals: dict[int, Fraction] = {}
    for (one, _), weight in pairs.items():
        totals[one] = totals.get(one, Fraction(0)) + weight
    if len(totals) < 2:
        raise ValueError("all values are alike")
    values, whole = sorted(totals), sum(totals.values(), Fraction(0))
    far = {(a, b): _distance(a, b, totals) for a, b in product(values, repeat=2)}
    seen = sum((weight * far[pair] for pair, weight in pairs.items()), Fraction(0))
    by_chance = sum((totals[a] * totals[b] * far[a, b] for a, b in far), Fraction(0))
    return 1 - (whole - 1) * seen / by_chance


def score_range(model: ModelDefinition, judged: Sequence[Judged], sheet: Sheet, library: Library) -> ScoreRange | None:
    """Return where one ordered model would stand for each assessor alone; None when it cannot be assessed.

    What an assessor did not judge stays as the room has answered it.
    """
    assessors = sorted({who for one in judged for who in one.by})
    if not model.ordered or not assessors:
        return None
    seen = [Assessment(model, _as_seen_by(who, judged, sheet), library) for who in assessors]
    now = Assessment(model, sheet, library)
    values = [one.lower for one in seen if one.assessable]
    if not values or not now.assessable:
        return None
    maximum = float(now.method.maximum(now.sections))
    return ScoreRange(model.id, model.title, float(min(values)), float(max(values)), float(now.lower), maximum)


def _question(one: Judged, sheet: Sheet, library: Library) -> Question:
    spread, values = one.spread, sorted(_RANK[said] for said in _values(one))
    outside = spread.get("not-applicable", 0)
    median = values[(len(values) - 1) // 2] if values else None
    deviation = Fraction(sum(abs(value - (median or 0)) for value in values), max(len(values), 1))
    applies = True if not outside else None if values else False
    lowest, highest = (PRACTICE_VALUES[values[0]], PRACTICE_VALUES[values[-1]]) if values else (None, None)
    # Who differs on whether it applies at all is as far apart as the scale is long.
    apart = Fraction(1) if applies is None else deviation
    leverage = _leverage(one.practice, lowest, highest, applies, sheet, library) if apart else Fraction(0)
    return Question(
        practice=one.practice,
        spread=spread,
        lowest=lowest,
        highest=highest,
        median=PRACTICE_VALUES[median] if median is not None else None,
        deviation=deviation,
        applies=applies,
        leverage=leverage,
        priority=apart * leverage,
    )


def _leverage(
    practice: str, lowest: str | None, highest: str | None, applies: bool | None, sheet: Sheet, library: Library
) -> Fraction:
    """Return what all models gain together from the lowest to the highest answer: value and points, as parts of 1."""
    low = PRACTICE_VALUES[0] if applies is None else lowest
    high = PRACTICE_VALUES[-1] if applies is None else highest
    gained = Fraction(0)
    for model in library.models.values():
        if model.ordered and model.asks(practice):
            ends = [Assessment(model, sheet.answering({practice: str(end)}), library) for end in (low, high)]
            if all(end.assessable for end in ends):
                before, after = ends
                gained += (after.lower - before.lower) / after.method.maximum(after.sections)
                gained += after.share - before.share
    return gained


def _as_seen_by(who: str, judged: Sequence[Judged], sheet: Sheet) -> Sheet:
    own = {one.practice: _entry(one.by[who]) for one in judged if who in one.by}
    return Sheet({**sheet.entries, **own})


def _entry(said: Said) -> Entry:
    return Entry(_STATES[said]) if said in _STATES else Entry("answered", said)


def _values(one: Judged) -> list[Said]:
    """Return every value that was named, once for each who named it."""
    return [said for said, count in one.spread.items() for _ in range(count) if said in _RANK]


def _said(value: str) -> Said:
    return next(said for said in ("none", "manual", "automated") if said == value)


def _distance(one: int, other: int, totals: Mapping[int, Fraction]) -> Fraction:
    """Return the squared distance of two ordered values: how many values lie between them, each end counting half."""
    low, high = sorted((one, other))
    between = sum((count for value, count in totals.items() if low <= value <= high), Fraction(0))
    return (between - (totals[low] + totals[high]) / 2) ** 2
