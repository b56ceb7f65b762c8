"""Read the judging content: practices, measures and models, found by folder. Checks links and numbers, has no wording.

A file that breaks its contract is refused with its line. The examples in it are tried unless somebody has tried them
before. Which content judges in this process is decided in `packs.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import get_args

from assessments.library.edition_lint import edition_problems, replacement_problems
from assessments.library.kinds import EARLIER, MEASURE, MODEL, OF_A_PACK, PRACTICE
from assessments.library.lint import model_problems, name_problems, practice_problems
from assessments.library.omission_lint import model_omissions, practice_omissions
from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from canvas.errors import ContentError, Problem
from canvas.method.content import Content
from canvas.method.load import shipped as shipped_content
from canvas.reading.read import Reading, tried
from canvas.reading.types import Phase

CONTENT = Path(__file__).parents[1] / "content"
NOTHING = Library({}, {}, {})


@cache
def shipped() -> Library:
    """Return the library that comes with the product. Raises `ContentError` when a file breaks its contract."""
    return load(CONTENT, shipped_content(), examples=False)


def load(folder: Path, canvas: Content, onto: Library = NOTHING, *, examples: bool = True) -> Library:
    """Load what is below `folder`, to be judged by together with `onto`, whose ids are taken.

    `canvas` knows the blocks and requirements it speaks of. Without `examples` the golden cases are not run, for
    content that was checked before. Raises `ContentError` with every problem found.
    """
    reading = Reading(folder)
    practices, measures = list(reading.models(PRACTICE)), list(reading.models(MEASURE))
    models, earlier = list(reading.models(MODEL)), list(reading.models(EARLIER))
    if reading.problems:
        raise ContentError(reading.problems)
    library = Library(
        {practice.id: practice for practice in sorted([*onto.practices.values(), *practices], key=_by_life_cycle)},
        {model.id: model for model in sorted([*onto.models.values(), *models], key=_official_first)},
        canvas.requirements,
        {**onto.measures, **{measure.id: measure for measure in measures}},
        {**onto.earlier, **_by_model(earlier)},
        canvas.omissions,
    )
    problems = list(_broken(reading, library, canvas, onto))
    if examples:
        # The numbers of a model mean something only when it is sound.
        unsound = {problem.file for problem in problems}
        problems += tried((read for read in reading.files if read.source.name not in unsound), OF_A_PACK, library)
    if problems:
        raise ContentError(problems)
    return library


def _broken(reading: Reading, library: Library, canvas: Content, onto: Library) -> Iterator[Problem]:
    """Yield what is wrong with what was read: by itself, with each other, and with what it is put onto."""
    practices, measures, models = reading.of(PRACTICE), reading.of(MEASURE), reading.of(MODEL)
    blocks = [block.id for definition in canvas.canvases.values() for block in definition.blocks]
    yield from practice_problems([(read.source, read.model) for read in practices], library.practices, blocks)
    # Practices, measures and requirements answer to one id on the sheet; models have ids of their own.
    items = {*onto.practices, *onto.measures, *canvas.requirements}
    for read in practices:
        yield from name_problems(read.source, read.model.id, items)
        yield from replacement_problems(read.source, read.model, library)
        yield from practice_omissions(read.source, read.model, library)
    for measure in measures:
        yield from name_problems(measure.source, measure.model.id, items | {read.model.id for read in practices})
    for model in models:
        yield from name_problems(model.source, model.model.id, onto.models)
        yield from model_problems(model.source, model.model, library)
        yield from model_omissions(model.source, model.model, library)
    present = {model.model.id: model.model for model in models}
    for model in reading.of(EARLIER):
        yield from edition_problems(model.source, model.model, present, library)
        yield from model_problems(model.source, model.model, library)
        yield from model_omissions(model.source, model.model, library)


def _by_model(earlier: Iterable[ModelDefinition]) -> dict[str, tuple[ModelDefinition, ...]]:
    found: dict[str, tuple[ModelDefinition, ...]] = {}
    for model in earlier:
        found[model.id] = (*found.get(model.id, ()), model)
    return found


def _by_life_cycle(practice: PracticeDefinition) -> tuple[int, str]:
    return get_args(Phase).index(practice.phase), practice.id


def _official_first(model: ModelDefinition) -> tuple[bool, str]:
    return not model.official, model.title
