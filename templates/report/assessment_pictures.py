"""Which pictures of the assessment the report shows: few enough to read, none that a table says better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.roadmap.phases import Roadmap
from assessments.shapes.result import Result
from canvas.document.workshop import Workshop
from templates.pictures import Picture, gap_bars, interval_bars, radar_picture, timeline

MOST_RADARS = 4


@dataclass(frozen=True)
class AssessmentPictures:
    """The pictures above all models, those of single models by id, and the one of the roadmap."""

    overview: tuple[Picture, ...]
    sections: dict[str, Picture]
    roadmap: Picture | None


def assessment_pictures(workshop: Workshop, results: Sequence[Result], planned: Roadmap) -> AssessmentPictures:
    """Return the pictures of scored models, and of their roadmap if it has steps."""
    overview = (interval_bars(results), gap_bars(results, workshop.targets))
    return AssessmentPictures(
        overview=tuple(picture for picture in overview if picture is not None),
        sections=_radars(workshop, results),
        roadmap=timeline(planned),
    )


def _radars(workshop: Workshop, results: Sequence[Result]) -> dict[str, Picture]:
    """Return a radar of models with a target, and of those whose weakest section is their value."""
    aims = {target.model: target for target in workshop.targets}
    # A stable sort: what has a target comes first, and is not lost when there are too many.
    wanted = sorted(results, key=lambda result: result.id not in aims)
    drawn = {
        result.id: picture
        for result in wanted
        if result.id in aims or result.method == "min_of_sections"
        if (picture := radar_picture(result, aims.get(result.id))) is not None
    }
    return dict(list(drawn.items())[:MOST_RADARS])
