"""What the answers of a team amount to: readiness, go or stop, workflow type, serving pattern, governance variant, ...

The rules are content; here they are only followed. The same facts give the same advice, each advice names the answers
it rests on, and where an open answer could still change it there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from canvas.advice.options import open_subjects, rank_options
from canvas.method.advisors import AdvisorDefinition, Outcome
from canvas.method.conditions import Condition, Facts
from canvas.method.content import Content


@dataclass(frozen=True)
class Because:
    """One sentence that speaks for an advice, with the ids of the answers it rests on."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """What an advisor says. `value` is the id of an outcome or option; None while not enough is answered.

    `ranked` are the outcomes that are still possible, best first; with a value it leads. `missing` are the open answers
    that could settle or change the advice. `omitted` is why the question does not arise, where a rule says so; then
    there is nothing else.
    """

    definition: AdvisorDefinition
    value: str | None
    title: str | None
    meaning: str | None
    next: tuple[str, ...]
    ranked: tuple[str, ...]
    because: tuple[Because, ...]
    missing: tuple[str, ...]
    omitted: str | None = None


def advise_all(facts: Facts, content: Content) -> Mapping[str, Advice]:
    """Return the advice of every advisor, by id, in the order in which the steps show them."""
    shown = [part.id for step in content.steps.values() for part in step.parts if part.kind == "advice"]
    return {advisor_id: advise(advisor_id, facts, content) for advisor_id in dict.fromkeys(shown)}


def advise(advisor_id: str, facts: Facts, content: Content) -> Advice:
    """Return the advice of one advisor. Raises `KeyError` for an id that content does not know."""
    advisor = content.advisors[advisor_id]
    if (reason := _left_out(advisor, facts)) is not None:
        return Advice(advisor, None, None, None, (), (), (), (), reason)
    if advisor.slot is not None:
        return _by_rank(advisor, facts, content)
    return decide(advisor, facts, content)


def _left_out(advisor: AdvisorDefinition, facts: Facts) -> str | None:
    """Return why an advisor is not asked: it does not apply, or the slot that it would rank does not."""
    left = (subject for subject in (advisor.id, advisor.slot) if subject in facts.excluded)
    return next((facts.excluded[subject] for subject in left if subject), None)


def decide(advisor: AdvisorDefinition, facts: Facts, content: Content) -> Advice:
    """Return the first outcome that holds, or none while an earlier one is undecided."""
    undecided: list[Outcome] = []
    for outcome in advisor.outcomes:
        reasons = list(holding(outcome, facts))
        if not undecided and (reasons or outcome.otherwise is not None):
            return _advice(advisor, outcome, [outcome.id], reasons or [nothing_before(advisor, outcome, facts)], ())
        if reasons or outcome.otherwise is not None or _is_open(outcome, facts):
            undecided.append(outcome)
        if reasons:
            break
    missing = _missing((reason.when for outcome in undecided for reason in outcome.when), facts, content)
    return _advice(advisor, None, [outcome.id for outcome in undecided], (), missing)


def nothing_before(advisor: AdvisorDefinition, outcome: Outcome, facts: Facts) -> Because:
    """Return why an outcome holds that holds otherwise: by the answers that deny all the others."""
    conditions = [reason.when for other in advisor.outcomes for reason in other.when]
    return Because(outcome.otherwise or "", _known((s for c in conditions for s in c.subjects()), facts))


def holding(outcome: Outcome, facts: Facts) -> Iterator[Because]:
    """Yield the reasons for an outcome that hold."""
    for reason in outcome.when:
        if reason.when.holds(facts):
            yield Because(reason.because, _known(_deciding(reason.when, facts), facts))


def _deciding(condition: Condition, facts: Facts) -> Iterator[str]:
    """Yield the subjects that make a condition hold; of alternatives, only those that do."""
    if condition.any is not None:
        for part in condition.any:
            if part.holds(facts):
                yield from _deciding(part, facts)
    elif condition.all is not None:
        for part in condition.all:
            yield from _deciding(part, facts)
    else:
        yield from condition.subjects()


def _is_open(outcome: Outcome, facts: Facts) -> bool:
    """Return whether an answer that can still be given decides about an outcome; what does not apply never does."""
    return any(open_subjects((reason.when,), facts) for reason in outcome.when)


def _advice(
    advisor: AdvisorDefinition,
    outcome: Outcome | None,
    ranked: Iterable[str],
    because: Iterable[Because],
    missing: tuple[str, ...],
) -> Advice:
    if outcome is None:
        return Advice(advisor, None, None, None, (), tuple(ranked), tuple(because), missing)
    reasons = tuple(because)
    return Advice(advisor, outcome.id, outcome.title, outcome.meaning, outcome.next, tuple(ranked), reasons, missing)


def _by_rank(advisor: AdvisorDefinition, facts: Facts, content: Content) -> Advice:
    """Return the best option of a slot, as far as the answers speak for one more than for any other."""
    options = rank_options(advisor.slot or "", facts, content)
    first, second = options[0], options[1]
    clear = first.fit in {"best", "good"} and first.score > second.score
    possible = [option.entry.id for option in options if not option.unmet]
    entry = first.entry
    if not clear:
        missing = tuple(dict.fromkeys(subject for option in options for subject in option.unknown))
        return _advice(advisor, None, possible, (), missing)
    facts = facts.without(advisor.slot)
    because = tuple(Because(fit.because, _known(_deciding(fit.when, facts), facts)) for fit in first.pros)
    return Advice(advisor, entry.id, entry.title, entry.summary, (), tuple(possible), because, first.unknown)


def _missing(conditions: Iterable[Condition], facts: Facts, content: Content) -> tuple[str, ...]:
    """Return what has to be answered to settle conditions; a quantity is settled by what it is worked out from."""
    found = open_subjects(conditions, facts)
    return tuple(dict.fromkeys(leaf for subject in found for leaf in _leaves(subject, facts, content)))


def _leaves(subject: str, facts: Facts, content: Content) -> Iterator[str]:
    quantity = content.quantities.get(subject)
    if quantity is None:
        yield subject
    elif quantity.total is not None:
        yield quantity.total
    else:
        for member in quantity.members:
            if isinstance(member, str) and member not in facts:
                yield from _leaves(member, facts, content)


def _known(subjects: Iterable[str], facts: Facts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(subject for subject in subjects if subject in facts))


def quantities_behind(advisor: AdvisorDefinition, content: Content) -> tuple[str, ...]:
    """Return the ids of the quantities an advisor asks for and of those they are worked out from, in their order."""
    wanted = {s for outcome in advisor.outcomes for reason in outcome.when for s in reason.when.subjects()}
    for quantity in reversed(list(content.quantities.values())):
        if quantity.id in wanted:
            wanted.update(member for member in quantity.members if isinstance(member, str))
    return tuple(id_ for id_ in content.quantities if id_ in wanted)
