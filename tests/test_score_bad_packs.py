"""A pack that breaks its contract is refused with file and line, and one that keeps it needs no code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assessments.content import load
from assessments.definitions import Library
from assessments.score import score
from assessments.sheet import Entry, Sheet
from canvas.content import Content, shipped
from canvas.definitions import BlockDefinition, CanvasDefinition, FactSection, Option, RequirementDefinition
from canvas.errors import ContentError

PRACTICE = """\
id: {id}
title: Something is done
question: Is it done?
why: It helps.
verify: Look at it.
manual: People do it.
automated: A system does it.
evidence:
  enough: [A log]
  not_enough: [A plan]
effort: {{knowledge: 1, time: 2, resources: 1}}
impact: 3
prerequisites: [{earlier}]
blocks: [data]
phase: deployment
source: {{title: Our own}}
license: CC BY 4.0
attribution: Us
"""
HEAD = """\
id: ours
title: Ours
edition: '1'
official: false
summary: Own model.
rule: This rule is ours.
can_gate: true
source: {title: Our own}
license: CC BY 4.0
attribution: Us
"""
SUMMED = (
    HEAD
    + """\
method: min_of_sections
weights: {none: 0, manual: 0.5, automated: 1}
sections:
  - {id: only, title: Only}
groups:
  both: Both hold
criteria:
  - {id: c1, section: only, item: a.first}
  - {id: c2, section: only, item: a.second, at_least: manual, group: both}
  - {id: c3, section: only, item: team-size, minimum: 3, effort: 2, group: both}
bands:
  - {at: 0, label: none, meaning: Nothing.}
  - {above: 0, up_to: 1, label: some, meaning: Something.}
  - {above: 1, label: all, meaning: Everything.}
golden:
  - name: by hand
    answers: {a.first: manual, a.second: manual, team-size: 4}
    expect: {value: 1.5, band: all}
"""
)
STAGED = (
    HEAD
    + """\
method: staged_gate
sections:
  - {id: one, title: Level 1}
  - {id: two, title: Level 2}
criteria:
  - {id: c1, section: one, item: cloud, in: [aws], effort: 3}
  - {id: c2, section: two, item: a.first, at_least: automated}
bands:
  - {at: 0, label: none, meaning: Nothing.}
  - {at: 1, label: one, meaning: Something.}
  - {at: 2, label: two, meaning: Everything.}
golden:
  - {name: nothing, every: none, expect: {value: 0, band: null, upper: 1}}
"""
)
SHARED = (
    HEAD
    + """\
method: share
weights: {none: 0, manual: 0.5, automated: 1}
sections:
  - {id: only, title: Only}
columns:
  - {id: left, title: Left}
  - {id: right, title: Right}
groups:
  both: Both hold
criteria:
  - {id: c1, section: only, column: left, item: a.first}
  - {id: c2, section: only, column: right, item: a.second, at_least: manual, group: both}
  - {id: c3, section: only, column: right, item: team-size, minimum: 3, effort: 2, group: both}
bands:
  - {at: 0, label: none, meaning: Nothing.}
  - {above: 0, up_to: 50, label: some, meaning: Something.}
  - {above: 50, label: more, meaning: More.}
golden:
  - name: the left by hand, the right done
    answers: {a.first: manual, a.second: manual, team-size: 4}
    expect: {value: 75, band: more, columns: {left: 50 %, right: 100 %}}
"""
)


def canvas() -> Content:
    """Return one block and two requirements, enough for packs to speak of."""
    block = BlockDefinition.model_construct(id="data")
    ask = {"question": "?", "purpose": "Test"}
    size = RequirementDefinition(id="team-size", title="Team", type="number", **ask)
    options = tuple(Option(id=id_, title=id_) for id_ in ("aws", "gcp"))
    cloud = RequirementDefinition(id="cloud", title="Cloud", type="choice", options=options, **ask)
    section = FactSection.model_construct(requirements=(size, cloud))
    canvases = {"board": CanvasDefinition.model_construct(blocks=(block,))}
    return replace(shipped(), canvases=canvases, sections={"platform": section})


def write(folder: Path, model: str = SUMMED, **practices: str) -> Path:
    (folder / "practices").mkdir()
    (folder / "models").mkdir()
    texts = {
        "first": PRACTICE.format(id="a.first", earlier="a.second"),
        "second": PRACTICE.format(id="a.second", earlier=""),
    }
    for name, text in (texts | practices).items():
        (folder / "practices" / f"a.{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "models" / "ours.yaml").write_text(model, encoding="utf-8")
    return folder


def refusal(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(ContentError) as caught:
        load(folder, canvas())
    return [(Path(problem.file).name, problem.line, problem.what) for problem in caught.value.problems]


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


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
    "practice with a bound": ("a.second, at_least: manual", "a.second, minimum: 2", "is no number"),
    "fact without effort": ("minimum: 3, effort: 2", "minimum: 3", "needs the effort"),
    "fact with weights": ("minimum: 3, effort: 2", "effort: 2", "only a practice has weights"),
    "effort of a practice": ("a.first}", "a.first, effort: 2}", "stands in its own file"),
    "two tests in one criterion": ("minimum: 3,", "minimum: 3, maximum: 5,", "only one of"),
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
    "fact with at_least": ("in: [aws]", "at_least: manual", "knows no 'at_least'"),
    "criterion that asks nothing": (", at_least: automated", "", "neither a test nor weights"),
}
# Three levels over the same two practices and two facts: a.first needs a.second.
LADDER = (
    HEAD
    + """\
method: staged_gate
sections:
  - {id: one, title: Level 1}
  - {id: two, title: Level 2}
  - {id: three, title: Level 3}
criteria:
  - {id: c1, section: one, item: a.second, at_least: manual}
  - {id: c2, section: one, item: team-size, minimum: 2, effort: 1}
  - {id: c3, section: one, item: cloud, in: [aws, gcp], effort: 3}
  - {id: c4, section: two, item: a.first, at_least: manual}
  - {id: c5, section: two, item: a.second, at_least: manual}
  - {id: c6, section: two, item: team-size, minimum: 3, effort: 1}
  - {id: c7, section: three, item: a.first, at_least: automated}
  - {id: c8, section: three, item: cloud, in: [aws], effort: 3}
bands:
  - {at: 0, label: none, meaning: Nothing.}
  - {at: 1, label: one, meaning: Something.}
  - {at: 2, label: two, meaning: More.}
  - {at: 3, label: three, meaning: Everything.}
golden:
  - {name: nothing, every: none, expect: {value: 0, band: none}}
"""
)
LADDER_BREAKS = {
    "a lower level asks more of a practice": (
        "item: a.second, at_least: manual}\n  - {id: c2",
        "item: a.second, at_least: automated}\n  - {id: c2",
        "criterion 'c5' asks less of 'a.second' on level 2 than 'c1' on level 1",
        "id: c5",
    ),
    "a lower level asks more of a number": (
        "minimum: 2",
        "minimum: 4",
        "criterion 'c6' asks less of 'team-size' on level 2 than 'c2' on level 1",
        "id: c6",
    ),
    "a lower level asks more of a choice": (
        "in: [aws, gcp], effort: 3}",
        "in: [gcp], effort: 3}\n  - {id: c9, section: two, item: cloud, in: [aws, gcp], effort: 3}",
        "criterion 'c9' asks less of 'cloud' on level 2 than 'c3' on level 1",
        "id: c9",
    ),
    "a lower level needs what a higher one asks for": (
        "section: one, item: a.second",
        "section: one, item: a.first",
        "'a.first' is asked for on level 1 and needs 'a.second', which is only asked for on level 2",
        "id: c1,",
    ),
    "an exception that is none": (
        "method: staged_gate",
        "method: staged_gate\ninversions: {a.second: So it is published.}",
        "no lower level needs 'a.second', so this is no inversion",
        "inversions:",
    ),
    "a level that asks nothing new": (
        "at_least: automated}\n  - {id: c8, section: three, item: cloud, in: [aws], effort: 3}",
        "at_least: manual}\n  - {id: c8, section: three, item: team-size, minimum: 3, effort: 1}",
        "level 2 is unreachable: whoever meets it also meets 'three', which asks nothing new",
        "id: three, title",
    ),
    "a level that contradicts one below": (
        "in: [aws, gcp]",
        "in: [gcp]",
        "no answers reach the band 'three'",
        "at: 3",
    ),
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


def test_a_ladder_of_three_levels_is_fine(tmp_path: Path) -> None:
    library = load(write(tmp_path, LADDER), canvas())
    assert [band.label for band in library.model("ours").bands] == ["none", "one", "two", "three"]


@pytest.mark.parametrize(("old", "new", "what", "where"), LADDER_BREAKS.values(), ids=LADDER_BREAKS)
def test_levels_in_the_wrong_order_are_refused_with_their_line(
    tmp_path: Path, old: str, new: str, what: str, where: str
) -> None:
    assert LADDER.count(old) == 1
    broken = LADDER.replace(old, new)
    found = [(name, line) for name, line, told in refusal(write(tmp_path, broken)) if what in told]
    assert found == [("ours.yaml", line_of(broken, where))]


@pytest.mark.parametrize("freed", ["optional: true", "group: either, any: true"])
def test_what_nobody_has_to_do_is_no_inversion(tmp_path: Path, freed: str) -> None:
    early = "  - {id: c0, section: one, item: a.first, at_least: automated, " + freed + "}\n"
    text = LADDER.replace("criteria:\n", "criteria:\n" + early)
    if "group" in freed:
        other = "  - {id: c10, section: one, item: team-size, minimum: 1, effort: 1, group: either, any: true}\n"
        text = text.replace("criteria:\n", "groups: {either: One of both}\ncriteria:\n" + other)
    assert load(write(tmp_path, text), canvas()).model("ours").criteria


def test_an_inversion_that_is_published_can_be_kept_with_its_reason(tmp_path: Path) -> None:
    kept = LADDER.replace("section: one, item: a.second", "section: one, item: a.first")
    kept = kept.replace("method: staged_gate", "method: staged_gate\ninversions: {a.second: So it is published.}")
    assert load(write(tmp_path, kept), canvas()).model("ours").inversions == {"a.second": "So it is published."}


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
