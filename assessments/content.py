"""Read the judging content: practices, measures and models, found by folder. Checks links and numbers, has no wording.

A file that breaks its contract is refused with its line, a golden case that fails included. Which content judges in
this process is decided in `packs.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from assessments.definitions import Library, ModelDefinition, Phase, PracticeDefinition
from assessments.edition_lint import edition_problems, replacement_problems
from assessments.lint import model_problems, name_problems, practice_problems
from assessments.measures import MeasureDefinition
from assessments.rules import EvidenceRule, ProposalList
from assessments.tool_names import ToolNameList
from canvas import content as canvas_content
from canvas.content import Content, read_model
from canvas.errors import ContentError, FileProblems, Problem
from canvas.strict_yaml import Source

CONTENT = Path(__file__).parent / "content"
KINDS = ("practices", "measures", "models")
NOTHING = Library({}, {}, {})

M = TypeVar("M", bound=BaseModel)


@cache
def shipped() -> Library:
    """Return the library that comes with the product. Raises `ContentError` when a file breaks its contract."""
    return load(CONTENT, canvas_content.shipped())


def load(folder: Path, canvas: Content, onto: Library = NOTHING) -> Library:
    """Load what is below `folder`, to be judged by together with `onto`, whose ids are taken.

    `canvas` knows the blocks and requirements it speaks of. Raises `ContentError` with every problem found.
    """
    problems: list[Problem] = []
    practices = list(_read(folder / "practices", PracticeDefinition, problems))
    measures = list(_read(folder / "measures", MeasureDefinition, problems))
    models = list(_read(folder / "models", ModelDefinition, problems))
    earlier = list(_read(folder / "models" / "earlier", ModelDefinition, problems))
    if problems:
        raise ContentError(problems)
    all_practices = sorted([*onto.practices.values(), *(p for _, p in practices)], key=_by_life_cycle)
    all_models = sorted([*onto.models.values(), *(m for _, m in models)], key=_official_first)
    library = Library(
        {practice.id: practice for practice in all_practices},
        {model.id: model for model in all_models},
        canvas.requirements,
        {**onto.measures, **{measure.id: measure for _, measure in measures}},
        {**onto.earlier, **_by_model(model for _, model in earlier)},
    )
    blocks = [block.id for definition in canvas.canvases.values() for block in definition.blocks]
    problems = list(practice_problems(practices, library.practices, blocks))
    # Practices, measures and requirements answer to one id on the sheet; models have ids of their own.
    items = {*onto.practices, *onto.measures, *canvas.requirements}
    for source, practice in practices:
        problems.extend(name_problems(source, practice.id, items))
        problems.extend(replacement_problems(source, practice, library))
    for source, measure in measures:
        problems.extend(name_problems(source, measure.id, items | {practice.id for _, practice in practices}))
    for source, model in models:
        problems.extend(name_problems(source, model.id, onto.models))
        problems.extend(model_problems(source, model, library))
    present = {model.id: model for _, model in models}
    for source, model in earlier:
        problems.extend(edition_problems(source, model, present, library))
        problems.extend(model_problems(source, model, library))
    if problems:
        raise ContentError(problems)
    return library


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of content file by the name that the files' first lines give it."""
    kinds: dict[str, type[BaseModel]] = {
        "practice": PracticeDefinition,
        "measure": MeasureDefinition,
        "model": ModelDefinition,
        "evidence": EvidenceRule,
        "proposals": ProposalList,
        "tool-names": ToolNameList,
    }
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {name: {**dialect, **kind.model_json_schema()} for name, kind in kinds.items()}


def _read(folder: Path, kind: type[M], problems: list[Problem]) -> Iterator[tuple[Source, M]]:
    for path in sorted(folder.glob("*.yaml")):
        try:
            yield read_model(path, kind)
        except FileProblems as error:
            problems.extend(error.problems)


def _by_model(earlier: Iterable[ModelDefinition]) -> dict[str, tuple[ModelDefinition, ...]]:
    found: dict[str, tuple[ModelDefinition, ...]] = {}
    for model in earlier:
        found[model.id] = (*found.get(model.id, ()), model)
    return found


def _by_life_cycle(practice: PracticeDefinition) -> tuple[int, str]:
    return get_args(Phase).index(practice.phase), practice.id


def _official_first(model: ModelDefinition) -> tuple[bool, str]:
    return not model.official, model.title
