"""How far assessors are apart: each question, all together, what to talk about first, and what it does to scores."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.library.load import shipped
from assessments.scoring.score import score
from assessments.scoring.sheet import Entry, Sheet
from assessments.standing.agreement import Question, agreement, krippendorff_alpha, questions, score_range
from canvas.log.blind_answers import Judged, Said

LIBRARY = shipped()
EMPTY = Sheet({})
SAID: tuple[Said, ...] = get_args(Said)
PRACTICES = list(LIBRARY.practices)
DRIFT, SCHEMA = "monitoring.drift", "data.schema"


def judged(practice: str, *said: Said, hands: dict[Said, int] | None = None) -> Judged:
    return Judged(practice, 1, {f"p{number}": one for number, one in enumerate(said)}, hands or {})


def asked(*said: Said, hands: dict[Said, int] | None = None) -> Question:
    [found] = questions([judged(DRIFT, *said, hands=hands)], EMPTY, LIBRARY)
    return found


def test_alpha_is_that_of_the_published_example() -> None:
    # Four observers and twelve units with gaps; Krippendorff (2011), section D, gives 0.815 for ordered values.
    observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[int(row[unit]) for row in observers if row[unit] != "."] for unit in range(12)]
    assert float(krippendorff_alpha([unit for unit in units if len(unit) > 1])) == pytest.approx(0.815, abs=0.0005)


def test_alpha_of_full_agreement_is_one_and_of_the_opposite_below_zero() -> None:
    assert krippendorff_alpha([[0, 0], [2, 2], [1, 1]]) == 1
    assert krippendorff_alpha([[0, 2], [2, 0], [0, 2]]) < 0
    with pytest.raises(ValueError, match="alike"):
        krippendorff_alpha([[1, 1], [1, 1, 1]])


units = st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=6), min_size=1, max_size=12)


@given(units, st.randoms(use_true_random=False))
def test_alpha_does_not_depend_on_any_order_and_is_at_most_one(found: list[list[int]], random: object) -> None:
    if len({value for unit in found for value in unit}) < 2:
        return
    shuffled = [random.sample(unit, len(unit)) for unit in random.sample(found, len(found))]  # type: ignore[attr-defined]
    alpha = krippendorff_alpha(found)
    assert alpha == krippendorff_alpha(shuffled)
    assert alpha <= 1
    assert (alpha == 1) == all(len(set(unit)) == 1 for unit in found)


@pytest.mark.parametrize(
    ("said", "median", "deviation", "lowest", "highest"),
    [
        (("manual", "manual"), "manual", 0, "manual", "manual"),
        (("none", "automated"), "none", 1, "none", "automated"),
        (("none", "manual", "automated"), "manual", Fraction(2, 3), "none", "automated"),
        (("none", "manual"), "none", Fraction(1, 2), "none", "manual"),
        (("unknown", "automated"), "automated", 0, "automated", "automated"),
        (("none", "none", "none", "automated"), "none", Fraction(1, 2), "none", "automated"),
    ],
)
def test_the_spread_of_a_question(
    said: tuple[Said, ...], median: str, deviation: Fraction, lowest: str, highest: str
) -> None:
    found = asked(*said)
    assert (found.median, found.deviation, found.lowest, found.highest) == (median, deviation, lowest, highest)


def test_who_does_not_know_names_no_value_but_is_counted() -> None:
    found = asked("unknown", "unknown")
    assert (found.median, found.agreed, found.suggestion) == (None, "unknown", "unknown")
    assert asked("unknown", "manual").agreed is None


def test_whether_a_practice_applies_is_the_widest_difference() -> None:
    split = asked("not-applicable", "manual", "manual")
    assert split.applies is None
    assert split.suggestion == "manual"
    assert asked("not-applicable", "not-applicable").applies is False
    assert asked("manual", "manual").applies is True
    assert split.priority == split.leverage > asked("none", "automated", "automated").priority > 0


def test_hands_that_were_counted_weigh_as_much_as_people() -> None:
    by_hand = asked(hands={"none": 2, "automated": 1})
    by_people = asked("none", "none", "automated")
    assert (by_hand.spread, by_hand.deviation) == (by_people.spread, by_people.deviation)


def test_the_agenda_begins_where_people_differ_and_it_matters() -> None:
    apart, close = judged(SCHEMA, "none", "automated"), judged(DRIFT, "manual", "manual")
    assert [q.practice for q in questions([close, apart], EMPTY, LIBRARY)] == [SCHEMA, DRIFT]
    found = {q.practice: q for q in questions([close, apart], EMPTY, LIBRARY)}
    assert found[DRIFT].priority == 0
    assert found[SCHEMA].priority == found[SCHEMA].leverage > 0


def test_leverage_is_what_the_models_really_gain() -> None:
    models = [model for model in LIBRARY.models.values() if model.ordered]
    gained = 0.0
    for model in models:
        low, high = (score(model, EMPTY.answering({SCHEMA: value}), LIBRARY) for value in ("none", "automated"))
        if low.lower is None or high.lower is None:
            continue
        gained += (high.lower - low.lower) / high.maximum
        points = [sum(s.lower for s in one.sections) / sum(s.maximum for s in one.sections) for one in (low, high)]
        gained += points[1] - points[0]
    [found] = questions([judged(SCHEMA, "none", "automated")], EMPTY, LIBRARY)
    assert float(found.leverage) == pytest.approx(gained)


def test_agreement_needs_two_people_and_ten_questions() -> None:
    nine = [judged(practice, "none", "manual") for practice in PRACTICES[:9]]
    assert agreement(nine).strength == "too-few"
    assert agreement(nine).alpha is None
    alone = [judged(practice, "manual") for practice in PRACTICES[:20]]
    assert (agreement(alone).assessors, agreement(alone).shared, agreement(alone).strength) == (1, 0, "too-few")
    assert agreement([]).strength == "too-few"


@pytest.mark.parametrize(("apart", "strength"), [(0, "reliable"), (1, "reliable"), (2, "tentative"), (9, "weak")])
def test_agreement_in_words(apart: int, strength: str) -> None:
    values: list[Said] = ["none", "manual", "automated"]
    same = [judged(practice, values[n % 3], values[n % 3]) for n, practice in enumerate(PRACTICES[apart:20])]
    different = [judged(practice, "none", "automated") for practice in PRACTICES[:apart]]
    assert agreement([*different, *same]).strength == strength


def test_everybody_saying_the_same_everywhere_has_no_alpha_but_agrees() -> None:
    found = agreement([judged(practice, "manual", "manual") for practice in PRACTICES[:12]])
    assert (found.alpha, found.strength) == (None, "alike")


def test_the_range_of_a_score_is_that_of_the_assessors_alone() -> None:
    model = LIBRARY.models["mltestscore"]
    items = [criterion.item for criterion in model.criteria]
    said = [Judged(item, 1, {"low": "none", "high": "automated"}, {}) for item in items]
    found = score_range(model, said, Sheet({item: Entry("answered", "manual") for item in items}), LIBRARY)
    assert found is not None
    assert (found.lowest, found.now, found.highest) == (0.0, 3.5, 7.0)


def test_what_an_assessor_did_not_judge_stays_as_it_is_answered() -> None:
    model = LIBRARY.models["google"]
    answered = Sheet({criterion.item: Entry("answered", "automated") for criterion in model.criteria})
    one = model.criteria[0].item
    found = score_range(model, [Judged(one, 1, {"a": "automated"}, {})], answered, LIBRARY)
    assert found is not None
    assert found.lowest == found.highest == found.now == found.maximum


def test_a_model_without_a_value_and_a_round_of_hands_alone_have_no_range() -> None:
    assert score_range(LIBRARY.models["delivery"], [judged(DRIFT, "none")], EMPTY, LIBRARY) is None
    assert score_range(LIBRARY.models["google"], [judged(DRIFT, hands={"none": 3})], EMPTY, LIBRARY) is None


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(PRACTICES), st.lists(st.sampled_from(SAID), min_size=1, max_size=5), max_size=8))
def test_spread_and_priority_stay_within_their_ranges(said: dict[str, list[Said]]) -> None:
    found = questions([judged(practice, *values) for practice, values in said.items()], EMPTY, LIBRARY)
    assert {q.practice for q in found} == set(said)
    for question in found:
        assert 0 <= question.deviation <= 1
        assert question.priority >= 0
        assert question.agreed is None or question.priority == 0
        assert sum(question.spread.values()) == len(said[question.practice])
    assert [q.priority for q in found] == sorted((q.priority for q in found), reverse=True)


def test_a_practice_that_content_no_longer_has_is_left_out() -> None:
    assert questions([judged("gone.practice", "none", "manual")], EMPTY, LIBRARY) == ()
