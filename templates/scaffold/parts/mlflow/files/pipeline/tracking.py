"""Keep a record of every training run, passed or not, in MLflow on a local SQLite file (registry/mlflow.db).

Knows how a run is written; which model is in use is decided in pipeline/registry.py.
"""

from __future__ import annotations

import logging
from typing import Any

import mlflow

from pipeline.lineage import commit, lineage
from pipeline.settings import Settings
from pipeline.stages import StageFailed, read_json

for noisy in ("mlflow", "alembic"):
    logging.getLogger(noisy).setLevel(logging.WARNING)

RECORDS = ("build/training.json", "build/evaluation.json", "build/reference.json", "config/schema.yaml")
REPORTS = ("evaluation.md", "model-card.md")


def connect(settings: Settings) -> mlflow.MlflowClient:
    """Point MLflow at the project's own store, made on first use, and return a client for it. Raises `StageFailed`."""
    if set("%?") & set(str(settings.root)):
        raise StageFailed(f"MLflow does not work below a folder with % or ? in its name. Move {settings.root}.")
    settings.registry.mkdir(parents=True, exist_ok=True)
    uri = f"sqlite:///{settings.registry / 'mlflow.db'}"
    mlflow.set_tracking_uri(uri)
    mlflow.set_registry_uri(uri)
    return mlflow.MlflowClient()


def record_run(settings: Settings, evaluation: dict[str, Any], previous: str) -> str:
    """Write parameters, metrics, lineage and reports of a run that reached its evaluation. Returns the run's id.

    `previous` is the version in use before this run, or 'none'.
    """
    connect(settings)
    chosen = read_json(settings.build / "training.json", "train")["chosen"]
    timing = read_json(settings.build / "timing.json", "evaluate")
    with mlflow.start_run(experiment_id=_experiment(settings)) as run:
        mlflow.log_params({"candidate": chosen["candidate"], **chosen["settings"], **_split(settings)})
        mlflow.log_metrics({**evaluation["metrics"], **timing, "without_learning": evaluation["without_learning"]})
        mlflow.log_metric("cross_validation", chosen["score"])
        gate = "passed" if evaluation["passed"] else "failed"
        mlflow.set_tags({**lineage(settings), "gate": gate, "previous_champion": previous})
        for name in RECORDS:
            mlflow.log_artifact(str(settings.root / name))
        for name in REPORTS:
            mlflow.log_artifact(str(settings.reports / name), "reports")
    return str(run.info.run_id)


def record_failure(settings: Settings, stage: str, reason: str) -> None:
    """Write that a run ended in a stage before its evaluation, and why."""
    connect(settings)
    tags = {"failed_stage": stage, "reason": reason[:2000], "code_commit": commit(settings.root)}
    mlflow.start_run(experiment_id=_experiment(settings), tags=tags)
    mlflow.end_run("FAILED")


def _split(settings: Settings) -> dict[str, Any]:
    return {"split": settings.split.method, "test_share": settings.split.test_share, "seed": settings.split.seed}


def _experiment(settings: Settings) -> str:
    location = (settings.registry / "artifacts").as_uri()
    known = mlflow.get_experiment_by_name(settings.model_name)
    if known is not None and known.artifact_location == location:
        return str(known.experiment_id)
    if known is not None:
        # MLflow fixes the folder of an experiment for ever. After a move, go on in a new one and keep the old runs.
        mlflow.MlflowClient().rename_experiment(known.experiment_id, f"{known.name} before move {known.experiment_id}")
    return str(mlflow.create_experiment(settings.model_name, artifact_location=location))
