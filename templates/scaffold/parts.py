"""Find and read the parts below `parts/`, and check each against its files and against slots and other parts."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessments.library.load import shipped as shipped_library
from canvas.errors import ContentError, FileProblems, Problem
from canvas.method.conditions import Condition
from canvas.method.content import Content
from canvas.method.load import shipped as shipped_content
from canvas.reading.read import read_model
from canvas.reading.strict_yaml import Source
from templates.scaffold.definitions import Conditional, Part, PartFile

PARTS = Path(__file__).parent / "parts"
TEMPLATE = ".j2"

# What linters and interpreters leave behind when the parts' own code is checked in place.
_CACHES = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}


@dataclass(frozen=True)
class LoadedPart:
    """A part together with the folder that holds its files."""

    part: Part
    folder: Path

    def source(self, file: PartFile) -> Path:
        """Return where the content of a file comes from; the name ends in `.j2` when it is a template."""
        template = self.folder / f"{file.path}{TEMPLATE}"
        return template if template.exists() else self.folder / file.path


Parts = Mapping[str, LoadedPart]


@cache
def shipped_parts() -> Parts:
    """Return the parts that come with the product. Raises `ContentError` when one breaks its contract."""
    return load_parts(PARTS, shipped_content(), shipped_library().practices)


def load_parts(folder: Path, content: Content, practices: Container[str]) -> Parts:
    """Load every part below `folder`, by id. Raises `ContentError` naming file and line of everything wrong.

    `content` knows slots, catalog and requirements, `practices` the ids that a part may claim.
    """
    problems: list[Problem] = []
    read: list[tuple[Source, LoadedPart]] = []
    for file in sorted(folder.glob("*/part.yaml")):
        try:
            source, part = read_model(file, Part)
            read.append((source, LoadedPart(part, file.parent / "files")))
        except FileProblems as error:
            problems.extend(error.problems)
    if not problems:
        ids = {loaded.part.id for _, loaded in read}
        for source, loaded in read:
            problems += _broken_links(source, loaded.part, ids, content)
            problems += _broken_claims(source, loaded.part, practices)
            problems += _file_problems(source, loaded)
    if problems:
        raise ContentError(problems)
    return {loaded.part.id: loaded for _, loaded in read}


def _broken_links(source: Source, part: Part, ids: set[str], content: Content) -> Iterator[Problem]:
    if Path(source.name).parent.name != part.id:
        yield source.problem(("id",), f"id '{part.id}' differs from the folder's name", "Name the folder after the id")
    for index, serves in enumerate(part.serves):
        for choice in serves.choices:
            entry = content.catalog.get(choice)
            if entry is None or serves.slot not in entry.slots:
                what = f"no catalog entry '{choice}' fills the slot '{serves.slot}'"
                yield source.problem(("serves", index), what, "Use an entry of the catalog and one of its slots")
    for index, other in enumerate(part.includes):
        if other not in ids:
            yield source.problem(("includes", index), f"unknown part '{other}'", "Use the name of a folder in parts/")
    yield from _unknown_subjects(source, part, content)


def _unknown_subjects(source: Source, part: Part, content: Content) -> Iterator[Problem]:
    for path, slot in _named_slots(part):
        if slot not in content.slots:
            yield source.problem(path, f"unknown slot '{slot}'", "Use a slot from slots.yaml")
    for path, condition in _conditions(part):
        for subject in condition.subjects():
            if subject not in content.requirements and subject not in content.slots:
                what = f"the condition looks at '{subject}', which is neither a requirement nor a slot"
                yield source.problem(path, what, "Use the id of a requirement or of a slot")


def _conditions(part: Part) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
    conditional: list[tuple[tuple[str | int, ...], Conditional]] = [((), part)]
    for key, listed in (("files", part.files), ("steps", part.steps), ("practices", part.practices)):
        conditional += [((key, index), item) for index, item in enumerate(listed)]
    for path, item in conditional:
        if item.when:
            yield (*path, "when"), item.when
        if item.unless:
            yield (*path, "unless"), item.unless


def _named_slots(part: Part) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for index, file in enumerate(part.files):
        for slot in file.slots:
            yield ("files", index), slot
    for index, step in enumerate(part.steps):
        yield ("steps", index), step.slot
    for index, practice in enumerate(part.practices):
        if practice.automated_by:
            yield ("practices", index), practice.automated_by


def _broken_claims(source: Source, part: Part, practices: Container[str]) -> Iterator[Problem]:
    listed = {file.path for file in part.files}
    for index, claim in enumerate(part.practices):
        if claim.id not in practices:
            mend = "Use the id of a file in assessments/content/practices"
            yield source.problem(("practices", index), f"unknown practice '{claim.id}'", mend)
        if claim.evidence not in listed:
            what = f"the evidence '{claim.evidence}' is not a file of this part"
            yield source.problem(("practices", index), what, "Name one of its files")


def _file_problems(source: Source, loaded: LoadedPart) -> Iterator[Problem]:
    listed = {file.path for file in loaded.part.files}
    for index, file in enumerate(loaded.part.files):
        if not loaded.source(file).is_file():
            yield source.problem(("files", index), f"files/{file.path} does not exist", "Add it, or remove the entry")
    for path in sorted(loaded.folder.rglob("*")):
        name = path.relative_to(loaded.folder).as_posix().removesuffix(TEMPLATE)
        if path.is_file() and name not in listed and not _CACHES.intersection(path.parts):
            yield source.problem(("files",), f"files/{name} is not listed", "List it under 'files' or delete it")
