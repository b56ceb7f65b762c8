"""Read rows from files. The only place that knows the data are CSV on this machine; replace it to read elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from pipeline.schema import Column
from pipeline.stages import StageFailed


def read_rows(path: Path, columns: Iterable[Column]) -> pd.DataFrame:
    """Read a CSV file in UTF-8 with a header. Number columns are parsed; a value that is no number stays as it is,
    so that the schema check can name it. Raises `StageFailed` when the file is missing or unreadable.
    """
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8")
    except FileNotFoundError:
        raise StageFailed(
            f"{path} is missing. Put your data there or change data.path in config/project.yaml."
        ) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise StageFailed(f"{path} is not a CSV file in UTF-8: {error}") from None
    for column in columns:
        if column.kind == "number" and column.name in frame.columns:
            frame[column.name] = _parsed(frame[column.name])
    return frame.astype(object)


def _parsed(values: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(values, errors="coerce").astype(object)
    unreadable = numbers.isna() & values.notna()
    return numbers.where(~unreadable, values.astype(object))


def write_rows(path: Path, frame: pd.DataFrame) -> None:
    """Write rows as CSV with a header, in UTF-8 with Unix line ends, so that the same rows give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
