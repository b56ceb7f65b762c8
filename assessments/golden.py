"""Run the golden cases of a model: answers with a known result, kept in the model's own file."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.definitions import GoldenCase, Library, ModelDefinition
from assessments.result import Result
from assessments.score import score
from assessments.sheet import Entry, Sheet
from canvas.conditions import Plain

_STATES = {
    "unanswered": Entry("unanswered"),
    "unknown": Entry("unknown"),
    "not-applicable": Entry("not-applicable"),
}


def run(case: GoldenCase, model: ModelDefinition, library: Library) -> Result:
    """Score the answers of a golden case."""
    return score(model, sheet_of(case, model, library), library)


def sheet_of(case: GoldenCase, model: ModelDefinition, library: Library) -> Sheet:
    """Return the answers of a golden case as a sheet."""
    entries = {item: _entry(value) for item, value in case.answers.items()}
    if case.every is not None:
        practices = (c.item for c in model.criteria if c.item in library.practices)
        entries = {**dict.fromkeys(practices, Entry("answered", case.every)), **entries}
    return Sheet(entries)


def differences(case: GoldenCase, model: ModelDefinition, library: Library) -> Iterator[str]:
    """Yield each number or band of a golden case that comes out otherwise than expected."""
    result = run(case, model, library)
    wanted = case.expect
    if _rounded(result.value) != _rounded(wanted.value):
        yield f"value is {_rounded(result.value)}, expected {_rounded(wanted.value)}"
    if result.band != wanted.band:
        yield f"band is {result.band!r}, expected {wanted.band!r}"
    if wanted.upper is not None and _rounded(result.upper) != _rounded(wanted.upper):
        yield f"upper bound is {_rounded(result.upper)}, expected {_rounded(wanted.upper)}"
    sums = {section.id: section.value for section in result.sections}
    for section, points in wanted.sections.items():
        if _rounded(sums.get(section)) != _rounded(points):
            yield f"section '{section}' is {_rounded(sums.get(section))}, expected {_rounded(points)}"


def _entry(value: Plain) -> Entry:
    return _STATES.get(str(value), Entry("answered", value))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
