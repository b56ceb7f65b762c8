"""Stage 4: measure the new model once on the held-out rows and write the verdict of the gate.

Writes build/evaluation.json and reports/evaluation.md. A failed gate is a result here; `register` refuses then.
"""

from __future__ import annotations

import math
import sys
import time
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from monitoring.reference import PREDICTION, summarise_predictions
from pipeline import split
from pipeline.candidates import without_learning
from pipeline.evaluation_report import write_report
from pipeline.gate import Slice, judge
from pipeline.importance import contributions, warnings
from pipeline.lineage import file_hash
from pipeline.metrics import FOR_TASK, METRICS, Labels, Numbers, Predicted
from pipeline.model import Model, load
from pipeline.schema import Schema
from pipeline.settings import Settings
from pipeline.stages import StageFailed, read_json, require, run_stage, write_json

TIMED_CALLS = 30


def evaluate(settings: Settings) -> str:
    """Measure model and baseline on the held-out rows. The verdict is bound to this model file by its hash."""
    schema = Schema.load(settings)
    file = require(settings.build / "model.skops", "train")
    model = load(file, schema)
    rows, target = split.load(settings, "test")
    truth = target.to_numpy()
    predicted = model.predict(rows)
    values = {name: METRICS[name].compute(truth, predicted) for name in FOR_TASK[settings.task.kind]}
    baseline = METRICS[settings.gate.metric].compute(truth, _baseline(settings, schema, truth))
    groups = slices(settings, schema, rows, truth, predicted)
    measured_groups = {f"{group.column}: {group.value}": group.measured for group in groups}
    _refuse_invalid_numbers({**values, "without learning": baseline, **measured_groups})
    verdict = judge(values[settings.gate.metric], baseline, groups, settings)
    timing = {**read_json(settings.build / "timing.json", "train"), "latency_p95_ms": _latency_p95(model, rows)}
    measured = contributions(settings, model, rows, truth)
    evaluation = {
        "model_sha256": file_hash(file),
        "rows": len(rows),
        "metrics": values,
        "contributions": [asdict(item) for item in measured],
        "warnings": warnings(measured),
        **verdict.as_json(),
    }
    write_json(settings.build / "evaluation.json", evaluation)
    write_json(settings.build / "timing.json", timing)
    _complete_reference(settings, predicted, schema)
    write_report(settings.reports / "evaluation.md", evaluation, timing)
    return "; ".join([verdict.sentence, *evaluation["warnings"]])


def _refuse_invalid_numbers(values: dict[str, float]) -> None:
    invalid = [name for name, value in values.items() if not math.isfinite(value)]
    if invalid:
        raise StageFailed(f"Not a finite number: {', '.join(invalid)}. Look for invalid values in target or features.")


def slices(
    settings: Settings, schema: Schema, rows: pd.DataFrame, truth: Labels | Numbers, predicted: Predicted
) -> list[Slice]:
    """Measure each value of each category column that has enough held-out rows of every class."""
    metric = METRICS["mae" if settings.task.kind == "regression" else settings.gate.metric]
    overall = metric.compute(truth, predicted)
    found = []
    for name in schema.names("category"):
        for value in rows[name].dropna().sort_values().unique():
            chosen = (rows[name] == value).to_numpy(dtype=bool)
            classes = len(set(truth[chosen])) if predicted.classes else 0
            if chosen.sum() >= settings.gate.slice_minimum_rows and classes == len(predicted.classes):
                part = _selected(predicted, chosen)
                measured = metric.compute(truth[chosen], part)
                found.append(Slice(name, str(value), int(chosen.sum()), metric.name, measured, overall))
    return found


def _selected(predicted: Predicted, chosen: np.ndarray[Any, np.dtype[np.bool_]]) -> Predicted:
    probabilities = None if predicted.probabilities is None else predicted.probabilities[chosen]
    return Predicted(predicted.values[chosen], probabilities, predicted.classes, predicted.positive)


def _baseline(settings: Settings, schema: Schema, truth: Labels | Numbers) -> Predicted:
    _, target = split.load(settings, "train")
    dummy = without_learning(settings).fit(np.zeros((len(target), 1)), target.to_numpy())
    nothing = np.zeros((len(truth), 1))
    if settings.task.kind == "regression":
        return Predicted(np.asarray(dummy.predict(nothing), dtype="float64"))
    classes = tuple(str(name) for name in dummy.classes_)
    return Predicted(dummy.predict(nothing), dummy.predict_proba(nothing), classes, schema.target.positive)


def _latency_p95(model: Model, rows: pd.DataFrame) -> float:
    """Return the time of predicting a single row, in milliseconds, that 95 of 100 calls stay below."""
    model.predict(rows.iloc[[0]])
    taken = []
    for _ in range(TIMED_CALLS):
        started = time.perf_counter()
        model.predict(rows.iloc[[0]])
        taken.append((time.perf_counter() - started) * 1000)
    return round(float(np.quantile(taken, 0.95)), 2)


def _complete_reference(settings: Settings, predicted: Predicted, schema: Schema) -> None:
    file = settings.build / "reference.json"
    columns = [item for item in read_json(file, "train") if item["name"] != PREDICTION]
    write_json(file, [*columns, summarise_predictions(predicted, schema)])


if __name__ == "__main__":
    sys.exit(run_stage(evaluate))
