"""Keep a record of every training run, passed or not, in MLflow on a local SQLite file (registry/mlflow.db).

Knows how a run is written; which model is in use is decided in pipeline/registry.py.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from pipeline.lineage import lineage
from pipeline.settings import Settings
from pipeline.stages import read_json

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # the container has no git, and needs none

import mlflow  # noqa: E402  after the settings module has switched usage reports off

for noisy in ("mlflow", "alembic"):
    logging.getLogger(noisy).setLevel(logging.WARNING)

RECORDS = ("build/training.json", "build/evaluation.json", "build/reference.json", "config/schema.yaml")


def connect(settings: Settings) -> mlflow.MlflowClient:
    """Point MLflow at the project's own store, made on first use, and return a client for it."""
    settings.registry.mkdir(parents=True, exist_ok=True)
    uri = f"sqlite:///{settings.registry / 'mlflow.db'}"
    mlflow.set_tracking_uri(uri)
    mlflow.set_registry_uri(uri)
    return mlflow.MlflowClient()


def record_run(settings: Settings, evaluation: dict[str, Any]) -> str:
    """Write parameters, metrics, lineage and reports of the run that just ended. Returns the run's id."""
    connect(settings)
    chosen = read_json(settings.build / "training.json", "train")["chosen"]
    timing = read_json(settings.build / "timing.json", "evaluate")
    with mlflow.start_run(experiment_id=_experiment(settings)) as run:
        mlflow.log_params({"candidate": chosen["candidate"], **chosen["settings"], **_split(settings)})
        mlflow.log_metrics({**evaluation["metrics"], **timing, "without_learning": evaluation["without_learning"]})
        mlflow.log_metric("cross_validation", chosen["score"])
        mlflow.set_tags({**lineage(settings), "gate": "passed" if evaluation["passed"] else "failed"})
        for name in RECORDS:
            mlflow.log_artifact(str(settings.root / name))
        mlflow.log_artifacts(str(settings.reports), "reports")
    return str(run.info.run_id)


def _split(settings: Settings) -> dict[str, Any]:
    return {"split": settings.split.method, "test_share": settings.split.test_share, "seed": settings.split.seed}


def _experiment(settings: Settings) -> str:
    known = mlflow.get_experiment_by_name(settings.model_name)
    if known is not None:
        return str(known.experiment_id)
    location = (settings.registry / "artifacts").as_uri()
    return str(mlflow.create_experiment(settings.model_name, artifact_location=location))
