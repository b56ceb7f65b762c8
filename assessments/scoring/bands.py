"""Bands: which one a value falls in, which comes next, and whether a table leaves gaps or overlaps.

Intervals are open on the left and closed on the right, as the ML Test Score publishes them; `at` is a single point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assessments.scoring.criteria import exact
from assessments.scoring.sections import Goal
from assessments.shapes.model import Band


def holds(band: Band, value: Fraction) -> bool:
    """Return whether `value` falls in `band`."""
    if band.at is not None:
        return value == exact(band.at)
    assert band.above is not None
    return value > exact(band.above) and (band.up_to is None or value <= exact(band.up_to))


def band_of(bands: Sequence[Band], value: Fraction) -> Band:
    """Return the band of `value`. The loader guarantees that there is exactly one."""
    return next(band for band in bands if holds(band, value))


def band_after(bands: Sequence[Band], band: Band) -> Band | None:
    """Return the next better band, or None for the best."""
    later = bands[bands.index(band) + 1 :]
    return later[0] if later else None


def goal_of(band: Band) -> Goal:
    """Return what a value has to reach to be in `band` or a better one."""
    if band.at is not None:
        return Goal(exact(band.at))
    assert band.above is not None
    return Goal(exact(band.above), strict=True)


def broken_continuum(bands: Sequence[Band], maximum: Fraction) -> Iterator[tuple[int, str]]:
    """Yield `(index, what)` where bands do not cover 0 to `maximum` once each, in rising order."""
    reached: Fraction | None = None
    for index, band in enumerate(bands):
        start = exact(band.above if band.above is not None else band.at or 0)
        if reached is None:
            if band.at != 0:
                yield index, "the first band has to be 'at: 0', so that 0 falls in a band"
        elif start < reached or (band.at is not None and start == reached):
            yield index, f"this band overlaps the one before it, which ends at {float(reached):g}"
        elif start > reached or band.at is not None:
            yield index, f"there is a gap between {float(reached):g}, where the band before ends, and {float(start):g}"
        reached = start if band.at is not None else _end(band, maximum)
        if reached < start or (reached == start and band.at is None):
            yield index, f"this band is empty: nothing lies above {float(start):g} and up to {float(reached):g}"
    if reached is not None and reached < maximum:
        yield len(bands) - 1, f"values above {float(reached):g} fall in no band; the model reaches {float(maximum):g}"


def broken_points(bands: Sequence[Band], levels: int) -> Iterator[tuple[int, str]]:
    """Yield `(index, what)` where bands are not exactly the points 0 to `levels`, in rising order."""
    for index, band in enumerate(bands):
        if band.at != index:
            yield index, f"band {index + 1} of a staged model has to be 'at: {index}'"
    if len(bands) != levels + 1:
        yield len(bands) - 1, f"{levels} levels need {levels + 1} bands, 0 to {levels}; there are {len(bands)}"


def _end(band: Band, maximum: Fraction) -> Fraction:
    return maximum if band.up_to is None else exact(band.up_to)
