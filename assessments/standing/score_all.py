"""Score a workshop by every model: its answers carried over to the practices of today, each model in its edition."""

from __future__ import annotations

from collections.abc import Collection

from assessments.library.revisions import current
from assessments.scoring.score import score
from assessments.scoring.sheet import sheet_from
from assessments.shapes.library import Library
from assessments.shapes.result import Result
from canvas.document.workshop import Workshop


def score_all(workshop: Workshop, library: Library, only: Collection[str] = ()) -> tuple[Result, ...]:
    """Score a workshop by every model, or by those named in `only`, in the order of the library.

    Each model judges in the edition that the workshop names, as long as that is kept. Raises `ModelNotFound` for a name
    that no model has. What a rule takes out leaves before anything is scored.
    """
    library = library.judging(workshop)
    wanted = {library.model(model_id).id for model_id in only} or set(library.models)
    sheet = sheet_from(current(workshop, library))
    return tuple(score(model, sheet, library) for id_, model in library.models.items() if id_ in wanted)
