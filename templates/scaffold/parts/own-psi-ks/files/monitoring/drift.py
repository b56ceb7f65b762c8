"""How far rows have moved from training: population stability index and Kolmogorov-Smirnov distance. Pure functions.

PSI sums (actual - expected) * ln(actual / expected) over bins; the usual reading is below 0.1 stable, above 0.2 moved.
The KS distance is the largest gap between the two cumulative distributions, 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from monitoring.reference import Summary, number_shares, observed

# An empty bin would make the index infinite; this floor is far below one row in a thousand.
SMALLEST_SHARE = 1e-4


@dataclass(frozen=True)
class ColumnDrift:
    """How one column compares with training. `ks` is None for categories."""

    name: str
    psi: float
    ks: float | None
    missing: float
    drifted: bool


def psi(expected: list[float], actual: list[float]) -> float:
    """Return the population stability index of two lists of shares, bin by bin; 0 when they are equal."""
    e = np.maximum(np.asarray(expected, dtype="float64"), SMALLEST_SHARE)
    a = np.maximum(np.asarray(actual, dtype="float64"), SMALLEST_SHARE)
    return float(np.sum((a - e) * np.log(a / e)))


def ks_distance(quantiles: list[float], values: npt.NDArray[np.float64]) -> float:
    """Return the largest distance between the distribution given by evenly spaced quantiles and that of `values`."""
    grid = np.asarray(quantiles, dtype="float64")
    points = np.unique(np.concatenate([grid, values]))
    actual = np.searchsorted(np.sort(values), points, side="right") / len(values)
    return float(np.max(np.abs(_cumulative(grid, points) - actual)))


def _cumulative(grid: npt.NDArray[np.float64], points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Read the share at or below each point from the quantiles; equal quantiles are a jump, so take the last."""
    at, counts = np.unique(grid, return_counts=True)
    shares = (np.cumsum(counts) - 1) / max(len(grid) - 1, 1)
    return np.asarray(np.interp(points, at, shares, left=0.0, right=1.0))


def compare(summary: Summary, values: pd.Series, psi_limit: float, ks_limit: float) -> ColumnDrift:
    """Compare a column of new rows with its summary from training. Gaps count as a bin of their own."""
    seen = observed(values, "text" if summary.kind == "words" else summary.kind)
    present = seen.dropna()
    missing = float(seen.isna().mean())
    if summary.kind == "category":
        ks = None
        # One more bin for values that training did not know.
        expected, actual = [*summary.shares, 0.0], _category_shares(present, summary.values)
    else:
        numbers = present.to_numpy(dtype="float64")
        ks = ks_distance(summary.quantiles, numbers) if len(numbers) else 1.0
        expected, actual = summary.shares, number_shares(numbers, summary.edges)
    index = psi(_with_gaps(expected, summary.missing), _with_gaps(actual, missing))
    drifted = index > psi_limit or (ks is not None and ks > ks_limit)
    return ColumnDrift(summary.name, index, ks, missing, drifted)


def _category_shares(present: pd.Series, values: list[str]) -> list[float]:
    counts = [int((present == value).sum()) for value in values]
    return [count / max(len(present), 1) for count in [*counts, len(present) - sum(counts)]]


def _with_gaps(shares: list[float], missing: float) -> list[float]:
    return [*(share * (1 - missing) for share in shares), missing]
