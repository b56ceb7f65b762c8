"""Stage 3: search the candidates by cross-validation inside the training rows, and fit the best on all of them.

The held-out rows are not read here. Writes model.skops, training.json, timing.json and reference.json in build/.
"""

from __future__ import annotations

import math
import sys
import time
from typing import Any

import pandas as pd
from sklearn.model_selection import GridSearchCV, KFold, StratifiedKFold, TimeSeriesSplit
from sklearn.pipeline import Pipeline

from monitoring.reference import summarise
from pipeline import split
from pipeline.candidates import candidates
from pipeline.features import inputs
from pipeline.metrics import FOR_TASK, METRICS, Labels, Numbers
from pipeline.model import Model, save
from pipeline.schema import Schema
from pipeline.settings import Settings
from pipeline.stages import StageFailed, run_stage, write_json

UNMEASURED = (
    "{metric} cannot be measured in every fold. Look for folds with one class or one row only: "
    "take fewer folds (training.folds) or more rows."
)


def train(settings: Settings) -> str:
    """Choose and fit the model. Raises `StageFailed` when metric, task and target do not go together."""
    schema = Schema.load(settings)
    _check_task(settings, schema)
    rows, target = split.load(settings, "train")
    started = time.perf_counter()
    best, tried = search(settings, schema, inputs(rows, schema), target.to_numpy())
    write_json(settings.build / "timing.json", {"training_seconds": round(time.perf_counter() - started, 2)})
    save(best, settings.build / "model.skops")
    chosen = max(tried, key=lambda entry: METRICS[settings.gate.metric].signed(entry["score"]))
    write_json(settings.build / "training.json", {"metric": settings.gate.metric, "chosen": chosen, "tried": tried})
    write_json(settings.build / "reference.json", summarise(rows, schema))
    return (
        f"{chosen['candidate']} wins of {len(tried)} tried: {settings.gate.metric} {chosen['score']:.4g} across folds"
    )


def search(
    settings: Settings, schema: Schema, rows: pd.DataFrame, target: Labels | Numbers
) -> tuple[Pipeline, list[dict[str, Any]]]:
    """Return the best pipeline, fitted on all given rows, and every setting that was tried with its mean score."""
    metric = METRICS[settings.gate.metric]

    def score(pipeline: Pipeline, fold_rows: pd.DataFrame, truth: Labels | Numbers) -> float:
        value = metric.compute(truth, Model(pipeline, schema).predict(fold_rows))
        if not math.isfinite(value):
            # Nothing is better than a score that is no number, so such a candidate would beat all that follow.
            raise StageFailed(UNMEASURED.format(metric=metric.name))
        return metric.signed(value)

    best: GridSearchCV | None = None
    tried: list[dict[str, Any]] = []
    for candidate in candidates(settings, schema):
        grid = GridSearchCV(candidate.pipeline, candidate.grid, scoring=score, cv=_folds(settings), error_score="raise")
        grid.fit(rows, target)
        for values, mean in zip(grid.cv_results_["params"], grid.cv_results_["mean_test_score"], strict=True):
            shown = {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}
            tried.append({"candidate": candidate.name, "settings": shown, "score": metric.signed(float(mean))})
        # Only a strictly better score displaces an earlier, simpler candidate.
        if best is None or grid.best_score_ > best.best_score_:
            best = grid
    assert best is not None
    return best.best_estimator_, tried


def _folds(settings: Settings) -> KFold | StratifiedKFold | TimeSeriesSplit:
    if settings.split.method == "time":
        return TimeSeriesSplit(n_splits=settings.training.folds)
    if settings.task.kind == "classification":
        return StratifiedKFold(settings.training.folds, shuffle=True, random_state=settings.split.seed)
    return KFold(settings.training.folds, shuffle=True, random_state=settings.split.seed)


def _check_task(settings: Settings, schema: Schema) -> None:
    if settings.gate.metric not in FOR_TASK[settings.task.kind]:
        known = ", ".join(FOR_TASK[settings.task.kind])
        raise StageFailed(f"gate.metric {settings.gate.metric} does not measure a {settings.task.kind}. Use {known}.")
    wanted = "number" if settings.task.kind == "regression" else "category"
    if schema.target.kind != wanted:
        raise StageFailed(f"A {settings.task.kind} needs a target of kind {wanted} in config/schema.yaml.")
    if not schema.features:
        raise StageFailed("config/schema.yaml leaves no column to learn from.")


if __name__ == "__main__":
    sys.exit(run_stage(train))
