"""Check judging content for what no single field shows: links, cycles, groups, bands, levels nobody can reach.

Yields problems with file and line; raises nothing and reads nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction

from assessments.library.levels import level_problems
from assessments.scoring.bands import goal_of
from assessments.scoring.criteria import judge, span
from assessments.scoring.methods import METHODS
from assessments.scoring.moves import Move, moves_of
from assessments.scoring.sections import Need, add_up
from assessments.scoring.sheet import Sheet
from assessments.scoring.unlock import smallest_moves
from assessments.shapes.library import Library
from assessments.shapes.model import CriterionDefinition, ItemTest, ModelDefinition
from assessments.shapes.practice import PRACTICE_VALUES, PracticeDefinition
from canvas.errors import Problem
from canvas.method.facts import RequirementDefinition
from canvas.reading.read import misnamed
from canvas.reading.strict_yaml import Source, YamlPath


def practice_problems(
    read: Sequence[tuple[Source, PracticeDefinition]], known: Mapping[str, PracticeDefinition], blocks: Sequence[str]
) -> Iterator[Problem]:
    """Yield what is wrong between practices: unknown prerequisites and blocks, prerequisites in a circle.

    `known` are all practices that can be a prerequisite, those read included.
    """
    for source, practice in read:
        for index, earlier in enumerate(practice.prerequisites):
            if earlier not in known:
                mend = "Use the id of another practice file"
                yield source.problem(("prerequisites", index), f"unknown practice '{earlier}'", mend)
        for index, block in enumerate(practice.blocks):
            if block not in blocks:
                mend = f"Known: {', '.join(blocks)}"
                yield source.problem(("blocks", index), f"unknown canvas block '{block}'", mend)
        circle = _circle(practice.id, known)
        if circle:
            what = f"prerequisites go in a circle: {' -> '.join(circle)}"
            yield source.problem(("prerequisites",), what, "Remove one of these prerequisites")


def name_problems(source: Source, id_: str, taken: Container[str]) -> Iterator[Problem]:
    """Yield a problem when a file is not named after the id in it, or when something else has that id already."""
    yield from misnamed(source, id_)
    if id_ in taken:
        yield source.problem(("id",), f"id '{id_}' exists already", "Give it an id of its own")


def model_problems(source: Source, model: ModelDefinition, library: Library) -> Iterator[Problem]:
    """Yield what is wrong in one model. Its numbers are tried out only when its links hold."""
    broken = [*_broken_criteria(source, model, library), *_broken_groups(source, model)]
    broken += _broken_items(source, model, library)
    if not broken:
        broken = [*(_broken_bands(source, model, library) if model.ordered else _broken_clusters(source, model))]
        broken += level_problems(source, model, library)
    yield from broken


def _circle(start: str, known: Mapping[str, PracticeDefinition]) -> tuple[str, ...]:
    """Return a way from a practice back to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for earlier in known[way[-1]].prerequisites if way[-1] in known else ():
            if earlier == start:
                return (*way, start)
            if earlier not in seen:
                seen.add(earlier)
                ways.append((*way, earlier))
    return ()


def _broken_criteria(source: Source, model: ModelDefinition, library: Library) -> Iterator[Problem]:
    sections = {section.id for section in model.sections}
    ids: set[str] = set()
    for index, criterion in enumerate(model.criteria):
        path: YamlPath = ("criteria", index)
        if criterion.id in ids:
            yield source.problem((*path, "id"), f"criterion id '{criterion.id}' is used twice", "Give it its own id")
        ids.add(criterion.id)
        if criterion.section not in sections:
            what = f"unknown section '{criterion.section}'"
            yield source.problem((*path, "section"), what, f"Known: {', '.join(sorted(sections))}")
        for what, mend in _misfit(criterion, model, library):
            yield source.problem(path, f"criterion '{criterion.id}': {what}", mend)
    yield from _broken_columns(source, model)
    for index, section in enumerate(model.sections):
        if section.id in [other.id for other in model.sections[:index]]:
            yield source.problem(("sections", index), f"section '{section.id}' is here twice", "Remove one")
        if not any(c.section == section.id and not c.optional for c in model.criteria):
            what = f"section '{section.id}' demands nothing, so it cannot be told from the one before it"
            yield source.problem(("sections", index), what, "Give it at least one criterion that is not optional")


def _broken_columns(source: Source, model: ModelDefinition) -> Iterator[Problem]:
    """Yield criteria outside the columns of a model that has some, and columns that stay empty."""
    columns = [column.id for column in model.columns]
    for index, criterion in enumerate(model.criteria):
        path: YamlPath = ("criteria", index)
        if criterion.column is not None and criterion.column not in columns:
            known = ", ".join(columns) or "none; add it under 'columns:'"
            yield source.problem((*path, "column"), f"unknown column '{criterion.column}'", f"Known: {known}")
        if columns and criterion.column is None and not criterion.optional:
            what = f"criterion '{criterion.id}' stands in no column"
            yield source.problem(path, what, f"Add 'column:', one of {', '.join(columns)}")
    asked = {criterion.column for criterion in model.criteria if not criterion.optional}
    for index, column in enumerate(columns):
        if column not in asked or column in columns[:index]:
            what = f"column '{column}' is here twice" if column in asked else f"column '{column}' demands nothing"
            yield source.problem(("columns", index), what, "Remove it, or give it a criterion")


def _misfit(criterion: CriterionDefinition, model: ModelDefinition, library: Library) -> Iterator[tuple[str, str]]:
    """Yield `(what, mend)` where a criterion asks its item something it cannot answer."""
    yield from _misfit_test(criterion, library)
    if not model.ordered:
        if criterion.item not in library.measures or criterion.tests or criterion.weights or criterion.group:
            yield "a model of measures only names measures", "Use the id of a measure, without test, weights or group"
        return
    practice = criterion.item in library.practices
    weighted = criterion.weights is not None or (not criterion.tests and model.weights is not None)
    if not criterion.tests and not weighted:
        yield "it has neither a test nor weights", "Add 'at_least: manual', or weights to the model"
    if criterion.tests and criterion.weights is not None:
        yield "it has both a test and weights", "Keep one of them"
    if weighted and not practice:
        yield "only a practice has weights", "Test this item with 'in', 'minimum' or 'maximum'"
    if practice and criterion.effort is not None:
        yield "the effort of a practice stands in its own file", "Remove 'effort'"
    if not practice and criterion.effort is None:
        yield "a fact needs the effort of changing it", "Add 'effort:', 1 (an afternoon) to 5 (a quarter)"


def _misfit_test(test: ItemTest, library: Library) -> Iterator[tuple[str, str]]:
    if test.item in library.practices:
        yield from _misfit_practice(test)
    elif test.item in library.requirements:
        yield from _misfit_fact(test, library.requirements[test.item])
    elif test.item in library.measures:
        if isinstance(test.at_least, str) or test.within is not None:
            yield f"measure '{test.item}' is a number", "Use 'at_least' or 'at_most' with a number"
    else:
        mend = "Use the id of a practice or measure file, or of a requirement of phase zero"
        yield f"unknown item '{test.item}'", mend


def _misfit_practice(test: ItemTest) -> Iterator[tuple[str, str]]:
    if test.bound is not None:
        yield f"practice '{test.item}' is no number", "Use 'at_least' with manual or automated"
    for value in test.within or ():
        if value not in PRACTICE_VALUES:
            yield f"'{value}' is no answer to a practice", f"Use {', '.join(PRACTICE_VALUES)}"


def _misfit_fact(test: ItemTest, requirement: RequirementDefinition) -> Iterator[tuple[str, str]]:
    if isinstance(test.at_least, str):
        yield (
            f"'{test.item}' is a fact and is never '{test.at_least}'",
            "Use 'in', or bounds that are numbers",
        )
    if requirement.type != "number" and test.bound is not None:
        yield f"fact '{test.item}' is no number", "Use 'in'"
    for value in test.within or ():
        wrong = requirement.refusal(value)
        if wrong:
            yield f"fact '{test.item}' can never be this: {wrong}", "Use a value that phase zero allows"


def _broken_groups(source: Source, model: ModelDefinition) -> Iterator[Problem]:
    first: dict[str, CriterionDefinition] = {}
    # Scaling for not-applicable answers is only fair when every member can give the same points.
    most = {c.id: span(model, c)[1] for c in model.criteria if c.tests or c.weights or model.weights}
    ids = {criterion.id for criterion in model.criteria}
    for index, criterion in enumerate(model.criteria):
        path: YamlPath = ("criteria", index)
        if criterion.group is None:
            if criterion.any:
                yield source.problem(path, f"criterion '{criterion.id}' has 'any' without a group", "Add 'group:'")
            continue
        leader = first.setdefault(criterion.group, criterion)
        if (leader.section, leader.column, leader.any) != (criterion.section, criterion.column, criterion.any):
            what = f"group '{criterion.group}' mixes sections or columns, or 'any' with all"
            yield source.problem(path, what, f"Make it agree with criterion '{leader.id}'")
        if most.get(leader.id) != most.get(criterion.id):
            what = f"group '{criterion.group}' joins criteria that are worth different points"
            yield source.problem(path, what, f"Make its best answer worth as much as that of '{leader.id}'")
        if criterion.group not in model.groups:
            yield source.problem((*path, "group"), f"group '{criterion.group}' has no title", "Add it under 'groups:'")
    for group in model.groups:
        if group not in first or group in ids:
            what = f"group '{group}' joins no criteria" if group not in first else f"'{group}' is also a criterion"
            yield source.problem(("groups", group), what, "Remove or rename it")


def _broken_items(source: Source, model: ModelDefinition, library: Library) -> Iterator[Problem]:
    """Yield symptoms and golden cases that speak of items nobody knows."""
    for index, symptom in enumerate(model.symptoms):
        for number, test in enumerate(symptom.when):
            for what, mend in _misfit_test(test, library):
                yield source.problem(("symptoms", index, "when", number), f"symptom '{symptom.id}': {what}", mend)
    asked = {criterion.item for criterion in model.criteria}
    for index, case in enumerate(model.golden):
        for item in case.answers:
            if item not in asked:
                what = f"golden case '{case.name}' answers '{item}', which no criterion asks for"
                yield source.problem(("golden", index, "answers", item), what, "Remove it or mend its id")


def _broken_bands(source: Source, model: ModelDefinition, library: Library) -> Iterator[Problem]:
    blank = judge(model, Sheet({}))
    sections = add_up(model, blank, library)
    method = METHODS[model.method]
    broken = list(method.broken_bands(model.bands, sections))
    labels = [band.label for band in model.bands]
    broken += [(n, f"label '{label}' is used twice") for n, label in enumerate(labels) if label in labels[:n]]
    for index, what in broken:
        yield source.problem(("bands", index), what, "Give every value exactly one band, with a label of its own")
    if broken:
        return
    offers = moves_of(blank, library)
    for index, band in enumerate(model.bands):
        if not _reachable(model, method.needs(sections, goal_of(band)), offers):
            what = f"no answers reach the band '{band.label}': what it demands cannot all be true"
            yield source.problem(
                ("bands", index), what, "Mend the criteria that contradict each other, or drop the band"
            )


def _broken_clusters(source: Source, model: ModelDefinition) -> Iterator[Problem]:
    """Yield clusters that are here twice, speak of a measure nobody asks for, or mix both forms in one report."""
    asked = {criterion.item for criterion in model.criteria}
    ids = [cluster.id for cluster in model.clusters]
    forms: dict[tuple[int, str], bool] = {}
    for index, cluster in enumerate(model.clusters):
        if cluster.id in ids[:index]:
            yield source.problem(("clusters", index, "id"), f"cluster '{cluster.id}' is here twice", "Remove one")
        for item, reach in cluster.reach.items():
            path: YamlPath = ("clusters", index, "reach", item)
            if item not in asked:
                yield source.problem(path, f"no criterion asks for '{item}'", "Remove it or mend its id")
            if forms.setdefault((cluster.year, item), reach.typical is None) != (reach.typical is None):
                what = f"'{item}' has bounds in one cluster of {cluster.year} and a typical value in another"
                yield source.problem(path, what, "Use one form for a measure in one report")


def _reachable(model: ModelDefinition, needs: Sequence[Need], offers: Mapping[str, Sequence[Move]]) -> bool:
    """Return whether some answers meet all needs. Where more never hurts, everything done has to be enough."""
    members = [member.definition for need in needs for statement in need.statements for member in statement.members]
    if all(criterion.at_least or not criterion.tests for criterion in members):
        return all(need.goal.met(sum((s.best for s in need.statements), Fraction(0))) for need in needs)
    return smallest_moves(model, needs, offers) is not None
