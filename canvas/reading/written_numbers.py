"""Numbers as people write them, in any locale: what a text can mean as a number, and how a field shows one.

Pure grammar: decimal comma and point, groups, exponents. Which reading is taken, and what is said when none or two
fit, is in `numerals.py`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

# What is longer is no number that a person typed; every finite float fits, with each digit written out.
MOST_CHARACTERS = 400
# Whole numbers up to here are exact in a float, and so in JavaScript.
MOST_EXACT = 2**53
# Sizes that are written out; beyond them zeros are counted.
SMALLEST_OUT, BEYOND_OUT = Decimal("1e-9"), Decimal("1e16")

# What stands for the same sign in other scripts and keyboards.
_SAME = {
    **dict.fromkeys("−‐‑‒–﹣－", "-"),
    **dict.fromkeys("＋﹢", "+"),
    **dict.fromkeys("’‘ʼ＇´`٬", "'"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
    **dict.fromkeys("٪％﹪", "%"),
    "，": ",",
    "．": ".",
}
# Marks that only turn the direction of writing.
_DIRECTIONS = frozenset("\u200e\u200f\u061c")
_DECIMALS = ".,٫"
_GROUPINGS = ".,' _"

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<body>[0-9.,٫](?:[0-9.,٫'_ ]*[0-9.,٫])?)(?P<power>[eE][+-]?[0-9]{1,4})?(?P<rest>.*)", re.DOTALL
)
# Groups of three; or, as in India, of two before a last one of three.
_GROUPED = r"[1-9][0-9]{{0,2}}(?:{0}[0-9]{{3}})+|[1-9][0-9]?(?:{0}[0-9]{{2}})+{0}[0-9]{{3}}"
_GROUPS = {mark: re.compile(_GROUPED.format(re.escape(mark))) for mark in _GROUPINGS}
# In groups and as a decimal number at once: three digits behind a separator.
_TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


# One of so many: 1 in 500, 1:500, 1/500.
_ONE_OF = re.compile(r"(?P<part>[^:/a-z]+)(?::|/|\bin\b|\bout\s+of\b|\bof\b)(?P<whole>[^:/a-z]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """What a text holds: the numbers it can mean, each once and the decimal one first, and what stands behind them."""

    readings: tuple[float, ...]
    unit: str


def readings_of(text: str) -> Written | None:
    """Return what a text can mean as one number, or None when it is none in any locale.

    A reading is an int when it is whole and not beyond 2**53, else the nearest float; it may be infinite. There are at
    most two.
    """
    found = _NUMBER.fullmatch(_plain(text)) if len(text) <= MOST_CHARACTERS else None
    if found is None:
        return None
    unit = found["rest"].strip()
    if any(char.isdigit() for char in unit):
        return None
    exact = [Decimal(f"{found['sign']}{number}{found['power'] or ''}") for number in _numbers(found["body"])]
    return Written(tuple(map(_stored, dict.fromkeys(exact))), unit) if exact else None


def shares_of(text: str) -> tuple[Decimal, ...]:
    """Return the shares that a text such as `1 in 500` can mean, each once; none when it is no such text."""
    found = _ONE_OF.fullmatch(_plain(text)) if len(text) <= MOST_CHARACTERS else None
    sides = [readings_of(found[side]) for side in ("part", "whole")] if found else []
    if len(sides) != 2 or any(side is None or side.unit for side in sides):
        return ()
    part, whole = ([Decimal(repr(value)) for value in side.readings if math.isfinite(value)] for side in sides if side)
    return tuple(dict.fromkeys(a / b for a in part for b in whole if 0 < a <= b))


def write_number(value: float) -> str:
    """Return how a field shows a finite number: with a decimal point, no groups, and no second reading.

    `read_number` always reads it back. A third decimal place is followed by a zero where it could end a group.
    """
    exact = Decimal(repr(value))
    if exact == 0:
        return "0"
    if isinstance(value, int) or SMALLEST_OUT <= abs(exact) < BEYOND_OUT:
        return _one_way(f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact:f}")
    mantissa, _, power = f"{value!r}".partition("e")
    return f"{_one_way(mantissa)}e{int(power)}" if power else _one_way(f"{exact:f}")


def _one_way(number: str) -> str:
    return f"{number}0" if _TWO_WAYS.fullmatch(number) else number


def _plain(text: str) -> str:
    """Return a text with its digits, signs and spaces as ASCII has them, without outer space."""
    return "".join(_plain_char(char) for char in text if char not in _DIRECTIONS).strip()


def _plain_char(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    return _SAME.get(char, char) if digit is None else str(digit)


def _numbers(body: str) -> list[str]:
    """Return each number that digits and separators can mean, the decimal one first, as Python writes it."""
    found = []
    for decimal in _DECIMALS:
        whole, mark, fraction = body.rpartition(decimal)
        if mark and fraction.isdigit() and (number := _whole(whole or "0", other_than=decimal)):
            found.append(f"{number}.{fraction}")
    return [*found, *([number] if (number := _whole(body, other_than="")) else [])]


def _whole(digits: str, other_than: str) -> str | None:
    if digits.isdigit():
        return digits
    grouped = any(groups.fullmatch(digits) for mark, groups in _GROUPS.items() if mark != other_than)
    return "".join(filter(str.isdigit, digits)) if grouped else None


def _stored(exact: Decimal) -> float:
    if abs(exact) <= MOST_EXACT and exact == exact.to_integral_value():
        return int(exact)
    nearest = float(exact)
    # A number so small that a float has none for it is not zero.
    return nearest if nearest else math.nan
