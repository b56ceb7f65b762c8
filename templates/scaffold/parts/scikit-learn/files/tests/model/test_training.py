"""ML Test Score, model: settings are searched, simpler wins when equal, and the model learns at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipeline import split
from pipeline.candidates import candidates
from pipeline.features import inputs
from pipeline.metrics import METRICS
from pipeline.model import Model, load
from pipeline.schema import Schema
from pipeline.settings import Settings
from pipeline.stages import StageFailed, read_json
from pipeline.train import search, train


def test_every_candidate_has_its_settings_searched(settings: Settings, schema: Schema) -> None:
    """All hyperparameters have been tuned: no candidate is tried with one setting only."""
    for candidate in candidates(settings, schema):
        assert any(len(values) > 1 for values in candidate.grid.values())


def test_the_best_setting_is_chosen_and_recorded(trained: Settings) -> None:
    """All hyperparameters have been tuned: the choice follows the scores across folds, and all scores are kept."""
    record = read_json(trained.build / "training.json", "train")
    signed = [METRICS[record["metric"]].signed(entry["score"]) for entry in record["tried"]]
    assert len(signed) == len(record["tried"]) > 1
    assert METRICS[record["metric"]].signed(record["chosen"]["score"]) == max(signed)


def test_a_more_complex_candidate_wins_only_when_it_is_better(trained: Settings) -> None:
    """A simpler model is not better: the first candidate is the simplest and loses to strictly better scores only."""
    record = read_json(trained.build / "training.json", "train")
    metric, chosen = METRICS[record["metric"]], record["chosen"]
    simplest = [entry for entry in record["tried"] if entry["candidate"] == record["tried"][0]["candidate"]]
    if chosen["candidate"] != simplest[0]["candidate"]:
        assert all(metric.better(chosen["score"], entry["score"]) for entry in simplest)
    else:
        assert chosen in simplest


def test_training_does_not_look_at_held_out_rows(trained: Settings) -> None:
    """All hyperparameters have been tuned: not on the test rows, which are nobody else's."""
    train_rows, _ = split.load(trained, "train")
    test_rows, _ = split.load(trained, "test")
    total = len(pd.read_csv(trained.build / "validated.csv"))
    assert len(train_rows) + len(test_rows) == total
    assert len(test_rows) == pytest.approx(total * trained.split.test_share, rel=0.1)


def test_the_model_learns_the_rows_it_is_given(trained: Settings, schema: Schema) -> None:
    """Model specs are unit tested: a model fitted on the target is far from a constant answer."""
    rows, target = split.load(trained, "train")
    predicted = load(trained.build / "model.skops", schema).predict(rows)
    metric = METRICS["r2" if trained.task.kind == "regression" else "accuracy"]
    constant = 0.0 if trained.task.kind == "regression" else float(target.value_counts(normalize=True).max())
    assert metric.compute(target.to_numpy(), predicted) > constant


def test_probabilities_add_up_and_order_the_classes(trained: Settings, schema: Schema) -> None:
    """Model specs are unit tested: answers have the promised shape."""
    rows, _ = split.load(trained, "test")
    predicted = load(trained.build / "model.skops", schema).predict(rows)
    assert len(predicted.values) == len(rows)
    if predicted.probabilities is not None:
        assert np.allclose(predicted.probabilities.sum(axis=1), 1)
        assert set(predicted.values) <= set(schema.target.values)


def test_a_metric_that_does_not_measure_the_task_is_refused(project: Settings) -> None:
    """Model specs are unit tested: a wrong configuration stops with a message."""
    other = "accuracy" if project.task.kind == "regression" else "rmse"
    with pytest.raises(StageFailed, match=other):
        train(project.model_copy(update={"gate": project.gate.model_copy(update={"metric": other})}))


def test_a_candidate_that_cannot_be_measured_does_not_win(
    trained: Settings, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All hyperparameters have been tuned: a score that is no number beats nothing, and is told."""
    rows, target = split.load(trained, "train")
    unmeasured = replace(METRICS[trained.gate.metric], compute=lambda truth, predicted: float("nan"))
    monkeypatch.setattr("pipeline.train.METRICS", {trained.gate.metric: unmeasured})
    with pytest.raises(StageFailed, match="cannot be measured in every fold"):
        search(trained, schema, inputs(rows, schema), target.to_numpy())


def test_more_than_two_classes_work(settings: Settings) -> None:
    """Model specs are unit tested: the classification code is not tied to two classes."""
    schema = Schema.model_validate(
        {
            "columns": [{"name": "x", "kind": "number"}],
            "target": {"name": "y", "kind": "category", "values": ["a", "b", "c"]},
        }
    )
    frame = pd.DataFrame({"x": np.repeat([0.0, 5.0, 10.0], 30) + np.tile(np.linspace(-1, 1, 30), 3)})
    truth = np.repeat(np.array(["a", "b", "c"], dtype=object), 30)
    task = settings.task.model_copy(update={"kind": "classification"})
    pipeline = candidates(settings.model_copy(update={"task": task}), schema)[0].pipeline
    predicted = Model(pipeline.fit(inputs(frame, schema), truth), schema).predict(frame)
    for name in ("accuracy", "f1", "roc-auc", "average-precision"):
        assert METRICS[name].compute(truth, predicted) > 0.9
    assert METRICS["log-loss"].compute(truth, predicted) < 0.5
