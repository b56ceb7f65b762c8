"""Numbers as people type them: read in every locale, or refused with what they could mean; never another number."""

from __future__ import annotations

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas.errors import NumberRefused
from canvas.reading.number_range import OWN_CURRENCY, NumberRange
from canvas.reading.numerals import is_share, read_in, read_number, write_number
from canvas.reading.written_numbers import readings_of

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def outcome(text: str) -> float | str:
    """Return what a text is read as, or the message of its refusal."""
    try:
        return read_number(text)
    except NumberRefused as refused:
        return str(refused)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,92", 0.92),
        ("0.92", 0.92),
        (",5", 0.5),
        ("0,920", 0.92),
        ("0.500", 0.5),
        ("1.000.000", 1000000),
        ("1,000,000", 1000000),
        ("12.345,67", 12345.67),
        ("12,345.67", 12345.67),
        ("1,000.000", 1000),
        ("1 000 000", 1000000),
        ("1\u202f000\u00a0000,5", 1000000.5),
        ("1'000", 1000),
        ("1’234.5", 1234.5),
        ("1_000", 1000),
        ("1234,567", 1234.567),
        ("12,34,567", 1234567),
        ("1,00,000.50", 100000.5),
        ("-3,5", -3.5),
        ("−3", -3),
        ("+7", 7),
        ("1e6", 1000000),
        ("1,5E-3", 0.0015),
        ("  42 ", 42),
        ("007", 7),
        ("-0", 0),
        ("１２，５", 12.5),
        ("١٢٣٤٫٥", 1234.5),
        ("١٬٢٣٤", 1234),
        ("۰٫۹۲۰", 0.92),
        ("\u200e-5", -5),
    ],
)
def test_a_number_of_any_locale_is_read(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "1,2,3",
        "1.2.3",
        "0x10",
        "nan",
        "inf",
        "Infinity",
        "--1",
        "- 3",
        "1 2",
        "1,,5",
        "5.",
        "1.000,000.5",
        "1 000,000 000",
        "3-5",
        "<200",
        "5/10",
        "½",
        "x²",
        "1e",
        "e5",
        ".",
        "'",
        "1.0.00",
        "0.000.000",
        "9" * 401,
    ],
)
def test_what_is_no_number_in_any_locale_is_refused(text: str) -> None:
    with pytest.raises(NumberRefused):
        read_number(text)


def test_a_number_with_two_readings_is_refused_with_both() -> None:
    with pytest.raises(NumberRefused) as refused:
        read_number("1.500")
    assert str(refused.value) == "'1.500' can be read as 1.5 or as 1500. Write 1.5 or 1500."
    with pytest.raises(NumberRefused, match=r"read as 1\.2340 or as 1234\. Write 1\.2340 or 1234\."):
        read_number("1,234", minimum=0)


@pytest.mark.parametrize(
    ("text", "bounds", "value"),
    [
        ("1,500", NumberRange(whole=True), 1500),
        ("1.000", NumberRange(minimum=0, maximum=1), 1),
        ("1.500", NumberRange(minimum=100), 1500),
        ("99.500", NumberRange(0, 100, unit="%"), 99.5),
        ("99,500 %", NumberRange(0, 100, unit="%"), 99.5),
    ],
)
def test_the_one_reading_that_can_be_true_is_taken(text: str, bounds: NumberRange, value: float) -> None:
    assert read_in(bounds, text) == value


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("200 ms", "ms", 200),
        ("92%", "%", 92),
        ("92 %", "percent", 92),
        ("92 Percent", "%", 92),
        ("3 per  day", "per day", 3),
        ("1,5 h", "hours", 1.5),
        ("14 d", "days", 14),
        ("12500 €", OWN_CURRENCY, 12500),
        ("€12500", OWN_CURRENCY, 12500),
        ("$ 1,250.50", OWN_CURRENCY, 1250.5),
        ("900 CHF", OWN_CURRENCY, 900),
    ],
)
def test_the_unit_of_the_field_may_stand_behind_the_number(text: str, unit: str, value: float) -> None:
    assert read_number(text, unit=unit) == value


def test_another_unit_is_refused_and_never_dropped() -> None:
    with pytest.raises(NumberRefused, match="ends with 's', and this field takes a number with the unit 'ms'"):
        read_number("2 s", unit="ms")
    for text, unit in (
        ("5 €", "days"),
        ("€5", "days"),
        ("5 h", "days"),
        ("5 Mio", OWN_CURRENCY),
        ("€5 k", OWN_CURRENCY),
    ):
        with pytest.raises(NumberRefused):
            read_number(text, unit=unit)
    with pytest.raises(NumberRefused, match="ends with 'k', and this field takes a plain number without a unit"):
        read_number("10k")
    with pytest.raises(NumberRefused, match=r"'92 %' is a share of a hundred.*Did you mean 0\.92\?"):
        read_number("92 %", minimum=0, maximum=1)
    with pytest.raises(NumberRefused, match=r"Did you mean 0\.015\?"):
        read_number("1,5 %", minimum=0, maximum=1)
    with pytest.raises(NumberRefused, match="Write the number alone"):
        read_number("50%", minimum=1, unit="ms")


@pytest.mark.parametrize(
    ("text", "bounds", "message"),
    [
        ("92", NumberRange(0, 1), "92 cannot be: it goes from 0 to 1. Did you mean 0.92?"),
        ("92,3", NumberRange(maximum=1), "92.3 cannot be: it is a number of at most 1. Did you mean 0.923?"),
        ("0,5", NumberRange(1, 100, unit="%"), "0.5 cannot be: it goes from 1 to 100 %. Did you mean 50?"),
        ("250", NumberRange(0, 100, unit="%"), "250 cannot be: it goes from 0 to 100 %."),
        ("-3", NumberRange(0, whole=True), "-3 cannot be: it is a whole number of at least 0."),
        ("2,5", NumberRange(whole=True), "2.5 cannot be: it is a whole number."),
        ("5.000", NumberRange(0, 1), "'5.000' can be read as 5 or as 5000, and neither can be: it goes from 0 to 1."),
        ("1e400", NumberRange(), "'1e400' is too large or too close to zero to be kept. Write a number, such as 0.92."),
        (
            "1e-400",
            NumberRange(2),
            "'1e-400' is too large or too close to zero to be kept. Write a number, such as 1500.",
        ),
    ],
)
def test_a_number_out_of_range_is_refused_with_the_range(text: str, bounds: NumberRange, message: str) -> None:
    with pytest.raises(NumberRefused) as refused:
        read_in(bounds, text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1000000.0, "1000000"),
        (0.92, "0.92"),
        (1.234, "1.2340"),
        (-1.5, "-1.5"),
        (12345.678, "12345.678"),
        (0.125, "0.125"),
        (0.00001, "0.00001"),
        (1e22, "1e22"),
        (1.234e-12, "1.2340e-12"),
        (-0.0, "0"),
        (2**60, str(2**60)),
        (1e300, "1e300"),
    ],
)
def test_a_number_is_shown_as_people_write_it(value: float, text: str) -> None:
    assert write_number(value) == text


@given(FLOATS | st.integers(-(10**15), 10**15))
def test_what_a_field_shows_is_read_back_and_has_no_second_reading(value: float) -> None:
    assert read_number(write_number(value)) == value


@given(FLOATS, st.sampled_from([(",", "."), (".", ","), (".", " "), (",", "\u00a0"), (",", "'"), (".", "")]))
def test_a_number_in_any_locale_is_read_as_itself_or_refused(value: float, locale: tuple[str, str]) -> None:
    decimal, group = locale
    for shown in (f"{value:,.3f}", f"{value:,.6g}" if abs(value) < 1e5 else f"{value:,.1f}", f"{value:,.0f}"):
        if len(shown) > 100:
            continue
        typed = shown.translate({ord("."): decimal, ord(","): group})
        assert outcome(typed) == float(shown.replace(",", "")) or "can be read as" in str(outcome(typed))


@given(st.text(alphabet="0123456789.,' -+eE%k", max_size=14), st.sampled_from([None, 0.0]), st.booleans())
def test_each_number_that_a_refusal_offers_is_itself_clear(text: str, minimum: float | None, whole: bool) -> None:
    try:
        read_number(text, minimum=minimum, whole=whole)
    except NumberRefused as refused:
        if " Write " in str(refused) and "can be read as" in str(refused):
            offered = str(refused).rpartition(" Write ")[2].removesuffix(".").split(" or ")
            written = readings_of(text)
            assert written is not None
            assert tuple(read_number(number, minimum=minimum) for number in offered) == written.readings


@given(st.text(max_size=30))
def test_no_text_ends_in_anything_but_a_finite_number_or_a_refusal(text: str) -> None:
    found = outcome(text)
    assert found.endswith((".", "?")) if isinstance(found, str) else math.isfinite(found)


def test_a_number_that_no_float_can_hold_is_refused_not_an_error() -> None:
    assert NumberRange().refusal(10**400) == "the number is too large to be kept"
    assert NumberRange().refusal(math.nan) == "the answer should be a number"
    assert NumberRange(maximum=1).refusal(sys.float_info.max) is not None
    assert NumberRange(maximum=1).asked(10**400) is None


PERCENT = NumberRange(0.0001, 100, unit="%")


@pytest.mark.parametrize(
    ("text", "bounds", "value"),
    [
        ("1 in 500", PERCENT, 0.2),
        ("1:500", PERCENT, 0.2),
        ("1/500", PERCENT, 0.2),
        ("3 Out  of 1'000", PERCENT, 0.3),
        # Two of one cannot be, so these are two of a thousand.
        ("2 of 1.000", PERCENT, 0.2),
        ("1 in 4", NumberRange(0, 1), 0.25),
    ],
)
def test_one_of_so_many_is_a_share_where_a_share_is_asked_for(text: str, bounds: NumberRange, value: float) -> None:
    assert read_in(bounds, text) == value
    assert is_share(text)


@pytest.mark.parametrize("text", ["5 in 1", "0 in 500", "1 in", "1 in 5 cats", "1 in 2 in 3", "1 in 500 %", "one in 5"])
def test_what_is_no_share_is_not_read_as_one(text: str) -> None:
    assert not is_share(text)
    with pytest.raises(NumberRefused):
        read_in(PERCENT, text)


def test_a_share_with_two_readings_is_refused_with_both() -> None:
    with pytest.raises(NumberRefused, match=r"can be read as 100 or as 0\.1\. Write 100 or 0\.1\."):
        read_in(PERCENT, "1 in 1.000")


@pytest.mark.parametrize("unit", [None, "ms", "per day"])
def test_a_field_that_takes_no_share_refuses_one(unit: str | None) -> None:
    with pytest.raises(NumberRefused, match="is not one number"):
        read_in(NumberRange(0, unit=unit), "1 in 500")


@pytest.mark.parametrize(
    "bounds",
    [
        PERCENT,
        NumberRange(0, 1),
        NumberRange(0, 50, unit="%"),
        NumberRange(0.001, unit="ms"),
        NumberRange(1, whole=True),
        NumberRange(0, 3650, unit="days"),
        NumberRange(),
        NumberRange(5000, 6000, unit="GB"),
    ],
)
def test_the_example_in_a_refusal_can_be_copied_into_the_field(bounds: NumberRange) -> None:
    with pytest.raises(NumberRefused) as refused:
        read_in(bounds, "plenty")
    examples = str(refused.value).removesuffix(".").split("such as ")[1].split(" or ")
    values = [read_in(bounds, example) for example in examples]
    # Two ways to write one value, and no share of one where a share of a hundred is asked for.
    assert len(set(values)) == 1
    assert not (bounds.unit == "%" and values[0] < 1)
