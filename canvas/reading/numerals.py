"""The reader of every field that takes a number: what a person typed, in any locale, or why it is not clear.

What can be read in two ways is refused with both readings, and nothing is guessed.
"""

from __future__ import annotations

import math

from canvas.errors import NumberRefused
from canvas.reading.number_range import OWN_CURRENCY, PERCENT, NumberRange, is_currency_sign, same_unit, shifted
from canvas.reading.written_numbers import MOST_CHARACTERS, Written, readings_of, shares_of, write_number

__all__ = ["is_share", "read_in", "read_number", "write_number"]

_SHOWN_CHARACTERS = 40


def read_number(
    text: str,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    whole: bool = False,
    unit: str | None = None,
) -> float:
    """Return the one number that a person wrote: an int when it is whole (up to 2**53), else the nearest float.

    A decimal comma or point, groups (by comma, point, apostrophe or space; lakhs too), an exponent, and the field's own
    `unit` behind it are understood; the bounds belong to the range. Raises `NumberRefused`, whose message says how to
    mend it, for what is no number, can be read in two ways that both fit, has another unit, or lies outside. Where the
    field takes a share, `1 in 500` is read as well: as 0.2 in percent, as 0.002 in a range up to 1.
    """
    return read_in(NumberRange(minimum, maximum, whole, unit), text)


def read_in(bounds: NumberRange, text: str) -> float:
    """Return the one number in a range that a person wrote; `read_number` says the rest."""
    sign = bounds.unit == OWN_CURRENCY and is_currency_sign(text.strip()[:1])
    written = readings_of(f"{text.strip()[1:]} {text.strip()[:1]}" if sign else text)
    if written is None and is_share(text):
        written = _share(bounds, text)
    if written is None:
        raise NumberRefused(_no_number(bounds, text))
    if written.unit and not same_unit(written.unit, bounds.unit):
        raise NumberRefused(_another_unit(bounds, text, written))
    fitting = [value for value in written.readings if bounds.holds(value)]
    if len(fitting) == 1:
        return fitting[0]
    raise NumberRefused(_two_ways(text, fitting) if fitting else _outside(bounds, text, written))


def is_share(text: str) -> bool:
    """Return whether a text says one of so many, such as `1 in 500`, instead of a number."""
    return bool(shares_of(text))


def _share(bounds: NumberRange, text: str) -> Written | None:
    """Return a share in the unit of the field; None where the field takes no share."""
    places = 2 if (bounds.unit or "").casefold() in PERCENT else 0 if bounds.maximum == 1 else None
    if places is None:
        return None
    return Written(tuple(float(share.scaleb(places)) for share in shares_of(text)), "")


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + '…'}'"


def _no_number(bounds: NumberRange, text: str) -> str:
    such = _such_as(bounds)
    if not text.strip():
        return f"There is no number here. Write one, {such}."
    if len(text) > MOST_CHARACTERS:
        return f"{_shown(text)} has {len(text)} characters, which is too long for a number. Write one, {such}."
    return f"{_shown(text)} is not one number. Write a single number in digits, {such}."


def _such_as(bounds: NumberRange) -> str:
    """Return an example that can be copied: of the size that the unit suggests, and within the bounds."""
    share = (bounds.unit or "").casefold() in PERCENT
    first = (5,) if share else (20, 1500) if bounds.unit else (0.92, 1500)
    shown = [write_number(value) for value in (*first, bounds.minimum, bounds.maximum) if value is not None]
    fitting = [number for number in shown if bounds.holds(float(number))]
    also = " or 1 in 20" if share and fitting and fitting[0] == "5" else ""
    return f"such as {fitting[0]}{also}" if fitting else "without anything else"


def _another_unit(bounds: NumberRange, text: str, written: Written) -> str:
    shown = _shown(text)
    if written.unit.casefold() in PERCENT:
        return (
            f"{shown} is a share of a hundred, and this field takes {_taken(bounds)}. {_as_fraction(bounds, written)}"
        )
    said = f"{shown} ends with '{written.unit[:_SHOWN_CHARACTERS]}', and this field takes {_taken(bounds)}."
    return f"{said} Write the number in full, in that unit and without anything behind it."


def _taken(bounds: NumberRange) -> str:
    return f"a number with the unit '{bounds.unit}'" if bounds.unit else "a plain number without a unit"


def _as_fraction(bounds: NumberRange, written: Written) -> str:
    # Whoever writes % says that it is a share of a hundred, so its size need not suggest it.
    fraction = bounds.maximum is not None and bounds.maximum <= 1
    shares = [shifted(value, -2) for value in written.readings if fraction and math.isfinite(value)]
    meant = list(dict.fromkeys(write_number(value) for value in shares if bounds.holds(value)))
    return f"Did you mean {meant[0]}?" if len(meant) == 1 else "Write the number alone, as this field means it."


def _two_ways(text: str, fitting: list[float]) -> str:
    first, second = (write_number(value) for value in fitting)
    return f"{_shown(text)} can be read as {first} or as {second}. Write {first} or {second}."


def _outside(bounds: NumberRange, text: str, written: Written) -> str:
    if any(not math.isfinite(value) for value in written.readings):
        return f"{_shown(text)} is too large or too close to zero to be kept. Write a number, {_such_as(bounds)}."
    if len(written.readings) == 1 and (told := bounds.told_of(written.readings[0])):
        return told
    ways = " or as ".join(write_number(value) for value in written.readings)
    return f"{_shown(text)} can be read as {ways}, and neither can be: {bounds.told}."
