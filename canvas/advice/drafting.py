"""Choices that the advice would draft: for all slots that are open, and to mend a contradiction. Nothing is changed.

Each is tried on the workshop before it is offered, so that no offer brings a contradiction of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from canvas.advice.options import Contradiction, RankedOption, contradictions, rank_options, rests_on
from canvas.document.workshop import Decision, Workshop
from canvas.method.conditions import Facts
from canvas.method.content import Content

# As many as are looked at before the others are unfolded.
LOOKED_AT = 3


@dataclass(frozen=True)
class LookFirst:
    """An open slot for which nothing is drafted, and why.

    `even`: the best ones, `titles`, are equally good; `unjudged`: no answer speaks for one; `contradicts`: the best
    one, in `titles`, would contradict something that is in force or drafted with it.
    """

    slot: str
    why: Literal["even", "unjudged", "contradicts"]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class AdvisedDrafts:
    """What can be drafted as advised, in the order of the slots, and the open slots that people have to look at."""

    drafts: tuple[Decision, ...]
    look_first: tuple[LookFirst, ...]


@dataclass(frozen=True)
class Mend:
    """A choice for a slot with which a contradiction is gone, and no other comes up."""

    slot: str
    choice: str


def advised_drafts(workshop: Workshop, facts: Facts, content: Content) -> AdvisedDrafts:
    """Return a draft for every slot that nobody has decided and for which one option is the best.

    They are chosen one after the other, because one choice speaks for another: of all of them together none contradicts
    another one, nor what is in force.
    """
    held: list[LookFirst] = []
    while True:
        drafts, look_first = _drafts(workshop, facts, content, {found.slot for found in held})
        clash = _clash(workshop, facts, content, drafts)
        if clash is None:
            order = list(content.slots)
            return AdvisedDrafts(tuple(drafts), tuple(sorted((*look_first, *held), key=lambda f: order.index(f.slot))))
        held.append(LookFirst(clash.slot or "", "contradicts", (content.catalog[clash.choice].title,)))


def _drafts(
    workshop: Workshop, facts: Facts, content: Content, held: set[str]
) -> tuple[list[Decision], list[LookFirst]]:
    drafts: list[Decision] = []
    look_first: list[LookFirst] = []
    for slot in content.slots:
        if slot in held or facts.excludes(slot) or workshop.decision_for(slot):
            continue
        ranked = rank_options(slot, facts, content)
        if ranked[0].fit == "best":
            drafts.append(_draft(slot, ranked))
            facts = _with(facts, slot, ranked[0].entry.id)
        else:
            look_first.append(_even(slot, ranked))
    return drafts, look_first


def _draft(slot: str, ranked: tuple[RankedOption, ...]) -> Decision:
    choice, *others = (option.entry.id for option in ranked[:LOOKED_AT])
    drivers = rests_on(ranked, choice)
    return Decision(slot=slot, status="draft", choice=choice, options=tuple(others), drivers=drivers, advised=True)


def _even(slot: str, ranked: tuple[RankedOption, ...]) -> LookFirst:
    best = ranked[0]
    if not best.pros or best.score <= 0:
        return LookFirst(slot, "unjudged")
    level = [option.entry.title for option in ranked if option.fit == best.fit and option.score == best.score]
    # Of those with the same reasons one may count a little more; the two that lead are what people compare.
    titles = level if len(level) > 1 else [option.entry.title for option in ranked[:2]]
    return LookFirst(slot, "even", tuple(titles))


def _clash(workshop: Workshop, facts: Facts, content: Content, drafts: list[Decision]) -> Decision | None:
    """Return a draft that is part of a contradiction which was not there before; of several the last one."""
    before = set(contradictions(workshop, facts, content))
    after = workshop.model_copy(update={"decisions": (*workshop.decisions, *drafts)})
    for draft in drafts:
        facts = _with(facts, draft.slot or "", draft.choice)
    new = [found for found in contradictions(after, facts, content) if found not in before]
    concerned = {subject for found in new for subject in found.subjects}
    return next((draft for draft in reversed(drafts) if draft.slot in concerned), None)


def mends(found: Contradiction, workshop: Workshop, facts: Facts, content: Content) -> tuple[Mend, ...]:
    """Return the best choice that mends a contradiction in each slot that it is about, as far as there is one."""
    slots = (slot for slot in found.subjects if slot in content.slots and not facts.excludes(slot))
    return tuple(mend for slot in slots for mend in _mend(slot, found, workshop, facts, content))


def _mend(slot: str, found: Contradiction, workshop: Workshop, facts: Facts, content: Content) -> Iterator[Mend]:
    present = workshop.decision_for(slot)
    before = set(contradictions(workshop, facts, content))
    for option in rank_options(slot, facts, content):
        choice = option.entry.id
        if present and choice in (present.choice, *present.beside):
            continue
        then = contradictions(_instead(workshop, slot, choice, present), _with(facts, slot, choice), content)
        if found not in then and set(then) < before:
            yield Mend(slot, choice)
            return


def _instead(workshop: Workshop, slot: str, choice: str, present: Decision | None) -> Workshop:
    """Return the workshop as it would be with another choice in force."""
    beside = present.beside if present else ()
    others = (decision for decision in workshop.decisions if decision.slot != slot)
    draft = Decision(slot=slot, status="draft", choice=choice, beside=beside)
    return workshop.model_copy(update={"decisions": (*others, draft)})


def _with(facts: Facts, slot: str, choice: str) -> Facts:
    return facts.model_copy(update={"choices": {**facts.choices, slot: choice}})
