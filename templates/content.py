"""The content of this room: the words and places of pictures and pages, and the parts of a project, checked at once.

Each file is read where it is used. Here they are listed by kind, with what each has to agree with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import BaseModel

from assessments.shapes.library import Library
from canvas.errors import ContentError, Problem
from canvas.method.advisors import AdvisorDefinition
from canvas.method.conditions import Condition
from canvas.method.content import Content
from canvas.method.load import STEP
from canvas.reading.read import Kind, Link, Reading
from canvas.reading.strict_yaml import YamlPath
from templates.architecture.flow import Flow
from templates.cards.cards import CardWords
from templates.pictures.draw import PICTURES
from templates.pictures.picture import FieldOfFour, PictureWords
from templates.pictures.workflow import LOOPS, STEPS
from templates.report.words import Words
from templates.scaffold.definitions import Part
from templates.scaffold.parts import load_parts
from templates.scaffold.phrases import Phrases
from templates.scaffold.trial import part_trials

CONTENT = Path(__file__).parent


def flow(found: Flow, content: Content) -> Iterator[Link]:
    """Yield slots and requirements that the architecture's picture names and nobody defines, and missing stages."""
    drawn, beside = {stage.id for stage in found.stages}, {box.id for box in found.beside}
    for index, stage in enumerate(found.stages):
        yield from _slots((*stage.slots, stage.detail), ("stages", index), content)
    for index, box in enumerate(found.beside):
        yield from _subjects(box.when, ("beside", index, "when"), content)
        if box.id in content.slots:
            yield ("beside", index, "id"), f"'{box.id}' is a slot, which has its box anyway", "Choose another id"
        if box.stage not in drawn:
            yield ("beside", index, "stage"), f"'{box.stage}' is no stage of the picture", "Use the id of a stage"
    for index, edge in enumerate(found.edges):
        yield from _slots((edge.source, edge.target, edge.detail), ("edges", index), content, beside)
        yield from _subjects(edge.when, ("edges", index, "when"), content)
    for index, pair in enumerate(found.level):
        yield from _slots(pair, ("level", index), content, beside)
    for stage_id in dict.fromkeys(slot.stage for slot in content.slots.values()):
        if stage_id != "none" and stage_id not in drawn:
            yield ("stages",), f"the stage '{stage_id}' of a slot is not here, so it is not drawn", "Add it"


def pictures(found: PictureWords, content: Content) -> Iterator[Link]:
    """Yield what the words of the pictures say of advisors, outcomes, loops and steps that nobody defines."""
    yield from braces(found, content)
    for picture_id in PICTURES:
        if picture_id not in found.titles:
            yield ("titles",), f"the picture '{picture_id}' has no title", "Add it"
    for field_id, field in found.fields.items():
        yield from _field(field, ("fields", field_id), content.advisors.get(field.advisor))
    loops, steps = content.tables.get(LOOPS), content.tables.get(STEPS)
    for row in loops.rows if loops else ():
        if row.id not in found.loops:
            yield ("loops",), f"the loop '{row.id}' leads nowhere", "Say from which step to which"
    for loop, ends in found.loops.items():
        if loops is None or loops.row(loop) is None:
            yield ("loops", loop), f"'{loop}' is no row of the table '{LOOPS}'", "Use the id of a row"
        for end in ends:
            if steps is None or steps.row(end) is None:
                yield ("loops", loop), f"'{end}' is no row of the table '{STEPS}'", "Use the id of a row"


def braces(found: BaseModel, content: Content) -> Iterator[Link]:
    """Yield sentences whose braces do not close, so that no value could be filled in."""
    for path, text in _texts(found):
        try:
            list(Formatter().parse(text))
        except ValueError:
            mend = "Write names as {name}, and a brace itself as {{ or }}"
            yield path, "a brace in this sentence has no partner", mend


# What is read one file at a time. A part is checked together with its files, in `scaffold/parts.py`.
WORDS: tuple[Kind[Any], ...] = (
    Kind("flow", "architecture/flow.yaml", Flow, flow),
    Kind("pictures", "pictures/pictures.yaml", PictureWords, pictures),
    Kind("words", "report/words.yaml", Words, braces),
    Kind("cards", "cards/cards.yaml", CardWords, braces),
    Kind("phrases", "scaffold/phrases.yaml", Phrases, braces),
)
PART = Kind("part", "scaffold/parts/*/part.yaml", Part)
KINDS: tuple[Kind[Any], ...] = (*WORDS, PART)


def check_folder(folder: Path, content: Content, library: Library, steps: Reading) -> Iterator[Problem]:
    """Yield everything wrong with the content below `folder`, the examples of its parts included.

    `steps` is what the method was read from: its steps name pictures of this room.
    """
    reading = Reading(folder)
    for kind in WORDS:
        if not list(reading.models(kind)) and not any(folder.glob(kind.pattern)):
            yield Problem(str(folder / kind.pattern), 0, "the file is missing", "Put it back")
    yield from reading.problems
    for read in reading.files:
        for path, what, mend in read.kind.check(read.model, content) if read.kind.check else ():
            yield read.source.problem(path, what, mend)
    for step in steps.of(STEP):
        for index, part in enumerate(step.model.parts):
            if part.kind == "picture" and part.id not in PICTURES:
                mend = f"Known: {', '.join(PICTURES)}; a new picture needs code, in templates/pictures/"
                yield step.source.problem(("parts", index), f"'{part.id}' is no picture", mend)
    yield from _parts(folder / "scaffold" / "parts", content, library)


def _parts(folder: Path, content: Content, library: Library) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith((".", "_")) and not (path / "part.yaml").is_file():
            yield Problem(str(path), 0, "this folder holds no part.yaml", "Write it, or remove the folder")
    try:
        parts = load_parts(folder, content, library.practices)
    except ContentError as error:
        yield from error.problems
        return
    yield from part_trials(parts, content, library)


def _field(field: FieldOfFour, path: YamlPath, advisor: AdvisorDefinition | None) -> Iterator[Link]:
    if advisor is None:
        yield (*path, "advisor"), f"'{field.advisor}' is no advisor", "Use the id of an advisor"
        return
    outcomes = {outcome.id for outcome in advisor.outcomes}
    for outcome in sorted(outcomes ^ set(field.places)):
        what = f"'{outcome}' has no place" if outcome in outcomes else f"'{outcome}' is no outcome of this advisor"
        yield (*path, "places"), what, "Give each outcome of the advisor one of the four places"
    if len(set(field.places.values())) < len(field.places):
        yield (*path, "places"), "two outcomes stand in one place", "Give each outcome a place of its own"


def _subjects(when: Condition | None, path: YamlPath, content: Content) -> Iterator[Link]:
    for subject in when.subjects() if when else ():
        if subject not in content.requirements and subject not in content.slots:
            what = f"the condition looks at '{subject}', which is neither a requirement nor a slot"
            yield path, what, "Use the id of a requirement or of a slot"


def _slots(
    named: tuple[str | None, ...], path: YamlPath, content: Content, beside: Collection[str] = ()
) -> Iterator[Link]:
    for slot in named:
        if slot is not None and slot not in content.slots and slot not in beside:
            yield path, f"'{slot}' is no slot", "Use the id of a slot, from canvas/content/slots.yaml"


def _texts(value: Any, path: YamlPath = ()) -> Iterator[tuple[YamlPath, str]]:
    """Yield every sentence of a file with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _texts(entry, (*path, key))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _texts(entry, (*path, index))
