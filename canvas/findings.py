"""What experience says goes wrong, seen in the answers, decisions and notes of a team. The signs are content.

A finding says where it was seen, so that a team can check it in a minute; words in a note are a hint and no proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from canvas.conditions import Facts
from canvas.content import Content
from canvas.requirements import known_facts
from canvas.step_definitions import FindingDefinition, NoteSign
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
    notes = [note for sign in definition.notes for note in _matching(sign, workshop)]
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


def _matching(sign: NoteSign, workshop: Workshop) -> Iterator[Note]:
    for canvas in workshop.canvases:
        for block, note in workshop.notes(canvas):
            in_scope = (not sign.blocks or block in sign.blocks) and (not sign.kinds or note.kind in sign.kinds)
            if in_scope and says(sign, note.text):
                yield note


def says(sign: NoteSign, text: str) -> bool:
    """Return whether a text shows the words of a sign and none of those that take it back."""
    return _all_found(sign.says, text) and not any(_compiled(pattern).search(text) for pattern in sign.unless)


def _all_found(patterns: Iterable[str], text: str) -> bool:
    return all(_compiled(pattern).search(text) for pattern in patterns)


@lru_cache(1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
