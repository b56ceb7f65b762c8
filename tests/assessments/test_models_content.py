"""What the model files promise: complete against their sources, official or called ours, with golden cases."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from assessments.library.load import CONTENT, shipped
from assessments.shapes.model import ModelDefinition
from canvas.reading.read import read_model
from canvas.reading.types import Phase

MODELS = sorted((CONTENT / "models").glob("[!_]*.yaml"))
LEVEL_1 = {f"g1.{n}" for n in (1, 2, 3, 4, 5, 6, "c3", "c4", "c5")}
LEVEL_2 = {f"g2.{n}" for n in ("k1", "k2", "k3", "k4", "k5", "k6", "k7", "s1", "s2", "s3", "s5")}
LEVELS = ("level-1", "level-2", "level-3", "level-4")
GROUPS = {"c1-data-validation", "c2-model-validation", "s4-triggering", "s6-monitoring"}


@cache
def model(model_id: str) -> ModelDefinition:
    return read_model(CONTENT / "models" / f"{model_id}.yaml", ModelDefinition)[1]


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_model_names_its_schema_its_source_and_whose_rule_it_is(path: Path) -> None:
    read = model(path.stem)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schemas/model.schema.json"
    assert read.source.url is not None
    assert read.source.retrieved is not None
    assert ("published" in read.rule) if read.official else ("this rule is ours" in read.rule)
    wanted = {"nothing answered", "everything automated"} if read.ordered else {"nothing answered"}
    assert wanted <= {case.name for case in read.golden}


def test_the_ml_test_score_has_seven_tests_in_each_of_four_sections() -> None:
    read = model("mltestscore")
    assert read.official
    assert read.edition == "2017"
    assert Counter(c.section for c in read.criteria) == dict.fromkeys(
        ("data", "model", "infrastructure", "monitoring"), 7
    )
    assert len({c.item for c in read.criteria}) == 28
    assert not any(c.optional or c.tests or c.group for c in read.criteria)
    assert [c.id for c in read.criteria if c.section == "data"] == [f"data-{n}" for n in range(1, 8)]


def test_the_ml_test_score_counts_as_published() -> None:
    read = model("mltestscore")
    assert read.weights is not None
    assert (read.weights.none, read.weights.manual, read.weights.automated) == (0, 0.5, 1)
    edges = [(band.at, band.above, band.up_to) for band in read.bands]
    assert edges == [(0, None, None), (None, 0, 1), (None, 1, 2), (None, 2, 3), (None, 3, 5), (None, 5, None)]


def test_google_asks_for_every_characteristic_component_and_stage() -> None:
    read = model("google")
    single = {c.id for c in read.criteria if c.group is None and not c.id.startswith(("g2.ci", "g2.cd"))}
    assert single == LEVEL_1 | LEVEL_2
    assert {c.group for c in read.criteria if c.group} == GROUPS
    assert len(read.symptoms) == 7
    assert not read.official


def test_google_never_blocks_on_the_feature_store_of_level_1_nor_on_test_evidence() -> None:
    optional = {c.id for c in model("google").criteria if c.optional}
    assert "g1.c3" in optional
    assert {c.id for c in model("google").criteria if c.id.startswith(("g2.ci", "g2.cd"))} == optional - {"g1.c3"}


def test_both_models_share_what_is_the_same_statement() -> None:
    first, second = ({c.item for c in model(id_).criteria} for id_ in ("mltestscore", "google"))
    assert first & second >= {"data.schema", "model.slices", "deployment.quality-gate", "deployment.canary"}


def cells_of(read: ModelDefinition) -> dict[str, list[int]]:
    """The number of statements by section, one number per column."""
    statements = {(c.section, c.column, c.group or c.id) for c in read.criteria if not c.optional}
    counts = Counter((section, column) for section, column, _ in statements)
    return {s.id: [counts[s.id, column.id] for column in read.columns] for s in read.sections}


def test_the_principles_matrix_has_49_practices_in_six_by_three_cells() -> None:
    read = model("principles-matrix")
    assert [column.id for column in read.columns] == ["data", "model", "code"]
    assert cells_of(read) == {
        "versioning": [4, 4, 2],
        "testing": [2, 6, 2],
        "automation": [2, 3, 2],
        "reproducibility": [4, 4, 3],
        "deployment": [1, 3, 1],
        "monitoring": [2, 3, 1],
    }


def test_the_best_practices_are_18_in_two_by_three_cells() -> None:
    assert cells_of(model("best-practices")) == {"documentation": [3, 3, 2], "structure": [3, 4, 3]}


def test_azure_has_five_levels_in_five_columns_that_saturate_where_the_article_does() -> None:
    read = model("azure")
    assert [band.at for band in read.bands] == [0, 1, 2, 3, 4]
    asked = {level: {c.column for c in read.criteria if c.section == level and not c.optional} for level in LEVELS}
    assert asked == {
        "level-1": {"technology", "creation", "integration"},
        "level-2": {"technology", "people", "creation", "release"},
        "level-3": {"technology", "people", "release", "integration"},
        "level-4": {"technology", "people", "creation"},
    }


def test_google_accepts_a_release_by_hand_where_azure_does_not() -> None:
    """The difference that keeps the two from being one scale."""
    release = next(c for c in model("azure").criteria if c.id == "a3-release")
    by_hand = next(c for c in model("google").criteria if c.item == "deployment.environments")
    assert release.at_least == "automated"
    assert by_hand.optional or by_hand.at_least == "manual"


def test_the_phases_of_crisp_ml_are_the_phases_of_the_practices() -> None:
    assert [section.id for section in model("crisp-ml-q").sections] == list(get_args(Phase))


@pytest.mark.parametrize(
    ("model_id", "statements"),
    [
        ("governance-core", 7),
        ("governance-components", 20),
        ("sig-mlops", 17),
        ("reproducibility", 15),
        ("crisp-ml-q", 37),
    ],
)
def test_a_checklist_has_as_many_statements_as_its_source_names(model_id: str, statements: int) -> None:
    read = model(model_id)
    assert read.method == "share"
    assert len({c.group or c.id for c in read.criteria}) == statements


@pytest.mark.parametrize(
    ("model_id", "identifier", "most", "listed"),
    [
        ("nist-ai-rmf", r"(GOVERN|MAP|MEASURE|MANAGE) [1-6]\.\d{1,2}", 72, 44),
        ("iso-42001", r"A\.\d{1,2}(\.\d){1,2}", 38, 23),
    ],
)
def test_a_framework_is_covered_by_identifier_only_and_never_gates(
    model_id: str, identifier: str, most: int, listed: int
) -> None:
    read = model(model_id)
    assert all(re.fullmatch(identifier, c.title or "") for c in read.criteria)
    titles = {read.groups.get(c.group or "", c.title or "") for c in read.criteria}
    assert len(titles) == len({c.group or c.id for c in read.criteria}) == listed
    assert f"{listed} of {most}" in read.rule
    assert "no assessment of compliance" in read.rule
    assert not read.can_gate


def test_the_capabilities_and_the_automation_levels_are_complete() -> None:
    assert len(model("sig-mlops").sections) == 6
    assert [band.label.split(":")[0] for band in model("automation-levels").bands] == [
        "Below level 1",
        "Level 1",
        "Level 2",
        "Level 3",
    ]
    assert [band.label for band in model("aws").bands[1:]] == [
        "Phase 1: initial",
        "Phase 2: repeatable",
        "Phase 3: reliable",
        "Phase 4: scalable",
    ]


def test_the_official_model_comes_first_and_is_the_only_one() -> None:
    models = shipped().models
    assert set(models) == {path.stem for path in MODELS}
    assert [read.id for read in models.values() if read.official] == ["mltestscore"]
    assert next(iter(models)) == "mltestscore"
