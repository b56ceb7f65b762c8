"""The rules of decision records: what a decision may say at which status, and how one follows another.

Yields problems with their place in the document. Nothing here knows content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from canvas.document.found import Found, Path
from canvas.document.workshop import Decision, Workshop
from canvas.reading.types import NONE_YET, NOT_APPLICABLE, OTHER

# Whose status came later than the record, and can say when and why.
_LATER = ("accepted", "rejected", "deprecated")
# Those that replace what they supersede; one that is proposed or was rejected replaces nothing.
_REPLACING = ("accepted", "deprecated", "superseded")


def broken_records(workshop: Workshop) -> Iterator[Found]:
    """Yield `(path, what, mend)` for each rule of decision records that a workshop breaks."""
    for index, item in enumerate(workshop.decisions):
        path = ("decisions", index)
        if (item.slot is None) == (item.title is None):
            what = (
                f"decision {item.number or index + 1} has {'neither' if item.title is None else 'both'} slot and title"
            )
            yield path, what.replace("neither slot and", "neither slot nor"), "Give it one of the two"
        yield from _contradictions(item, path)
        yield from _status(item, path)
    yield from _history(workshop)


def _contradictions(item: Decision, path: Path) -> Iterator[Found]:
    """Yield what one decision says against itself."""
    absent = item.slot is not None and item.choice in (NONE_YET, NOT_APPLICABLE)
    if item.choice == NOT_APPLICABLE and item.slot and item.because is None and item.number is not None:
        yield path, f"the decision on '{item.name}' is not applicable without a reason", "Add 'because:'"
    if absent and item.beside:
        what = f"the decision on '{item.name}' is {item.choice} and names choices beside it"
        yield path, what, "Name one of them as the choice, or remove 'beside:'"
    if item.like is not None and not (item.slot and item.choice.startswith(OTHER)):
        what = f"the decision on '{item.name}' says what it is like, but its choice is not in your own words"
        yield path, what, "Write the choice as 'other: your words', or remove 'like:'"
    for place, choice in enumerate(item.beside):
        if choice in (NONE_YET, NOT_APPLICABLE):
            what = f"the decision on '{item.name}' has {choice} beside its choice"
            yield (*path, "beside"), what, "Name only what is in use, or remove it"
        elif choice == item.choice or choice in item.beside[:place]:
            yield (*path, "beside"), f"the decision on '{item.name}' names '{choice}' twice", "Keep one of the two"


def _status(item: Decision, path: Path) -> Iterator[Found]:
    if (item.number is None) != (item.status == "draft"):
        has = "no number" if item.number is None else "a number"
        what = f"the decision on '{item.name}' is {item.status} but has {has}"
        yield path, what, "Only recorded decisions have a number"
    if (item.status_on or item.status_because) and item.status not in _LATER:
        what = f"the decision on '{item.name}' is {item.status} and says when or why that came later"
        yield path, what, f"'status_on' and 'status_because' belong to decisions that are {', '.join(_LATER)}"


def _history(workshop: Workshop) -> Iterator[Found]:
    in_force = Counter((d.slot, d.title, d.status) for d in workshop.decisions if _is_single(d))
    numbered = {d.number: d for d in workshop.decisions if d.number is not None}
    superseded_by = {d.supersedes: d for d in workshop.decisions if d.supersedes and d.status in _REPLACING}
    numbers: set[int] = set()
    for index, item in enumerate(workshop.decisions):
        path = ("decisions", index)
        if item.number is not None and item.number in numbers:
            yield path, f"decision number {item.number} is used twice", "Numbers are given once and never change"
        if item.number is not None:
            numbers.add(item.number)
        if _is_single(item) and in_force[(item.slot, item.title, item.status)] > 1:
            which = f"slot '{item.slot}'" if item.slot else f"'{item.title}'"
            mend = "Mark the older one superseded" if item.status == "accepted" else "Keep one of the two"
            yield path, f"{which} has two {item.status} decisions", mend
        earlier = numbered.get(item.supersedes) if item.supersedes else None
        if item.supersedes and (earlier is None or earlier.slot != item.slot or earlier is item):
            what = f"supersedes {item.supersedes}, no other decision on '{item.name}'"
            yield path, what, "Name the number it replaces"
        yield from _superseded(item, superseded_by.get(item.number or 0), path)


def _is_single(item: Decision) -> bool:
    return item.status == "draft" or (item.status == "accepted" and item.slot is not None)


def _superseded(item: Decision, successor: Decision | None, path: Path) -> Iterator[Found]:
    if item.number is None:
        return
    if item.status == "superseded" and successor is None:
        yield path, f"decision {item.number} is superseded by none", "Add 'supersedes' to its successor"
    if item.status != "superseded" and successor is not None:
        what = f"decision {item.number} is {item.status}, but {successor.number} supersedes it"
        yield path, what, "Write 'status: superseded', or remove 'supersedes' from its successor"
