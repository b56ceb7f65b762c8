"""Everything in a database as one portable file, and back: the same file for SQLite and PostgreSQL.

Gzip JSON lines: a head, one line per row in an order that keeps references whole, and an end that counts them. What one
team takes away of one workshop is in `export.py`.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TextIO, TypeVar

import sqlalchemy as sa

from canvas import __version__
from canvas.errors import BackupRefused, EventTooNew
from canvas.log.events import VERSION as STATE_VERSION
from canvas.log.upgrades import event_from
from canvas.store.database import writing
from canvas.store.sql_tables import EVENT, METADATA, SNAPSHOT, WORKSHOP
from canvas.store.store import Store

FORMAT = "mlops-stack-canvas-backup"
# 2: it may hold events of version 2, and its head names the version of the tool that reads it. 3: events of version 3.
# Earlier ones are read as well.
VERSION = 3
# The least version of the tool that reads what is written here; another one than its own only where nothing changed.
NEEDS = "0.2.0"
ROWS_AT_ONCE = 500

Row = tuple[sa.Table, dict[str, Any]]
T = TypeVar("T")


def backup(store: Store, target: BinaryIO) -> int:
    """Write all rows, as they are at one moment, while others go on writing. Returns how many rows there are."""
    with gzip.open(target, "wt", compresslevel=6, encoding="ascii") as lines:
        _write(lines, {"format": FORMAT, "version": VERSION, "needs": NEEDS, "at": store.clock()})
        count = 0
        for table, row in _rows(store.engine):
            _write(lines, {"table": table.name, "row": row})
            count += 1
        _write(lines, {"end": count})
    return count


def restore(store: Store, source: BinaryIO) -> int:
    """Put the rows of a backup into an empty database, all or none. Returns how many. Raises `BackupRefused`."""
    with writing(store.engine) as connection:
        if connection.scalar(sa.select(sa.func.count()).select_from(WORKSHOP)):
            raise BackupRefused(
                "This database holds workshops already, and a backup goes into an empty one only. Point "
                "STACK_CANVAS_DATA at a new folder, or DATABASE_URL at a new database."
            )
        count, batch = 0, list[Row]()
        for table, row in _read(source):
            if batch and (batch[0][0] is not table or len(batch) == ROWS_AT_ONCE):
                _insert(connection, batch)
                batch = []
            batch.append((table, row))
            count += 1
        if batch:
            _insert(connection, batch)
    return count


def _rows(engine: sa.Engine) -> Iterator[Row]:
    """Yield every row of one moment: a reader in WAL mode and a repeatable read both see a fixed picture."""
    options: dict[str, Any] = {"yield_per": ROWS_AT_ONCE}
    if engine.dialect.name != "sqlite":
        options["isolation_level"] = "REPEATABLE READ"
    with engine.connect().execution_options(**options) as connection, connection.begin():
        for table in METADATA.sorted_tables:
            for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)):
                yield table, dict(row._mapping)


def _read(source: BinaryIO) -> Iterator[Row]:
    """Yield the rows of a backup, having checked that it is one, whole, and fits the tables."""
    lines = _lines(source)
    head = next(lines, {})
    if head.get("format") != FORMAT:
        _refuse("This is not a backup of this app. Give the file that `backup` wrote.")
    _refuse_newer(head)
    for count, line in enumerate(lines):
        if "end" in line:
            if line["end"] != count:
                _refuse(f"This backup says {line['end']} rows and holds {count}. Take it again.")
            return
        row = _fitting(line, count + 2)
        if not _is_stale(row):
            yield row
    _refuse("This backup ends too early; it was cut off. Take it again, or use an older one.")


def _refuse_newer(head: dict[str, Any]) -> None:
    version, needs = head.get("version"), head.get("needs")
    if type(version) is not int or version < 1:
        _refuse(f"This is no backup of this app: there never was a version {str(version)[:20]} of backups.")
    if version > VERSION:
        later = f"version {needs[:20]} of the app or a later one" if isinstance(needs, str) else "a later version of it"
        _refuse(
            f"This backup has version {version}, and version {__version__} of this app reads up to {VERSION}. "
            f"Restore it with {later}."
        )


def _is_stale(row: Row) -> bool:
    """Return whether a row is a stored state of an earlier version, which is of no use: its log is folded anew."""
    table, values = row
    state = values.get("state") if table is SNAPSHOT else None
    return isinstance(state, dict) and state.get("version") != STATE_VERSION


def _fitting(line: dict[str, Any], number: int) -> Row:
    table, row = METADATA.tables.get(str(line.get("table"))), line.get("row")
    if table is None or not isinstance(row, dict) or set(row) - set(table.columns.keys()):
        _refuse(f"Line {number} of the backup does not fit the tables of this app. Restore it with a newer version.")
    if table is EVENT:
        _refuse_no_event(row, number)
    return table, row


def _refuse_no_event(row: dict[str, Any], number: int) -> None:
    try:
        event_from({name: value for name, value in row.items() if name not in {"workshop", "body"}} | row["body"])
    except EventTooNew as newer:
        _refuse(str(newer))
    except (KeyError, TypeError, ValueError, AttributeError):
        _refuse(f"Line {number} of the backup holds no change of a workshop. Take it again, or use an older one.")


def _lines(source: BinaryIO) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            for text in lines:
                line = json.loads(text)
                yield line if isinstance(line, dict) else {}
    except (OSError, EOFError, zlib.error, ValueError):
        _refuse("This file cannot be read as a backup: it is damaged, cut off, or of another kind.")


def _insert(connection: sa.Connection, batch: list[Row]) -> None:
    try:
        connection.execute(sa.insert(batch[0][0]), [row for _, row in batch])
    except (sa.exc.IntegrityError, sa.exc.DataError, sa.exc.StatementError):
        _refuse("The rows of this backup contradict each other, so nothing was restored. Use an older backup.")


def _write(lines: TextIO, value: dict[str, Any]) -> None:
    lines.write(json.dumps(value, separators=(",", ":")) + "\n")


def _refuse(message: str) -> NoReturn:
    raise BackupRefused(message)


def is_backup(source: BinaryIO) -> bool:
    """Return whether a file is a backup of any version, whole or not."""
    try:
        return next(_lines(source), {}).get("format") == FORMAT
    except BackupRefused:
        return False


def write_whole(path: Path, write: Callable[[BinaryIO], T], is_ours: Callable[[BinaryIO], bool]) -> T:
    """Write a file through a draft beside it, so that it is never half there. Readable by its owner only.

    A file that is there is replaced when `is_ours` says so of it. Raises `BackupRefused` when not. Whoever is killed
    leaves the draft, and clears it away with older files: its name begins and ends as theirs.
    """
    if path.exists():
        with path.open("rb") as present:
            if not is_ours(present):
                raise BackupRefused(f"{path} is kept: it is something else. Name another file.")
    draft = path.with_name(f"{path.stem}.draft{path.suffix}")
    try:
        draft.touch(mode=0o600)
        with draft.open("wb") as target:
            result = write(target)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return result
