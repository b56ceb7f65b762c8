"""Try every part: its templates are read, and a project is made for each choice that it serves.

That project is the example of a part. It is made where content is checked, and nothing of it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from pydantic import ValidationError

from assessments.shapes.library import Library
from canvas.advice.examples import facts_with, workshop_with
from canvas.errors import Problem
from canvas.method.conditions import Condition, Plain
from canvas.method.content import Content
from canvas.reading.problems import in_words
from canvas.reading.read import read_model
from canvas.reading.strict_yaml import Source
from templates.errors import ScaffoldError
from templates.plan import make_plan
from templates.scaffold.definitions import Part
from templates.scaffold.parts import TEMPLATE, LoadedPart, Parts
from templates.scaffold.render import render_project
from templates.scaffold.text_formats import syntax_error
from templates.scaffold.values import Sample

Answers = Mapping[str, Plain]


def part_trials(parts: Parts, content: Content, library: Library) -> Iterator[Problem]:
    """Yield templates that cannot be read, and choices for which no project with their part can be made."""
    broken = [problem for loaded in parts.values() for problem in (*_unreadable(loaded), *_broken_sample(loaded))]
    yield from broken
    # What cannot be read stops every project it is in, and says nothing about the other parts of that one.
    for loaded in parts.values() if not broken else ():
        yield from _failing(loaded, parts, content, library)


def _unreadable(loaded: LoadedPart) -> Iterator[Problem]:
    for file in loaded.part.files:
        source = loaded.source(file)
        error = syntax_error(source) if source.name.endswith(TEMPLATE) else None
        if error is not None:
            line, what = error
            mend = "Mend what stands in <% %> or <%= %>"
            yield Problem(str(source), line, f"the template cannot be read: {what}", mend)


def _broken_sample(loaded: LoadedPart) -> Iterator[Problem]:
    """Yield what a part with sample data says wrongly about them."""
    try:
        if "sample" in loaded.part.values:
            Sample.model_validate(loaded.part.values["sample"])
    except ValidationError as error:
        for details in error.errors(include_url=False):
            path = ("values", "sample", *details["loc"])
            what = f"{'.'.join(map(str, path))}: {in_words(details)}"
            yield _source(loaded).problem(path, what, "Say of the sample data what those of the other parts say")


def _source(loaded: LoadedPart) -> Source:
    return read_model(loaded.folder.parent / "part.yaml", Part)[0]


def _failing(loaded: LoadedPart, parts: Parts, content: Content, library: Library) -> Iterator[Problem]:
    part, source = loaded.part, _source(loaded)
    answers = _fitting(part.when, content)
    if answers is None:
        yield source.problem(("when",), "no answers were found for which this part is used", "Mend the condition")
        return
    for index, serves in enumerate(part.serves):
        for choice in serves.choices:
            try:
                workshop = workshop_with({**answers, serves.slot: choice}, content)
                project = render_project(make_plan(workshop, content, library), parts)
            except ScaffoldError as error:
                what = f"no project can be made with '{choice}' as {serves.slot}: {str(error).rstrip('.')}"
                yield source.problem(("serves", index), what, "Mend this part, or the one it cannot work with")
                continue
            if not any(file.part == part.id for file in project.files):
                what = f"a project with '{choice}' as {serves.slot} holds no file of this part"
                yield source.problem(("serves", index), what, "Mend its condition")


def _fitting(condition: Condition | None, content: Content) -> Answers | None:
    """Return answers for which a condition holds, or None when none were found."""
    if condition is None:
        return {}
    subjects = condition.subjects()
    for values in product(*(_candidates(subject, condition, content) for subject in subjects)):
        answers = dict(zip(subjects, values, strict=True))
        if condition.holds(facts_with(answers, content)):
            return answers
    return None


def _candidates(subject: str, condition: Condition, content: Content) -> list[Plain]:
    """Return values that an answer may have, those that the condition asks for included."""
    if subject in content.slots:
        return [entry.id for entry in content.options(subject)]
    known = content.requirements[subject]
    if known.type == "yes-no":
        return [True, False]
    return [option.id for option in known.options] or [*_named(condition), "something"]


def _named(condition: Condition) -> Iterator[Plain]:
    values = (condition.equals, condition.at_least, condition.at_most, *(condition.within or ()))
    yield from (value for value in values if value is not None)
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from _named(part)
