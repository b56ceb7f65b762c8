"""What holds a model's sure score where it is, and what would not help now, in full sentences.

One function per method, because each holds in another way. What they tell is worked out in `scoring/holding.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from assessments.scoring.assessment import Assessment
from assessments.scoring.bands import goal_of
from assessments.shapes.model import Band
from assessments.shapes.result import Result
from assessments.standing.as_data import figure
from canvas.reading.text_gate import counted

NAMED_AT_MOST = 3


def what_holds(seen: Assessment, result: Result) -> tuple[str, ...]:
    """Return why an assessable, ordered model stands where it does, and what would not move it."""
    band = seen.better_band
    if band is None:
        return (*_at_best(result), *_optional(result))
    demanded = [criterion for criterion in result.criteria if not criterion.optional]
    lower, upper = (figure(value or 0, result.maximum) for value in (result.lower, result.upper))
    if all(criterion.state == "unanswered" for criterion in demanded):
        return (f"None of its answers is given yet, so it can be anything from {lower} to {upper}.",)
    if all(criterion.state in ("unanswered", "unknown") for criterion in demanded):
        return (f"None of its answers is known yet, so it can be anything from {lower} to {upper}.",)
    dead_end = () if result.unlock else (f"No other answers reach “{band.label}”.",)
    return (*_BY_METHOD[result.method](seen, result, band), *dead_end, *_not_helping(result), *_optional(result))


def listed(names: Sequence[str], at_most: int | None = None) -> str:
    """Return names as a sentence lists them: "A, B and C", or "A, B and 4 more"."""
    shown = list(names)
    if at_most is not None and len(shown) > at_most:
        shown = [*shown[:at_most], f"{len(names) - at_most} more"]
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)


def _at_best(result: Result) -> Iterator[str]:
    yield f"Nothing holds it back: “{result.lower_band}” is the best there is."
    if result.lower is not None and result.lower < result.maximum:
        lower, best = (figure(value, result.maximum) for value in (result.lower, result.maximum))
        yield f"Within it the score can still rise, from {lower} to {best}."


def _lowest_section(seen: Assessment, result: Result, band: Band) -> Iterator[str]:
    at = figure(result.lower or 0, result.maximum)
    lowest = [section.title for section in result.sections if section.lower == result.lower]
    if len(lowest) == len(result.sections):
        yield f"The lowest section is the score, and every section is at {at}."
    elif len(lowest) == 1:
        yield f"The lowest section is the score: {lowest[0]} is at {at}."
    else:
        both = "both " if len(lowest) == 2 else ""
        yield f"The lowest section is the score: {listed(lowest)} are {both}at {at}."
    short = [section.title for section in result.sections if section.id in result.short]
    goal = goal_of(band)
    needs = f"“{band.label}” needs {'more than' if goal.strict else 'at least'} {float(goal.amount):g} in every section"
    # An open section may be there already: what is told is only what is sure.
    falls = f", which {listed(short)} {'do' if len(short) > 1 else 'does'} not surely reach" if short != lowest else ""
    yield f"{needs}{falls}."


def _next_level(seen: Assessment, result: Result, band: Band) -> Iterator[str]:
    section = next(section for section in seen.sections if section.id in result.short)
    lacking = [statement.title for statement in section.statements if not statement.complete]
    many = f"{len(lacking)} of {counted(len(section.statements), 'statement')}"
    yield (
        f"“{band.label}” holds only when all of {section.title} does; {many} {'are' if len(lacking) > 1 else 'is'} not "
        f"sure yet: {listed(lacking, NAMED_AT_MOST)}."
    )
    standing = {column.title: column.lower for column in result.columns if column.lower is not None}
    if len(standing) > 1 and all(criterion.column for criterion in result.criteria):
        least = min(standing.values())
        lowest = [title for title, level in standing.items() if level == least]
        if len(lowest) == len(standing):
            yield "All its columns are sure of the same level."
        else:
            yield f"Its lowest {'columns are' if len(lowest) > 1 else 'column is'} {listed(lowest)}."


def _share_of_points(seen: Assessment, result: Result, band: Band) -> Iterator[str]:
    points, whole = (
        float(sum(getattr(section, name) for section in seen.sections)) for name in ("points", "reachable")
    )
    goal = goal_of(band)
    yield f"All points count alike: {points:.4g} of {whole:.4g} are sure."
    yield f"“{band.label}” begins {'above' if goal.strict else 'at'} {float(goal.amount):g} %."


def _not_helping(result: Result) -> Iterator[str]:
    """Yield the sections that ask for what would not help now."""
    idle = set(result.not_helping)
    asking = {c.section for c in result.criteria if c.item in idle and not c.optional} - set(result.short)
    titles = [section.title for section in result.sections if section.id in asking]
    if titles:
        yield f"What only {listed(titles)} {'ask' if len(titles) > 1 else 'asks'} for would not help now."


def _optional(result: Result) -> Iterator[str]:
    """Yield how many answers could be better and never count."""
    counting = {criterion.item for criterion in result.criteria if not criterion.optional}
    optional = {c.item for c in result.criteria if c.optional and c.state not in ("met", "not-applicable")} - counting
    if optional:
        verbs = (
            "are asked as optional and never count" if len(optional) > 1 else "is asked as optional and never counts"
        )
        yield f"{counted(len(optional), 'answer')} {verbs}."


_BY_METHOD: Mapping[str, Callable[[Assessment, Result, Band], Iterator[str]]] = {
    "min_of_sections": _lowest_section,
    "staged_gate": _next_level,
    "share": _share_of_points,
}
