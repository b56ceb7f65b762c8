"""The plan: what the decisions amount to. Diagram, report, decision records and project are renderings of it.

Deterministic and pure: the same workshop and content give the same plan. Nothing here draws or writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assessments.shapes.library import Library
from canvas.advice.excluded import Omitted, omitted, without_default, worded
from canvas.advice.facts import Fact, known_facts, resolve
from canvas.advice.quantities import Worked, work_out
from canvas.document.workshop import Decision, Workshop
from canvas.method.catalog import CatalogEntry, Slot
from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.reading.file_names import is_reserved, slug_from
from canvas.reading.types import NONE_YET, NOT_APPLICABLE, OTHER

UNREASONED = "No reason was recorded."
ADVISED = "Drafted from the advice; nobody has said why yet."

ChoiceStatus = Literal["accepted", "proposed", "draft", "default", "open", "omitted"]


@dataclass(frozen=True)
class Choice:
    """What fills one slot. `entry` is None for all but an entry of the catalog.

    Status `default` means nobody decided, `open` that nobody did and no default fits, `omitted` that a rule takes the
    slot out, whatever was decided.

    `like` is the entry that a choice in the team's own words resembles, `beside` are further choices in use next to it,
    as they read. `absent` says why the slot has no place in this system, and is None where it has one.
    """

    slot: Slot
    choice: str
    title: str
    entry: CatalogEntry | None
    status: ChoiceStatus
    because: str
    decision: Decision | None
    like: CatalogEntry | None = None
    beside: tuple[str, ...] = ()
    absent: str | None = None

    @property
    def said(self) -> str:
        """The whole choice as a person reads it: the main one, what it is like, and what is in use beside it."""
        words = f"{self.title} (like {self.likeness})" if self.likeness else self.title
        return f"{words}, beside it {' and '.join(self.beside)}" if self.beside else words

    @property
    def likeness(self) -> str | None:
        """What words of the team's own are like, as it reads; None where the words say so themselves."""
        return likeness(self.title, self.like)

    @property
    def open(self) -> bool:
        """True when the team chose to have nothing here yet."""
        return self.choice == NONE_YET


@dataclass(frozen=True)
class Plan:
    """One ML system as decided: its facts and one choice for every slot, and what all of it is judged by.

    `content` is in the words of the rules that hold.

    `known` is what advice may rest on: what the team itself has said, without placeholders. `library` is what judges
    this workshop: what a rule takes out is not in it.
    """

    workshop: Workshop
    content: Content
    library: Library
    slug: str
    facts: Mapping[str, Fact]
    known: Facts
    choices: Mapping[str, Choice]

    @cached_property
    def worked(self) -> Mapping[str, Worked]:
        """The quantities that follow from the answers."""
        return work_out(self.workshop, self.content)

    @property
    def assumed(self) -> tuple[Fact, ...]:
        """Return the facts that outputs must name as assumed."""
        return tuple(fact for fact in self.facts.values() if fact.assumed and fact.value is not None)

    def stage(self, stage: str) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices.values() if choice.slot.stage == stage)


def make_plan(workshop: Workshop, content: Content, library: Library) -> Plan:
    """Compute the plan of a workshop. An undecided slot gets its default; a default is marked as such."""
    content = worded(workshop, content)
    left, empty = omitted(workshop, content), without_default(workshop, content)
    choices = {
        slot.id: _left_out(slot, left[slot.id], content)
        if slot.id in left
        else _choose(slot, workshop, content, empty.get(slot.id))
        for slot in content.slots.values()
    }
    kept = workshop.slug if workshop.slug and not is_reserved(workshop.slug) else None
    slug = kept or slug_from(workshop.slug or workshop.title)
    judged = library.judging(workshop)
    return Plan(workshop, content, judged, slug, resolve(workshop, content), known_facts(workshop, content), choices)


def _left_out(slot: Slot, gone: Omitted, content: Content) -> Choice:
    title = choice_title(NOT_APPLICABLE, content)
    return Choice(slot, NOT_APPLICABLE, title, None, "omitted", gone.why, None, absent=gone.why)


def _choose(slot: Slot, workshop: Workshop, content: Content, empty: str | None) -> Choice:
    """Return what fills a slot; where the default is `empty`, which says why, nothing does until somebody decides."""
    decision = workshop.decision_for(slot.id)
    if decision is None and empty is not None:
        return Choice(slot, NONE_YET, choice_title(NONE_YET, content), None, "open", empty, None)
    if decision is None:
        entry = content.catalog[slot.default]
        return Choice(slot, entry.id, entry.title, entry, "default", slot.default_because, None)
    chosen = content.catalog.get(decision.choice)
    title = choice_title(decision.choice, content)
    because = decision.because or (ADVISED if decision.advised else UNREASONED)
    like = content.catalog.get(decision.like or "")
    beside = tuple(choice_title(choice, content) for choice in decision.beside)
    absent = because if decision.choice == NOT_APPLICABLE else None
    status = _status(decision)
    return Choice(slot, decision.choice, title, chosen, status, because, decision, like, beside, absent)


def _status(decision: Decision) -> ChoiceStatus:
    return decision.status if decision.status in ("accepted", "proposed") else "draft"


def likeness(words: str, like: CatalogEntry | None) -> str | None:
    """Return the title of what a team's own words are like, or None where the words say it themselves."""
    if like is None or f"like {like.title}".casefold() in " ".join(words.casefold().split()):
        return None
    return like.title


def choice_said(decision: Decision, content: Content) -> str:
    """Return how a whole decision reads: its choice, and what is in use beside it."""
    if decision.slot is None:
        return decision.choice
    beside = [choice_title(choice, content) for choice in decision.beside]
    title = choice_title(decision.choice, content)
    return f"{title}, beside it {' and '.join(beside)}" if beside else title


def choice_title(choice: str, content: Content) -> str:
    """Return how a choice reads: the catalog title, "None yet", "Not applicable", or the team's own words."""
    if choice == NOT_APPLICABLE:
        return "Not applicable"
    if choice == NONE_YET:
        return "None yet"
    if choice.startswith(OTHER):
        return choice.removeprefix(OTHER)
    return content.catalog[choice].title if choice in content.catalog else choice
