"""The settings of a generated project: a bound that its metric cannot reach is refused when the team edits them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
import yaml

from canvas.method.load import shipped
from templates.scaffold.parts import PARTS
from tests.scaffold_support import project, text

SOURCE = PARTS / "training/files/pipeline/settings.py"
OPTIONS = {option.id: option for option in shipped().requirements["main-metric"].options}


@pytest.fixture
def settings() -> Iterator[ModuleType]:
    """The module as every generated project has it."""
    spec = importlib.util.spec_from_file_location("generated_settings", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generated_settings"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["generated_settings"]


def written(folder: Path, **gate: object) -> Path:
    """Write the configuration of a project below `folder`, with other values for its gate."""
    config = yaml.safe_load(text(project({"main-metric": "roc-auc", "metric-threshold": 0.8}), "config/project.yaml"))
    config["gate"] |= gate
    (folder / "config").mkdir()
    (folder / "config/project.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder


def test_each_metric_has_the_range_that_phase_zero_gives_it(settings: ModuleType) -> None:
    ranges = {id_: (o.scale.minimum, o.scale.maximum) for id_, o in OPTIONS.items() if o.scale is not None}
    # A project computes fewer metrics than a team can name; the others are replaced and named as a step.
    assert set(get_args(settings.MetricName)) == set(settings.METRIC_RANGES) <= set(ranges)
    assert {name: ranges[name] for name in settings.METRIC_RANGES} == settings.METRIC_RANGES


def test_a_generated_configuration_is_fine(settings: ModuleType, tmp_path: Path) -> None:
    assert settings.Settings.load(written(tmp_path)).gate.threshold == 0.8


@pytest.mark.parametrize(
    ("gate", "told"),
    [
        ({"threshold": 92}, "gate: threshold 92 cannot be: roc-auc goes from 0 up to 1; did you mean 0.92?"),
        ({"baseline": 85.5}, "gate: baseline 85.5 cannot be: roc-auc goes from 0 up to 1; did you mean 0.855?"),
        ({"sample_threshold": 2000}, "gate: sample_threshold 2000 cannot be: roc-auc goes from 0 up to 1"),
        ({"metric": "r2", "threshold": 3}, "gate: threshold 3 cannot be: r2 goes up to 1; did you mean 0.03?"),
        ({"metric": "rmse", "threshold": -1}, "gate: threshold -1 cannot be: rmse goes from 0 upwards"),
        ({"threshold": float("nan")}, "gate.threshold: write a finite number"),
        ({"slice_tolerance": float("inf")}, "gate.slice_tolerance: write a finite number"),
        ({"threshold": "0,92"}, "gate.threshold: write a number with a decimal point and nothing behind it"),
        ({"slice_minimum_rows": 2.5}, "gate.slice_minimum_rows: write a whole number in digits"),
    ],
)
def test_a_bound_that_cannot_be_is_refused_with_its_key_and_a_mend(
    settings: ModuleType, tmp_path: Path, gate: dict[str, object], told: str
) -> None:
    with pytest.raises(settings.ConfigError) as refused:
        settings.Settings.load(written(tmp_path, **gate))
    assert [line for line in str(refused.value).splitlines() if line.startswith(f"  {told}")]


@pytest.mark.parametrize(
    "gate", [{"metric": "rmse", "threshold": 3200.5}, {"metric": "r2", "threshold": -0.5}, {"threshold": None}]
)
def test_a_bound_that_can_be_is_taken(settings: ModuleType, tmp_path: Path, gate: dict[str, object]) -> None:
    assert settings.Settings.load(written(tmp_path, **gate)).gate.threshold == gate["threshold"]
