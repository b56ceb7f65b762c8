"""Run the golden cases of a model: answers with a known result, kept in the model's own file.

They are examples: run for a pack when it is read, and for what comes with the product when content is checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assessments.scoring.assessment import Assessment
from assessments.scoring.columns import columns
from assessments.scoring.methods import banded_metric
from assessments.scoring.sheet import Entry, Sheet
from assessments.shapes.library import Library
from assessments.shapes.model import GoldenCase, ModelDefinition
from canvas.method.conditions import Plain
from canvas.reading.read import Link

_STATES = {
    "unanswered": Entry("unanswered"),
    "unknown": Entry("unknown"),
    "not-applicable": Entry("not-applicable"),
}


def failing_cases(model: ModelDefinition, library: Library) -> Iterator[Link]:
    """Yield each golden case of a model whose links hold that comes out otherwise than it expects."""
    for index, case in enumerate(model.golden):
        for what in differences(case, model, library):
            mend = "Mend the model, or the expectation if that is wrong"
            yield ("golden", index), f"golden case '{case.name}' fails: {what}", mend


def sheet_of(case: GoldenCase, model: ModelDefinition, library: Library) -> Sheet:
    """Return the answers of a golden case as a sheet."""
    entries = {item: _entry(value) for item, value in case.answers.items()}
    if case.every is not None:
        practices = (c.item for c in model.criteria if c.item in library.practices)
        entries = {**dict.fromkeys(practices, Entry("answered", case.every)), **entries}
    return Sheet(entries)


def differences(case: GoldenCase, model: ModelDefinition, library: Library) -> Iterator[str]:
    """Yield each number or band of a golden case that comes out otherwise than expected, to four decimals."""
    if not model.ordered:
        yield from _other_fits(case, model, library)
        return
    seen = Assessment(model, sheet_of(case, model, library), library)
    sums = {section.id: section.lower for section in seen.sections}
    got: dict[str, Fraction | None] = {"value": seen.lower if seen.assessable else None}
    wanted: dict[str, float | None] = {"value": case.expect.value}
    if case.expect.upper is not None:
        got["upper"], wanted["upper"] = seen.upper if seen.assessable else None, case.expect.upper
    for section, points in case.expect.sections.items():
        got[f"section '{section}'"], wanted[f"section '{section}'"] = sums.get(section), points
    for name, number in wanted.items():
        if _rounded(got[name]) != _rounded(number):
            yield f"{name} is {_rounded(got[name])}, expected {_rounded(number)}"
    readings = {column.id: column.reading for column in columns(seen)} if case.expect.columns else {}
    for column, reading in case.expect.columns.items():
        if readings.get(column) != reading:
            yield f"column '{column}' is {readings.get(column)!r}, expected {reading!r}"
    band = seen.band.label if seen.assessable and seen.band else None
    if band != case.expect.band:
        yield f"band is {band!r}, expected {case.expect.band!r}"


def _other_fits(case: GoldenCase, model: ModelDefinition, library: Library) -> Iterator[str]:
    found = {m.item: m.clusters for m in banded_metric.score(model, sheet_of(case, model, library), library).measures}
    for item, expected in case.expect.fits.items():
        if found.get(item) != expected:
            yield f"'{item}' fits {list(found.get(item) or ())}, expected {list(expected)}"


def _entry(value: Plain) -> Entry:
    return _STATES.get(str(value), Entry("answered", value))


def _rounded(value: float | Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)
