"""Read the files of a folder of content by kind: a shape for each, and every problem with file and line.

Knows no kind itself: a room lists its own, with where their files stand and how they are checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from canvas.errors import ContentError, FileProblems, Problem
from canvas.reading.problems import to_problems
from canvas.reading.strict_yaml import Source, YamlPath, read_file
from canvas.reading.types import ID

M = TypeVar("M", bound=BaseModel)
# A place in a file, what is wrong there, and how to mend it.
Link = tuple[YamlPath, str, str]
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Kind(Generic[M]):
    """One kind of content file.

    `name` is what the first line of a file calls its schema, `pattern` where the files stand below the folder. A file
    is `named_by_file` when its name has to be its id; the entries of `lists` have ids of their own, which are called
    by the word beside it. `check` yields what is wrong with one that was read, given everything else that was.
    """

    name: str
    pattern: str
    model: type[M]
    check: Callable[[M, Any], Iterator[Link]] | None = None
    named_by_file: bool = False
    lists: tuple[str, str] | None = None

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of its files, for editors."""
        return {"$schema": SCHEMA_DIALECT, **self.model.model_json_schema()}


@dataclass(frozen=True)
class Read(Generic[M]):
    """One file that was read: of which kind, from where, and what it holds."""

    kind: Kind[M]
    source: Source
    model: M


@dataclass
class Reading:
    """One pass over a content folder: what was read from which file, and every problem found on the way."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    files: list[Read[Any]] = field(default_factory=list)
    _patterns: dict[str, list[Read[Any]]] = field(default_factory=dict)

    def models(self, kind: Kind[M], below: str | None = None) -> Iterator[M]:
        """Yield what the files of a kind hold, by name; those that break their contract become problems.

        `below` is a pattern that stands in for the one of the kind. What was read before is not read again.
        """
        pattern = below or kind.pattern
        if pattern not in self._patterns:
            self._patterns[pattern] = list(self._read(kind, pattern))
            self.files += self._patterns[pattern]
        yield from (read.model for read in self._patterns[pattern])

    def _read(self, kind: Kind[M], pattern: str) -> Iterator[Read[M]]:
        for path in sorted(self.folder.glob(pattern)):
            try:
                yield Read(kind, *read_model(path, kind.model))
            except FileProblems as error:
                self.problems.extend(error.problems)

    def one(self, kind: Kind[M], id_: str) -> M:
        """Return what the file named after an id holds. Raises `KeyError` when there is none, `ContentError`."""
        path = self.folder / kind.pattern.replace("*", id_)
        if not re.fullmatch(ID, id_) or not path.is_file():
            raise KeyError(id_)
        try:
            return read_model(path, kind.model)[1]
        except FileProblems as error:
            raise ContentError(error.problems) from None

    def of(self, kind: Kind[M]) -> list[Read[M]]:
        """Return what was read of one kind."""
        return [read for read in self.files if read.kind is kind]


def read_model(path: Path, model: type[M]) -> tuple[Source, M]:
    """Read one content file as `model`. Raises `FileProblems` with file and line."""
    source = read_file(path)
    try:
        return source, model.model_validate(source.data)
    except ValidationError as error:
        raise FileProblems(to_problems(error, source)) from None


def misnamed(source: Source, id_: str) -> Iterator[Problem]:
    """Yield a problem when a file is not named after the id in it."""
    if Path(source.name).stem != id_:
        yield source.problem(("id",), f"id '{id_}' differs from the file name", "Name the file after the id")
