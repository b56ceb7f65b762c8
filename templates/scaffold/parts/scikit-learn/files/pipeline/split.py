"""Stage 2: hold rows out that no later choice may look at. Writes build/train.csv and build/test.csv."""

from __future__ import annotations

import sys

import pandas as pd
from sklearn.model_selection import train_test_split

from pipeline.data import read_rows, write_rows
from pipeline.schema import Schema
from pipeline.settings import Settings
from pipeline.stages import StageFailed, require, run_stage


def split(settings: Settings) -> str:
    """Split the validated rows as config/project.yaml says. The same rows and seed give the same split."""
    schema = Schema.load(settings)
    frame = read_rows(require(settings.build / "validated.csv", "validate"), [*schema.columns, schema.target])
    train, test = (
        _by_time(frame, schema, settings) if settings.split.method == "time" else _drawn(frame, schema, settings)
    )
    write_rows(settings.build / "train.csv", train)
    write_rows(settings.build / "test.csv", test)
    return f"{len(train)} rows to learn from, {len(test)} held out ({settings.split.method})"


def _by_time(frame: pd.DataFrame, schema: Schema, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    if schema.time is None:
        raise StageFailed("split.method is time, but config/schema.yaml has no column of kind time.")
    moments = pd.to_datetime(frame[schema.time], format="ISO8601", utc=True)
    border = moments.quantile(1 - settings.split.test_share)
    ordered = frame.loc[moments.sort_values(kind="stable").index]
    newest = moments.loc[ordered.index] > border
    return ordered[~newest], ordered[newest]


def _drawn(frame: pd.DataFrame, schema: Schema, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    classes = frame[schema.target.name] if schema.target.kind == "category" else None
    try:
        train, test = train_test_split(
            frame, test_size=settings.split.test_share, random_state=settings.split.seed, stratify=classes
        )
    except ValueError as error:
        raise StageFailed(f"The rows cannot be split: {error}") from None
    return train, test


def load(settings: Settings, part: str) -> tuple[pd.DataFrame, pd.Series]:
    """Return the inputs and the target of `train` or `test`, as the earlier stage split them."""
    schema = Schema.load(settings)
    frame = read_rows(require(settings.build / f"{part}.csv", "split"), [*schema.columns, schema.target])
    target = frame[schema.target.name]
    return frame[[column.name for column in schema.columns]], (
        target.astype("float64") if schema.target.kind == "number" else target.astype(object)
    )


if __name__ == "__main__":
    sys.exit(run_stage(split))
