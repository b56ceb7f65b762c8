"""ML Test Score, data: what a valid row is stands in a schema, and the schema is enforced."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.data import write_rows
from pipeline.schema import Column, Schema, from_records, violations
from pipeline.settings import ConfigError, Settings
from pipeline.stages import StageFailed
from pipeline.validate import validate

NUMBER = Column(name="n", kind="number", minimum=0, maximum=10)


def test_the_data_fit_the_schema(rows: pd.DataFrame, schema: Schema) -> None:
    """Feature expectations are captured in a schema: every row of the data file keeps to it."""
    assert violations(rows, [*schema.columns, schema.target]) == []


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (NUMBER, -1, "at least 0"),
        (NUMBER, 10.5, "at most 10"),
        (NUMBER, "3", "must be a number"),
        (NUMBER, True, "must be a number"),
        (NUMBER, float("inf"), "finite"),
        (NUMBER, 10**400, "finite"),
        (NUMBER, None, "is missing"),
        (Column(name="c", kind="category", values=["a", "b"]), "z", "one of a, b"),
        (Column(name="t", kind="text", max_length=3), "long", "at most 3 characters"),
        (Column(name="t", kind="text"), 5, "must be text"),
        (Column(name="d", kind="time"), "yesterday-ish", "date or time"),
    ],
)
def test_a_value_that_breaks_the_schema_is_named(column: Column, value: object, reason: str) -> None:
    """Data invariants hold for inputs: each kind of wrong value is found, with its row and the reason."""
    frame = pd.DataFrame({column.name: pd.Series([value], dtype=object)})
    (found,) = violations(frame, [column])
    assert (found.row, found.field) == (0, column.name)
    assert reason in found.reason


def test_gaps_are_fine_where_the_schema_allows_them() -> None:
    """Feature expectations are captured in a schema: `nullable` is part of them."""
    frame = pd.DataFrame({"n": pd.Series([None, float("nan")], dtype=object)})
    assert violations(frame, [NUMBER.model_copy(update={"nullable": True})]) == []


def test_a_misspelt_field_and_the_target_are_refused_in_requests(
    records: list[dict[str, object]], schema: Schema
) -> None:
    """Data invariants hold for inputs: a field nobody reads is an error, not ignored."""
    _, found = from_records([{**records[0], "misspelt": 1, schema.target.name: "x"}], schema)
    assert {violation.field for violation in found} == {"misspelt", schema.target.name}


def test_validation_stops_on_bad_data_and_names_the_row(project: Settings, rows: pd.DataFrame, schema: Schema) -> None:
    """Feature expectations are captured in a schema: data that break it never reach training."""
    broken = rows.copy()
    broken.loc[6, schema.target.name] = None
    write_rows(project.data_file, broken)
    with pytest.raises(StageFailed, match=f"row 7: {schema.target.name} is missing"):
        validate(project)
    assert not (project.build / "validated.csv").exists()


def test_a_wrong_schema_file_is_refused(project: Settings) -> None:
    """Feature expectations are captured in a schema: the schema itself is checked."""
    project.schema_file.write_text("columns:\n  - {name: a, kind: colour}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"columns\.0\.kind"):
        Schema.load(project)
