"""Check what practices and models say about what does not apply: rules of omission and facts that nobody defines.

Yields problems with file and line. What leaves of the method itself is checked in `canvas/method/omission_links.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessments.shapes.library import Library
from assessments.shapes.model import ModelDefinition
from assessments.shapes.practice import PracticeDefinition
from canvas.errors import Problem
from canvas.reading.strict_yaml import Source, YamlPath


def practice_omissions(source: Source, practice: PracticeDefinition, library: Library) -> Iterator[Problem]:
    """Yield the rules by which a practice would leave and that nobody defines."""
    for index, rule in enumerate(practice.omitted_by):
        yield from _unknown(source, ("omitted_by", index), rule, library)


def model_omissions(source: Source, model: ModelDefinition, library: Library) -> Iterator[Problem]:
    """Yield the rules by which a model would leave, and the facts by which a band is no aim, that nobody defines."""
    for rule_id in model.omitted_by:
        yield from _unknown(source, ("omitted_by", rule_id), rule_id, library)
    for index, band in enumerate(model.bands):
        for subject in band.no_aim.when.subjects() if band.no_aim else ():
            if subject not in library.requirements:
                what = f"the condition looks at '{subject}', which is no requirement"
                yield source.problem(("bands", index, "no_aim", "when"), what, "Use the id of a requirement")


def _unknown(source: Source, path: YamlPath, rule: str, library: Library) -> Iterator[Problem]:
    if rule not in library.omissions:
        known = ", ".join(library.omissions) or "none"
        yield source.problem(path, f"'{rule}' is no rule of omission", f"Known: {known}")
