"""ML Test Score, data: what each feature brings is measured, and a leak of the answer into the inputs is noticed."""

from __future__ import annotations

from pipeline.importance import Contribution, contributions, warnings
from pipeline.registry import Champion
from pipeline.settings import Settings
from pipeline.split import load
from pipeline.stages import read_json


def test_an_input_that_carries_nearly_everything_is_reported() -> None:
    """All features are beneficial: an input that nearly is the answer asks for a second look."""
    leak = [Contribution("sum", 9.8, 0.98), Contribution("a", 0.1, 0.01), Contribution("b", 0.1, 0.01)]
    assert "known before the prediction" in warnings(leak)[0]
    assert warnings([Contribution("text", 9.8, 0.98), Contribution("a", 0.2, 0.02)]) == []


def test_an_input_without_effect_is_reported() -> None:
    """All features are beneficial: what brings nothing is named, so that somebody can drop it."""
    assert "idle" in warnings([Contribution("useful", 0.5, 1.0), Contribution("idle", 0.0, 0.0)])[-1]


def test_contributions_are_measured_in_every_run(trained: Settings, model: Champion) -> None:
    """All features are beneficial: the evaluation measures each feature on rows the model has not seen."""
    kept = read_json(trained.build / "evaluation.json", "evaluate")["contributions"]
    rows, target = load(trained, "test")
    again = contributions(trained, model.model, rows, target.to_numpy())
    assert [item["column"] for item in kept] == [item.column for item in again]
    assert {item.column for item in again} == {column.name for column in model.schema.features}
    assert max(item.loss for item in again) > 0
