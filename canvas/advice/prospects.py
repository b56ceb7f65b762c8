"""What an advice stands at before all is answered, which open answers can still change it, and what one answer changes.

Nothing is listed here that the rules do not say: possible answers are tried on them, one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from canvas.advice.advisors import Because, advise_all, decide, holding, nothing_before
from canvas.advice.excluded import omitted, worded
from canvas.advice.facts import known_facts
from canvas.advice.findings import findings
from canvas.advice.options import block_gate, open_subjects
from canvas.document.workshop import Requirement, Workshop
from canvas.method.advisors import AdvisorDefinition
from canvas.method.canvases import BlockDefinition
from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.facts import RequirementDefinition
from canvas.method.reads import STACK_CANVAS, requirements_behind
from canvas.reading.types import RequirementValue

Standing = Literal["holds", "open", "out"]


@dataclass(frozen=True)
class OutcomeStanding:
    """One outcome of an advisor: whether a reason for it holds, an open answer can still make one hold, or none."""

    id: str
    title: str
    standing: Standing
    because: tuple[Because, ...]


@dataclass(frozen=True)
class Turn:
    """An open question that can change where an advice stands: which of its answers would, and to what.

    `ways` are pairs of answers, as people read them, and the outcome they lead to. It is empty where no answer does it
    alone.
    """

    question: str
    ways: tuple[tuple[tuple[str, ...], str], ...]


@dataclass(frozen=True)
class Consequences:
    """What answers amount to, as far as one answer can be seen to change it: each part by id."""

    gates: Mapping[str, str]
    advice: Mapping[str, str | None]
    left: Mapping[str, str]
    found: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One thing that an answer changes. `subject` is a block, an advisor, a finding, or the count of questions."""

    kind: Literal["gate", "advice", "left", "back", "finding", "mended"]
    subject: str
    text: str


def outcome_standings(advisor: AdvisorDefinition, facts: Facts) -> tuple[OutcomeStanding, ...]:
    """Return how each outcome of an advisor stands, in the order in which they are tried."""
    found: list[OutcomeStanding] = []
    for outcome in advisor.outcomes:
        because = tuple(holding(outcome, facts))
        standing: Standing = "holds" if because else "out"
        if outcome.otherwise is not None:
            # It holds when nothing before it can any more.
            settled = all(earlier.standing == "out" for earlier in found)
            because = (nothing_before(advisor, outcome, facts),) if settled else ()
            standing = "holds" if settled else "open"
        elif not because and any(open_subjects((reason.when,), facts) for reason in outcome.when):
            standing = "open"
        found.append(OutcomeStanding(outcome.id, outcome.title, standing, because))
    return tuple(found)


def so_far(advisor: AdvisorDefinition, facts: Facts) -> str | None:
    """Return the outcome that holds, or that would if no open answer spoke for an earlier one; None without one."""
    return next((found.id for found in outcome_standings(advisor, facts) if found.standing == "holds"), None)


def turns(advisor: AdvisorDefinition, facts: Facts, content: Content) -> tuple[Turn, ...]:
    """Return which open questions can still change where an advice stands, those first of which one answer does."""
    now = so_far(advisor, facts)
    missing = decide(advisor, facts, content).missing
    questions = dict.fromkeys(id_ for subject in missing for id_ in requirements_behind(subject, content))
    found = [Turn(id_, tuple(_ways(advisor, content.requirements[id_], facts, now))) for id_ in questions]
    return tuple(sorted(found, key=lambda turn: not turn.ways))


def _ways(
    advisor: AdvisorDefinition, definition: RequirementDefinition, facts: Facts, now: str | None
) -> Iterator[tuple[tuple[str, ...], str]]:
    titles = {outcome.id: outcome.title for outcome in advisor.outcomes}
    led: dict[str, list[str]] = {}
    for value, words in _possible(definition):
        tried = facts.model_copy(update={"requirements": {**facts.requirements, definition.id: value}})
        then = so_far(advisor, tried)
        if then is not None and then != now:
            led.setdefault(then, []).append(words)
    return ((tuple(words), titles[outcome]) for outcome, words in led.items())


def _possible(definition: RequirementDefinition) -> Iterator[tuple[RequirementValue, str]]:
    """Yield the answers that a question can have, where they can be listed."""
    if definition.type == "yes-no":
        yield from ((True, "Yes"), (False, "No"))
    yield from ((option.id, option.title) for option in definition.options)


def with_answer(workshop: Workshop, question: str, value: RequirementValue | None) -> Workshop:
    """Return a workshop in which a question is answered so, or open."""
    others = tuple(item for item in workshop.requirements if item.id != question)
    given = () if value is None else (Requirement(id=question, value=value, state="decided"),)
    return workshop.model_copy(update={"requirements": (*others, *given)})


def consequences(workshop: Workshop, content: Content, facts: Facts | None = None) -> Consequences:
    """Return what the answers of a workshop amount to: gates of blocks, advice, what leaves, what is found."""
    content = worded(workshop, content)
    facts = known_facts(workshop, content) if facts is None else facts
    blocks = content.canvases[STACK_CANVAS].blocks
    return Consequences(
        gates={block.id: block_gate(block, facts).state for block in blocks if _has_gate(block, content)},
        advice={id_: advice.title for id_, advice in advise_all(facts, content).items()},
        left={id_: gone.because for id_, gone in omitted(workshop, content).items() if id_ in content.requirements},
        found={found.definition.id: found.definition.title for found in findings(workshop, facts, content)},
    )


def _has_gate(block: BlockDefinition, content: Content) -> bool:
    rules = content.omissions.values()
    return block.gate is not None or any(f"{STACK_CANVAS}.{block.id}" in rule.blocks for rule in rules)


def changes(before: Consequences, after: Consequences) -> tuple[Change, ...]:
    """Return what is different after an answer, the blocks first."""
    return tuple(_changes(before, after))


def _changes(before: Consequences, after: Consequences) -> Iterator[Change]:
    for block, state in after.gates.items():
        if state != before.gates.get(block) and state != "open":
            yield Change("gate", block, state)
    for advisor, title in after.advice.items():
        if title != before.advice.get(advisor) and title is not None:
            yield Change("advice", advisor, title)
    for kind, some, others in (("left", after, before), ("back", before, after)):
        gone = [because for id_, because in some.left.items() if id_ not in others.left]
        if gone:
            yield Change(kind, str(len(gone)), gone[0])  # type: ignore[arg-type]
    yield from (Change("finding", id_, title) for id_, title in after.found.items() if id_ not in before.found)
    yield from (Change("mended", id_, title) for id_, title in before.found.items() if id_ not in after.found)
