"""What the model files promise: the ML Test Score as published, Google's levels complete and their rule called ours."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from assessments.content import CONTENT, shipped
from assessments.definitions import ModelDefinition
from canvas.content import read_model

MODELS = sorted((CONTENT / "models").glob("*.yaml"))
LEVEL_1 = {f"g1.{n}" for n in (1, 2, 3, 4, 5, 6, "c3", "c4", "c5")}
LEVEL_2 = {f"g2.{n}" for n in ("k1", "k2", "k3", "k4", "k5", "k6", "k7", "s1", "s2", "s3", "s5")}
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
    assert {"nothing answered", "everything automated"} <= {case.name for case in read.golden}


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


def test_the_official_model_comes_first_and_all_may_gate() -> None:
    models = shipped().models
    assert list(models) == ["mltestscore", "google"]
    assert all(read.can_gate for read in models.values())
