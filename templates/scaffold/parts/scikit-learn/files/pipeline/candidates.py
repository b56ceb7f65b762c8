"""The models that are tried, simplest first: on equal scores the simpler one wins. Add or remove candidates here.

Each candidate is one scikit-learn pipeline, features included, with the settings to search.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline

from pipeline.features import preprocessing
from pipeline.schema import Schema
from pipeline.settings import Settings

# Classes a stored model may be made of, beyond what skops trusts by itself. Loading refuses everything else,
# so that a model file cannot bring code along. Extend this list together with the candidates.
TRUSTED_TYPES = (
    "numpy.dtype",
    "sklearn._loss._loss.CyHalfBinomialLoss",
    "sklearn._loss._loss.CyHalfMultinomialLoss",
    "sklearn._loss._loss.CyHalfSquaredError",
    "sklearn._loss.link.IdentityLink",
    "sklearn._loss.link.Interval",
    "sklearn._loss.link.LogitLink",
    "sklearn._loss.link.MultinomialLogit",
    "sklearn._loss.loss.HalfBinomialLoss",
    "sklearn._loss.loss.HalfMultinomialLoss",
    "sklearn._loss.loss.HalfSquaredError",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
)


@dataclass(frozen=True)
class Candidate:
    """A pipeline and the settings to search, by parameter name."""

    name: str
    pipeline: Pipeline
    grid: dict[str, list[Any]] = field(default_factory=dict)


def candidates(settings: Settings, schema: Schema) -> list[Candidate]:
    """Return the candidates for the task, simplest first."""
    texts: dict[str, list[Any]] = {
        f"features__text{index}__ngram_range": [(1, 1), (1, 2)] for index, _ in enumerate(schema.names("text"))
    }
    seed = settings.split.seed
    if settings.task.kind == "regression":
        linear = Candidate("linear", _pipeline(schema, Ridge()), {"model__alpha": [0.1, 1.0, 10.0], **texts})
        boosted = HistGradientBoostingRegressor(random_state=seed)
    else:
        logistic = LogisticRegression(max_iter=2000, random_state=seed)
        linear = Candidate("linear", _pipeline(schema, logistic), {"model__C": [0.1, 1.0, 10.0], **texts})
        boosted = HistGradientBoostingClassifier(random_state=seed)
    if texts:
        return [linear]  # boosted trees do not read the sparse word weights
    trees: dict[str, list[Any]] = {
        "model__learning_rate": [0.05, 0.1],
        "model__max_leaf_nodes": [7, 15],
        "model__max_iter": [80],
    }
    return [linear, Candidate("boosted-trees", _pipeline(schema, boosted), trees)]


def without_learning(settings: Settings) -> DummyClassifier | DummyRegressor:
    """Return the model that ignores its inputs: the least any learned model has to beat."""
    if settings.task.kind == "regression":
        return DummyRegressor(strategy="median" if settings.gate.metric == "mae" else "mean")
    return DummyClassifier(strategy="prior")


def _pipeline(schema: Schema, model: object) -> Pipeline:
    return Pipeline([("features", preprocessing(schema)), ("model", model)])
