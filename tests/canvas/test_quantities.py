"""Numbers worked out from answers: formulas, what is missing, and that no number comes out of a gap."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from canvas.advice.quantities import work_out
from canvas.document.workshop import Requirement, Row, Workshop
from canvas.method.content import Content
from canvas.method.facts import Quantity
from canvas.method.load import shipped

SIZE, DAILY = "team-size", "requests-per-day"


def content(*quantities: Quantity) -> Content:
    return replace(shipped(), quantities={quantity.id: quantity for quantity in quantities})


def quantity(id_: str, **formula: object) -> Quantity:
    return Quantity.model_validate({"id": id_, "title": "t", "meaning": "m", **formula})


def answered(**values: float) -> Workshop:
    pairs = [(id_.replace("_", "-"), value) for id_, value in values.items()]
    return Workshop(title="T", requirements=tuple(Requirement(id=i, value=v, state="decided") for i, v in pairs))


def test_a_product_and_a_difference_build_on_each_other() -> None:
    known = content(quantity("yearly", product=[DAILY, 365]), quantity("left", less=["yearly", SIZE, 5]))
    found = work_out(answered(requests_per_day=2, team_size=3), known)
    assert (found["yearly"].value, found["left"].value) == (730, 722)


def test_what_is_missing_is_named_and_nothing_is_assumed() -> None:
    known = content(quantity("yearly", product=[DAILY, 365, SIZE]))
    found = work_out(answered(team_size=3), known)["yearly"]
    assert (found.value, found.missing) == (None, (DAILY,))


def test_a_quotient_of_nothing_is_no_number() -> None:
    known = content(quantity("each", quotient=[DAILY, SIZE]))
    assert work_out(answered(requests_per_day=9, team_size=2), known)["each"].value == 4.5
    assert work_out(answered(requests_per_day=9, team_size=0), known)["each"].value is None


def test_a_number_is_printed_as_exactly_as_its_decimals_say_and_no_zero_more() -> None:
    exact, whole = quantity("e", less=[DAILY, SIZE], decimals=6, unit="%"), quantity("w", less=[DAILY, SIZE])
    assert [exact.printed(value) for value in (99.9, 95.0, 99.9999, 1000.5)] == [
        "99.9 %",
        "95 %",
        "99.9999 %",
        "1,000.5 %",
    ]
    assert [whole.printed(value) for value in (1000.4, 10)] == ["1,000", "10"]


def test_the_total_of_a_column_counts_what_is_filled() -> None:
    known = content(quantity("sum", total="costs.year"))
    rows = (Row(id="a", cells={"year": 5}), Row(id="b", cells={"year": 2.5}), Row(id="c", cells={"other": 9}))
    assert work_out(Workshop(title="T", tables={"costs": rows}), known)["sum"].value == 7.5
    assert work_out(Workshop(title="T"), known)["sum"].value is None


@given(st.floats(min_value=-1e300, max_value=1e300), st.floats(min_value=-1e300, max_value=1e300))
def test_no_answer_makes_a_number_that_is_none(first: float, second: float) -> None:
    known = content(quantity("product", product=[DAILY, SIZE]), quantity("less", less=[DAILY, SIZE]))
    known = replace(known, quantities={**known.quantities, "each": quantity("each", quotient=[DAILY, SIZE])})
    for found in work_out(answered(requests_per_day=first, team_size=second), known).values():
        assert found.value is None or abs(found.value) < float("inf")
