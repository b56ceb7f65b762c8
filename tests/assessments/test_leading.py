"""The models that a workshop leads with: chosen ones, else a default that is said to be one and never misleads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessments.library.load import shipped
from assessments.roadmap.phases import roadmap
from assessments.scoring.leading import leading_models
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Requirement, Target, Workshop
from canvas.reading.types import MOST_CHOSEN

LIBRARY = shipped()
READY_MADE = Requirement(id="model-source", value="ready-made", state="decided")


def practices_of(model: str) -> list[str]:
    asked = dict.fromkeys(criterion.item for criterion in LIBRARY.model(model).criteria)
    return [item for item in asked if item in LIBRARY.practices]


def test_what_is_chosen_leads_in_its_order() -> None:
    found = leading_models(Workshop(title="W", models=("google", "mltestscore")), LIBRARY)
    assert (found.models, found.by_default, found.missing) == (("google", "mltestscore"), False, ())


def test_a_chosen_model_of_a_pack_that_has_gone_is_told_and_the_others_lead() -> None:
    one = leading_models(Workshop(title="W", models=("on-call", "google")), LIBRARY)
    assert (one.models, one.by_default, one.missing) == (("google",), False, ("on-call",))
    none = leading_models(Workshop(title="W", models=("on-call",)), LIBRARY)
    assert (none.by_default, none.missing) == (True, ("on-call",))
    assert none.models == leading_models(Workshop(title="W"), LIBRARY).models


def test_by_default_targets_lead_then_the_published_rule_then_what_is_answered_most() -> None:
    empty = leading_models(Workshop(title="W"), LIBRARY)
    assert empty.by_default
    assert empty.models[0] == "mltestscore"
    assert len(empty.models) == MOST_CHOSEN
    azure = tuple(Answer(id=item, value="manual") for item in practices_of("azure"))
    assert leading_models(Workshop(title="W", answers=azure), LIBRARY).models[:2] == ("mltestscore", "azure")
    later, sooner = Target(model="google", value=1.0), Target(model="aws", value=1.0, by="2027-01-01")
    assert leading_models(Workshop(title="W", targets=(later, sooner)), LIBRARY).models[:2] == ("aws", "google")


def test_what_cannot_be_assessed_leads_only_where_it_was_chosen() -> None:
    absent = tuple(Answer(id=item, state="not-applicable", reason="No") for item in practices_of("mltestscore"))
    for workshop in (Workshop(title="W", answers=absent), Workshop(title="W", requirements=(READY_MADE,))):
        results = {result.id: result for result in score_all(workshop, LIBRARY)}
        found = leading_models(workshop, LIBRARY)
        assert found.models
        assert all(results[model].assessable for model in found.models)
    chosen = Workshop(title="W", answers=absent, models=("mltestscore",))
    assert leading_models(chosen, LIBRARY).models == ("mltestscore",)


@pytest.mark.parametrize("model", ["google", "mltestscore"])
def test_the_roadmap_begins_with_what_a_chosen_model_needs(model: str) -> None:
    answers = tuple(Answer(id=item, value="none") for item in LIBRARY.practices)
    steps = roadmap(Workshop(title="W", answers=answers, models=(model,)), LIBRARY).steps
    helps = [model in step.helps for step in steps]
    last = len(helps) - helps[::-1].index(True)
    # Between them stands nothing but what has to be there first.
    assert all(mine or step.opens for mine, step in zip(helps[:last], steps, strict=False))
    assert any(helps)
    goals = roadmap(Workshop(title="W", answers=answers, models=(model,)), LIBRARY).goals
    assert goals[0].model == model


def test_choosing_scores_nothing_otherwise() -> None:
    plain = Workshop(title="W", answers=(Answer(id="data.schema", value="manual"),))
    chosen = plain.model_copy(update={"models": ("google",)})
    assert score_all(plain, LIBRARY) == score_all(chosen, LIBRARY)


def test_the_first_ones_come_first_and_the_rest_keeps_its_order() -> None:
    found = replace(leading_models(Workshop(title="W"), LIBRARY), models=("c", "a"))
    assert found.first("abcd", str) == ["c", "a", "b", "d"]
