"""Every advisor, on the answers of its golden cases: an advice rests on what it names and on nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas.advice.advisors import advise, decide
from canvas.advice.examples import advised, facts_with
from canvas.advice.facts import known_facts
from canvas.document.workshop import Workshop
from canvas.method.advisors import AdvisorDefinition, GoldenAdvice, Outcome
from canvas.method.conditions import Condition, Facts, Reason
from canvas.method.load import shipped

CONTENT = shipped()
CASES = [
    pytest.param(advisor, case, id=f"{advisor.id}: {case.name}")
    for advisor in CONTENT.advisors.values()
    for case in advisor.golden
]
BY_OUTCOMES = [advisor for advisor in CONTENT.advisors.values() if advisor.outcomes]


@pytest.mark.parametrize(("advisor", "case"), CASES)
def test_an_advice_names_answers_that_were_given_and_an_open_one_what_is_missing(
    advisor: AdvisorDefinition, case: GoldenAdvice
) -> None:
    found = advised(advisor, case, CONTENT)
    assert {subject for reason in found.because for subject in reason.answers} <= set(case.answers)
    if found.value is None:
        assert found.missing
        assert not found.because
    else:
        assert found.because


@pytest.mark.parametrize("advisor", CONTENT.advisors.values(), ids=list(CONTENT.advisors))
def test_nothing_is_guessed_while_nothing_is_answered(advisor: AdvisorDefinition) -> None:
    found = advise(advisor.id, known_facts(Workshop(title="T"), CONTENT), CONTENT)
    assert (found.value, found.because) == (None, ())
    assert found.missing


@pytest.mark.parametrize(("advisor", "case"), [c for c in CASES if c.values[0].outcomes])
def test_an_answer_that_no_rule_asks_for_changes_nothing(advisor: AdvisorDefinition, case: GoldenAdvice) -> None:
    asked = {s for outcome in advisor.outcomes for reason in outcome.when for s in reason.when.subjects()}
    asked |= {member for quantity in CONTENT.quantities.values() for member in quantity.members}
    others = {id_: "something" for id_ in CONTENT.requirements if id_ not in asked}
    facts = facts_with(case.answers, CONTENT)
    more = facts.model_copy(update={"requirements": {**others, **facts.requirements}})
    assert decide(advisor, more, CONTENT) == decide(advisor, facts, CONTENT)


def test_the_same_facts_give_the_same_advice() -> None:
    for parameter in CASES:
        advisor, case = parameter.values
        assert advised(advisor, case, CONTENT) == advised(advisor, case, CONTENT)


IDS = ("a", "b", "c")


def _conditions(depth: int = 2) -> st.SearchStrategy[Condition]:
    plain = st.builds(
        lambda id_, value: Condition.model_validate({"requirement": id_, "is": value}),
        st.sampled_from(IDS),
        st.booleans(),
    )
    if depth == 0:
        return plain
    parts = st.lists(_conditions(depth - 1), min_size=1, max_size=3)
    joined = [
        parts.map(
            lambda p, w=word: Condition.model_validate({w: [c.model_dump(by_alias=True, exclude_none=True) for c in p]})
        )
        for word in ("all", "any")
    ]
    return st.one_of(plain, *joined)


def _advisor(conditions: list[list[Condition]], otherwise: bool) -> AdvisorDefinition:
    outcomes = [
        Outcome(
            id=f"o{index}",
            title="t",
            meaning="m",
            when=tuple(Reason(when=c, because=f"{index}-{n}") for n, c in enumerate(found)),
        )
        for index, found in enumerate(conditions)
    ]
    if otherwise:
        outcomes.append(Outcome(id="rest", title="t", meaning="m", otherwise="else"))
    return AdvisorDefinition.model_construct(
        id="x", title="t", question="q", rule="r", note=None, slot=None, outcomes=tuple(outcomes), golden=()
    )


ADVISORS = st.builds(
    _advisor, st.lists(st.lists(_conditions(), min_size=1, max_size=2), min_size=2, max_size=4), st.booleans()
)


def completions(facts: dict[str, bool]) -> Iterator[dict[str, bool]]:
    """Yield every way in which the open answers could be given."""
    found = [facts]
    for id_ in IDS:
        if id_ not in facts:
            found = [{**one, id_: value} for one in found for value in (True, False)]
    yield from found


@settings(max_examples=150, deadline=None)
@given(advisor=ADVISORS, facts=st.dictionaries(st.sampled_from(IDS), st.booleans()))
def test_an_advice_stays_whatever_is_answered_later(advisor: AdvisorDefinition, facts: dict[str, bool]) -> None:
    now = decide(advisor, Facts(requirements=facts, choices={}), CONTENT)
    later = {decide(advisor, Facts(requirements=full, choices={}), CONTENT).value for full in completions(facts)}
    if now.value is not None:
        assert later == {now.value}
    else:
        assert later - {None} <= set(now.ranked)
