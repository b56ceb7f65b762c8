"""The shape of anything that has one typed value: what type it has, which values fit it, and how one is read."""

from __future__ import annotations

import math
from typing import Literal, Self

from pydantic import model_validator

from canvas.method.conditions import Reason, Severity
from canvas.reading.number_range import NumberRange
from canvas.reading.strict_yaml import truth_elsewhere
from canvas.reading.types import Id, Model, RequirementValue, ShortText, Text
from canvas.reading.written_numbers import readings_of, write_number

# How many characters a text may have, by the type of value.
TEXT_LIMITS = {"text": 200, "long-text": 2000}
MOST_WRITTEN_OUT = 1e16


class Scale(Model):
    """The numbers that what an option names can reach, such as 0 to 1, and which of them are better."""

    minimum: float | None = None
    maximum: float | None = None
    better: Literal["higher", "lower"]


class Caution(Reason):
    """When what an option names misleads, and why; `because` may quote answers and numbers; see `quoted.py`."""

    severity: Severity


class Option(Model):
    """One of the values of a choice requirement.

    An option that names a measure of quality has its `scale`. `suits` are the options of another choice that it goes
    with; without any, nobody knows what it goes with. `misleads` says when it shows less than it seems to.
    """

    id: Id
    title: ShortText
    help: Text | None = None
    scale: Scale | None = None
    suits: tuple[Id, ...] = ()
    misleads: tuple[Caution, ...] = ()


class ValueDefinition(Model):
    """Something that has one typed value: a requirement, or a column of a table.

    `text` holds at most 200 characters, `long-text` 2000. A number lies from `minimum` to `maximum`, both included;
    `whole` takes no fraction.
    """

    id: Id
    title: ShortText
    type: Literal["text", "long-text", "number", "yes-no", "choice"]
    options: tuple[Option, ...] = ()
    unit: ShortText | None = None
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False

    @model_validator(mode="after")
    def _what_belongs_to_the_type(self) -> Self:
        if (self.type == "choice") != (len(self.options) >= 2):
            raise ValueError("a choice has at least two options, everything else none")
        if self.type != "number" and (self.whole or (self.minimum, self.maximum) != (None, None)):
            raise ValueError("only a number has a minimum, a maximum, or is whole")
        return self

    @property
    def bounds(self) -> NumberRange:
        """The numbers that can be true of it, as far as it says so itself."""
        return NumberRange(self.minimum, self.maximum, self.whole, self.unit)

    def refusal(self, value: RequirementValue) -> str | None:
        """Return what is wrong with `value` as an answer, or None."""
        if (wrong := self.mistyped(value)) or isinstance(value, bool | str):
            return wrong
        return self.bounds.refusal(value)

    def mistyped(self, value: RequirementValue) -> str | None:
        """Return how `value` is no answer of this type at all, or None. Which numbers can be true is not asked."""
        if self.type == "yes-no":
            return None if isinstance(value, bool) else "the answer should be true or false"
        if self.type == "choice":
            known = [option.id for option in self.options]
            return None if value in known else f"{value!r} is not one of {', '.join(known)}"
        if self.type in TEXT_LIMITS:
            return self._text_refusal(value)
        if isinstance(value, str) and (written := readings_of(value)) and not any(map(math.isfinite, written.readings)):
            return "the number is too large to be kept"
        return "the answer should be a number" if isinstance(value, bool | str) else None

    def mend(self, value: RequirementValue) -> str:
        """Return how to mend a value that is of another type, as a sentence without its full stop."""
        if self.type in TEXT_LIMITS and not isinstance(value, str):
            return "Put it in quotes"
        if self.type == "yes-no" and isinstance(value, str) and (truth := truth_elsewhere(value)) is not None:
            return f"Write {str(truth).lower()}, in small letters and without quotes"
        written = readings_of(value) if self.type == "number" and isinstance(value, str) else None
        fitting = [number for number in written.readings if self.bounds.holds(number)] if written else []
        if written is None or written.unit not in ("", self.unit) or len(fitting) != 1:
            return "Change the value"
        return f"Write {write_number(fitting[0])}, without quotes and with nothing behind it"

    def printed(self, value: RequirementValue) -> str:
        """Return a value as a person reads it, with its unit."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        titles = {option.id: option.title for option in self.options}
        text = titles.get(str(value), _number(value) if isinstance(value, int | float) else value)
        return f"{text} {self.unit}" if self.unit else text

    def _text_refusal(self, value: RequirementValue) -> str | None:
        if not isinstance(value, str):
            return "the answer should be text"
        limit = TEXT_LIMITS[self.type]
        return None if len(value) <= limit else f"the answer has {len(value)} characters, and {limit} is the most"


def _number(value: float) -> str:
    # Written out as far as people write numbers out, and never rounded: what was entered is what is read.
    whole = abs(value) < MOST_WRITTEN_OUT and float(value).is_integer()
    return f"{int(value):,}" if whole else f"{value:,}"
