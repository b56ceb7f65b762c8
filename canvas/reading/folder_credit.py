"""The licence and the credit that a folder of content gives to its files: `_meta.yaml`, said once for all of them.

A file with its own keeps it. Where a piece of content comes from is always said in the file itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ValidationError, model_validator

from canvas.errors import FileProblems, Problem
from canvas.reading.problems import to_problems
from canvas.reading.strict_yaml import Source, read_file
from canvas.reading.types import Model, ShortText

NAME = "_meta.yaml"


class FolderCredit(Model):
    """What a folder says for each of its files that does not say otherwise.

    Where its files come from different hands it says the licence only, so that no file gets another one's credit.
    """

    license: ShortText | None = None
    attribution: ShortText | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.license is None and self.attribution is None:
            raise ValueError("this file gives a license, an attribution, or both")
        return self


_STAND_IN = "?"
# For a folder whose file cannot be read: what it would have said is not asked of each file. Nothing is made of these.
UNREAD = FolderCredit(license=_STAND_IN, attribution=_STAND_IN)


def folder_credit(folder: Path) -> FolderCredit | None:
    """Return what the `_meta.yaml` of a folder says, or None without one. Raises `FileProblems`, which name it."""
    path = folder / NAME
    if not path.exists():
        return None
    source = read_file(path)
    try:
        return FolderCredit.model_validate(source.data)
    except ValidationError as error:
        raise FileProblems(to_problems(error, source)) from None


def with_credit(source: Source, model: type[BaseModel], credit: FolderCredit | None) -> tuple[Any, list[Problem]]:
    """Return the data of a file with what its folder says filled in, and a problem for each that nobody says."""
    given = {name: getattr(credit, name, None) for name in _missing(source, model)}
    # A stand-in for what nobody says, so that everything else in the file is still checked.
    data = {**source.data, **{name: value or _STAND_IN for name, value in given.items()}} if given else source.data
    mend = f"Add it, or give it for the whole folder in {NAME}"
    unsaid = [name for name, value in given.items() if value is None]
    return data, [source.problem((), f"'{name}' is missing in the file", mend) for name in unsaid]


def _missing(source: Source, model: type[BaseModel]) -> Iterator[str]:
    """Yield the names that a model wants, a folder can give, and a file does not have."""
    for name in FolderCredit.model_fields if isinstance(source.data, dict) else ():
        if name in model.model_fields and name not in source.data:
            yield name
