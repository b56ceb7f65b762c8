"""What inputs and predictions looked like when the model was made: a summary small enough to travel with the model.

Holds shares and quantiles only, never a row. The comparison is in monitoring/drift.py.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import BaseModel, ConfigDict

from pipeline.metrics import Predicted
from pipeline.schema import Column, Schema

BINS = 10
QUANTILES = 200
PREDICTION = "prediction"


class Summary(BaseModel):
    """One column in training. `edges` part numbers into bins; `shares` has one share for each bin or value, and
    `missing` is the share of gaps. `quantiles` are evenly spaced from least to largest, for numbers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: Literal["number", "category", "words"]
    edges: list[float] = []
    quantiles: list[float] = []
    values: list[str] = []
    shares: list[float]
    missing: float


def summarise(frame: pd.DataFrame, schema: Schema) -> list[dict[str, Any]]:
    """Summarise the feature columns of checked rows."""
    return [_summary(column, observed(frame[column.name], column.kind)).model_dump() for column in schema.features]


def summarise_predictions(predicted: Predicted, schema: Schema) -> dict[str, Any]:
    """Summarise what the model said about rows it had not seen in training."""
    column = schema.target.model_copy(update={"name": PREDICTION})
    return _summary(column, observed(pd.Series(predicted.values), column.kind)).model_dump()


def observed(values: pd.Series, kind: str) -> pd.Series:
    """Return a column as it is compared: numbers as float, texts as their number of words, categories as text."""
    if kind == "text":
        return values.map(lambda text: float(len(str(text).split())), na_action="ignore").astype("float64")
    return pd.to_numeric(values).astype("float64") if kind == "number" else values.astype(object)


def number_shares(values: npt.NDArray[np.float64], edges: list[float]) -> list[float]:
    """Return the share of values in each bin between `edges`; the outer bins are open."""
    counts = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1)
    return [float(share) for share in counts / max(len(values), 1)]


def _summary(column: Column, values: pd.Series) -> Summary:
    present = values.dropna()
    missing = float(values.isna().mean())
    if column.kind == "category":
        shares = [float((present == value).mean()) for value in column.values]
        return Summary(name=column.name, kind="category", values=column.values, shares=shares, missing=missing)
    numbers = present.to_numpy(dtype="float64")
    edges = sorted(set(np.quantile(numbers, np.linspace(0, 1, BINS + 1)[1:-1]).tolist()))
    quantiles = np.quantile(numbers, np.linspace(0, 1, QUANTILES + 1)).tolist()
    kind: Literal["number", "words"] = "words" if column.kind == "text" else "number"
    shares = number_shares(numbers, edges)
    return Summary(name=column.name, kind=kind, edges=edges, quantiles=quantiles, shares=shares, missing=missing)
