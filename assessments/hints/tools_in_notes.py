"""Tools that notes name as being there, and the answers that follow: what a decision for the tool would suggest.

A note is read clause by clause, so that "no lakeFS; DVC holds every training set" denies one tool and states another.
Nothing else is read out of prose. How tools are called is content, in `content/tool-names.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import shorten

from assessments.hints.hints import Hint, hint
from assessments.library.kinds import TOOL_NAMES
from assessments.library.load import CONTENT
from assessments.shapes.rules import SuggestionRule
from assessments.shapes.tool_names import ToolName, ToolNameList
from canvas.document.workshop import Note, Workshop
from canvas.errors import ContentError, Problem
from canvas.method.conditions import Facts
from canvas.method.content import Content
from canvas.method.load import shipped as shipped_content
from canvas.reading.patterns import shows
from canvas.reading.read import Reading
from canvas.reading.strict_yaml import Source
from canvas.reading.types import PracticeValue

# A clause ends with a sentence, at a semicolon or before "but"; a question keeps its mark.
_CLAUSE_ENDS = re.compile(r"(?<=[.;!?])\s+|\n+|,?\s+but\s+", re.IGNORECASE)
MOST_LETTERS = 140


@dataclass(frozen=True)
class _Name:
    """A name with the slots that it may stand for, as `(tool, slot)`."""

    text: str
    meant: tuple[tuple[str, str], ...]
    everyday: bool
    anywhere: bool


class ToolFinder:
    """Finds the tools that a note states. A title that the list names as well is what is said there.

    An everyday word ("make", "feast") and a name that several tools share ("MLflow") count only in the block that such
    a tool belongs to.
    """

    def __init__(self, names: ToolNameList, content: Content) -> None:
        self.kinds = names.kinds
        self._against = (*names.doubts, *names.denials)
        self._names = {name.text.lower(): name for name in _names(names.names, content)}
        # The longest name wins, so that "GitHub Actions" is not read as "GitHub".
        longest_first = sorted(self._names, key=len, reverse=True)
        words = "|".join(re.escape(name) for name in longest_first) or "(?!)"
        self._pattern = re.compile(rf"(?<![\w./-])(?:{words})(?![\w/-]|\.\w)", re.IGNORECASE)

    def tools(self, text: str, block: str) -> tuple[tuple[str, str], ...]:
        """Return `(tool, slot)` for each tool that a text in a block names as being there, each once."""
        return tuple(dict.fromkeys(named for clause in self._clauses(text) for named in self._named(clause, block)))

    def _clauses(self, text: str) -> Iterator[str]:
        """Yield the clauses of a text that state something: neither in doubt nor denied."""
        for clause in _CLAUSE_ENDS.split(text):
            if clause and not any(shows(pattern, clause) for pattern in self._against):
                yield clause

    def _named(self, clause: str, block: str) -> Iterator[tuple[str, str]]:
        for found in self._pattern.finditer(clause):
            name = self._names[found[0].lower()]
            if name.everyday and found[0] != name.text:
                continue
            yield from ((tool, slot) for tool, slot in name.meant if name.anywhere or slot.split(".")[0] == block)


@cache
def shipped() -> ToolFinder:
    """Return the finder of the names that come with the product. Raises `ContentError` when their file is broken."""
    content = shipped_content()
    return ToolFinder(load(CONTENT, content), content)


def load(folder: Path, content: Content) -> ToolNameList:
    """Return the names below `folder`. Raises `ContentError` with file and line of everything broken."""
    return read_names(folder, content).of(TOOL_NAMES)[0].model


def read_names(folder: Path, content: Content) -> Reading:
    """Read the file of names below `folder`. Raises `ContentError` with file and line of everything broken."""
    reading = Reading(folder)
    lists = tuple(reading.models(TOOL_NAMES))
    problems = reading.problems or [
        p for read in reading.of(TOOL_NAMES) for p in _unknown(read.source, read.model, content)
    ]
    if not lists and not problems:
        problems = [Problem(str(folder / TOOL_NAMES.pattern), 0, "the file is missing", "Write how tools are called")]
    if problems:
        raise ContentError(problems)
    return reading


def note_hints(workshop: Workshop, content: Content, rules: Sequence[SuggestionRule]) -> Mapping[str, tuple[Hint, ...]]:
    """Return what the notes of a workshop suggest, by practice; the notes that name the same share one hint.

    `rules` say what a tool means in a slot, as they do for decisions.
    """
    finder = shipped()
    seen: dict[tuple[str, PracticeValue, str], dict[str, str]] = {}
    for block, title, note in _places(workshop, content):
        for slot_of_tool in finder.tools(note.text, block) if note.kind in finder.kinds else ():
            for said in _said(slot_of_tool, content, rules):
                seen.setdefault(said, {}).setdefault(note.id, _place(title, note))
    found: dict[str, list[Hint]] = {}
    for (practice, value, because), told in seen.items():
        found.setdefault(practice, []).append(Hint(value, because, tuple(told), tuple(told.values())))
    return {practice: tuple(hints) for practice, hints in found.items()}


def _names(names: Sequence[ToolName], content: Content) -> Iterator[_Name]:
    tools = [entry for entry in content.catalog.values() if entry.kind == "tool"]
    titles = [ToolName(name=entry.title, tools=(entry.id,)) for entry in tools]
    for name in (*titles, *names):
        meant = tuple((tool, slot) for tool in name.tools for slot in content.catalog[tool].slots)
        yield _Name(name.name, meant, name.everyday, anywhere=not name.everyday and len(name.tools) == 1)


def _places(workshop: Workshop, content: Content) -> Iterator[tuple[str, str, Note]]:
    """Yield each note with the id and the title of its block."""
    for canvas in workshop.canvases:
        definition = content.canvases.get(canvas)
        for block, note in workshop.notes(canvas):
            known = definition.block(block) if definition else None
            yield block, known.title if known else block, note


def _place(title: str, note: Note) -> str:
    return f"{title}, note '{shorten(note.text, MOST_LETTERS, placeholder='…')}'"


def _said(
    named: tuple[str, str], content: Content, rules: Sequence[SuggestionRule]
) -> Iterator[tuple[str, PracticeValue, str]]:
    """Yield practice, answer and reason of everything that a tool in a slot suggests."""
    tool, slot = named
    facts = Facts(requirements={}, choices={slot: tool})
    for rule in rules:
        if (found := hint(rule, facts, content)) is not None:
            yield rule.practice, found.value, found.because


def _unknown(source: Source, names: ToolNameList, content: Content) -> Iterator[Problem]:
    """Yield names of tools that the catalog does not have."""
    for index, name in enumerate(names.names):
        for place, tool in enumerate(name.tools):
            if tool not in content.catalog:
                path = ("names", index, "tools", place)
                yield source.problem(path, f"'{tool}' is no catalog entry", "Use the id of a catalog entry")
