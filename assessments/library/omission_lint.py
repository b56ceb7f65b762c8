"""Check what practices and models say about rules of omission: rules that nobody defines, and levels that would go.

Yields problems with file and line. What leaves of the method itself is checked in `canvas/method/omission_links.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessments.shapes.left_out import leaving_items, lost_levels
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
    """Yield unknown rules of a model, and levels that a rule would empty: the levels above would change their meaning.

    Each rule is tried by itself, and all of them together.
    """
    for rule_id in model.omitted_by:
        yield from _unknown(source, ("omitted_by", rule_id), rule_id, library)
    rules = tuple(library.omissions.values())
    for tried in (*((rule,) for rule in rules), rules):
        leaving = leaving_items(tried, library.practices.values())
        if lost := lost_levels(model, tried, leaving):
            names = ", ".join(rule.id for rule in tried)
            what = f"by {names} nothing is left of {', '.join(lost)}, so every level would mean something else"
            mend = "Say under 'omitted_by:' why all of the model leaves, or keep a practice of each level"
            yield source.problem(("sections",), what, mend)
            return


def _unknown(source: Source, path: YamlPath, rule: str, library: Library) -> Iterator[Problem]:
    if rule not in library.omissions:
        known = ", ".join(library.omissions) or "none"
        yield source.problem(path, f"'{rule}' is no rule of omission", f"Known: {known}")
