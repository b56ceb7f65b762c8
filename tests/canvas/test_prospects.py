"""Before all is answered: where an advice stands, which answers change it and to what, and what one answer changes."""

from __future__ import annotations

from typing import Any

import pytest

from canvas.advice.advisors import advise
from canvas.advice.facts import known_facts
from canvas.advice.prospects import changes, consequences, outcome_standings, so_far, turns, with_answer
from canvas.document.workshop import Workshop
from canvas.method.load import shipped

CONTENT = shipped()
GO = CONTENT.advisors["go"]
EMPTY = Workshop(title="W")


def answered(**given: Any) -> Workshop:
    workshop = EMPTY
    for question, value in given.items():
        workshop = with_answer(workshop, question.replace("_", "-"), value)
    return workshop


def standings(workshop: Workshop) -> dict[str, str]:
    return {found.id: found.standing for found in outcome_standings(GO, known_facts(workshop, CONTENT))}


@pytest.mark.parametrize("advisor", [a for a in CONTENT.advisors.values() if a.outcomes], ids=lambda a: a.id)
def test_where_an_advice_is_settled_it_stands_there(advisor: Any) -> None:
    for case in advisor.golden:
        workshop = EMPTY
        for subject, value in case.answers.items():
            workshop = with_answer(workshop, subject, value) if subject in CONTENT.requirements else workshop
        facts = known_facts(workshop, CONTENT)
        if (value := advise(advisor.id, facts, CONTENT).value) is not None:
            assert so_far(advisor, facts) == value, case.name


def test_what_holds_so_far_is_not_yet_the_advice() -> None:
    workshop = answered(gain="unknown")
    assert standings(workshop) == {"stop": "open", "proof-of-concept": "holds", "go": "out"}
    facts = known_facts(workshop, CONTENT)
    assert so_far(GO, facts) == "proof-of-concept"
    assert advise("go", facts, CONTENT).value is None


def test_every_way_leads_where_it_says_and_what_is_not_named_changes_nothing() -> None:
    workshop = answered(gain="unknown", wrong_prediction_cost="medium")
    facts = known_facts(workshop, CONTENT)
    now = so_far(GO, facts)
    found = turns(GO, facts, CONTENT)
    assert {turn.question for turn in found} >= {"upkeep", "shown-so-far"}
    titles = {outcome.title: outcome.id for outcome in GO.outcomes}
    for turn in found:
        definition = CONTENT.requirements[turn.question]
        named = {words: titles[outcome] for answers, outcome in turn.ways for words in answers}
        possible = {o.title: o.id for o in definition.options} or {"Yes": True, "No": False}
        for words, value in possible.items() if definition.type in ("choice", "yes-no") else ():
            then = so_far(GO, known_facts(with_answer(workshop, turn.question, value), CONTENT))
            assert then == named.get(words, now), (turn.question, words)


def test_a_settled_advice_has_no_turns() -> None:
    assert turns(GO, known_facts(answered(upkeep=False), CONTENT), CONTENT) == ()


def test_one_answer_changes_the_need_of_a_block() -> None:
    before = answered(prediction_timing="on-request")
    found = changes(consequences(before, CONTENT), consequences(with_answer(before, "label-delay", 14), CONTENT))
    assert ("gate", "monitoring", "mandatory") in [(one.kind, one.subject, one.text) for one in found]
    shorter = changes(consequences(before, CONTENT), consequences(with_answer(before, "label-delay", 2), CONTENT))
    assert "monitoring" not in [one.subject for one in shorter if one.text == "mandatory"]


def test_questions_that_become_pointless_are_counted_with_the_reason_and_come_back() -> None:
    gone = consequences(answered(model_source="ready-made"), CONTENT)
    own = consequences(EMPTY, CONTENT)
    [left] = [one for one in changes(own, gone) if one.kind == "left"]
    rule = next(iter(CONTENT.omissions.values()))
    assert (left.subject, left.text) == (str(len(rule.requirements)), rule.because)
    assert [one.kind for one in changes(gone, own) if one.kind in ("left", "back")] == ["back"]


def test_an_answer_that_nothing_reads_changes_nothing() -> None:
    assert changes(consequences(EMPTY, CONTENT), consequences(answered(users="Dispatchers"), CONTENT)) == ()
