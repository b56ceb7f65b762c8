"""ML Test Score, data: personal columns stay out of features and out of logs."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from pipeline.features import inputs
from pipeline.schema import Schema
from serving.prediction_log import PredictionLog


def _with_personal(schema: Schema) -> tuple[Schema, str]:
    marked = schema.features[0].model_copy(update={"personal": True})
    columns = [marked if column.name == marked.name else column for column in schema.columns]
    return schema.model_copy(update={"columns": columns}), marked.name


def test_a_personal_column_is_no_feature(rows: pd.DataFrame, schema: Schema) -> None:
    """The data pipeline has appropriate privacy controls: marking a column keeps it away from the model."""
    marked, name = _with_personal(schema)
    assert name in inputs(rows, schema).columns
    assert name not in inputs(rows, marked).columns


def test_a_personal_column_is_not_logged(tmp_path: Path, records: list[dict[str, object]], schema: Schema) -> None:
    """The data pipeline has appropriate privacy controls: the prediction log leaves personal columns out."""
    marked, name = _with_personal(schema)
    PredictionLog(tmp_path, marked, "1").write(records[:1], [{"prediction": "x"}])
    (line,) = [
        json.loads(text) for file in tmp_path.iterdir() for text in file.read_text(encoding="utf-8").splitlines()
    ]
    assert name not in line["record"]
    assert line["prediction"] == "x"
