"""Score one sheet of answers by any model. Pure: the same sheet, model and library give the same result.

This module only puts a result together; the numbers come from `assessment.py`, the reasons from `explain.py` and
`holding.py`.
"""

from __future__ import annotations

from collections.abc import Collection

from assessments.library import packs
from assessments.library.revisions import current
from assessments.scoring import columns, explain, holding
from assessments.scoring.assessment import Assessment
from assessments.scoring.methods import banded_metric
from assessments.scoring.sheet import Sheet, sheet_from
from assessments.shapes.model import Library, ModelDefinition
from assessments.shapes.result import Result
from canvas.document.workshop import Workshop


def score_all(workshop: Workshop, library: Library | None = None, only: Collection[str] = ()) -> tuple[Result, ...]:
    """Score a workshop by every model, or by those named in `only`, in the order of the library.

    Each model judges in the edition that the workshop names, as long as that is kept. Without a library that of this
    process judges. Raises `ModelNotFound` for a name that no model has.
    """
    library = (library or packs.library()).judging(workshop.editions)
    wanted = {library.model(model_id).id for model_id in only} or set(library.models)
    sheet = sheet_from(current(workshop, library))
    return tuple(score(model, sheet, library) for id_, model in library.models.items() if id_ in wanted)


def score(model: ModelDefinition, sheet: Sheet, library: Library) -> Result:
    """Score a sheet by one model.

    Open answers count as not done for `value` and `lower`, as best for `upper`. Not-applicable ones are left out; when
    a section has nothing else, the model is not assessable and has neither value nor band.
    """
    if not model.ordered:
        return banded_metric.score(model, sheet, library)
    seen = Assessment(model, sheet, library)
    sure = seen.assessable
    return Result(
        id=model.id,
        title=model.title,
        edition=model.edition,
        official=model.official,
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
        can_gate=model.can_gate,
        sections=explain.sections(seen),
        columns=columns.columns(seen),
        cells=columns.cells(seen),
        criteria=explain.criteria(seen),
        blockers=holding.blockers(seen) if sure else (),
        unlock=holding.unlock(seen) if sure else None,
        not_helping=holding.not_helping(seen) if sure else (),
        symptoms=explain.symptoms(seen),
        trace=explain.trace(seen),
    )
