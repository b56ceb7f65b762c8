"""A trained model as the rest of the project uses it: checked rows in, predictions out; and its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline
from skops import io as skops

from pipeline.candidates import TRUSTED_TYPES
from pipeline.features import inputs
from pipeline.metrics import Predicted
from pipeline.schema import Schema


@dataclass(frozen=True)
class Model:
    """A fitted pipeline together with the schema of the rows it reads."""

    pipeline: Pipeline
    schema: Schema

    def predict(self, frame: pd.DataFrame) -> Predicted:
        """Predict checked rows. Probabilities come along when the task is a classification."""
        rows = inputs(frame, self.schema)
        if not hasattr(self.pipeline, "predict_proba"):
            return Predicted(np.asarray(self.pipeline.predict(rows), dtype="float64"))
        probabilities = np.asarray(self.pipeline.predict_proba(rows), dtype="float64")
        classes = tuple(str(name) for name in self.pipeline.classes_)
        values = np.asarray(classes, dtype=object)[probabilities.argmax(axis=1)]
        return Predicted(values, probabilities, classes, self.schema.target.positive)


def save(pipeline: Pipeline, path: Path) -> None:
    """Keep a fitted pipeline in a file that holds data only, no code."""
    path.parent.mkdir(parents=True, exist_ok=True)
    skops.dump(pipeline, path)


def load(path: Path, schema: Schema) -> Model:
    """Load a model file. Refuses a file with classes that are not in `TRUSTED_TYPES`."""
    return Model(skops.load(path, trusted=list(TRUSTED_TYPES)), schema)
