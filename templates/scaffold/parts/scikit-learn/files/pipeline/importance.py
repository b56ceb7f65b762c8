"""How much each input contributes: the loss of quality when its values are shuffled on held-out rows.

An input that carries nearly everything is often known only after the fact; one that carries nothing only costs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.metrics import METRICS, Labels, Numbers
from pipeline.model import Model
from pipeline.settings import Settings

SHUFFLES = 3
# With fewer inputs one of them may well carry nearly everything.
FEWEST_TO_JUDGE = 3
NEARLY_EVERYTHING = 0.9


@dataclass(frozen=True)
class Contribution:
    """The loss of the gate's metric without one input, and its share of all losses, 0 to 1."""

    column: str
    loss: float
    share: float


def contributions(settings: Settings, model: Model, rows: pd.DataFrame, truth: Labels | Numbers) -> list[Contribution]:
    """Return the contribution of each feature column, the largest first. Shuffles with the project's seed."""
    metric = METRICS[settings.gate.metric]
    whole = metric.signed(metric.compute(truth, model.predict(rows)))
    random = np.random.default_rng(settings.split.seed)
    losses = {}
    for column in model.schema.features:
        values = []
        for _ in range(SHUFFLES):
            shuffled = rows.assign(**{column.name: random.permutation(rows[column.name].to_numpy())})
            values.append(whole - metric.signed(metric.compute(truth, model.predict(shuffled))))
        losses[column.name] = float(np.mean(values))
    total = sum(max(loss, 0.0) for loss in losses.values()) or 1.0
    found = [Contribution(name, loss, max(loss, 0.0) / total) for name, loss in losses.items()]
    return sorted(found, key=lambda item: (-item.loss, item.column))


def warnings(found: list[Contribution]) -> list[str]:
    """Return a sentence for each input that deserves a second look."""
    said = []
    if len(found) >= FEWEST_TO_JUDGE and found[0].share > NEARLY_EVERYTHING:
        top = found[0]
        said.append(
            f"{top.column} carries {top.share:.0%} of the quality: is it known before the prediction is needed?"
        )
    useless = [item.column for item in found if item.loss <= 0]
    if useless:
        said.append(f"without effect on the held-out rows: {', '.join(useless)}; leave out what stays so")
    return said
