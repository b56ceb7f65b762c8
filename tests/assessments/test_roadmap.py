"""A roadmap reaches what was wanted, in an order that can be worked through, with effects that scoring confirms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assessments.library.load import shipped
from assessments.library.packs import library
from assessments.roadmap.effects import Effect, candidates
from assessments.roadmap.phases import Roadmap, roadmap
from assessments.roadmap.reach import Aim, after, aims_of, way_to
from assessments.scoring.assessment import Assessment
from assessments.scoring.bands import goal_of
from assessments.scoring.moves import spoken
from assessments.scoring.score import score
from assessments.scoring.sheet import Sheet, sheet_from
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from canvas.document.workshop import Answer, Assignment, Requirement, Target, Workshop
from tests.assessments.test_score_properties import PRACTICES as FEW
from tests.assessments.test_score_properties import libraries, models

LIBRARY = shipped()
PRACTICES = tuple(LIBRARY.practices)
quick = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(quick, max_examples=80)
ANSWERS = st.sampled_from(["none", "manual", "automated", "unknown", "not-applicable"])
TARGETS = [
    Target(model=model.id, value=value, by=by)
    for model in LIBRARY.models.values()
    if model.ordered
    for value in ((1.0, 2.0) if model.method != "share" else (30.0, 62.5))
    for by in (None, "2027-06-01")
]


def answer(item: str, choice: str) -> Answer:
    if choice in {"unknown", "not-applicable"}:
        return Answer(id=item, state=choice, reason="Out of scope")
    return Answer(id=item, value=choice)


@st.composite
def workshops(draw: st.DrawFn) -> Workshop:
    given = draw(st.dictionaries(st.sampled_from(PRACTICES), ANSWERS, max_size=80))
    wanted = draw(st.lists(st.sampled_from(TARGETS), max_size=3, unique_by=lambda target: target.model))
    return Workshop(title="W", answers=tuple(answer(*pair) for pair in given.items()), targets=tuple(wanted))


@st.composite
def small(draw: st.DrawFn) -> tuple[Workshop, Library]:
    """Return two random models over a few practices and one fact, with a target each."""
    library: Library = draw(libraries())
    drawn: list[ModelDefinition] = [draw(models()).model_copy(update={"id": f"m{n}"}) for n in (1, 2)]
    given = draw(st.dictionaries(st.sampled_from(FEW), ANSWERS))
    size = draw(st.sampled_from([None, 1, 2, 4, 9]))
    facts = () if size is None else (Requirement(id="team-size", value=size, state="decided"),)
    values = {"share": [10.0, 50.0, 90.0, 100.0]}
    wanted = [Target(model=m.id, value=draw(st.sampled_from(values.get(m.method, [0.5, 1.0, 2.0])))) for m in drawn]
    answers = tuple(answer(*pair) for pair in given.items())
    return (
        Workshop(title="W", answers=answers, requirements=facts, targets=tuple(wanted)),
        replace(library, models={m.id: m for m in drawn}),
    )


def sheets_after(found: Roadmap, workshop: Workshop) -> list[Sheet]:
    """Return the sheet of today and after each phase."""
    sheets = [sheet_from(workshop)]
    for phase in found.phases:
        sheets.append(sheets[-1].answering({s.candidate.item: s.candidate.move.to for s in phase.steps}))
    return sheets


def lower(model: str, sheet: Sheet, library: Library = LIBRARY) -> float:
    value = score(library.model(model), sheet, library).lower
    assert value is not None
    return value


def reaches_what_it_says(found: Roadmap, workshop: Workshop, library: Library) -> None:
    sheets = sheets_after(found, workshop)
    wanted = {target.model: target.value for target in workshop.targets}
    for goal in found.goals:
        assert (goal.phase is None) == (goal.problem is not None)
        if goal.phase is not None:
            assert lower(goal.model, sheets[goal.phase], library) >= wanted[goal.model]
            assert lower(goal.model, sheets[-1], library) >= wanted[goal.model]
            assert goal.phase == 0 or lower(goal.model, sheets[goal.phase - 1], library) < wanted[goal.model]


@quick
@given(workshops())
def test_worked_to_its_end_it_reaches_every_target_that_can_be_reached(workshop: Workshop) -> None:
    assume(workshop.targets)
    found = roadmap(workshop, library())
    reaches_what_it_says(found, workshop, LIBRARY)
    everything = sheet_from(workshop)
    everything = everything.answering(
        {p: "automated" for p in PRACTICES if everything.entry(p).state != "not-applicable"}
    )
    for goal, target in ((g, t) for g in found.goals for t in workshop.targets if t.model == g.model):
        best = score(LIBRARY.model(goal.model), everything, LIBRARY).lower
        assert (goal.phase is not None) == (best is not None and best >= target.value)


@many
@given(small())
def test_it_keeps_its_word_for_any_models_and_facts(drawn: tuple[Workshop, Library]) -> None:
    workshop, library = drawn
    reaches_what_it_says(roadmap(workshop, library), workshop, library)


@many
@given(small())
def test_nothing_on_the_way_can_be_left_out(drawn: tuple[Workshop, Library]) -> None:
    workshop, library = drawn
    sheet, aims = sheet_from(workshop), aims_of(workshop, library)
    way = way_to(aims, sheet, library)
    reached = {aim.model.id for aim in aims if aim.model.ordered and aim.met(after(sheet, way.moves), library)}
    for item in way.moves:
        fewer = after(sheet, {id_: move for id_, move in way.moves.items() if id_ != item})
        assert not all(aim.met(fewer, library) for aim in aims if aim.model.id in reached)


@quick
@given(workshops(), st.sampled_from(sorted(m.id for m in LIBRARY.models.values() if m.ordered)))
def test_the_way_to_the_next_band_is_the_unlock_set(workshop: Workshop, model_id: str) -> None:
    sheet, model = sheet_from(workshop), LIBRARY.model(model_id)
    seen = Assessment(model, sheet, LIBRARY)
    assume(seen.assessable and seen.better_band is not None)
    unlock = score(model, sheet, LIBRARY).unlock
    assume(unlock is not None)
    assert unlock is not None
    assert seen.better_band is not None
    aim = Aim(model, goal_of(seen.better_band), None, False)
    moves = way_to((aim,), sheet, LIBRARY).moves
    assert {(m.item, spoken(m.to), m.effort) for m in moves.values()} == {
        (c.item, c.to, c.effort) for c in unlock.changes
    }


@quick
@given(workshops(), st.integers(1, 15))
def test_phases_keep_to_their_capacity_and_prerequisites_come_first(workshop: Workshop, capacity: int) -> None:
    found = roadmap(workshop, library(), capacity)
    assert [phase.number for phase in found.phases] == list(range(1, len(found.phases) + 1))
    assert all(phase.effort <= capacity or len(phase.steps) == 1 for phase in found.phases)
    order = [step.candidate.item for step in found.steps]
    assert len(order) == len(set(order))
    for place, step in enumerate(found.steps):
        assert set(step.candidate.prerequisites) <= set(order[:place])
        assert set(step.opens) <= set(order[place + 1 :])
        assert step.helps or step.opens


@quick
@given(workshops(), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_targets_never_matters(workshop: Workshop, random: Any) -> None:
    shuffled = workshop.model_copy(
        update={
            "answers": tuple(random.sample(workshop.answers, len(workshop.answers))),
            "targets": tuple(random.sample(workshop.targets, len(workshop.targets))),
        }
    )
    assert roadmap(workshop, library()) == roadmap(shuffled, library())


@settings(quick, max_examples=5)
@given(workshops())
def test_effects_are_what_scoring_says(workshop: Workshop) -> None:
    found = roadmap(workshop, library())
    sheets = sheets_after(found, workshop)
    for step in found.steps[:3]:
        raised = sheets[0].answering({step.candidate.item: step.candidate.move.to})
        confirm(step.candidate.effects, sheets[0], raised)
    if found.phases:
        confirm(found.phases[-1].effects, sheets[-2], sheets[-1])


def confirm(effects: tuple[Effect, ...], before: Sheet, later: Sheet) -> None:
    told = {effect.model: (effect.before, effect.after) for effect in effects}
    for model in LIBRARY.models.values():
        old, new = score(model, before, LIBRARY), score(model, later, LIBRARY)
        if old.lower is not None and (model.id in told or old.lower != new.lower):
            assert told[model.id] == (old.lower, new.lower)


def test_without_targets_it_leads_to_the_next_band_of_each_model_that_can_gate() -> None:
    found = roadmap(Workshop(title="W", answers=(answer("data.schema", "none"),)), library())
    gating = {model.id for model in LIBRARY.models.values() if model.can_gate}
    assert {goal.model for goal in found.goals} == gating
    assert not any(goal.named for goal in found.goals)
    for goal in found.goals:
        model = LIBRARY.model(goal.model)
        assert goal.reaches != model.bands[0].label


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ({}, True),
        ({"requirements": (Requirement(id="task-type", value="ranking", state="decided"),)}, True),
        ({"answers": (answer("data.schema", "unknown"),)}, True),
        ({"answers": (answer("no-pack.knows", "automated"),)}, True),
        ({"answers": (answer("data.schema", "none"),)}, False),
        ({"targets": (Target(model="google", value=1),)}, False),
        ({"assignments": (Assignment(id="data.schema", owner="Data engineer"),)}, False),
    ],
)
def test_before_anything_is_said_that_a_model_counts_there_is_nothing_to_plan_from(
    said: dict[str, Any], waits: bool
) -> None:
    found = roadmap(Workshop(title="W", **said), library())
    assert found.waits is waits
    assert (not found.goals) is waits
    assert (not found.phases) is waits


@pytest.mark.parametrize(
    ("target", "answers", "problem"),
    [
        (Target(model="delivery", value=1), (), "no-value"),
        (Target(model="google", value=3), (), "above-maximum"),
        (Target(model="google", value=2), tuple(answer(p, "not-applicable") for p in PRACTICES), "not-assessable"),
    ],
)
def test_what_cannot_be_reached_says_why(target: Target, answers: tuple[Answer, ...], problem: str) -> None:
    found = roadmap(Workshop(title="W", answers=answers, targets=(target,)), library())
    assert [(goal.problem, goal.phase, goal.reaches) for goal in found.goals] == [(problem, None, None)]
    assert found.phases == ()


def test_a_target_that_is_reached_asks_for_nothing() -> None:
    answers = tuple(answer(p, "automated") for p in PRACTICES)
    found = roadmap(Workshop(title="W", answers=answers, targets=(Target(model="google", value=2),)), library())
    assert [(goal.phase, goal.problem) for goal in found.goals] == [(0, None)]
    assert (found.phases, found.effort) == ((), 0)


@pytest.mark.parametrize(("first", "second"), [("google", "reproducibility"), ("reproducibility", "google")])
def test_what_an_earlier_target_needs_is_done_first(first: str, second: str) -> None:
    values = {"google": 1.0, "reproducibility": 50.0}
    days = {first: "2027-01-01", second: "2028-01-01"}
    targets = tuple(Target(model=model, value=value, by=days[model]) for model, value in values.items())
    found = roadmap(Workshop(title="W", targets=targets), library())
    assert [goal.model for goal in found.goals] == [first, second]
    needed = [step.helps for step in found.steps if step.helps]
    assert needed == sorted(needed, key=lambda models: first not in models)
    assert any(first not in models for models in needed)


def test_a_prerequisite_is_raised_by_hand_at_least() -> None:
    found = roadmap(Workshop(title="W", targets=(Target(model="automation-levels", value=2),)), library())
    before = [step for step in found.steps if not step.helps]
    assert before
    assert all(step.candidate.to == "manual" and step.opens for step in before)


def test_candidates_are_ranked_by_what_the_wanted_models_gain_for_the_effort() -> None:
    workshop = Workshop(title="W", targets=(Target(model="sig-mlops", value=50),))
    found = candidates(workshop, library())
    gains = [next(e.after - e.before for e in c.effects if e.model == "sig-mlops") / c.effort for c in found]
    assert [round(gain, 6) for gain in gains] == sorted((round(gain, 6) for gain in gains), reverse=True)
    assert {c.item for c in found} == {criterion.item for criterion in LIBRARY.model("sig-mlops").criteria}
    assert {c.to for c in found} == {"manual", "automated"}


def test_a_candidate_carries_what_a_team_needs_to_start() -> None:
    found = next(
        c for c in candidates(Workshop(title="W"), library()) if (c.item, c.to) == ("data.schema", "automated")
    )
    practice = LIBRARY.practices["data.schema"]
    assert found.proof == practice.evidence.enough
    assert found.blocks == practice.blocks
    assert found.effort == practice.effort.most
    assert found.prerequisites == ("foundations.source-control",)
    assert found.current == "unanswered"
    assert spoken(found.move.to) == found.to


def test_a_phase_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        roadmap(Workshop(title="W"), library(), capacity=0)


NEVER = [
    Requirement(id="retraining", value="never", state="decided"),
    Requirement(id="retraining", state="not-applicable", reason="It is trained once."),
]


@pytest.mark.parametrize("said", NEVER, ids=["never", "does not apply"])
def test_who_trains_once_is_not_led_to_training_again_by_itself(said: Requirement) -> None:
    begun = (answer("data.schema", "none"), answer("foundations.source-control", "automated"))
    found = roadmap(Workshop(title="W", answers=begun, requirements=(said,)), library())
    assert "google" not in {goal.model for goal in found.goals}
    assert "pipeline.continuous-training" not in {step.candidate.item for step in found.steps}
    for goal in found.goals:
        assert goal.reaches is None or "pipeline automation" not in goal.reaches
    usual = roadmap(Workshop(title="W", answers=begun), library())
    assert "google" in {goal.model for goal in usual.goals}
    monthly = Requirement(id="retraining", value="monthly", state="decided")
    assert roadmap(Workshop(title="W", answers=begun, requirements=(monthly,)), library()).goals == usual.goals


def test_a_target_that_the_team_sets_is_planned_even_where_it_trains_once() -> None:
    wanted = Workshop(title="W", requirements=(NEVER[0],), targets=(Target(model="google", value=1),))
    (goal,) = roadmap(wanted, library()).goals
    assert goal.phase is not None
