"""What each option of a slot would mean for the project, before anybody has chosen it. Renders nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from canvas.method.catalog import CatalogEntry, Slot
from templates.plan import Choice, Plan
from templates.scaffold.parts import Parts
from templates.scaffold.select import covered, facts_with_defaults


@dataclass(frozen=True)
class Foretold:
    """How a project would have an option: `generated` with so many files of its own, or left to people.

    `by-hand` may come with a `stand_in`, the option whose files the project gets until then.
    """

    way: Literal["generated", "by-hand"]
    files: int = 0
    stand_in: str | None = None


def foretold(plan: Plan, parts: Parts) -> Mapping[str, Mapping[str, Foretold]]:
    """Return by slot and option what the project would hold. A slot that a rule takes out has no options."""
    return {
        id_: {entry.id: _foretold(choice.slot, entry, plan, parts) for entry in plan.content.options(id_)}
        for id_, choice in plan.choices.items()
        if choice.status != "omitted"
    }


def _foretold(slot: Slot, entry: CatalogEntry, plan: Plan, parts: Parts) -> Foretold:
    choice = Choice(slot, entry.id, entry.title, entry, "draft", "", None)
    then = replace(plan, choices={**plan.choices, slot.id: choice})
    facts = facts_with_defaults(then)
    found = covered(choice, [loaded.part for loaded in parts.values() if loaded.part.applies(facts)], then)
    if found.coverage != "served":
        return Foretold("by-hand", stand_in=found.step.stand_in if found.step else None)
    files = [file for part in found.parts for file in part.files if slot.id in file.slots and file.applies(facts)]
    return Foretold("generated", len(files))
