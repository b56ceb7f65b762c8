"""What does not apply to a team because of a rule, such as "no model of our own is trained", and what is left then.

Pure. The rules are content. Nothing is deleted: what a document holds about it stays there, and whoever advises,
counts or judges looks at the part that applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from canvas.document.workshop import Workshop
from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.omissions import OmissionRule
from canvas.method.wording import reworded


@dataclass(frozen=True)
class Omitted:
    """Something that leaves by a rule: a requirement, slot, `<canvas>.<block>`, `<table>.<row>`, advisor or finding.

    `because` is the sentence of the rule, `why` what it means for this subject.
    """

    subject: str
    rule: str
    because: str
    why: str


def omissions_in_force(workshop: Workshop, rules: Iterable[OmissionRule]) -> tuple[OmissionRule, ...]:
    """Return the rules that hold by what the team itself has answered; an open answer switches nothing off."""
    given = {item.id: item.value for item in workshop.requirements if item.value is not None}
    facts = Facts(requirements=given, choices={})
    return tuple(rule for rule in rules if rule.when.holds(facts))


def omitted(workshop: Workshop, content: Content) -> Mapping[str, Omitted]:
    """Return everything of the method that leaves by a rule, by its id; of several rules, the first one tells."""
    found: dict[str, Omitted] = {}
    for rule in omissions_in_force(workshop, content.omissions.values()):
        for subject, why in rule.subjects.items():
            found.setdefault(subject, Omitted(subject, rule.id, rule.because, why))
    return found


def worded(workshop: Workshop, content: Content) -> Content:
    """Return the content as this team reads it: in the words of the rules that hold by its answers."""
    return reworded(content, omissions_in_force(workshop, content.omissions.values()))


def without_default(workshop: Workshop, content: Content) -> Mapping[str, str]:
    """Return the slots whose embedded default has no place by a rule, each with why nothing stands there."""
    rules = omissions_in_force(workshop, content.omissions.values())
    return {slot: why for rule in reversed(rules) for slot, why in rule.no_default.items()}


def kept_back(workshop: Workshop, content: Content) -> tuple[Omitted, ...]:
    """Return what leaves by a rule although the document says something about it: an answer, a decision, cells, notes.

    It is kept, and counts again once the rule holds no longer.
    """
    said = {item.id for item in workshop.requirements if item.value is not None}
    said |= {decision.name for decision in workshop.decisions}
    said |= {f"{table}.{row.id}" for table, rows in workshop.tables.items() for row in rows if row.cells}
    said |= {f"{canvas}.{block}" for canvas in workshop.canvases for block, _ in workshop.notes(canvas)}
    return tuple(gone for subject, gone in omitted(workshop, content).items() if subject in said)


def applying(workshop: Workshop, left: Iterable[str]) -> Workshop:
    """Return a workshop without what was said about the subjects that `left`; the same one when nothing was."""
    gone = frozenset(left)
    if not gone:
        return workshop
    rows = {
        table: tuple(row for row in rows if f"{table}.{row.id}" not in gone) for table, rows in workshop.tables.items()
    }
    kept = {
        "requirements": tuple(item for item in workshop.requirements if item.id not in gone),
        "decisions": tuple(item for item in workshop.decisions if item.slot not in gone),
        "tables": rows,
    }
    return workshop.model_copy(update=kept)
