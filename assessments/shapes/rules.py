"""The shapes of the smaller judging content: how long evidence lasts, and what the board proposes as answers.

Practices, models and measures have shapes of their own in `model.py` and `measures.py`. Nothing is read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from canvas.method.conditions import Condition
from canvas.method.credited import Credited
from canvas.reading.types import Id, Model, PracticeValue, ShortText, Text


class EvidenceRule(Credited):
    """How long evidence counts: `days` after it was seen, the last day included. It is due `due_days` before that."""

    days: Annotated[int, Field(ge=1, le=3650)]
    due_days: Annotated[int, Field(ge=1, le=3650)]
    because: Text


class SuggestionRule(Model):
    """What facts of the board suggest about one practice: a condition for each answer it may propose.

    `because` says what the place and the practice have to do with each other. A place of the board is never proof, so
    there is only one confidence.
    """

    practice: Id
    because: Text
    confidence: Literal["low"] = "low"
    none: Condition | None = None
    manual: Condition | None = None
    automated: Condition | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not list(self.conditions()):
            raise ValueError("a rule has a condition for at least one of none, manual, automated")
        return self

    def conditions(self) -> Iterator[tuple[PracticeValue, Condition]]:
        """Yield each answer it may propose with its condition, the least claim first."""
        given: tuple[tuple[PracticeValue, Condition | None], ...] = (
            ("none", self.none),
            ("manual", self.manual),
            ("automated", self.automated),
        )
        yield from ((value, condition) for value, condition in given if condition is not None)


class SuggestionList(Credited):
    """Rules that look at one kind of place."""

    id: Id
    title: ShortText
    rules: Annotated[tuple[SuggestionRule, ...], Field(min_length=1)]
