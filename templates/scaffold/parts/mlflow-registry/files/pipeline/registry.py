"""Which model is in use: versions in the MLflow registry, and the alias `champion` that points at one of them.

Paths are kept relative to registry/, so that the folder can be copied or mounted elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import mlflow
from mlflow.entities.model_registry import ModelVersion

from pipeline.candidates import TRUSTED_TYPES
from pipeline.model import Model, load
from pipeline.schema import Schema
from pipeline.settings import Settings, read_config
from pipeline.stages import StageFailed
from pipeline.tracking import connect

CHAMPION = "champion"


class NoChampion(StageFailed):
    """No model version is in use yet."""


@dataclass(frozen=True)
class Champion:
    """The model version in use, with the schema and the reference it was registered with."""

    model: Model
    version: str
    registered: datetime
    reference_file: Path

    @property
    def schema(self) -> Schema:
        return self.model.schema

    def age_days(self, now: datetime) -> float:
        return (now - self.registered).total_seconds() / 86_400


def champion(settings: Settings) -> Champion:
    """Load the model version in use. Raises `NoChampion`."""
    found = champion_version(settings)
    if found is None:
        raise NoChampion("No champion is registered. Run `make train`, then start again.")
    schema = read_config(settings.registry / found.tags["schema_path"], Schema)
    model = load(settings.registry / found.tags["model_path"], schema)
    registered = datetime.fromtimestamp(found.creation_timestamp / 1000, UTC)
    return Champion(model, str(found.version), registered, settings.registry / found.tags["reference_path"])


def champion_version(settings: Settings) -> ModelVersion | None:
    """Return the registry's entry for the version in use, or None."""
    if not (settings.registry / "mlflow.db").exists():
        return None
    client = connect(settings)
    found = client.search_registered_models(f"name = '{settings.model_name}'")
    if not found or CHAMPION not in found[0].aliases:
        return None
    return client.get_model_version(settings.model_name, found[0].aliases[CHAMPION])


def register_version(settings: Settings, run_id: str) -> str:
    """Add the trained model of a run to the registry and make it the champion. Returns the new version."""
    client = connect(settings)
    schema = Schema.load(settings)
    with mlflow.start_run(run_id):
        pipeline = load(settings.build / "model.skops", schema).pipeline
        logged = mlflow.sklearn.log_model(
            pipeline,
            name="model",
            serialization_format="skops",
            skops_trusted_types=list(TRUSTED_TYPES),
            pip_requirements=str(settings.root / "requirements.txt"),
        )
    records = _folder(client.get_run(run_id).info.artifact_uri)
    paths = {
        "model_path": _folder(logged.artifact_path) / "model.skops",
        "reference_path": records / "reference.json",
        "schema_path": records / "schema.yaml",
    }
    tags = {name: path.relative_to(settings.registry).as_posix() for name, path in paths.items()}
    if not client.search_registered_models(f"name = '{settings.model_name}'"):
        client.create_registered_model(settings.model_name)
    version = client.create_model_version(settings.model_name, logged.model_uri, run_id, tags=tags).version
    promote(settings, str(version))
    return str(version)


def promote(settings: Settings, version: str) -> None:
    """Make a registered version the champion."""
    connect(settings).set_registered_model_alias(settings.model_name, CHAMPION, version)


def versions(settings: Settings) -> list[str]:
    """Return all registered versions, oldest first."""
    found = connect(settings).search_model_versions(f"name = '{settings.model_name}'")
    return sorted((str(item.version) for item in found), key=int)


def _folder(uri: str) -> Path:
    return Path(url2pathname(urlparse(uri).path))
