"""Stage 1: refuse data that break config/schema.yaml, before anything is learned from them.

Writes build/validated.csv with the schema's columns only. The rules for a single value are in pipeline/schema.py.
"""

from __future__ import annotations

import sys

import pandas as pd

from pipeline.data import read_rows, write_rows
from pipeline.schema import Schema, violations
from pipeline.settings import Settings
from pipeline.stages import StageFailed, run_stage

MINIMUM_ROWS = 50
SHOWN = 10


def validate(settings: Settings) -> str:
    """Check every row of the data file. Raises `StageFailed` listing the first violations with their rows."""
    schema = Schema.load(settings)
    columns = [*schema.columns, schema.target]
    frame = read_rows(settings.data_file, columns)
    found = [str(violation) for violation in violations(frame, columns)] or _invariants(frame, schema)
    if found:
        more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
        listed = "\n".join(f"  {line}" for line in [*found[:SHOWN], *more])
        raise StageFailed(f"{settings.data.path} does not fit config/schema.yaml:\n{listed}")
    write_rows(settings.build / "validated.csv", frame[[column.name for column in columns]])
    return f"{len(frame)} rows with {len(schema.features)} features fit the schema"


def _invariants(frame: pd.DataFrame, schema: Schema) -> list[str]:
    """Return what is wrong with the table as a whole."""
    found = []
    if len(frame) < MINIMUM_ROWS:
        found.append(f"only {len(frame)} rows; {MINIMUM_ROWS} are the least to learn from")
    for column in schema.columns:
        if column.kind == "id" and frame[column.name].duplicated().any():
            found.append(f"{column.name} identifies a row, but some values are there twice")
    if schema.target.kind == "category" and frame[schema.target.name].nunique() < 2:
        found.append(f"{schema.target.name} has one class only; there is nothing to tell apart")
    return found


if __name__ == "__main__":
    sys.exit(run_stage(validate))
