"""What the board says beside the answers: suggestions where nobody answered, contradictions where an answer denies it.

What the board says is found in `hints.py` and `tools_in_notes.py`. A suggestion is a hint to check and never counts
in a score; nothing here changes an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.hints.hints import Hint, hint, shipped
from assessments.hints.tools_in_notes import note_hints
from assessments.shapes.answers import within
from assessments.shapes.library import Library
from assessments.shapes.practice import PRACTICE_VALUES
from assessments.shapes.rules import SuggestionRule
from canvas.advice.facts import known_facts
from canvas.document.workshop import Answer, Workshop
from canvas.method.content import Content
from canvas.reading.types import PracticeValue


@dataclass(frozen=True)
class Suggestion:
    """An answer to a practice that has none. Where several hints differ, it is the smallest claim of them."""

    practice: str
    title: str
    value: PracticeValue
    confidence: str
    hints: tuple[Hint, ...]


@dataclass(frozen=True)
class Contradiction:
    """An answer and a place that cannot both be true: one says automated, the other not done."""

    practice: str
    title: str
    answer: PracticeValue
    hint: Hint


def suggestions(
    workshop: Workshop, content: Content, library: Library, rules: Sequence[SuggestionRule] | None = None
) -> tuple[Suggestion, ...]:
    """Return an answer for each unanswered practice that the board says something about, in the order of the library.

    "Don't know" and "not applicable" are answers too and are left alone, and so is what a rule takes out.
    """
    library = library.judging(workshop)
    answered = {answer.id for answer in workshop.answers}
    hints = _hints(workshop, content, rules)
    return tuple(
        Suggestion(item, practice.title, _least(hints[item]), "low", hints[item])
        for item, practice in library.practices.items()
        if item in hints and item not in answered
    )


def contradictions(
    workshop: Workshop, content: Content, library: Library, rules: Sequence[SuggestionRule] | None = None
) -> tuple[Contradiction, ...]:
    """Return every answer that a place of the board denies, in the order of the library, as far as it applies."""
    library = library.judging(workshop)
    answers = {answer.id: answer for answer in workshop.answers}
    hints = _hints(workshop, content, rules)
    return tuple(
        Contradiction(item, practice.title, given, hint)
        for item, practice in library.practices.items()
        if (given := _given(answers.get(item))) is not None
        for hint in hints.get(item, ())
        if {given, hint.value} == {"none", "automated"}
    )


def contradictions_json(found: Sequence[Contradiction]) -> list[dict[str, Any]]:
    """Return contradictions as `advise --json` prints them."""
    return [
        {
            "practice": one.practice,
            "title": one.title,
            "answer": one.answer,
            "suggested": one.hint.value,
            "subjects": list(one.hint.subjects),
            "places": list(one.hint.places),
            "because": one.hint.because,
        }
        for one in found
    ]


def contradictions_text(found: Sequence[Contradiction]) -> str:
    """Return contradictions as `advise` prints them."""
    return "\n".join(_lines(found))


def _lines(found: Sequence[Contradiction]) -> Iterator[str]:
    yield f"Answers that the board denies: {len(found) or 'none'}"
    for one in found:
        yield f"  {one.title}: answered with {within(one.answer)}, the board suggests {within(one.hint.value)}"
        yield from (f"    seen: {place}" for place in one.hint.places)
        yield f"    {one.hint.because}"


def _given(answer: Answer | None) -> PracticeValue | None:
    """Return which of the three answers a practice has, if it has one of them."""
    return next((value for value in PRACTICE_VALUES if answer is not None and answer.value == value), None)


def _least(hints: Sequence[Hint]) -> PracticeValue:
    return min((hint.value for hint in hints), key=PRACTICE_VALUES.index)


def _hints(
    workshop: Workshop, content: Content, rules: Sequence[SuggestionRule] | None
) -> Mapping[str, tuple[Hint, ...]]:
    """Return what the board says by practice: decisions, tables and facts first, then tools in notes."""
    rules = shipped() if rules is None else rules
    facts = known_facts(workshop, content)
    found: dict[str, list[Hint]] = {}
    for rule in rules:
        if (one := hint(rule, facts, content)) is not None:
            found.setdefault(rule.practice, []).append(one)
    for practice, noted in note_hints(workshop, content, rules).items():
        found.setdefault(practice, []).extend(noted)
    return {practice: tuple(hints) for practice, hints in found.items()}
