"""Score one sheet of answers by any model. Pure: the same sheet, model and library give the same result.

This module only puts a result together; the numbers come from `assessment.py`, the reasons from `explain.py` and
`holding.py`.
"""

from __future__ import annotations

from assessments.scoring import columns, explain, holding
from assessments.scoring.assessment import Assessment
from assessments.scoring.methods import banded_metric
from assessments.scoring.sheet import Sheet
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.result import Result


def score(model: ModelDefinition, sheet: Sheet, library: Library) -> Result:
    """Score a sheet by one model.

    Open answers count as not done for `value` and `lower`, as best for `upper`. Not-applicable ones are left out; when
    a section has nothing else, the model is not assessable and has neither value nor band.
    """
    if not model.ordered:
        return banded_metric.score(model, sheet, library)
    seen = Assessment(model, sheet, library)
    sure, left = seen.assessable, seen.left_out
    return Result(
        id=model.id,
        title=model.title,
        edition=model.edition,
        official=model.official and left is None,
        method=model.method,
        source=model.origin,
        license=model.license,
        value=float(seen.lower) if sure else None,
        lower=float(seen.lower) if sure else None,
        upper=float(seen.upper) if sure else None,
        maximum=float(seen.method.maximum(seen.sections)),
        band=seen.band.label if sure and seen.band else None,
        lower_band=seen.lower_band.label if sure else None,
        upper_band=seen.upper_band.label if sure else None,
        coverage=explain.coverage(seen),
        standard=not any(section.rescaled for section in seen.sections),
        assessable=sure,
        can_gate=model.can_gate and not (left and left.reason),
        sections=explain.sections(seen),
        columns=columns.columns(seen),
        cells=columns.cells(seen),
        criteria=explain.criteria(seen),
        blockers=holding.blockers(seen) if sure else (),
        unlock=holding.unlock(seen) if sure else None,
        not_helping=holding.not_helping(seen) if sure else (),
        short=holding.short_sections(seen) if sure else (),
        symptoms=explain.symptoms(seen),
        trace=explain.trace(seen),
        bounds=explain.bounds(seen),
        omitted=left.omitted if left else (),
        left_because=left.reason if left else None,
    )
