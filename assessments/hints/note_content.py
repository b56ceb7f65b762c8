"""Read the content that reads notes, under `content/notes`, and check it. What notes say is in `note_hints.py`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessments.hints.note_rules import NoteReading, NoteRule, NoteRuleList
from assessments.hints.tool_names import ToolNames
from assessments.library.kinds import NOTE_READING, NOTES
from assessments.library.lint import name_problems
from assessments.library.load import CONTENT
from assessments.library.load import shipped as shipped_library
from assessments.shapes.model import Library
from canvas.errors import ContentError, Problem
from canvas.method.content import Content
from canvas.method.load import shipped as shipped_content
from canvas.reading.read import Reading
from canvas.reading.strict_yaml import Source, YamlPath


@dataclass(frozen=True)
class NoteContent:
    """Words of doubt and denial, names of tools, and the rules about sentences."""

    reading: NoteReading
    rules: tuple[NoteRule, ...]
    names: ToolNames


@cache
def shipped() -> NoteContent:
    """Return what comes with the product. Raises `ContentError` when a file breaks its contract."""
    return load(CONTENT, shipped_content(), shipped_library())


def load(folder: Path, content: Content, library: Library) -> NoteContent:
    """Return what is below `folder`. Raises `ContentError` with file and line of everything broken."""
    reading = Reading(folder)
    heads = tuple(reading.models(NOTE_READING))
    lists = tuple(reading.models(NOTES))
    problems = reading.problems or list(
        _broken([(read.source, read.model) for read in reading.files], content, library)
    )
    if not heads and not problems:
        problems = [Problem(str(folder / "notes/_reading.yaml"), 0, "the file is missing", "Write how notes are read")]
    if problems:
        raise ContentError(problems)
    rules = tuple(rule for found in lists for rule in found.rules)
    return NoteContent(heads[0], rules, ToolNames(heads[0].names, content))


def _broken(sources: Sequence[tuple[Source, object]], content: Content, library: Library) -> Iterator[Problem]:
    """Yield misnamed files, rules used twice, and practices, blocks and tools that nobody knows."""
    seen: set[str] = set()
    blocks = {block.id for canvas in content.canvases.values() for block in canvas.blocks}
    for source, model in sources:
        if isinstance(model, NoteReading):
            for index, name in enumerate(model.names):
                yield from _unknown(source, ("names", index, "tools"), name.tools, content.catalog, "catalog entry")
        elif isinstance(model, NoteRuleList):
            yield from name_problems(source, model.id, taken=())
            for index, rule in enumerate(model.rules):
                path = ("rules", index)
                yield from _unknown(source, (*path, "practices"), rule.practices, library.practices, "practice")
                yield from _unknown(source, (*path, "blocks"), rule.blocks, blocks, "block")
                if rule.id in seen:
                    yield source.problem((*path, "id"), f"the id '{rule.id}' is used twice", "Give it an id of its own")
                seen.add(rule.id)


def _unknown(source: Source, path: YamlPath, ids: Iterable[str], known: Container[str], word: str) -> Iterator[Problem]:
    for index, id_ in enumerate(ids):
        if id_ not in known:
            yield source.problem((*path, index), f"'{id_}' is no {word}", f"Use the id of a {word}")
