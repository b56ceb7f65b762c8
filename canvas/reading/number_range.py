"""Which numbers can be true of a fact, a column or a measure, and what is said of one that cannot: the one rule.

How a number is typed and shown is in `numerals.py` and `written_numbers.py`; the range of each fact stands in content.
"""

from __future__ import annotations

import math
import sys
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from canvas.reading.written_numbers import write_number

# What lies between 1 and this is rather a slip of the finger than a share of a hundred.
LEAST_PERCENT = 2
PERCENT = frozenset({"%", "percent", "per cent"})
# Other ways to write the unit of a field. Whoever is asked for an amount in their currency may write which that is.
SAME = (
    PERCENT,
    frozenset({"hours", "hour", "h", "hr", "hrs"}),
    frozenset({"days", "day", "d"}),
    frozenset({"people", "person", "persons"}),
    frozenset({"per day", "a day", "/day", "/ day"}),
    frozenset({"ms", "msec", "milliseconds", "millisecond"}),
    frozenset({"gb", "gigabytes", "gigabyte"}),
)
OWN_CURRENCY = "in your currency"


@dataclass(frozen=True)
class NumberRange:
    """Bounds that belong to the range themselves; None is no bound. `whole` takes no fraction.

    `unit` and `name` (what is measured, such as a metric) are only told.
    """

    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    unit: str | None = None
    name: str | None = None

    def holds(self, value: float) -> bool:
        """Return whether a number can be true here. NaN and the infinities never can."""
        low = self.minimum is None or value >= self.minimum
        high = self.maximum is None or value <= self.maximum
        return _finite(value) and low and high and (not self.whole or float(value).is_integer())

    def refusal(self, value: float) -> str | None:
        """Return, as a sentence without its full stop, why a number cannot be true here, or None when it can."""
        if self.holds(value):
            return None
        if not _finite(value):
            too_large = isinstance(value, int) or math.isinf(value)
            return "the number is too large to be kept" if too_large else "the answer should be a number"
        named = f"{self.name} of " if self.name else ""
        return f"{named}{write_number(value)} cannot be: {self.told}"

    def asked(self, value: float) -> str | None:
        """Return the question whether another number was meant, or None when nothing suggests one."""
        meant = self.meant(value) if _finite(value) else None
        return None if meant is None else f"Did you mean {write_number(meant)}?"

    def told_of(self, value: float) -> str | None:
        """Return, in whole sentences, why a number cannot be true here and what may be meant; None when it can."""
        wrong = self.refusal(value)
        return " ".join(filter(None, (f"{wrong[0].upper()}{wrong[1:]}.", self.asked(value)))) if wrong else None

    @property
    def told(self) -> str:
        """The range in words, such as 'it goes from 0 to 1'."""
        kind = "it is a whole number" if self.whole else "it is a number"
        unit = f" {self.unit}" if self.unit else ""
        low, high = self.minimum, self.maximum
        if low is not None and high is not None:
            reach = f"from {write_number(low)} to {write_number(high)}{unit}"
            return f"{kind} {reach}" if self.whole else f"it goes {reach}"
        if low is not None:
            return f"{kind} of at least {write_number(low)}{unit}"
        return f"{kind} of at most {write_number(high)}{unit}" if high is not None else kind

    def meant(self, value: float) -> float | None:
        """Return the fraction that a share of a hundred stands for, or the other way round, when only that fits."""
        if self.maximum is not None and self.maximum <= 1 and LEAST_PERCENT <= value <= 100:
            moved = -2
        elif (self.unit or "").casefold() in PERCENT and 0 < value <= 1:
            moved = 2
        else:
            return None
        other = shifted(value, moved)
        return other if self.holds(other) else None


def same_unit(written: str, unit: str | None) -> bool:
    """Return whether somebody wrote the unit of a field, in any case and spacing, or in another way of writing it.

    An amount in their own currency may carry its sign, or its code of three letters.
    """
    named = written.strip()
    if unit == OWN_CURRENCY and (is_currency_sign(named) or (len(named) == 3 and named.isascii() and named.isupper())):
        return True
    written, own = (" ".join((name or "").casefold().split()) for name in (written, unit))
    return written == own or any(written in names and own in names for names in SAME)


def is_currency_sign(text: str) -> bool:
    """Return whether a text is one sign of a currency, such as €."""
    return len(text) == 1 and unicodedata.category(text) == "Sc"


def shifted(value: float, places: int) -> float:
    """Return a finite number with its decimal point moved, as people do it: 92.3 by -2 is 0.923, to the last digit."""
    return float(Decimal(repr(value)).scaleb(places))


def _finite(value: float) -> bool:
    # An int can be larger than any float, which `math.isfinite` cannot say.
    return abs(value) <= sys.float_info.max
