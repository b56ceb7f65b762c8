"""The types that everything people write is made of: ids, texts, days, numbers, and the base of all shapes.

Only types. How text is cleaned is in `text_gate.py`, which numbers can be true in `number_range.py`.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError, PydanticKnownError

ID = r"^[a-z0-9][a-z0-9._-]{0,63}$"
Id = Annotated[str, Field(pattern=ID)]


def _visible(text: str) -> str:
    if not any(unicodedata.category(char)[0] not in "ZC" for char in text):
        raise ValueError("there is nothing to read in it")
    return text


def _calendar_day(text: str) -> str:
    try:
        first_day(text)
    except ValueError:
        raise PydanticCustomError("day", "there is no day {day}", {"day": text}) from None
    return text


def first_day(text: str) -> date:
    """Return the first day of `2026`, `2026-05` or `2026-05-17`. Raises `ValueError` when there is none."""
    return date.fromisoformat(text + "-01-01"[: 10 - len(text)])


ShortText = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_visible)]
Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_visible)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_calendar_day)]
# As much as a source says: a day, a month or a year.
PartialDay = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(_calendar_day)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,38}[a-z0-9]$")]


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticKnownError("float_type")
    return value


# A yes is no 1. Which numbers can be true is said by what asks for them.
Number = Annotated[float, BeforeValidator(_no_truth)]
Amount = Annotated[Number, Field(allow_inf_nan=False)]
Revision = Annotated[int, Field(ge=1, le=9999)]
# The edition of each maturity model, by the id of the model.
Editions = Annotated[dict[Id, ShortText], Field(max_length=2000)]

# The maturity models that a workshop leads with: more than three are no choice.
MOST_CHOSEN = 3
ChosenModels = Annotated[tuple[Id, ...], Field(max_length=MOST_CHOSEN)]

# How many assessors said what: a practice value, `unknown` or `not-applicable`.
Spread = dict[Id, Annotated[int, Field(ge=0, le=9999)]]

NoteKind = Literal["fact", "proposal", "question", "risk", "dilemma"]
RequirementState = Literal["open", "assumed", "decided", "not-applicable"]
# How long a text may be is said by what asks for it; see `definitions.ValueDefinition`.
RequirementValue = bool | int | float | Text
DecisionStatus = Literal["draft", "proposed", "accepted", "rejected", "deprecated", "superseded"]
PracticeValue = Literal["none", "manual", "automated"]
Phase = Literal[
    "business-and-data-understanding",
    "data-engineering",
    "model-engineering",
    "model-evaluation",
    "deployment",
    "monitoring-and-maintenance",
]
Residual = Literal["open", "acceptable", "too-high"]
AnswerState = Literal["answered", "unknown", "not-applicable"]

NONE_YET = "none-yet"
NOT_APPLICABLE = "not-applicable"
OTHER = "other: "


class Model(BaseModel):
    """Base of all documents: unknown keys are refused, instances never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)
