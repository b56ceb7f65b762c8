"""Which days can be true: one rule for files, live changes and what is made of them. No clock: today is handed in.

A day is the one that its writer had, wherever they are; so a day ahead of ours is no mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from canvas.document.found import Found
from canvas.document.workshop import Workshop
from canvas.reading.types import first_day

# Nobody built such a system before, and nobody plans beyond.
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
# Where it is latest, it is a day later than where it is earliest.
AHEAD = timedelta(days=1)
MEND = "Write the day it was, as 2026-11-23"
# Days that must have been, by kind of item and property; all others may be planned.
_SINGLE = frozenset({("workshop", "date"), ("answer", "measured_on"), ("target", "by"), ("assignment", "by")})
_PAST = frozenset({("answer", "measured_on"), ("answer", "evidence"), ("decision", "record"), ("outcome", "outcome")})


def has_been(day: str, today: date) -> bool:
    """Return whether something can have happened on a day as `2026-11-23`, or in a month or year that is named."""
    return FIRST <= first_day(day) <= today + AHEAD


def refusal(day: str, today: date, *, past: bool) -> str | None:
    """Return why a day cannot be true, as a sentence without its full stop, or None when it can."""
    if not FIRST <= first_day(day) <= LAST:
        return f"{day} cannot be: days go from {FIRST} to {LAST}"
    return f"{day} is still to come" if past and not has_been(day, today) else None


def impossible_days(workshop: Workshop, today: date) -> Iterator[Found]:
    """Yield `(path, what, mend)` for each day of a workshop that cannot be true, as a check of a file tells it."""
    for path, name, day, past in _days(workshop):
        if day is not None and (wrong := refusal(day, today, past=past)):
            yield path, f"{name}: {wrong}", MEND if past else "Write a day as 2026-11-23"


def refused_day(kind: str, prop: str, value: Any, was: Any, today: date) -> str | None:
    """Return why a day that is new in the value of a property cannot be true, or None. Other properties hold none."""
    past, known = (kind, prop) in _PAST, set(_days_in(kind, prop, was))
    wrong = (refusal(day, today, past=past) for day in _days_in(kind, prop, value) if day not in known)
    return next(filter(None, wrong), None)


def _days(workshop: Workshop) -> Iterator[tuple[tuple[str | int, ...], str, str | None, bool]]:
    """Yield `(path, name, day, past)` of every day in a workshop."""
    yield ("date",), "the day of the workshop", workshop.date, False
    for index, decision in enumerate(workshop.decisions):
        name = f"decision {decision.number}" if decision.number else f"the draft on '{decision.name}'"
        yield ("decisions", index, "decided_on"), name, decision.decided_on, True
        yield ("decisions", index, "status_on"), name, decision.status_on, True
    for index, answer in enumerate(workshop.answers):
        yield ("answers", index, "measured_on"), f"measure '{answer.id}'", answer.measured_on, True
        for piece, found in enumerate(answer.evidence):
            path = ("answers", index, "evidence", piece, "seen_on")
            yield path, f"evidence of '{answer.id}'", found.seen_on, True
    for index, target in enumerate(workshop.targets):
        yield ("targets", index, "by"), f"target '{target.model}'", target.by, False
    for index, assignment in enumerate(workshop.assignments):
        yield ("assignments", index, "by"), f"assignment '{assignment.id}'", assignment.by, False


def _days_in(kind: str, prop: str, value: Any) -> Iterator[str]:
    if value is None:
        return
    if (kind, prop) == ("answer", "evidence"):
        yield from (found["seen_on"] for found in value if found.get("seen_on"))
    elif (kind, prop) == ("decision", "record"):
        # An imported record may have no day at all.
        yield from filter(None, [value.get("decided_on")])
    elif (kind, prop) == ("outcome", "outcome"):
        yield from filter(None, [value.get("on")])
    elif (kind, prop) in _SINGLE:
        yield value
