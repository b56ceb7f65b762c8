"""What notes say about practices: a tool that a note names, and sentences that speak of a practice no tool stands for.

The words are content under `content/notes`. A note is read clause by clause, so that "no registry; MLflow logs every
run" denies one thing and states another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from assessments.hints.hints import Hint, hint
from assessments.hints.note_content import NoteContent, shipped
from assessments.hints.note_rules import NoteReading, NoteRule
from assessments.shapes.rules import ProposalRule
from canvas.document.workshop import Note, Workshop
from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.note_signs import says, shows
from canvas.reading.types import PracticeValue

# A clause ends with a sentence, at a semicolon or before "but"; a question keeps its mark.
_CLAUSE_ENDS = re.compile(r"(?<=[.;!?])\s+|\n+|,?\s+but\s+", re.IGNORECASE)
MOST_LETTERS = 140


@dataclass(frozen=True)
class _Place:
    """A note with the title of its block."""

    block: str
    title: str
    note: Note

    def __str__(self) -> str:
        return f"{self.title}, note '{shorten(self.note.text, MOST_LETTERS, placeholder='…')}'"


def note_hints(
    workshop: Workshop, content: Content, rules: Sequence[ProposalRule], notes: NoteContent | None = None
) -> Mapping[str, tuple[Hint, ...]]:
    """Return what the notes of a workshop suggest, by practice; the notes that show the same thing share one hint.

    `rules` say what a tool means in a slot, as they do for decisions.
    """
    notes = notes or shipped()
    seen: dict[tuple[str, PracticeValue, str], dict[str, str]] = {}
    for place in _places(workshop, content):
        for practice, value, because in _said(place, content, rules, notes):
            seen.setdefault((practice, value, because), {}).setdefault(place.note.id, str(place))
    found: dict[str, list[Hint]] = {}
    for (practice, value, because), told in seen.items():
        found.setdefault(practice, []).append(Hint(value, because, tuple(told), tuple(told.values())))
    return {practice: tuple(hints) for practice, hints in found.items()}


def reads(rule: NoteRule, text: str, reading: NoteReading) -> bool:
    """Return whether one clause of a text says what a rule looks for, without doubt."""
    return any(says(rule, clause) for clause in _clauses(text, reading, denied=rule.value == "none"))


def tools_in(text: str, block: str, notes: NoteContent) -> tuple[tuple[str, str], ...]:
    """Return `(tool, slot)` for each tool that a text in a block names as being there, each once."""
    clauses = _clauses(text, notes.reading, denied=False)
    return tuple(dict.fromkeys(named for clause in clauses for named in notes.names.named(clause, block)))


def _places(workshop: Workshop, content: Content) -> Iterator[_Place]:
    for canvas in workshop.canvases:
        definition = content.canvases.get(canvas)
        for block, note in workshop.notes(canvas):
            known = definition.block(block) if definition else None
            yield _Place(block, known.title if known else block, note)


def _said(
    place: _Place, content: Content, rules: Sequence[ProposalRule], notes: NoteContent
) -> Iterator[tuple[str, PracticeValue, str]]:
    """Yield practice, answer and reason of everything that one note suggests."""
    if place.note.kind in notes.reading.kinds:
        for tool, slot in tools_in(place.note.text, place.block, notes):
            facts = Facts(requirements={}, choices={slot: tool})
            for rule in rules:
                if (found := hint(rule, facts, content)) is not None:
                    yield rule.practice, found.value, found.because
    for said in notes.rules:
        if said.reads(place.block, place.note) and reads(said, place.note.text, notes.reading):
            for practice in said.practices:
                yield practice, said.value, said.because


def _clauses(text: str, reading: NoteReading, *, denied: bool) -> Iterator[str]:
    """Yield the clauses of a text that state something; those that deny something only when `denied`."""
    against = reading.doubts if denied else (*reading.doubts, *reading.denials)
    for clause in _CLAUSE_ENDS.split(text):
        if clause and not any(shows(pattern, clause) for pattern in against):
            yield clause
