"""ML Test Score, monitoring: the drift check is silent on rows like those in training and speaks up on moved ones."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from monitoring.check import check
from monitoring.drift import compare, ks_distance, psi
from monitoring.reference import Summary, summarise
from pipeline.data import write_rows
from pipeline.schema import Schema
from pipeline.settings import Settings
from pipeline.stages import StageFailed

TODAY = datetime.now(UTC).date()


@pytest.fixture
def watched(trained: Settings, tmp_path: Path) -> Settings:
    """A copy of the trained project, so that logs and reports of one test do not meet those of another."""
    shutil.copytree(trained.root, tmp_path / "watched", ignore=shutil.ignore_patterns("logs"))
    return Settings.load(tmp_path / "watched")


def test_psi_has_its_published_value() -> None:
    """Data invariants hold for inputs: PSI of 50/50 against 60/40 is 0.1 ln 1.2 - 0.1 ln 0.8."""
    assert psi([0.5, 0.5], [0.6, 0.4]) == pytest.approx(0.1 * np.log(1.2) - 0.1 * np.log(0.8))
    assert psi([0.3, 0.7], [0.3, 0.7]) == 0
    assert psi([1.0, 0.0], [0.0, 1.0]) < np.inf


def test_ks_distance_is_the_shift_of_a_uniform_distribution() -> None:
    """Data invariants hold for inputs: moving a uniform distribution by a tenth gives a distance of a tenth."""
    quantiles = np.linspace(0, 1, 201).tolist()
    values = np.linspace(0, 1, 1001)
    assert ks_distance(quantiles, values) < 0.01
    assert ks_distance(quantiles, values + 0.1) == pytest.approx(0.1, abs=0.01)
    assert ks_distance(quantiles, values + 5) == 1


def test_values_unknown_in_training_count_as_drift() -> None:
    """Data invariants hold for inputs: a new category is a bin of its own."""
    summary = Summary(name="c", kind="category", values=["a", "b"], shares=[0.5, 0.5], missing=0.0)
    same, moved = pd.Series(["a", "b"] * 100), pd.Series(["a", "z"] * 100)
    assert not compare(summary, same, 0.2, 0.15).drifted
    assert compare(summary, moved, 0.2, 0.15).drifted


def test_gaps_that_training_did_not_have_count_as_drift() -> None:
    """Data invariants hold for inputs: a sensor that falls silent is drift even if all other values are as before."""
    summary = Summary(name="n", kind="number", edges=[0.5], quantiles=[0.0, 0.5, 1.0], shares=[0.5, 0.5], missing=0.0)
    values = pd.Series([*np.linspace(0, 1, 100), *[None] * 60], dtype=object)
    assert compare(summary, values, 0.2, 0.15).drifted
    assert compare(summary, pd.Series([None] * 10, dtype=object), 0.2, 0.15).drifted


def test_training_data_are_stable_against_themselves(rows: pd.DataFrame, schema: Schema) -> None:
    """Data invariants hold for inputs: no false alarm on rows from the same source."""
    for item in summarise(rows, schema):
        summary = Summary.model_validate(item)
        assert not compare(summary, rows[summary.name].sample(frac=0.5, random_state=1), 0.2, 0.15).drifted


def test_the_reference_holds_no_rows(rows: pd.DataFrame, schema: Schema) -> None:
    """The data pipeline has appropriate privacy controls: only shares and quantiles leave the training data."""
    text = json.dumps(summarise(rows, schema))
    for column in schema.columns:
        if column.kind in ("text", "id"):
            assert str(rows[column.name].iloc[0]) not in text


def test_moved_rows_raise_the_alarm_and_say_which_column(watched: Settings, rows: pd.DataFrame, schema: Schema) -> None:
    """Data invariants hold for inputs: the check names the moved column in both reports."""
    column = schema.features[0]
    moved = rows.copy()
    moved[column.name] = rows[column.name].sort_values().iloc[-1]
    write_rows(watched.root / "moved.csv", moved)
    report = check(watched, watched.root / "moved.csv", TODAY)
    assert report["status"] == "drifted"
    assert column.name in report["summary"]
    assert f"| {column.name} |" in (watched.reports / "drift.md").read_text(encoding="utf-8")


def _log(settings: Settings, entries: list[dict[str, Any]]) -> None:
    settings.prediction_logs.mkdir(parents=True)
    text = "".join(json.dumps(entry) + "\n" for entry in entries)
    (settings.prediction_logs / f"{TODAY}.jsonl").write_text(text, encoding="utf-8")


def test_logged_predictions_are_compared_with_those_of_the_evaluation(
    watched: Settings, records: list[dict[str, object]]
) -> None:
    """Prediction quality has not regressed: when answers move while inputs do not, the check says so."""
    constant: Any = 1e6 if watched.task.kind == "regression" else "never seen"
    _log(watched, [{"record": record, "prediction": constant} for record in records])
    report = check(watched, None, TODAY)
    assert report["status"] == "drifted"
    assert "prediction" in report["summary"]


def test_too_few_rows_are_not_judged(watched: Settings, records: list[dict[str, object]]) -> None:
    """Data invariants hold for inputs: a handful of rows proves nothing, and the report does not pretend."""
    assert check(watched, None, TODAY)["status"] == "not judged"
    _log(watched, [{"record": records[0], "prediction": "x"}] * 3)
    assert check(watched, None, TODAY)["status"] == "not judged"


def test_a_damaged_log_is_named_with_its_line(watched: Settings) -> None:
    """Data invariants hold for inputs: a cut-off line is an error, not a silent gap."""
    _log(watched, [])
    (watched.prediction_logs / f"{TODAY}.jsonl").write_text('{"record": {', encoding="utf-8")
    with pytest.raises(StageFailed, match="line 1"):
        check(watched, None, TODAY)
