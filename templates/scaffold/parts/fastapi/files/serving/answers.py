"""From checked records to answers: the one path that HTTP service and batch job share. Knows nothing of HTTP."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pipeline.metrics import Predicted
from pipeline.registry import Champion
from pipeline.schema import Violation, from_records


class UnusablePrediction(Exception):
    """The model gave a number that is none (NaN or infinite); no answer is better than that one."""


class RecordsRefused(Exception):
    """Some records break the schema; nothing was predicted. Carries every violation."""

    def __init__(self, violations: list[Violation]) -> None:
        self.violations = violations
        super().__init__(f"{len(violations)} values do not fit the schema")


def predict(champion: Champion, records: list[dict[str, object]]) -> Predicted:
    """Predict records. Raises `RecordsRefused` with each field and reason when any of them breaks the schema, and
    `UnusablePrediction` when the model has no finite answer.
    """
    frame, violations = from_records(records, champion.schema)
    if violations:
        raise RecordsRefused(violations)
    predicted = champion.model.predict(frame)
    if not np.isfinite(predicted.values if predicted.probabilities is None else predicted.probabilities).all():
        raise UnusablePrediction("The model gave no finite number for these records.")
    return predicted


def predict_rows(champion: Champion, frame: pd.DataFrame) -> Predicted:
    """Predict rows that were read from a file, with the same checks."""
    rows = frame.where(frame.notna(), None)
    return predict(champion, [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")])


def answers(predicted: Predicted) -> list[dict[str, Any]]:
    """Return one answer for each row: the prediction, and for classes the probability of each."""
    if predicted.probabilities is None:
        return [{"prediction": float(value)} for value in predicted.values]
    return [
        {
            "prediction": str(value),
            "probabilities": {name: round(float(p), 6) for name, p in zip(predicted.classes, row, strict=True)},
        }
        for value, row in zip(predicted.values, predicted.probabilities, strict=True)
    ]
