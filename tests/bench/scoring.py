"""Judging: all models on a full sheet, and the exact smallest ways up, against a plain loop over the same answers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from unittest.mock import patch

from assessments.library.load import shipped
from assessments.scoring import holding
from assessments.scoring.assessment import Assessment
from assessments.scoring.score import score
from assessments.scoring.sheet import Entry, Sheet
from assessments.shapes.practice import PRACTICE_VALUES
from tests.bench.measure import Row, amount, median
from tests.bench.outputs import timed

SAMPLES = 15
SCORING_S, WAYS_UP_S = 0.020, 0.200
POINTS = {"none": 0.0, "manual": 0.5, "automated": 1.0}


def scoring() -> list[Row]:
    """Measure the numbers with their reasons, and then the sets of changes, on sheets without an open answer."""
    mixed, nothing = _sheet(PRACTICE_VALUES), _sheet(("none",))
    count, ordered = len(shipped().models), sum(model.ordered for model in shipped().models.values())
    with patch.object(holding, "unlock", return_value=None):
        numbers = _row(f"Scoring all {count} models on a full sheet, with reasons", _scores, mixed, SCORING_S)
    return [
        numbers,
        _row(f"Exact unlock sets of {ordered} models, full sheet of mixed answers", _ways_up, mixed, WAYS_UP_S),
        _row(f"Exact unlock sets of {ordered} models, nothing done yet", _ways_up, nothing, WAYS_UP_S),
    ]


def _sheet(values: tuple[str, ...]) -> Sheet:
    """Return a sheet in which every practice has one of `values`, in turn, and every measure a number."""
    practices = {id_: Entry("answered", value) for id_, value in zip(shipped().practices, cycle(values), strict=False)}
    return Sheet({**practices, **{id_: Entry("answered", 10) for id_ in shipped().measures}})


def _scores(sheet: Sheet) -> None:
    for model in shipped().models.values():
        score(model, sheet, shipped())


def _ways_up(sheet: Sheet) -> None:
    for model in shipped().models.values():
        if model.ordered:
            holding.unlock(Assessment(model, sheet, shipped()))


def _plain(sheet: Sheet) -> None:
    """Add up the points of each section, as a spreadsheet does: no bounds, no groups, no reasons."""
    for model in shipped().models.values():
        sums = dict.fromkeys((section.id for section in model.sections), 0.0)
        for criterion in model.criteria:
            sums[criterion.section] += POINTS.get(str(sheet.entry(criterion.item).value), 0.0)


def _row(what: str, work: Callable[[Sheet], None], sheet: Sheet, limit: float) -> Row:
    work(sheet)
    ours, plain = [], []
    for _ in range(SAMPLES):
        ours.append(timed(lambda: work(sheet)))
        plain.append(timed(lambda: _plain(sheet)))
    mine, other = median(ours), median(plain)
    compared = f"{amount(other, 'ms')} (adding up the same answers)"
    return Row(what, amount(mine, "ms"), compared, f"{mine / other:.0f}x", f"under {amount(limit, 'ms')}", mine < limit)
