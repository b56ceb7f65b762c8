"""The causes of a changed score: they add up exactly, vanish when nothing changed, and are negated backwards."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.compare.causes import CAUSES, Cause, causes
from assessments.library.load import shipped
from assessments.scoring.assessment import Assessment
from assessments.scoring.sheet import sheet_from
from assessments.shapes.library import Library
from canvas.document.workshop import Answer, Evidence, Workshop

SCORE = shipped().models["mltestscore"]
WEIGHTS = {"none": 0, "manual": 0.25, "automated": 1}
OLD = SCORE.model_validate({**SCORE.model_dump(by_alias=True), "edition": "old", "weights": WEIGHTS})
LIBRARY = replace(shipped(), models={SCORE.id: SCORE}, earlier={SCORE.id: (OLD,)})
ITEMS = tuple(dict.fromkeys(criterion.item for criterion in SCORE.criteria))


@st.composite
def answers(draw: st.DrawFn, item: str) -> Answer | None:
    said = draw(st.sampled_from(["none", "manual", "automated", "automated", None, "unknown", "not-applicable"]))
    if said is None:
        return None
    shown: dict[str, Any] = {"evidence": (Evidence(ref="x"),)} if draw(st.booleans()) else {}
    shown |= {"spread": {"manual": 2}} if draw(st.booleans()) else {}
    known = {"value": said} if said in WEIGHTS else {"state": said, "reason": "None"}
    return Answer.model_validate({"id": item, **known, **shown})


@st.composite
def workshops(draw: st.DrawFn) -> Workshop:
    found = [draw(answers(item)) for item in ITEMS]
    edition = draw(st.sampled_from([{}, {SCORE.id: "old"}]))
    return Workshop(title="W", answers=tuple(a for a in found if a), editions=edition)


def parts(before: Workshop, after: Workshop, library: Library = LIBRARY) -> dict[str, Cause]:
    return {cause.name: cause for cause in causes(before, after, library).get(SCORE.id, ())}


def sure(workshop: Workshop) -> Fraction:
    model = LIBRARY.edition(SCORE.id, workshop.editions.get(SCORE.id))
    return Assessment(model, sheet_from(workshop), LIBRARY).lower


@settings(max_examples=40, deadline=None)
@given(workshops(), workshops())
def test_the_parts_add_up_and_are_negated_backwards(one: Workshop, other: Workshop) -> None:
    found, back = parts(one, other), parts(other, one)
    assert found.keys() == back.keys()
    # No rule took anything out, so none is told.
    assert set(found) in (set(), set(CAUSES) - {"rule"})
    if found:
        assert sum(cause.amount for cause in found.values()) == sure(other) - sure(one)
        assert all(found[name].amount == -back[name].amount for name in found)
        assert one.editions != other.editions or found["edition"].amount == 0
        assert all(cause.items or cause.name == "edition" or not cause.amount for cause in found.values())


@settings(max_examples=15, deadline=None)
@given(workshops())
def test_nothing_changed_is_nothing(one: Workshop) -> None:
    assert all((cause.amount, cause.items, cause.band) == (0, (), None) for cause in parts(one, one).values())


def whole(value: str, **more: Any) -> Workshop:
    return Workshop(title="W", answers=tuple(Answer.model_validate({"id": i, "value": value, **more}) for i in ITEMS))


def amounts(before: Workshop, after: Workshop) -> dict[str, float]:
    return {name: float(cause.amount) for name, cause in parts(before, after).items() if cause.amount}


def test_each_cause_alone_is_told_as_itself() -> None:
    seen, said = {"evidence": [{"ref": "x"}]}, {"spread": {"manual": 1, "automated": 2}}
    assert amounts(whole("none"), whole("automated")) == {"practice": 7}
    assert amounts(whole("manual"), whole("manual").model_copy(update={"editions": {SCORE.id: "old"}})) == {
        "edition": -1.75
    }
    assert amounts(whole("manual", **seen), whole("automated", **seen, **said)) == {"assessor": 3.5}
    half = whole("automated").answers[0].model_copy(update={"value": "none"})
    away = Answer(id=half.id, state="not-applicable", reason="None")
    rest = whole("automated").answers[1:]
    before, after = (Workshop(title="W", answers=(one, *rest)) for one in (half, away))
    assert amounts(before, after) == {"applicability": 1}


def test_other_people_are_no_reason_without_evidence_or_with_another_one() -> None:
    said = {"spread": {"manual": 1, "automated": 2}}
    assert amounts(whole("manual"), whole("automated", **said)) == {"practice": 3.5}
    one, other = {"evidence": [{"ref": "x"}]}, {"evidence": [{"ref": "y"}]}
    assert amounts(whole("manual", **one), whole("automated", **other, **said)) == {"practice": 3.5}
    assert amounts(whole("manual", **one), whole("automated", **one)) == {"practice": 3.5}


def test_where_two_causes_meet_both_have_a_part() -> None:
    after = whole("manual").model_copy(update={"editions": {SCORE.id: "old"}})
    assert amounts(whole("none"), after) == {"practice": 2.625, "edition": -0.875}
    assert parts(whole("none"), after)["practice"].band == "Strong automation (above 3, up to 5)"
