"""One question at a time: which come first, that each comes once, and that the minutes said agree with the agendas."""

from __future__ import annotations

import pytest

from canvas.advice.question_order import FIRST, MOST_FIRST, minutes_of, question_groups
from canvas.method.load import shipped
from canvas.method.reads import STACK_CANVAS, what_reads

CONTENT = shipped()
ASKING = [step for step in CONTENT.steps if CONTENT.sections_of(step)]


@pytest.mark.parametrize("step", ASKING)
def test_every_question_of_a_step_comes_once(step: str) -> None:
    asked = [id_ for group in question_groups(step, CONTENT) for id_ in group.questions]
    sections = CONTENT.sections_of(step)
    assert len(asked) == len(set(asked))
    assert set(asked) == {id_ for s in sections for id_ in (*s.also, *(r.id for r in s.requirements))}


def test_phase_zero_begins_with_ten_that_decide_go_or_stop_and_which_blocks_are_needed() -> None:
    first, *rest = question_groups("phase-zero", CONTENT)
    assert (first.id, len(first.questions)) == (FIRST, MOST_FIRST)
    go = {s for outcome in CONTENT.advisors["go"].outcomes for reason in outcome.when for s in reason.when.subjects()}
    assert go & set(CONTENT.requirements) <= set(first.questions)
    needs = [id_ for id_ in first.questions if id_ not in go]
    fewest = min(len(CONTENT.reads[id_].blocks) for id_ in needs)
    later = [id_ for group in rest for id_ in group.questions]
    assert needs
    assert all(len(CONTENT.reads[id_].blocks) <= fewest for id_ in later)


def test_what_makes_others_pointless_is_asked_before_them() -> None:
    order = [id_ for group in question_groups("phase-zero", CONTENT) for id_ in group.questions]
    for id_ in order:
        assert all(order.index(id_) < order.index(other) for other in CONTENT.reads[id_].leaving if other in order)


def test_a_short_step_has_no_questions_that_come_first() -> None:
    assert [group.id for group in question_groups("readiness", CONTENT)] == ["adoption"]
    assert question_groups("canvas", CONTENT) == ()


@pytest.mark.parametrize("agenda", CONTENT.agendas.values(), ids=list(CONTENT.agendas))
def test_an_agenda_gives_phase_zero_the_time_for_what_comes_first(agenda: object) -> None:
    given = [entry.minutes for entry in agenda.entries if entry.step == "phase-zero"]  # type: ignore[attr-defined]
    assert given
    assert min(given) >= minutes_of(question_groups("phase-zero", CONTENT)[:1])


@pytest.mark.parametrize("step", ASKING)
def test_a_page_says_at_least_the_minutes_of_its_questions(step: str) -> None:
    assert CONTENT.steps[step].minutes >= minutes_of(question_groups(step, CONTENT))
    # As many as its cards say, less what one card asks and another counts as well.
    assert minutes_of(question_groups(step, CONTENT)) <= sum(s.minutes for s in CONTENT.sections_of(step))


def test_what_reads_a_question_is_what_the_rules_say() -> None:
    found = what_reads(CONTENT)
    assert "monitoring" in found["label-delay"].blocks
    assert "go" in found["gain"].advisors
    # By way of the numbers that are worked out from it.
    assert "go" in found["error-cost"].advisors
    assert "retraining" in found["model-source"].leaving
    assert "main-metric" in found["task-type"].bounded
    assert "registry" in found["model-source"].blocks
    for block in CONTENT.canvases[STACK_CANVAS].blocks:
        rules = (*block.gate.mandatory, *block.gate.recommended) if block.gate else ()
        for subject in {s for rule in rules for s in rule.when.subjects()} & set(CONTENT.requirements):
            assert block.id in found[subject].blocks
