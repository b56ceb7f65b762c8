"""The gate: may this model be registered? Compares measured values with what the team decided. Pure functions."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.metrics import METRICS, Metric
from pipeline.settings import Settings


@dataclass(frozen=True)
class Slice:
    """The quality on the rows with one value of one category, beside the quality on all rows."""

    column: str
    value: str
    rows: int
    metric: str
    measured: float
    overall: float

    def weak(self, tolerance: float) -> bool:
        """Return whether this slice is worse than all rows by more than `tolerance`, a share of the overall value."""
        room = abs(self.overall) * tolerance
        worst = self.overall - room if METRICS[self.metric].higher else self.overall + room
        return not METRICS[self.metric].reached(self.measured, worst)


@dataclass(frozen=True)
class Verdict:
    """What the gate decided, with one reason for each thing it looked at."""

    passed: bool
    metric: str
    value: float
    without_learning: float
    reasons: tuple[str, ...]
    slices: tuple[Slice, ...]

    @property
    def sentence(self) -> str:
        return f"gate {'passed' if self.passed else 'FAILED'}: {self.metric} {self.value:.4g}"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "sentence": self.sentence}


def judge(value: float, without_learning: float, slices: list[Slice], settings: Settings) -> Verdict:
    """Judge the value of the gate's metric on held-out rows against every demand."""
    metric = METRICS[settings.gate.metric]
    # NaN is neither better nor worse than anything, so that it is said here and left to no comparison.
    checks = [] if math.isfinite(value) else [(False, f"a finite number: {metric.name} is {value:.4g}")]
    checks += [_beats(metric, value, without_learning, "a model without learning")]
    checks += _demands(metric, value, settings)
    weak = [f"{s.column}: {s.value}" for s in slices if s.weak(settings.gate.slice_tolerance)]
    if weak:
        checks.append((False, f"too weak on {', '.join(weak)} (tolerance {settings.gate.slice_tolerance:g})"))
    reasons = tuple(f"{'met' if met else 'NOT met'}: {reason}" for met, reason in checks)
    return Verdict(all(met for met, _ in checks), metric.name, value, without_learning, reasons, tuple(slices))


def _demands(metric: Metric, value: float, settings: Settings) -> list[tuple[bool, str]]:
    gate = settings.gate
    if settings.data.sample:
        # The team's threshold is in the unit of its own data and says nothing about invented rows.
        return [_reaches(metric, value, gate.sample_threshold, "the threshold for the sample data")]
    demands = []
    if gate.threshold is not None:
        demands.append(_reaches(metric, value, gate.threshold, "the threshold"))
    if gate.baseline is not None:
        demands.append(_beats(metric, value, gate.baseline, "the way without ML"))
    return demands


def _reaches(metric: Metric, value: float, wanted: float, name: str) -> tuple[bool, str]:
    bound = "at least" if metric.higher else "at most"
    return metric.reached(value, wanted), f"{name}: {metric.name} {bound} {wanted:g}, got {value:.4g}"


def _beats(metric: Metric, value: float, other: float, name: str) -> tuple[bool, str]:
    return metric.better(value, other), f"better than {name}: {metric.name} {value:.4g} against {other:.4g}"
