"""A pack that breaks its contract is refused with file and line, and one that keeps it needs no code."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.library.load import load
from assessments.scoring.score import score
from assessments.scoring.sheet import Entry, Sheet
from assessments.shapes.library import Library
from tests.small_pack import PRACTICE, SHARED, STAGED, SUMMED, canvas, line_of, refusal, write


def test_a_pack_of_files_is_scored_without_code(tmp_path: Path) -> None:
    library: Library = load(write(tmp_path), canvas())
    sheet = Sheet({"a.first": Entry("answered", "manual"), "team-size": Entry("answered", 2)})
    result = score(library.model("ours"), sheet, library)
    assert (result.value, result.upper, result.band) == (0.5, 0.5, "some")
    assert result.unlock is not None
    moves = [(change.item, change.current, change.to, change.effort) for change in result.unlock.changes]
    assert moves == [("a.second", "unanswered", "manual", 1), ("team-size", "2", "3", 2)]
    assert result.unlock.value == 1.5


def test_a_pack_with_columns_shows_each_of_them(tmp_path: Path) -> None:
    library = load(write(tmp_path, SHARED), canvas())
    sheet = Sheet({"a.first": Entry("answered", "automated"), "team-size": Entry("not-applicable")})
    result = score(library.model("ours"), sheet, library)
    assert (result.value, result.upper, result.band, result.standard) == (50.0, 100.0, None, False)
    assert [(c.id, c.lower, c.reading) for c in result.columns] == [
        ("left", 100.0, "100 %"),
        ("right", 0.0, "0 % to 100 %"),
    ]
    assert [(c.column, c.lower, c.upper, c.maximum) for c in result.cells] == [("left", 1, 1, 1), ("right", 0, 1, 1)]
    away = Sheet({**sheet.entries, "a.second": Entry("not-applicable")})
    right = score(library.model("ours"), away, library)
    assert [(c.id, c.reading) for c in right.columns] == [("left", "100 %"), ("right", None)]
    assert [cell.applicable for cell in right.cells] == [True, False]
    assert right.value == 100.0


SUMMED_BREAKS = {
    "overlapping bands": ("{above: 1, label: all", "{above: 0.5, label: all", "overlaps"),
    "gap between bands": ("{above: 1, label: all", "{above: 1.5, label: all", "gap between 1"),
    "bands that end early": ("{above: 1, label: all", "{above: 1, up_to: 1.5, label: all", "fall in no band"),
    "band above the maximum": (
        "up_to: 1, label: some, meaning: Something.}\n  - {above: 1,",
        "up_to: 2, label: some, meaning: Something.}\n  - {above: 2,",
        "this band is empty",
    ),
    "no band for zero": ("{at: 0, label: none", "{above: 0, up_to: 0, label: none", "first band"),
    "two bands of one name": ("label: some", "label: none", "used twice"),
    "unknown practice": ("item: a.first", "item: a.frist", "unknown item 'a.frist'"),
    "unknown section": ("section: only, item: a.first", "section: lonely, item: a.first", "unknown section"),
    "criterion id used twice": ("{id: c2,", "{id: c1,", "used twice"),
    "group without title": ("group: both}", "group: pair}", "has no title"),
    "any without group": ("item: a.first}", "item: a.first, any: true}", "without a group"),
    "practice with a bound": ("a.second, at_least: manual", "a.second, at_least: 2", "is no number"),
    "fact without effort": ("at_least: 3, effort: 2", "at_least: 3", "needs the effort"),
    "fact with weights": ("at_least: 3, effort: 2", "effort: 2", "only a practice has weights"),
    "effort of a practice": ("a.first}", "a.first, effort: 2}", "stands in its own file"),
    "two tests in one criterion": ("at_least: 3,", "at_least: 3, at_most: 5,", "only one of"),
    "group of unequal worth": (
        "at_least: manual, group",
        "weights: {none: 0, manual: 1, automated: 2}, group",
        "worth different points",
    ),
    "golden case with another value": ("value: 1.5", "value: 2.5", "value is 1.5, expected 2.5"),
    "golden case with another band": ("band: all}", "band: some}", "band is 'all', expected 'some'"),
    "golden case on a stranger": ("answers: {a.first", "answers: {a.third: none, a.first", "no criterion asks"),
    "id unlike the file name": ("id: ours", "id: theirs", "differs from the file name"),
    "unknown key": ("can_gate: true", "can_gates: true", "can_gates"),
    "unknown method": ("method: min_of_sections", "method: average", "method"),
    "weights that fall": ("manual: 0.5, automated: 1", "manual: 1, automated: 0.5", "at least as much"),
    "points for nothing": ("none: 0,", "none: 0.1,", "weights.none"),
}
STAGED_BREAKS = {
    "level without a band": ("  - {at: 2, label: two, meaning: Everything.}\n", "", "2 levels need 3 bands"),
    "band that is no level": ("at: 2", "at: 3", "has to be 'at: 2'"),
    "level without demands": ("at_least: automated", "at_least: automated, optional: true", "demands nothing"),
    "level nobody can reach": (
        "item: a.first, at_least: automated",
        "item: cloud, in: [gcp], effort: 1",
        "no answers reach",
    ),
    "value phase zero does not know": ("in: [aws]", "in: [moon]", "can never be this"),
    "fact with at_least": ("in: [aws]", "at_least: manual", "is never 'manual'"),
    "criterion that asks nothing": (", at_least: automated", "", "neither a test nor weights"),
}
SHARED_BREAKS = {
    "bands that end at a hundredth": ("{above: 50, label", "{above: 50, up_to: 99, label", "fall in no band"),
    "bands that overlap": ("{above: 50, label", "{above: 40, label", "overlaps"),
    "unknown column": ("column: left, item", "column: top, item", "unknown column 'top'"),
    "criterion in no column": ("column: left, item", "item", "stands in no column"),
    "column without criteria": (
        "  - {id: right, title: Right}\n",
        "  - {id: right, title: Right}\n  - {id: far, title: Far}\n",
        "column 'far' demands nothing",
    ),
    "column twice": ("{id: right, title: Right}", "{id: left, title: Right}", "column 'left' is here twice"),
    "group across columns": ("column: right, item: team-size", "column: left, item: team-size", "mixes sections or"),
    "golden case with another column": ("right: 100 %", "right: 90 %", "column 'right' is '100 %', expected '90 %'"),
    "clusters in a model with a value": (
        "golden:",
        "clusters:\n"
        "  - {id: c, report: R, year: 2024, label: L, source: {title: T}, reach: {a.b: {below: 1}}}\n"
        "golden:",
        "no clusters",
    ),
}


def breaks(base: str, table: dict[str, tuple[str, str, str]]) -> list[object]:
    return [pytest.param(base, *row, id=name) for name, row in table.items()]


@pytest.mark.parametrize(
    ("base", "old", "new", "what"),
    [*breaks(SUMMED, SUMMED_BREAKS), *breaks(STAGED, STAGED_BREAKS), *breaks(SHARED, SHARED_BREAKS)],
)
def test_a_broken_model_is_refused_with_its_line(tmp_path: Path, base: str, old: str, new: str, what: str) -> None:
    assert base.count(old) >= 1
    broken = base.replace(old, new)
    problems = refusal(write(tmp_path, broken))
    assert any(what in problem for _, _, problem in problems), problems
    found = next(line for name, line, problem in problems if what in problem and name == "ours.yaml")
    assert 1 <= found <= len(broken.splitlines())


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("{above: 1, label: all", "{above: 0.5, label: all", "label: all"),
        ("{above: 1, label: all", "{above: 1.5, label: all", "label: all"),
        ("item: a.first", "item: a.frist", "item: a.frist"),
        ("value: 1.5", "value: 2.5", "name: by hand"),
        ("group: both}", "group: pair}", "group: pair"),
    ],
)
def test_the_line_is_the_one_to_mend(tmp_path: Path, old: str, new: str, where: str) -> None:
    broken = SUMMED.replace(old, new)
    assert ("ours.yaml", line_of(broken, where)) in {(name, line) for name, line, _ in refusal(write(tmp_path, broken))}


def test_prerequisites_in_a_circle_are_refused(tmp_path: Path) -> None:
    second = PRACTICE.format(id="a.second", earlier="a.first")
    problems = refusal(write(tmp_path, second=second))
    line = line_of(second, "prerequisites")
    assert ("a.second.yaml", line, "prerequisites go in a circle: a.second -> a.first -> a.second") in problems


def test_an_unknown_prerequisite_or_block_is_refused(tmp_path: Path) -> None:
    second = PRACTICE.format(id="a.second", earlier="a.third").replace("blocks: [data]", "blocks: [data, dta]")
    problems = refusal(write(tmp_path, second=second))
    assert ("a.second.yaml", line_of(second, "prerequisites"), "unknown practice 'a.third'") in problems
    assert ("a.second.yaml", line_of(second, "blocks"), "unknown canvas block 'dta'") in problems


def test_a_practice_without_a_way_to_verify_is_refused(tmp_path: Path) -> None:
    second = PRACTICE.format(id="a.second", earlier="").replace("verify: Look at it.\n", "")
    assert any("'verify' is missing" in what for _, _, what in refusal(write(tmp_path, second=second)))


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    broken = SUMMED.replace("item: a.first", "item: a.frist").replace("group: both}", "group: pair}")
    assert len(refusal(write(tmp_path, broken))) >= 3
