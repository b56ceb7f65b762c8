"""What decisions, tables and facts say about practices: proposed answers to open ones, contradictions to given ones.

The rules are content under `content/proposals`. A proposal is a hint to check and never counts in a score; nothing
here changes an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessments import packs
from assessments.content import CONTENT
from assessments.content import shipped as shipped_library
from assessments.definitions import PRACTICE_VALUES, Library
from assessments.lint import name_problems
from assessments.rules import ProposalList, ProposalRule
from canvas import content as canvas_content
from canvas.conditions import Facts
from canvas.content import Content, Reading
from canvas.content_links import broken_content
from canvas.errors import ContentError, Problem
from canvas.requirements import known_facts
from canvas.strict_yaml import Source
from canvas.subjects import subject_title, subject_value
from canvas.workshop import Answer, PracticeValue, Workshop


@dataclass(frozen=True)
class Hint:
    """What one rule makes of the board: the answer it suggests, why, and the `places` that say so, in words."""

    value: PracticeValue
    because: str
    subjects: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
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


@cache
def shipped() -> tuple[ProposalRule, ...]:
    """Return the rules that come with the product. Raises `ContentError` when a file breaks its contract."""
    return load(CONTENT, canvas_content.shipped(), shipped_library())


def load(folder: Path, content: Content, library: Library) -> tuple[ProposalRule, ...]:
    """Return the rules below `folder`, by file name. Raises `ContentError` with file and line of each broken one."""
    reading = Reading(folder)
    lists = tuple(reading.models("proposals/*.yaml", ProposalList))
    problems = reading.problems or [*broken_content(content, reading), *_broken(reading.sources, lists, library)]
    if problems:
        raise ContentError(problems)
    return tuple(rule for found in lists for rule in found.rules)


def proposals(
    workshop: Workshop, content: Content, rules: Sequence[ProposalRule] | None = None, library: Library | None = None
) -> tuple[Proposal, ...]:
    """Return an answer for each unanswered practice that the board says something about, in the order of the library.

    "Don't know" and "not applicable" are answers too and are left alone.
    """
    library = library or packs.library()
    answered = {answer.id for answer in workshop.answers}
    hints = _hints(workshop, content, rules)
    return tuple(
        Proposal(item, practice.title, _least(hints[item]), "low", hints[item])
        for item, practice in library.practices.items()
        if item in hints and item not in answered
    )


def contradictions(
    workshop: Workshop, content: Content, rules: Sequence[ProposalRule] | None = None, library: Library | None = None
) -> tuple[Contradiction, ...]:
    """Return every answer that a place of the board denies, in the order of the library."""
    library = library or packs.library()
    answers = {answer.id: answer for answer in workshop.answers}
    hints = _hints(workshop, content, rules)
    return tuple(
        Contradiction(item, practice.title, given, hint)
        for item, practice in library.practices.items()
        if (given := _given(answers.get(item))) is not None
        for hint in hints.get(item, ())
        if {given, hint.value} == {"none", "automated"}
    )


def _given(answer: Answer | None) -> PracticeValue | None:
    """Return which of the three answers a practice has, if it has one of them."""
    return next((value for value in PRACTICE_VALUES if answer is not None and answer.value == value), None)


def _least(hints: Sequence[Hint]) -> PracticeValue:
    return min((hint.value for hint in hints), key=PRACTICE_VALUES.index)


def _hints(
    workshop: Workshop, content: Content, rules: Sequence[ProposalRule] | None
) -> Mapping[str, tuple[Hint, ...]]:
    facts = known_facts(workshop, content)
    found: dict[str, list[Hint]] = {}
    for rule in shipped() if rules is None else rules:
        hint = _hint(rule, facts, content)
        if hint is not None:
            found.setdefault(rule.practice, []).append(hint)
    return {practice: tuple(hints) for practice, hints in found.items()}


def _hint(rule: ProposalRule, facts: Facts, content: Content) -> Hint | None:
    """Return what a rule suggests: the smallest claim whose condition holds, or None when none does."""
    holding = ((value, condition) for value, condition in rule.conditions() if condition.holds(facts))
    for value, condition in holding:
        subjects = tuple(subject for subject in condition.subjects() if subject in facts)
        places = tuple(f"{subject_title(s, content)}: {subject_value(s, facts, content)}" for s in subjects)
        return Hint(value, rule.because, subjects, places)
    return None


def _broken(
    sources: Sequence[tuple[Source, object]], lists: Sequence[ProposalList], library: Library
) -> Iterator[Problem]:
    """Yield misnamed files, and rules about practices that nobody knows."""
    for (source, _), found in zip(sources, lists, strict=True):
        yield from name_problems(source, found.id, taken=())
        for index, rule in enumerate(found.rules):
            if rule.practice not in library.practices:
                what = f"unknown practice '{rule.practice}'"
                yield source.problem(("rules", index, "practice"), what, "Use the id of a practice file")
