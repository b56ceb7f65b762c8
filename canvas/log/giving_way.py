"""What a new value of a property takes away beside it, and what it contradicts.

An answer and "does not apply", a choice and what stands beside it. All else about a change is judged in `ops.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from canvas.errors import OpRefused
from canvas.log.events import Item
from canvas.log.facilitation_ops import Change
from canvas.reading.types import NONE_YET, NOT_APPLICABLE, OTHER


def giving_way(kind: str, item: Item | None, prop: str, value: object) -> Iterator[Change]:
    """Yield what a new value of a property empties beside it, and refuse one that contradicts what is there.

    It comes before the change itself, so that undo, which goes backwards, finds its way back.
    """
    if kind == "requirement":
        yield from _absence(item, prop, value)
    elif kind == "draft":
        yield from _choices_beside(item, prop, value)


def _absence(item: Item | None, prop: str, value: object) -> Iterator[Change]:
    """Hold an answer and "does not apply" apart: one needs a reason, and takes the place of the other."""
    key, present = (f"requirement:{item.id}", item) if item else ("", Item("", ""))
    absent = present.get("state") == NOT_APPLICABLE
    if prop == "state" and value == NOT_APPLICABLE:
        if not present.get("reason"):
            raise OpRefused("malformed", "Say first why this does not apply.")
        if (was := present.get("value")) is not None:
            yield "set", key, "value", None, was
    elif absent and prop == "value" and value is not None:
        raise OpRefused("malformed", "This is marked as not applicable. Take that back first, then answer it.")
    elif absent and prop == "reason" and value is None:
        raise OpRefused("malformed", "What does not apply needs its reason. Take the mark back first.")


def _choices_beside(item: Item | None, prop: str, value: object) -> Iterator[Change]:
    """Keep what is said beside a choice only as long as it goes with that choice."""
    draft = item or Item("", "")
    choice, absent = draft.get("choice", ""), (None, NONE_YET, NOT_APPLICABLE)
    if prop == "choice":
        if draft.get("advised"):
            # Whoever chooses by themselves has taken their own choice, not all of the advice.
            yield "set", f"draft:{draft.id}", "advised", None, True
        if (like := draft.get("like")) and not str(value or "").startswith(OTHER):
            yield "set", f"draft:{draft.id}", "like", None, like
        if beside := draft.get("beside"):
            left = [other for other in beside if value not in absent and other != value]
            if left != beside:
                yield "set", f"draft:{draft.id}", "beside", left or None, beside
    elif prop == "like" and value and not choice.startswith(OTHER):
        raise OpRefused("malformed", "Only a choice in your own words can be like an entry of the catalog.")
    elif prop == "beside" and isinstance(value, list):
        if choice in ("", NONE_YET, NOT_APPLICABLE):
            raise OpRefused("malformed", "Choose the main one first; others stand beside it.")
        if choice in value or len(set(value)) < len(value):
            raise OpRefused("malformed", "Each choice is named once: as the main one, or beside it.")
