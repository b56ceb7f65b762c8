"""Every model that has a value on one scale: what is sure, what open answers could add, and where its bands begin."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.shapes.result import Result
from assessments.standing.as_data import figure, standing
from templates.pictures.bars import Bar, draw_bars
from templates.pictures.picture import Picture, say, sentences

ID = "intervals"


def interval_bars(results: Sequence[Result]) -> Picture | None:
    """Return the scored models as shares of their best values, in the order given; None when none has a value."""
    ordered = [result for result in results if result.ordered]
    if not ordered:
        return None
    title = say("intervals-title")
    words = tuple(_in_words(result) for result in ordered)
    svg = draw_bars([_bar(result) for result in ordered], title, sentences(words))
    return Picture(ID, title, svg, words, any(result.coverage > 0 for result in ordered))


def _bar(result: Result) -> Bar:
    if result.lower is None or result.upper is None:
        return Bar(result.title, 0.0, 0.0, standing(result), applicable=False)
    sure, best, *ticks = (value / result.maximum for value in (result.lower, result.upper, *result.bounds))
    return Bar(result.title, sure, best, standing(result), ticks=tuple(ticks))


def _in_words(result: Result) -> str:
    bounds = ", ".join(figure(bound, result.maximum) for bound in result.bounds)
    bands = say("bands-in-words", bounds=bounds) if bounds else ""
    return say("interval-in-words", model=result.title, standing=standing(result), bands=bands)
