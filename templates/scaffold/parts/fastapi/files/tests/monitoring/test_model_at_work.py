"""ML Test Score, monitoring: serving computes what training computed, numbers stay finite, staleness is visible."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
from fastapi.testclient import TestClient

from pipeline.registry import Champion
from pipeline.schema import Column, Schema
from pipeline.settings import Settings
from serving.answers import answers, predict
from serving.app import Service


def test_the_service_predicts_exactly_what_training_measured(
    client: TestClient, model: Champion, unseen_rows: pd.DataFrame, held_out: list[dict[str, object]]
) -> None:
    """Training and serving are not skewed: held-out rows get the same answers over HTTP as in evaluation."""
    served = client.post("/predict", json={"records": held_out[:100]}).json()["predictions"]
    assert served == answers(model.model.predict(unseen_rows.head(100)))


def _extremes(column: Column) -> list[object]:
    if column.kind == "number":
        low = -1e6 if column.minimum is None else column.minimum
        high = 1e6 if column.maximum is None else column.maximum
        return [low, high, *([None] if column.nullable else [])]
    return list(column.values) if column.kind == "category" else ["", "x " * 500, "\u0000\u202e\U0001f600"]


def test_predictions_are_finite_at_the_edges_of_the_schema(
    model: Champion, records: list[dict[str, object]], schema: Schema
) -> None:
    """Models are numerically stable: the least, the largest and missing values give finite answers."""
    asked = [{**records[0], column.name: value} for column in schema.features for value in _extremes(column)]
    predicted = predict(model, asked)
    assert len(predicted.values) == len(asked)
    assert np.isfinite(
        predicted.values.astype(float) if predicted.probabilities is None else predicted.probabilities
    ).all()


def test_a_model_that_is_too_old_is_reported_as_stale(trained: Settings, model: Champion) -> None:
    """Models are not too stale: health tells the age of the model and when it passes the limit."""
    service = Service(trained)
    limit = timedelta(days=trained.monitoring.max_model_age_days)
    assert service.health(model.registered + limit / 2)["stale"] is False
    assert service.health(model.registered + limit * 2)["stale"] is True
