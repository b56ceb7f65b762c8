"""The metrics a gate can use: how each is computed and whether more or less of it is better. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn import metrics as sk

Labels = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Predicted:
    """What a model said about some rows. `probabilities` has one column for each of `classes`, or is None."""

    values: Labels | Numbers
    probabilities: Numbers | None = None
    classes: tuple[str, ...] = ()
    positive: str | None = None

    @property
    def scores(self) -> Numbers:
        """The probability of the positive class; for regression there is none."""
        assert self.probabilities is not None
        return np.asarray(self.probabilities[:, self.classes.index(self.positive or self.classes[-1])])


@dataclass(frozen=True)
class Metric:
    """One measure of quality. `higher` is True when more is better."""

    name: str
    higher: bool
    compute: Callable[[Labels | Numbers, Predicted], float]

    def reached(self, value: float, threshold: float) -> bool:
        return value >= threshold if self.higher else value <= threshold

    def better(self, value: float, other: float) -> bool:
        return value > other if self.higher else value < other

    def signed(self, value: float) -> float:
        """Return the value so that more is always better, as a search wants it."""
        return value if self.higher else -value


def _f1(truth: Labels | Numbers, predicted: Predicted) -> float:
    if len(predicted.classes) == 2:
        positive = predicted.positive or predicted.classes[-1]
        return float(sk.f1_score(truth, predicted.values, pos_label=positive, average="binary", zero_division=0))
    return float(sk.f1_score(truth, predicted.values, average="macro", zero_division=0))


def _one_against_rest(truth: Labels | Numbers, predicted: Predicted) -> npt.NDArray[np.int_]:
    return np.column_stack([(truth == name).astype(int) for name in predicted.classes])


def _roc_auc(truth: Labels | Numbers, predicted: Predicted) -> float:
    if len(predicted.classes) == 2:
        positive = predicted.positive or predicted.classes[-1]
        return float(sk.roc_auc_score((truth == positive).astype(int), predicted.scores))
    return float(sk.roc_auc_score(_one_against_rest(truth, predicted), predicted.probabilities, average="macro"))


def _average_precision(truth: Labels | Numbers, predicted: Predicted) -> float:
    if len(predicted.classes) == 2:
        positive = predicted.positive or predicted.classes[-1]
        return float(sk.average_precision_score((truth == positive).astype(int), predicted.scores))
    wanted = _one_against_rest(truth, predicted)
    return float(sk.average_precision_score(wanted, predicted.probabilities, average="macro"))


METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("accuracy", True, lambda truth, p: float(sk.accuracy_score(truth, p.values))),
        Metric("f1", True, _f1),
        Metric("roc-auc", True, _roc_auc),
        Metric("average-precision", True, _average_precision),
        Metric("log-loss", False, lambda truth, p: float(sk.log_loss(truth, p.probabilities, labels=list(p.classes)))),
        Metric("r2", True, lambda truth, p: float(sk.r2_score(truth, p.values))),
        Metric("rmse", False, lambda truth, p: float(sk.root_mean_squared_error(truth, p.values))),
        Metric("mae", False, lambda truth, p: float(sk.mean_absolute_error(truth, p.values))),
    )
}

FOR_TASK: Mapping[str, tuple[str, ...]] = {
    "classification": ("accuracy", "f1", "roc-auc", "average-precision", "log-loss"),
    "regression": ("r2", "rmse", "mae"),
}
