"""ML Test Score, model: the gate judges quality on all rows and on slices, in the right direction."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.gate import Slice, judge
from pipeline.settings import Gate, Settings
from pipeline.stages import read_json


def _gate(settings: Settings, *, sample: bool = False, **changes: Any) -> Settings:
    gate = settings.gate.model_copy(update={"threshold": None, "baseline": None, **changes})
    return settings.model_copy(update={"gate": gate, "data": settings.data.model_copy(update={"sample": sample})})


def test_the_model_beats_doing_without_learning(trained: Settings) -> None:
    """A simpler model is not better: a constant answer fails the gate that the model passed."""
    verdict = read_json(trained.build / "evaluation.json", "evaluate")
    assert verdict["passed"]
    constant = verdict["without_learning"]
    assert not judge(constant, constant, [], trained).passed


@pytest.mark.parametrize(
    ("metric", "value", "threshold", "passed"),
    [("f1", 0.81, 0.8, True), ("f1", 0.79, 0.8, False), ("rmse", 7.9, 8.0, True), ("rmse", 8.1, 8.0, False)],
)
def test_the_threshold_respects_the_direction_of_the_metric(
    settings: Settings, metric: str, value: float, threshold: float, passed: bool
) -> None:
    """Model quality is validated before serving: more is better for scores, less for errors."""
    without_learning = 0.1 if metric == "f1" else 99.0
    verdict = judge(value, without_learning, [], _gate(settings, metric=metric, threshold=threshold))
    assert verdict.passed is passed


def test_the_way_without_ml_has_to_be_beaten(settings: Settings) -> None:
    """Model quality is validated before serving: as good as today's way is not good enough."""
    gated = _gate(settings, metric="f1", baseline=0.7)
    assert not judge(0.7, 0.1, [], gated).passed
    assert judge(0.71, 0.1, [], gated).passed


@pytest.mark.parametrize("metric", ["f1", "rmse"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_value_that_is_no_number_never_passes(settings: Settings, metric: str, value: float) -> None:
    """Model quality is validated before serving: what could not be measured is not good enough."""
    verdict = judge(value, 0.5, [], _gate(settings, metric=metric))
    assert not verdict.passed
    assert verdict.reasons[0].startswith("NOT met: a finite number")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"metric": "f1", "threshold": 92}, "threshold 92 cannot be: f1 goes from 0 up to 1; did you mean 0.92?"),
        ({"metric": "r2", "baseline": 1.5}, "baseline 1.5 cannot be: r2 goes up to 1"),
        ({"metric": "rmse", "threshold": -2}, "threshold -2 cannot be: rmse goes from 0 upwards"),
        ({"metric": "rmse", "threshold": float("nan")}, "finite"),
    ],
)
def test_a_bound_that_the_metric_cannot_reach_is_refused(
    settings: Settings, changes: dict[str, Any], told: str
) -> None:
    """Model quality is validated before serving: a bound in the wrong unit is told, not used."""
    plain = {**settings.gate.model_dump(), "threshold": None, "baseline": None, "sample_threshold": 0.5}
    with pytest.raises(ValidationError, match=re.escape(told)):
        Gate.model_validate({**plain, **changes})


def test_invented_data_are_judged_by_their_own_threshold(settings: Settings) -> None:
    """Model quality is validated before serving: the team's threshold counts as soon as the data are its own."""
    changes: dict[str, Any] = {"metric": "f1", "threshold": 0.99, "sample_threshold": 0.5}
    assert judge(0.6, 0.1, [], _gate(settings, sample=True, **changes)).passed
    assert not judge(0.6, 0.1, [], _gate(settings, sample=False, **changes)).passed


@pytest.mark.parametrize(("metric", "measured", "passed"), [("f1", 0.3, False), ("f1", 0.7, True), ("mae", 13, False)])
def test_one_weak_slice_fails_the_gate(settings: Settings, metric: str, measured: float, passed: bool) -> None:
    """Model quality is sufficient on important data slices: a good average does not hide a weak group."""
    part = Slice("colour", "red", 50, metric, measured, overall=0.8 if metric == "f1" else 8.0)
    verdict = judge(0.8, 0.1, [part], _gate(settings, metric="f1", slice_tolerance=0.5))
    assert verdict.passed is passed
    assert any("colour: red" in reason for reason in verdict.reasons) is not passed


def test_slices_are_measured_for_the_data(trained: Settings) -> None:
    """Model quality is sufficient on important data slices: the report lists each measured group with its rows."""
    for item in read_json(trained.build / "evaluation.json", "evaluate")["slices"]:
        assert item["rows"] >= trained.gate.slice_minimum_rows
        assert f"{item['column']}: {item['value']}" in (trained.reports / "evaluation.md").read_text(encoding="utf-8")
