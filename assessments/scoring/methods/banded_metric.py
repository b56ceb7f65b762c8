"""The method of measured values: which published clusters each fits. No points, no overall value, and no gate.

Clusters overlap and leave gaps, and reports of different years disagree; so a value fits a set of them, or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessments.scoring.sheet import Entry, Sheet
from assessments.shapes.library import Library
from assessments.shapes.measures import ClusterDefinition
from assessments.shapes.model import CriterionDefinition, ModelDefinition
from assessments.shapes.result import CriterionResult, CriterionState, MeasureResult, Result, TraceStep


def score(model: ModelDefinition, sheet: Sheet, library: Library) -> Result:
    """Hold the measured values of a sheet against the clusters of a model."""
    entries = {criterion.id: _readable(criterion, sheet, library) for criterion in model.criteria}
    left = library.left.get(model.id)
    measures = tuple(
        _measure(criterion, entries[criterion.id], model, library, _unfit(criterion, sheet, library))
        for criterion in model.criteria
    )
    return Result(
        id=model.id,
        title=model.title,
        edition=model.edition,
        official=model.official and left is None,
        method=model.method,
        source=model.origin,
        license=model.license,
        value=None,
        lower=None,
        upper=None,
        maximum=0.0,
        band=None,
        lower_band=None,
        upper_band=None,
        coverage=sum(not entry.open for entry in entries.values()) / len(entries) if entries else 0.0,
        standard=True,
        assessable=any(entry.state != "not-applicable" for entry in entries.values()),
        can_gate=False,
        sections=(),
        criteria=tuple(_criterion(criterion, entries[criterion.id], library) for criterion in model.criteria),
        blockers=(),
        unlock=None,
        not_helping=(),
        symptoms=(),
        trace=tuple(_explain(measures)),
        ordered=False,
        measures=measures,
        omitted=left.omitted if left else (),
        left_because=left.reason if left else None,
    )


def fitting(clusters: Sequence[ClusterDefinition], item: str, value: float) -> tuple[ClusterDefinition, ...]:
    """Return the clusters that a value fits: by its bounds, or as the nearest typical value of the same report."""
    return tuple(cluster for cluster in clusters if item in cluster.reach and _fits(cluster, clusters, item, value))


def _fits(cluster: ClusterDefinition, clusters: Sequence[ClusterDefinition], item: str, value: float) -> bool:
    reach = cluster.reach[item]
    if reach.typical is None:
        return reach.holds(value)
    same_report = (c.reach[item].typical for c in clusters if c.year == cluster.year and item in c.reach)
    distances = [abs(value - typical) for typical in same_report if typical is not None]
    return abs(value - reach.typical) == min(distances)


def _readable(criterion: CriterionDefinition, sheet: Sheet, library: Library) -> Entry:
    """Return the entry, or an unanswered one when its value is none that can be true; `broken_answers` names those."""
    entry = sheet.entry(criterion.item)
    wrong = entry.state == "answered" and library.measures[criterion.item].refusal(entry.value)
    return Entry("unanswered") if wrong else entry


def _unfit(criterion: CriterionDefinition, sheet: Sheet, library: Library) -> str | None:
    """Return why a number that was entered cannot be true, so that nobody reads that none was."""
    entry, bounds = sheet.entry(criterion.item), library.measures[criterion.item].bounds
    number = isinstance(entry.value, int | float) and not isinstance(entry.value, bool)
    return bounds.refusal(float(entry.value or 0)) if number and entry.state == "answered" else None


def _measure(
    criterion: CriterionDefinition, entry: Entry, model: ModelDefinition, library: Library, unfit: str | None
) -> MeasureResult:
    measure = library.measures[criterion.item]
    value = float(entry.value) if entry.value is not None else None
    compared = any(criterion.item in cluster.reach for cluster in model.clusters)
    fits = () if value is None else fitting(model.clusters, criterion.item, value)
    names = tuple(cluster.name for cluster in fits) if compared else None
    return MeasureResult(criterion.item, measure.title, measure.unit, value, entry.measured_on, names, unfit)


def _criterion(criterion: CriterionDefinition, entry: Entry, library: Library) -> CriterionResult:
    state: CriterionState = "measured" if entry.state == "answered" else entry.state
    return CriterionResult(
        id=criterion.id,
        item=criterion.item,
        title=criterion.title or library.title(criterion.item),
        section=criterion.section,
        group=None,
        state=state,
        answer=None if entry.value is None else float(entry.value),
        value=0.0,
        optional=criterion.optional,
    )


def _explain(measures: Sequence[MeasureResult]) -> Iterator[TraceStep]:
    for measure in measures:
        if measure.value is not None:
            yield TraceStep(f"{measure.title}: {measure.reading}", measure.value)
    if all(measure.value is None for measure in measures):
        yield TraceStep("Nothing has been measured yet")
