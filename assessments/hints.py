"""What decisions, tables and facts say about practices: the rules under `content/proposals` and what they suggest.

Tools that notes name are in `tools_in_notes.py`; what hints are worth beside the answers is said in `proposals.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessments.content import CONTENT
from assessments.content import shipped as shipped_library
from assessments.definitions import Library
from assessments.lint import name_problems
from assessments.rules import ProposalList, ProposalRule
from canvas import content as canvas_content
from canvas.conditions import Facts
from canvas.content import Content, Reading
from canvas.content_links import broken_content
from canvas.errors import ContentError, Problem
from canvas.strict_yaml import Source
from canvas.subjects import subject_title, subject_value
from canvas.workshop import PracticeValue


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


def hint(rule: ProposalRule, facts: Facts, content: Content) -> Hint | None:
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
