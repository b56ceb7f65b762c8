"""Which numbers of an assessment cannot be true: a measure outside its range, a target off the scale of its model.

They are problems in a file and are kept when it is opened to be worked on. The rule itself is
`canvas/reading/number_range.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessments.scoring.assessment import Assessment
from assessments.scoring.sheet import Sheet
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from canvas.document.found import Found
from canvas.document.workshop import Workshop
from canvas.reading.number_range import NumberRange


def scale_of(model: ModelDefinition, library: Library) -> NumberRange:
    """Return the values that a model can reach when everything in it applies. Only for a model that is ordered."""
    seen = Assessment(model, Sheet({}), library)
    return NumberRange(0, float(seen.method.maximum(seen.sections)))


def unfit_answers(workshop: Workshop, library: Library) -> Iterator[Found]:
    """Yield `(path, what, mend)` for each measured number and each target that cannot be true, whatever applies."""
    library = library.whole
    for index, answer in enumerate(workshop.answers):
        measure = library.measures.get(answer.id)
        if measure is not None and answer.state == "answered" and isinstance(answer.value, int | float):
            yield from _unfit(("answers", index, "value"), f"measure '{answer.id}'", answer.value, measure.bounds)
    for index, target in enumerate(workshop.targets):
        model = library.models.get(target.model)
        if model is not None and model.ordered:
            path, bounds = ("targets", index, "value"), scale_of(model, library)
            yield from _unfit(path, f"target '{target.model}'", target.value, bounds)


def _unfit(path: tuple[str | int, ...], name: str, value: float, bounds: NumberRange) -> Iterator[Found]:
    if wrong := bounds.refusal(value):
        yield path, f"{name}: {wrong}", bounds.asked(value) or "Change the value"
