"""Read the files of a folder of content by kind: a shape for each, and every problem with file and line.

Knows no kind itself: a room lists its own, with where their files stand and how they are checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from canvas.errors import ContentError, FileProblems, Problem
from canvas.reading.folder_credit import NAME, UNREAD, FolderCredit, folder_credit, with_credit
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
    is `named_by_file` when its name has to be its id, and `numbered` when its place stands before it in three digits,
    as in `010-first.yaml`: that number is the order of the files, and stands nowhere else. The entries of `lists` have
    ids of their own, which are called by the word beside it. `check` yields what is wrong with one that was read, given
    everything else that was. `examples` yields which examples inside it come out otherwise; it is asked where content
    is checked and not where it is read, and a floor above may be needed to try them (see `tried`).
    """

    name: str
    pattern: str
    model: type[M]
    check: Callable[[M, Any], Iterator[Link]] | None = None
    examples: Callable[[M, Any], Iterator[Link]] | None = None
    named_by_file: bool = False
    numbered: bool = False
    lists: tuple[str, str] | None = None

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of its files, for editors. What their folder can give they need not say."""
        schema = {"$schema": SCHEMA_DIALECT, **self.model.model_json_schema()}
        asked = [name for name in schema.get("required", ()) if name not in FolderCredit.model_fields]
        return {**schema, "required": asked}

    def files(self, folder: Path) -> list[Path]:
        """Return its files below a folder, by name."""
        return content_files(folder, self.pattern)


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
    _credits: dict[Path, FolderCredit | None] = field(default_factory=dict)

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
        for path in content_files(self.folder, pattern):
            credit = self._credit(path.parent)
            try:
                yield Read(kind, *_read(path, kind.model, credit))
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

    def _credit(self, folder: Path) -> FolderCredit | None:
        """Return what a folder says for its files, read once; what is wrong with it is told once."""
        if folder not in self._credits:
            try:
                self._credits[folder] = folder_credit(folder)
            except FileProblems as error:
                self.problems.extend(error.problems)
                self._credits[folder] = UNREAD
        return self._credits[folder]

    def of(self, kind: Kind[M]) -> list[Read[M]]:
        """Return what was read of one kind."""
        return [read for read in self.files if read.kind is kind]


def read_model(path: Path, model: type[M]) -> tuple[Source, M]:
    """Read one content file as `model`, with what its folder says. Raises `FileProblems` with file and line."""
    return _read(path, model, folder_credit(path.parent))


def _read(path: Path, model: type[M], credit: FolderCredit | None) -> tuple[Source, M]:
    source = read_file(path)
    data, problems = with_credit(source, model, credit)
    try:
        found = model.model_validate(data)
    except ValidationError as error:
        problems += to_problems(error, source)
    if problems:
        raise FileProblems(problems)
    return source, found


def content_files(folder: Path, pattern: str) -> list[Path]:
    """Return what matches a pattern below a folder, by name; what folders say of their files is no content itself."""
    return sorted(path for path in folder.glob(pattern) if path.name != NAME)


def tried(files: Iterable[Read[Any]], kinds: Iterable[Kind[Any]], known: Any) -> Iterator[Problem]:
    """Yield each example inside files that comes out otherwise, as their kind among `kinds` tries it.

    `known` is what the examples speak of: everything that was read.
    """
    tries = {kind.name: kind.examples for kind in kinds if kind.examples is not None}
    for read in files:
        if read.kind.name in tries:
            for path, what, mend in tries[read.kind.name](read.model, known):
                yield read.source.problem(path, what, mend)


def passed_over(folder: Path, kinds: Iterable[Kind[Any]]) -> Iterator[Problem]:
    """Yield each YAML file below a folder of content that no kind reads: nobody would ever see what it says."""
    places = dict.fromkeys(kind.pattern for kind in kinds)
    read = {path for place in places for path in content_files(folder, place)}
    found = {path for ending in ("*.yaml", "*.yml") for path in content_files(folder, f"**/{ending}")}
    for path in sorted(found - read):
        mend = f"Move or rename it; what is read is {', '.join(places)}"
        yield Problem(str(path), 0, "no content is read from a file of this name in this place", mend)


def misnamed(source: Source, id_: str, numbered: bool = False) -> Iterator[Problem]:
    """Yield a problem when a file is not named after the id in it, with its place in front where it is `numbered`."""
    place, name = _place_and_name(Path(source.name).stem) if numbered else ("", Path(source.name).stem)
    if numbered and not place:
        what = "the name of the file does not begin with its place"
        yield source.problem((), what, f"Name it with three digits in front, as in 010-{id_}.yaml")
    elif name != id_:
        mend = f"Name the file after the id: {place}-{id_}.yaml" if numbered else "Name the file after the id"
        yield source.problem(("id",), f"id '{id_}' differs from the file name", mend)


def same_place(sources: Iterable[Source]) -> Iterator[Problem]:
    """Yield a problem for each numbered file that stands in the place of an earlier one."""
    taken: dict[tuple[Path, str], str] = {}
    for source in sources:
        place, _ = _place_and_name(Path(source.name).stem)
        other = taken.setdefault((Path(source.name).parent, place), source.name)
        if place and other != source.name:
            what = f"the place {place} is taken ({Path(other).name} has it)"
            yield source.problem((), what, "Put another number in front of the name")


def _place_and_name(stem: str) -> tuple[str, str]:
    """Return the place and the name of a numbered file; without a place the first is empty."""
    found = re.fullmatch(r"([0-9]{3})-(.+)", stem)
    return (found[1], found[2]) if found else ("", stem)


# What a folder says for its files stands in the folders of every room.
META = Kind("meta", f"**/{NAME}", FolderCredit)
