"""What speaks for and against an option: from the catalog, and from the facts the team has given. Words no layout."""

from __future__ import annotations

from dataclasses import dataclass

from canvas.conditions import Facts
from canvas.definitions import CatalogEntry, Needs, Slot
from canvas.requirements import facts_for_conditions
from canvas.workshop import NONE_YET, OTHER, Decision
from templates.plan import Plan, choice_title


@dataclass(frozen=True)
class ConsideredOption:
    """One option of a decision as a record prints it."""

    title: str
    chosen: bool
    kind: str
    summary: str | None
    good: tuple[str, ...]
    bad: tuple[str, ...]
    grows_to: tuple[str, ...]
    entry: CatalogEntry | None


def considered(decision: Decision, plan: Plan) -> tuple[ConsideredOption, ...]:
    """Return the options of a decision, the chosen one first, each once."""
    slot = plan.content.slots.get(decision.slot)
    choices = dict.fromkeys((decision.choice, *decision.options))
    return tuple(_option(choice, slot, choice == decision.choice, plan) for choice in choices)


def _option(choice: str, slot: Slot | None, chosen: bool, plan: Plan) -> ConsideredOption:
    title = choice_title(choice, plan.content)
    entry = plan.content.catalog.get(choice)
    if entry is not None:
        return _from_catalog(entry, chosen, plan)
    if choice == NONE_YET:
        good = (slot.none_yet_because,) if slot else ()
        return ConsideredOption(title, chosen, "none-yet", None, good, (), (), None)
    kind = "other" if choice.startswith(OTHER) else "unknown"
    return ConsideredOption(title, chosen, kind, None, (), (), (), None)


def _from_catalog(entry: CatalogEntry, chosen: bool, plan: Plan) -> ConsideredOption:
    facts = facts_for_conditions(plan.workshop)
    speaks = [fit for fit in entry.fits if fit.when.holds(facts)]
    unmet = [need.because for need in entry.needs if need.must.holds(facts) is False]
    good = (*(fit.because for fit in speaks if fit.weight > 0), *entry.good)
    bad = (*unmet, *(fit.because for fit in speaks if fit.weight < 0), *entry.watch)
    grows_to = tuple(plan.content.catalog[other].title for other in entry.grows_to)
    good, bad = (tuple(_sentence(text) for text in texts) for texts in (good, bad))
    return ConsideredOption(entry.title, chosen, "catalog", entry.summary, good, bad, grows_to, entry)


def _sentence(text: str) -> str:
    """Return a reason as a sentence: advice words its reasons to stand after a colon."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."


def verdict(need: Needs, facts: Facts) -> str:
    """Return `holds`, `broken` or `open`: whether what an option cannot do without is there."""
    return {True: "holds", False: "broken", None: "open"}[need.must.holds(facts)]
