"""Check what content says about its own past: replaced practices, and earlier editions of a model.

Yields problems with file and line. What holds for every model, an earlier edition included, is in `lint.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from canvas.errors import Problem
from canvas.reading.strict_yaml import Source


def replacement_problems(source: Source, practice: PracticeDefinition, library: Library) -> Iterator[Problem]:
    """Yield what a practice claims to replace although it is still asked."""
    for index, gone in enumerate(practice.replaces):
        if gone in library.practices or gone in library.measures or gone in library.requirements:
            mend = "Remove its file, or do not replace it"
            yield source.problem(("replaces", index), f"'{gone}' is replaced and still there", mend)


def edition_problems(
    source: Source, model: ModelDefinition, present: Mapping[str, ModelDefinition], library: Library
) -> Iterator[Problem]:
    """Yield why an earlier edition does not fit the present one, which must come from the same folder."""
    if Path(source.name).stem.split("@")[0] != model.id:
        mend = f"Name it {model.id}@ and a word for its edition"
        yield source.problem(("id",), f"the file of an earlier edition of '{model.id}' has another name", mend)
    if model.id not in present:
        mend = "Put the present edition into models/ beside the folder earlier/"
        yield source.problem(("id",), f"there is no present edition of '{model.id}' here", mend)
        return
    if model.ordered != present[model.id].ordered:
        what = f"'{model.id}' has one value in one edition and none in another, so they cannot be compared"
        yield source.problem(("method",), what, "Give the new one an id of its own")
    others = [present[model.id], *(other for other in library.earlier[model.id] if other is not model)]
    if any(other.edition == model.edition for other in others):
        what = f"edition '{model.edition}' of '{model.id}' is here twice"
        yield source.problem(("edition",), what, "Call each edition by a text of its own")
