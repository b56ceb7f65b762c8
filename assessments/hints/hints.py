"""What decisions, tables and facts say about practices: the rules under `content/suggestions` and what they suggest.

Tools that notes name are in `tools_in_notes.py`; what hints are worth beside the answers is said in
`suggested_answers.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessments.library.kinds import SUGGESTIONS
from assessments.library.load import CONTENT
from assessments.library.load import shipped as shipped_library
from assessments.shapes.library import Library
from assessments.shapes.rules import SuggestionRule
from canvas.errors import ContentError, Problem
from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.links import broken_content
from canvas.method.load import shipped as shipped_content
from canvas.method.subjects import subject_title, subject_value
from canvas.reading.read import Reading
from canvas.reading.types import PracticeValue


@dataclass(frozen=True)
class Hint:
    """What one rule makes of the board: the answer it suggests, why, and the `places` that say so, in words.

    `subjects` are the ids of these places: requirements, slots and cells, or notes.
    """

    value: PracticeValue
    because: str
    subjects: tuple[str, ...]
    places: tuple[str, ...]


@cache
def shipped() -> tuple[SuggestionRule, ...]:
    """Return the rules that come with the product. Raises `ContentError` when a file breaks its contract."""
    return load(CONTENT, shipped_content(), shipped_library())


def load(folder: Path, content: Content, library: Library) -> tuple[SuggestionRule, ...]:
    """Return the rules below `folder`, by file name. Raises `ContentError` with file and line of each broken one."""
    reading = Reading(folder)
    lists = tuple(reading.models(SUGGESTIONS))
    problems = reading.problems or [*broken_content(content, reading), *_broken(reading, library)]
    if problems:
        raise ContentError(problems)
    return tuple(rule for found in lists for rule in found.rules)


def hint(rule: SuggestionRule, facts: Facts, content: Content) -> Hint | None:
    """Return what a rule suggests: the smallest claim whose condition holds, or None when none does."""
    holding = ((value, condition) for value, condition in rule.conditions() if condition.holds(facts))
    for value, condition in holding:
        subjects = tuple(subject for subject in condition.subjects() if subject in facts)
        places = tuple(f"{subject_title(s, content)}: {subject_value(s, facts, content)}" for s in subjects)
        return Hint(value, rule.because, subjects, places)
    return None


def _broken(reading: Reading, library: Library) -> Iterator[Problem]:
    """Yield rules about practices that nobody knows."""
    for read in reading.of(SUGGESTIONS):
        for index, rule in enumerate(read.model.rules):
            if rule.practice not in library.practices:
                what = f"unknown practice '{rule.practice}'"
                yield read.source.problem(("rules", index, "practice"), what, "Use the id of a practice file")
