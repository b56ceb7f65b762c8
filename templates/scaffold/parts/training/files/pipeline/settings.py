"""What the project is set to: config/project.yaml as typed, checked values, and where each file lives.

Every number that a team may want to change is here or in config/schema.yaml, never in the code. Reads files only.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

ROOT = Path(__file__).resolve().parents[1]

MetricName = Literal["accuracy", "f1", "roc-auc", "average-precision", "log-loss", "r2", "rmse", "mae"]
# From where to where each metric can go; None is no bound.
METRIC_RANGES: Mapping[MetricName, tuple[float | None, float | None]] = {
    "accuracy": (0, 1),
    "f1": (0, 1),
    "roc-auc": (0, 1),
    "average-precision": (0, 1),
    "log-loss": (0, None),
    "r2": (None, 1),
    "rmse": (0, None),
    "mae": (0, None),
}
# What a person writes by mistake, and how to mend it.
MENDS = {
    "float_type": "write a number with a decimal point and nothing behind it, such as 0.92",
    "int_type": "write a whole number in digits, such as 40",
    "finite_number": "write a finite number",
}
Share = Annotated[float, Field(gt=0, lt=1)]


class ConfigError(Exception):
    """A file in config/ is wrong. The message names the file and the key."""


class Section(BaseModel):
    """Base of all settings: unknown keys and numbers that are not finite are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Task(Section):
    """What is learned: a class or a number."""

    kind: Literal["classification", "regression"]


class Data(Section):
    """Where the rows are. `sample` is true while they are the invented ones that came with the project."""

    path: str
    sample: bool


class Split(Section):
    """How rows are held out for the final test. `time` keeps the newest rows, `random` a seeded draw."""

    method: Literal["random", "time"]
    test_share: Share
    seed: int


class Training(Section):
    """How candidates are compared: `folds` cross-validation folds inside the training rows."""

    folds: Annotated[int, Field(ge=2, le=20)]


class Gate(Section):
    """What a model must reach on the held-out rows before it may be registered, in the metric's own unit.

    `baseline` is what the way without ML reaches today. `sample_threshold` replaces both while the data are a sample.
    """

    metric: MetricName
    threshold: float | None
    baseline: float | None
    sample_threshold: float
    slice_tolerance: Annotated[float, Field(ge=0)]
    slice_minimum_rows: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _within_reach_of_the_metric(self) -> Self:
        # A bound that the metric cannot reach would stop every model, or let every model pass.
        bounds = {"threshold": self.threshold, "baseline": self.baseline, "sample_threshold": self.sample_threshold}
        for name, value in bounds.items():
            if value is not None and not _reachable(self.metric, value):
                raise ValueError(_unreachable(self.metric, name, value))
        return self


def _reachable(metric: MetricName, value: float) -> bool:
    low, high = METRIC_RANGES[metric]
    return (low is None or value >= low) and (high is None or value <= high)


def _unreachable(metric: MetricName, name: str, value: float) -> str:
    low, high = METRIC_RANGES[metric]
    ends = (None if low is None else f"from {low:g}", "upwards" if high is None else f"up to {high:g}")
    reach = " ".join(end for end in ends if end is not None)
    # A share of a hundred where the metric is a fraction is the usual mistake.
    meant = f"; did you mean {value / 100:g}?" if high == 1 and 2 <= value <= 100 else ""
    return f"{name} {value:g} cannot be: {metric} goes {reach}{meant}"


class Serving(Section):
    """Limits of the prediction service."""

    latency_p95_ms: Annotated[float, Field(gt=0)]
    max_records: Annotated[int, Field(ge=1)]
    max_body_bytes: Annotated[int, Field(ge=1000)]
    log_inputs: bool


class Monitoring(Section):
    """When the drift check raises an alarm, and from which age on a model counts as stale."""

    psi_limit: Annotated[float, Field(gt=0)]
    ks_limit: Share
    minimum_rows: Annotated[int, Field(ge=20)]
    window_days: Annotated[int, Field(ge=1)]
    max_model_age_days: Annotated[int, Field(ge=1)]


class Config(Section):
    """The content of config/project.yaml."""

    title: str
    model_name: str
    task: Task
    data: Data
    split: Split
    training: Training
    gate: Gate
    serving: Serving
    monitoring: Monitoring


class Settings(Config):
    """The configuration together with the folder it belongs to."""

    root: Path

    @classmethod
    def load(cls, root: Path = ROOT) -> Self:
        """Read config/project.yaml below `root`. Raises `ConfigError`."""
        config = read_config(root / "config" / "project.yaml", Config)
        return cls(**dict(config), root=root)

    @property
    def data_file(self) -> Path:
        return self.root / self.data.path

    @property
    def schema_file(self) -> Path:
        return self.root / "config" / "schema.yaml"

    @property
    def build(self) -> Path:
        """What the stages hand to each other; safe to delete."""
        return self.root / "build"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def registry(self) -> Path:
        """Runs, models and versions: the folder to keep and to back up."""
        return self.root / "registry"

    @property
    def prediction_logs(self) -> Path:
        return self.root / "logs" / "predictions"


T = TypeVar("T", bound=BaseModel)


def read_config(path: Path, model: type[T]) -> T:
    """Read one YAML file as `model`. Raises `ConfigError` naming the file and every key that is wrong."""
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return model.model_validate(content)
    except FileNotFoundError:
        raise ConfigError(f"{path} is missing. Restore it from version control.") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} is not valid YAML: {error}") from None
    except ValidationError as error:
        named = [(".".join(map(str, e["loc"])) or "the file", e["type"], e["msg"]) for e in error.errors()]
        wrong = [f"  {name}: {MENDS.get(kind, message.removeprefix('Value error, '))}" for name, kind, message in named]
        raise ConfigError("\n".join([f"{path} has wrong or missing keys:", *wrong])) from None
