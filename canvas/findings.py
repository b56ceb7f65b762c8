"""What experience says goes wrong, seen in the answers, decisions and notes of a team. The signs are content.

A finding says where it was seen, so that a team can check it in a minute; words in a note are a hint and no proof.
"""

from __future__ import annotations

from dataclasses import dataclass

from canvas.conditions import Facts
from canvas.content import Content
from canvas.note_signs import matching
from canvas.requirements import known_facts
from canvas.step_definitions import FindingDefinition
from canvas.workshop import NONE_YET, Note, Workshop

SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True)
class Finding:
    """One finding with its signs: answered subjects by id, notes, and slots that hold no choice."""

    definition: FindingDefinition
    subjects: tuple[str, ...]
    notes: tuple[Note, ...]
    undecided: tuple[str, ...]


def findings(workshop: Workshop, content: Content) -> tuple[Finding, ...]:
    """Return what is found, the severest first, then in the order of the content."""
    facts = known_facts(workshop, content)
    seen = (_seen(definition, workshop, facts) for definition in content.findings.values())
    return tuple(sorted(filter(None, seen), key=lambda found: SEVERITIES.index(found.definition.severity)))


def _seen(definition: FindingDefinition, workshop: Workshop, facts: Facts) -> Finding | None:
    holding = [condition for condition in definition.when if condition.holds(facts)]
    subjects = dict.fromkeys(s for condition in holding for s in condition.subjects() if s in facts)
    notes = [note for sign in definition.notes for note in matching(sign, workshop)]
    undecided = _undecided(definition, workshop)
    if not (holding or notes or undecided):
        return None
    once = {note.id: note for note in notes}
    return Finding(definition, tuple(subjects), tuple(once.values()), undecided)


def _undecided(definition: FindingDefinition, workshop: Workshop) -> tuple[str, ...]:
    """Return the slots without a choice, when none of them has one though the rest of the stack is being decided."""
    in_force = (d for d in workshop.decisions if d.status != "superseded" and d.choice != NONE_YET)
    chosen = {decision.slot for decision in in_force}
    if not definition.undecided or chosen.intersection(definition.undecided):
        return ()
    return definition.undecided if chosen.intersection(definition.decided) else ()
