"""What the answers of phase zero and earlier decisions speak for: ranked options, contradictions, block gates.

Pure functions over content and one workshop. The rules are content; nothing here knows a tool, and what nobody has
answered is named as unknown and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from canvas.document.workshop import Decision, Workshop
from canvas.method.canvases import BlockDefinition
from canvas.method.catalog import CatalogEntry, Fit, Needs
from canvas.method.conditions import Condition, Facts, Reason
from canvas.method.content import Content

FitLevel = Literal["best", "good", "partly", "later", "unjudged"]
GateLevel = Literal["mandatory", "recommended", "optional", "open", "not-applicable"]

MATURITY_ORDER = ("safe", "reasoned", "niche", "avoid")
# Larger than what rules of thumb usually add up to, so that an option that cannot work never leads.
UNMET_NEED = -10
# As much as the strongest single rule: only clear reasons bring back what new projects should avoid.
AVOID = -5


@dataclass(frozen=True)
class RankedOption:
    """One option of a slot as judged for one workshop.

    `score` is the sum of the weights of the rules that hold, less a penalty for unmet needs and for tools to avoid.
    `pros` and `cons` are the rules that hold and speak for or against it, strongest first; `unmet` are hard needs known
    to be missing. `unknown` are unanswered subjects its rules asked about, `drivers` the answered ones it rests on.
    """

    entry: CatalogEntry
    score: int
    fit: FitLevel
    pros: tuple[Fit, ...]
    cons: tuple[Fit, ...]
    unmet: tuple[Needs, ...]
    unknown: tuple[str, ...]
    drivers: tuple[str, ...]


@dataclass(frozen=True)
class Contradiction:
    """A decision whose option lacks something it cannot do without.

    `choice` is the main option, one beside it, or the one that words of the team's own are like.
    `subjects` are the places to look at: the slot of the decision, then the requirements and slots of the need.
    """

    slot: str
    choice: str
    subjects: tuple[str, ...]
    because: str
    mend: str


@dataclass(frozen=True)
class GateState:
    """Whether a block is needed. `unknown` names the unanswered subjects that could still change the answer."""

    state: GateLevel
    because: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def rank_options(slot_id: str, facts: Facts, content: Content) -> tuple[RankedOption, ...]:
    """Return the options of a slot, best first.

    Order: score, then maturity, then the default of the slot, then title. What fills the slot now has no influence, so
    choosing an option does not change the advice on it. Raises `KeyError` for a slot that content does not know.
    """
    default = content.slots[slot_id].default
    facts = facts.without(slot_id)
    judged = [_judge(entry, facts, slot_id) for entry in content.options(slot_id)]
    judged.sort(key=lambda option: _order(option, default))
    successors = {other for entry in content.catalog.values() for other in entry.grows_to}
    leading = _leading(judged)
    return tuple(replace(option, fit=_fit(option, judged[0], leading, successors)) for option in judged)


def rests_on(ranked: Iterable[RankedOption], choice: str | None = None) -> tuple[str, ...]:
    """Return the answered subjects that a ranking rests on, each once; those that judge `choice` come first.

    All of them led to a choice: what speaks against the others does as much as what speaks for the one.
    """
    ordered = sorted(ranked, key=lambda option: option.entry.id != choice)
    return tuple(dict.fromkeys(subject for option in ordered for subject in option.drivers))


def contradictions(workshop: Workshop, facts: Facts, content: Content) -> tuple[Contradiction, ...]:
    """Return every need of a decision in force that the answers or other decisions deny, in the order of the slots."""
    found = []
    for slot_id in content.slots:
        # What a rule takes out is kept and not looked at.
        decision = None if facts.excludes(slot_id) else workshop.decision_for(slot_id)
        for entry in in_use(decision, content) if decision else ():
            found += [_contradiction(slot_id, entry.id, need) for need in _unmet(entry, facts)]
    return tuple(found)


def in_use(decision: Decision, content: Content) -> Iterator[CatalogEntry]:
    """Yield the entries that a decision puts to use, the main one first; own words stand for what they are like."""
    for choice in (decision.like or decision.choice, *decision.beside):
        if entry := content.catalog.get(choice):
            yield entry


def _contradiction(slot_id: str, choice: str, need: Needs) -> Contradiction:
    subjects = tuple(dict.fromkeys((slot_id, *need.must.subjects())))
    return Contradiction(slot_id, choice, subjects, need.because, need.mend)


def block_gate(block: BlockDefinition, facts: Facts, canvas: str = "stack-canvas") -> GateState:
    """Return whether a block is mandatory, recommended or optional for this team, or open until more is answered.

    A block that a rule takes out of its `canvas` is not applicable, with the reason. One without a gate belongs to
    every canvas and is mandatory without a reason.
    """
    if reason := facts.excluded.get(f"{canvas}.{block.id}"):
        return GateState("not-applicable", (reason,))
    if block.gate is None:
        return GateState("mandatory", ())
    mandatory, recommended = block.gate.mandatory, block.gate.recommended
    unknown = open_subjects((reason.when for reason in (*mandatory, *recommended)), facts)
    if holding := _holding(mandatory, facts):
        return GateState("mandatory", holding, unknown)
    if holding := _holding(recommended, facts):
        return GateState("recommended", holding, unknown)
    return GateState("open", (), unknown) if unknown else GateState("optional", (block.gate.otherwise,))


def _judge(entry: CatalogEntry, facts: Facts, slot_id: str) -> RankedOption:
    speaking = sorted((fit for fit in entry.fits if fit.when.holds(facts)), key=lambda fit: -abs(fit.weight))
    unmet = _unmet(entry, facts)
    conditions = [*(fit.when for fit in entry.fits), *(need.must for need in entry.needs)]
    penalty = UNMET_NEED * len(unmet) + (AVOID if entry.maturity == "avoid" else 0)
    return RankedOption(
        entry=entry,
        score=sum(fit.weight for fit in speaking) + penalty,
        fit="partly",
        pros=tuple(fit for fit in speaking if fit.weight > 0),
        cons=tuple(fit for fit in speaking if fit.weight < 0),
        unmet=unmet,
        unknown=tuple(subject for subject in open_subjects(conditions, facts) if subject != slot_id),
        drivers=_answered((*(fit.when for fit in speaking), *(need.must for need in unmet)), facts),
    )


def _order(option: RankedOption, default: str) -> tuple[int, int, bool, str]:
    entry = option.entry
    return -option.score, MATURITY_ORDER.index(entry.maturity), entry.id != default, entry.title.lower()


def _leading(judged: list[RankedOption]) -> RankedOption | None:
    """Return the first option where its grounds put it ahead; of several on equal grounds none is the best.

    Grounds are equal where as much speaks for both, or where the same reasons do: that one of them counts a little
    more for one option is nothing that people could see.
    """
    first, *others = judged
    weighed, reasons = (first.score, first.entry.maturity), _reasons(first)
    level = (o for o in others if (o.score, o.entry.maturity) == weighed or _reasons(o) == reasons)
    return None if any(not option.unmet for option in level) else first


def _reasons(option: RankedOption) -> frozenset[str]:
    return frozenset(fit.because for fit in (*option.pros, *option.cons))


def _fit(option: RankedOption, first: RankedOption, leading: RankedOption | None, successors: set[str]) -> FitLevel:
    if option.unmet:
        return "later" if option.entry.id in successors else "partly"
    if option.entry.maturity == "avoid" or option.score < 0:
        return "partly"
    if option.score > 0:
        return "best" if option is leading else "good"
    # A label needs a ground: where nothing speaks for or against an option, it has none.
    if not option.pros and not option.cons:
        return "unjudged"
    # As much speaks for this one as against it. That is as good as it gets only while no other is better.
    return "good" if first.score <= 0 else "partly"


def _unmet(entry: CatalogEntry, facts: Facts) -> tuple[Needs, ...]:
    return tuple(need for need in entry.needs if need.must.holds(facts) is False)


def _holding(reasons: Iterable[Reason], facts: Facts) -> tuple[str, ...]:
    return tuple(reason.because for reason in reasons if reason.when.holds(facts))


def open_subjects(conditions: Iterable[Condition], facts: Facts) -> tuple[str, ...]:
    """Return the unanswered subjects that keep conditions from being true or false, each once."""
    return tuple(dict.fromkeys(subject for condition in conditions for subject in _open_in(condition, facts)))


def _open_in(condition: Condition, facts: Facts) -> Iterator[str]:
    """Yield what is open in a condition. A settled part needs no more answers, so nothing in it is asked for.

    What does not apply is not open: nobody is asked for it.
    """
    if condition.holds(facts) is not None:
        return
    parts = (*(condition.all or ()), *(condition.any or ()))
    for part in parts:
        yield from _open_in(part, facts)
    if not parts:
        yield from (s for s in condition.subjects() if s not in facts and not facts.excludes(s))


def _answered(conditions: Iterable[Condition], facts: Facts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for c in conditions for s in c.subjects() if s in facts))
