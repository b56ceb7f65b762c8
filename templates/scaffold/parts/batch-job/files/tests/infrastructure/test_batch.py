"""ML Test Score, infrastructure and monitoring: the batch job scores files, all rows or none, like the service."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from fastapi.testclient import TestClient

from pipeline.data import write_rows
from pipeline.schema import Schema
from pipeline.settings import Settings
from serving.answers import RecordsRefused
from serving.batch import score


def test_a_file_is_scored_row_by_row(trained: Settings, tmp_path: Path, rows: pd.DataFrame) -> None:
    """The ML pipeline is integration tested: every row of the file comes back with a prediction and a version."""
    said = score(trained, trained.data_file, tmp_path / "out.csv")
    scored = pd.read_csv(tmp_path / "out.csv")
    assert f"{len(rows)} rows" in said
    assert len(scored) == len(rows)
    assert scored["prediction"].notna().all()
    assert set(scored["model_version"]) == {1}


def test_batch_and_service_give_the_same_answers(
    trained: Settings, client: TestClient, tmp_path: Path, records: list[dict[str, object]]
) -> None:
    """Training and serving are not skewed: the way a row comes in does not change its prediction."""
    score(trained, trained.data_file, tmp_path / "out.csv")
    served = client.post("/predict", json={"records": records[:50]}).json()["predictions"]
    scored = pd.read_csv(tmp_path / "out.csv")["prediction"].head(50)
    assert scored.tolist() == [item["prediction"] for item in served]


def test_one_bad_row_stops_the_job_before_anything_is_written(
    trained: Settings, tmp_path: Path, rows: pd.DataFrame, schema: Schema
) -> None:
    """Data invariants hold for inputs: a half-scored file would be worse than none."""
    column = schema.features[0].name
    write_rows(tmp_path / "in.csv", rows.head(10).assign(**{column: [*rows[column].head(9), None]}))
    with pytest.raises(RecordsRefused) as refused:
        score(trained, tmp_path / "in.csv", tmp_path / "out.csv")
    assert (refused.value.violations[0].row, refused.value.violations[0].field) == (9, column)
    assert list(tmp_path.iterdir()) == [tmp_path / "in.csv"]
