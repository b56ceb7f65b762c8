"""Keep what was asked and answered, one JSON line for each prediction, one file a day in logs/predictions/.

The drift check reads these files. Personal columns are left out; delete old files as your retention rule says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from pipeline.schema import Schema


class PredictionLog:
    """Appends to today's file. Safe to use from several threads of one process."""

    def __init__(self, folder: Path, schema: Schema, version: str) -> None:
        self._folder = folder
        self._kept = [column.name for column in schema.columns if not column.personal]
        self._version = version
        self._lock = Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, records: Sequence[Mapping[str, object]], predictions: Sequence[Mapping[str, object]]) -> None:
        """Append one line for each record with its prediction."""
        now = datetime.now(UTC)
        lines = []
        for record, prediction in zip(records, predictions, strict=True):
            kept = {name: record[name] for name in self._kept if name in record}
            entry = {
                "at": now.isoformat(timespec="milliseconds"),
                "version": self._version,
                "record": kept,
                **prediction,
            }
            lines.append(json.dumps(entry))
        with self._lock, (self._folder / f"{now.date()}.jsonl").open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
