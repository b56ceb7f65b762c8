"""Levels that build on each other: demands in the wrong order and levels nobody can stop at are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.library.load import load
from tests.small_pack import HEAD, canvas, line_of, refusal, write

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
  - {id: c2, section: one, item: team-size, at_least: 2, effort: 1}
  - {id: c3, section: one, item: cloud, in: [aws, gcp], effort: 3}
  - {id: c4, section: two, item: a.first, at_least: manual}
  - {id: c5, section: two, item: a.second, at_least: manual}
  - {id: c6, section: two, item: team-size, at_least: 3, effort: 1}
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
        "at_least: 2",
        "at_least: 4",
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
        "at_least: manual}\n  - {id: c8, section: three, item: team-size, at_least: 3, effort: 1}",
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
        other = "  - {id: c10, section: one, item: team-size, at_least: 1, effort: 1, group: either, any: true}\n"
        text = text.replace("criteria:\n", "groups: {either: One of both}\ncriteria:\n" + other)
    assert load(write(tmp_path, text), canvas()).model("ours").criteria


def test_an_inversion_that_is_published_can_be_kept_with_its_reason(tmp_path: Path) -> None:
    kept = LADDER.replace("section: one, item: a.second", "section: one, item: a.first")
    kept = kept.replace("method: staged_gate", "method: staged_gate\ninversions: {a.second: So it is published.}")
    assert load(write(tmp_path, kept), canvas()).model("ours").inversions == {"a.second": "So it is published."}
