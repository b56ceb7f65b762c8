"""Compare recent predictions, or a CSV file, with training; write reports/drift.md and drift.json.

`python -m monitoring.check [--data FILE]` ends with 1 when something drifted, so that a schedule can raise an alarm,
and with 0 otherwise. Too few rows are reported as not judged, never as fine.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from monitoring.drift import ColumnDrift, compare
from monitoring.reference import PREDICTION, Summary
from pipeline.data import read_rows
from pipeline.registry import champion
from pipeline.settings import ConfigError, Settings
from pipeline.stages import StageFailed, read_json, write_json

DRIFTED, STABLE, NOT_JUDGED = "drifted", "stable", "not judged"


def main(arguments: list[str] | None = None) -> int:
    """Run the check and return the exit code: 1 for drift or a wrong input, else 0."""
    parser = argparse.ArgumentParser(prog="python -m monitoring.check", description=__doc__)
    parser.add_argument("--data", type=Path, help="a CSV file to compare instead of the logged predictions")
    options = parser.parse_args(arguments)
    try:
        report = check(Settings.load(), options.data, datetime.now(UTC).date())
    except (StageFailed, ConfigError) as error:
        print(error, file=sys.stderr)
        return 1
    print(report["summary"])
    return 1 if report["status"] == DRIFTED else 0


def check(settings: Settings, data: Path | None, today: date) -> dict[str, Any]:
    """Compare rows with the reference of the model in use, write both reports and return the JSON one."""
    model = champion(settings)
    summaries = [Summary.model_validate(item) for item in read_json(model.reference_file, "train")]
    rows = read_rows(data, model.schema.columns) if data else logged_rows(settings, today)
    source = str(data) if data else f"predictions of the last {settings.monitoring.window_days} days"
    columns = list(_compared(summaries, rows, settings)) if len(rows) >= settings.monitoring.minimum_rows else []
    report = _report(columns, len(rows), source, model.version, settings)
    write_json(settings.reports / "drift.json", report)
    (settings.reports / "drift.md").write_text(_markdown(report), encoding="utf-8")
    return report


def logged_rows(settings: Settings, today: date) -> pd.DataFrame:
    """Return inputs and predictions that the service logged in the window of days that ends today."""
    days = (today - timedelta(days=back) for back in range(settings.monitoring.window_days))
    files = (settings.prediction_logs / f"{day}.jsonl" for day in days)
    entries = [entry for file in files if file.exists() for entry in _entries(file)]
    return pd.DataFrame([{**entry["record"], PREDICTION: entry[PREDICTION]} for entry in entries], dtype=object)


def _entries(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                raise StageFailed(f"{file}, line {number} is cut off. Delete that line and run again.") from None


def _compared(summaries: Iterable[Summary], rows: pd.DataFrame, settings: Settings) -> Iterator[ColumnDrift]:
    for summary in summaries:
        if summary.name in rows.columns:
            limits = settings.monitoring
            yield compare(summary, rows[summary.name], limits.psi_limit, limits.ks_limit)
        elif summary.name != PREDICTION:
            raise StageFailed(f"The rows have no column '{summary.name}', which the model reads.")


def _report(columns: list[ColumnDrift], rows: int, source: str, version: str, settings: Settings) -> dict[str, Any]:
    drifted = [column.name for column in columns if column.drifted]
    status = NOT_JUDGED if not columns else DRIFTED if drifted else STABLE
    needed = settings.monitoring.minimum_rows
    explained = {
        NOT_JUDGED: f"{rows} of at least {needed} rows, so no judgement",
        DRIFTED: f"moved: {', '.join(drifted)}",
        STABLE: f"{len(columns)} columns as in training",
    }[status]
    return {
        "status": status,
        "summary": f"Drift check of {source}: {status} ({explained})",
        "rows": rows,
        "model_version": version,
        "psi_limit": settings.monitoring.psi_limit,
        "ks_limit": settings.monitoring.ks_limit,
        "columns": [asdict(column) for column in columns],
    }


def _markdown(report: dict[str, Any]) -> str:
    lines = ["# Drift", "", report["summary"] + f". Model version {report['model_version']}.", ""]
    if report["columns"]:
        limits = f"Limits: PSI {report['psi_limit']:g}, KS {report['ks_limit']:g}."
        lines += [limits, "", "| Column | PSI | KS | Missing | Moved |", "|---|---|---|---|---|"]
    for column in report["columns"]:
        ks = "-" if column["ks"] is None else f"{column['ks']:.3f}"
        moved = "yes" if column["drifted"] else "no"
        lines.append(f"| {column['name']} | {column['psi']:.3f} | {ks} | {column['missing']:.1%} | {moved} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
