"""What a valid row is: config/schema.yaml as columns, and one check that training, batch and service all use.

The same code judges a CSV file and an HTTP request, so that training and serving cannot disagree about an input.
Nothing here reads data files or knows about models.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from pipeline.settings import Section, Settings, read_config

Kind = Literal["number", "category", "text", "time", "id"]

FEATURE_KINDS = ("number", "category", "text")

# A model computes in 64-bit floats; anything beyond this is a typing error, not a measurement.
LARGEST = 1e300


class Column(Section):
    """What values a column may have. Only number, category and text columns become features.

    `personal` marks data about a person: such a column is never a feature and is never logged.
    """

    name: str
    kind: Kind
    minimum: float | None = None
    maximum: float | None = None
    values: list[str] = Field(default_factory=list)
    max_length: Annotated[int, Field(ge=1)] = 10_000
    nullable: bool = False
    personal: bool = False
    unit: str | None = None

    @model_validator(mode="after")
    def _bounds_suit_the_kind(self) -> Self:
        if self.kind != "number" and (self.minimum is not None or self.maximum is not None):
            raise ValueError(f"column '{self.name}' is a {self.kind}; only numbers have a minimum and maximum")
        if self.kind == "category" and not self.values:
            raise ValueError(f"column '{self.name}' is a category; list its values")
        return self

    @property
    def feature(self) -> bool:
        return self.kind in FEATURE_KINDS and not self.personal


class Target(Column):
    """What is predicted. `positive` names the class whose probability counts, for two classes."""

    kind: Literal["number", "category"]
    positive: str | None = None

    @model_validator(mode="after")
    def _positive_is_a_value(self) -> Self:
        if self.positive is not None and self.positive not in self.values:
            raise ValueError(f"the positive class '{self.positive}' is not among the target's values")
        return self


class Schema(Section):
    """All columns of a row: inputs in order, and the target."""

    columns: Annotated[list[Column], Field(min_length=1)]
    target: Target

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Read config/schema.yaml. Raises `ConfigError`."""
        return read_config(settings.schema_file, cls)

    @property
    def features(self) -> list[Column]:
        return [column for column in self.columns if column.feature]

    @property
    def time(self) -> str | None:
        """The column that orders rows in time, if there is one."""
        return next((column.name for column in self.columns if column.kind == "time"), None)

    def names(self, kind: Kind) -> list[str]:
        return [column.name for column in self.features if column.kind == kind]


@dataclass(frozen=True)
class Violation:
    """One value that breaks the schema. `row` counts from 0; None means the whole column."""

    row: int | None
    field: str
    reason: str

    def __str__(self) -> str:
        where = "every row" if self.row is None else f"row {self.row + 1}"
        return f"{where}: {self.field} {self.reason}"


def violations(frame: pd.DataFrame, columns: Iterable[Column]) -> list[Violation]:
    """Return every value of `frame` that breaks the schema, column by column. Values are checked as they came."""
    found: list[Violation] = []
    for column in columns:
        if column.name in frame.columns:
            found.extend(_column_violations(frame[column.name], column))
        else:
            found.append(Violation(None, column.name, "is missing"))
    return found


def from_records(records: list[dict[str, object]], schema: Schema) -> tuple[pd.DataFrame, list[Violation]]:
    """Return the records as a frame with every column of the schema, and what is wrong with them.

    Fields that only order or identify a row may be left out. Unknown fields are refused: they are often misspelt.
    """
    known = [column.name for column in schema.columns]
    found = [
        Violation(row, _printable(field), _unknown(field, schema))
        for row, record in enumerate(records)
        for field in record
        if field not in known
    ]
    rows = [[record.get(name) for name in known] for record in records]
    frame = pd.DataFrame(rows, columns=pd.Index(known), dtype=object)
    required = [column for column in schema.columns if column.kind not in ("time", "id")]
    optional = [column.model_copy(update={"nullable": True}) for column in schema.columns if column not in required]
    found.extend(violations(frame, [*required, *optional]))
    return frame, found


def typed(frame: pd.DataFrame, columns: Iterable[Column]) -> pd.DataFrame:
    """Return checked columns as a model wants them: numbers as float, everything else as text without gaps."""
    converted = {}
    for column in columns:
        values = frame[column.name]
        if column.kind == "number":
            converted[column.name] = pd.to_numeric(values).astype("float64")
        else:
            converted[column.name] = values.astype(object).where(values.notna(), "").astype(object)
    return pd.DataFrame(converted, index=frame.index)


def _unknown(field: str, schema: Schema) -> str:
    if field == schema.target.name:
        return "is what the model predicts; leave it out"
    return "is not in config/schema.yaml"


def _printable(field: str) -> str:
    """Return a name from outside, short and without the half characters that UTF-8 cannot carry."""
    return field[:80].encode("utf-8", "backslashreplace").decode("utf-8")


def _column_violations(values: pd.Series, column: Column) -> Iterator[Violation]:
    check = _CHECKS[column.kind]
    for row, value in enumerate(values):
        absent = None if column.nullable else "is missing"
        reason = absent if _missing(value) else check(value, column)
        if reason:
            yield Violation(row, column.name, reason)


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def _number(value: object, column: Column) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"must be a number, got {_shown(value)}"
    if not abs(value) <= LARGEST:
        return "must be a finite number"
    if column.minimum is not None and value < column.minimum:
        return f"must be at least {column.minimum:g}, got {_shown(value)}"
    if column.maximum is not None and value > column.maximum:
        return f"must be at most {column.maximum:g}, got {_shown(value)}"
    return None


def _category(value: object, column: Column) -> str | None:
    if value not in column.values:
        return f"must be one of {', '.join(column.values)}, got {_shown(value)}"
    return None


def _text(value: object, column: Column) -> str | None:
    if not isinstance(value, str):
        return f"must be text, got {_shown(value)}"
    if len(value) > column.max_length:
        return f"must have at most {column.max_length} characters, got {len(value)}"
    return None


def _time(value: object, column: Column) -> str | None:
    try:
        pd.Timestamp(str(value))
    except (ValueError, OverflowError):
        return f"must be a date or time such as 2026-01-31, got {_shown(value)}"
    return None


def _shown(value: object) -> str:
    """Return a short form that is safe in a log line and an HTTP answer."""
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


_CHECKS: Mapping[Kind, Callable[[object, Column], str | None]] = {
    "number": _number,
    "category": _category,
    "text": _text,
    "time": _time,
    "id": _text,
}
