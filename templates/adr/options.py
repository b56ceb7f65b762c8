"""What speaks for and against an option: from the catalog, and from the facts the team has given. Words no layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from canvas.advice.options import RankedOption, rank_options
from canvas.document.workshop import Decision
from canvas.method.catalog import CatalogEntry, Needs, Slot
from canvas.method.conditions import Facts
from canvas.reading.types import NONE_YET, NOT_APPLICABLE, OTHER
from templates.plan import Plan, choice_title

Role = Literal["chosen", "beside", "other"]


@dataclass(frozen=True)
class ConsideredOption:
    """One option of a decision as a record prints it. `role` is that of the main choice, one beside it, or another."""

    title: str
    role: Role
    kind: str
    summary: str | None
    good: tuple[str, ...]
    bad: tuple[str, ...]
    grows_to: tuple[str, ...]
    entry: CatalogEntry | None


def considered(decision: Decision, plan: Plan) -> tuple[ConsideredOption, ...]:
    """Return the options of a decision, the chosen one first, then those in use beside it, each once."""
    slot = plan.content.slots.get(decision.name)
    judged = rank_options(slot.id, plan.known, plan.content) if slot else ()
    by_id = {option.entry.id: option for option in judged}
    if decision.slot is None:
        return (ConsideredOption(decision.choice, "chosen", "other", None, (), (), (), None),)
    choices = dict.fromkeys((decision.choice, *decision.beside, *decision.options))
    return tuple(_option(choice, slot, _role(choice, decision), plan, by_id.get(choice)) for choice in choices)


def _role(choice: str, decision: Decision) -> Role:
    if choice == decision.choice:
        return "chosen"
    return "beside" if choice in decision.beside else "other"


def _option(choice: str, slot: Slot | None, role: Role, plan: Plan, judged: RankedOption | None) -> ConsideredOption:
    title = choice_title(choice, plan.content)
    entry = plan.content.catalog.get(choice)
    if entry is not None:
        return _from_catalog(entry, role, plan, judged)
    if choice == NONE_YET:
        good = (slot.none_yet_because,) if slot else ()
        return ConsideredOption(title, role, "none-yet", None, good, (), (), None)
    if choice == NOT_APPLICABLE:
        return ConsideredOption(title, role, "not-applicable", None, (), (), (), None)
    kind = "other" if choice.startswith(OTHER) else "unknown"
    return ConsideredOption(title, role, kind, None, (), (), (), None)


def _from_catalog(entry: CatalogEntry, role: Role, plan: Plan, judged: RankedOption | None) -> ConsideredOption:
    """Return a catalog entry with what the answers say of it. For a slot that content dropped they say nothing."""
    pros, cons, unmet = (judged.pros, judged.cons, judged.unmet) if judged else ((), (), ())
    good = (*(fit.because for fit in pros), *entry.good)
    bad = (*(need.because for need in unmet), *(fit.because for fit in cons), *entry.watch)
    grows_to = tuple(plan.content.catalog[other].title for other in entry.grows_to)
    good, bad = (tuple(sentence(text) for text in texts) for texts in (good, bad))
    return ConsideredOption(entry.title, role, "catalog", entry.summary, good, bad, grows_to, entry)


def sentence(text: str) -> str:
    """Return a reason as a sentence: advice words its reasons to stand after a colon."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."


def verdict(need: Needs, facts: Facts) -> str:
    """Return `holds`, `broken` or `open`: whether what an option cannot do without is there."""
    return {True: "holds", False: "broken", None: "open"}[need.must.holds(facts)]
