"""The embedded database as a file: made whole or not at all, and told when it is damaged, emptied, gone or replaced.

Knows no tables and no SQL of ours. What is done with the connection is in `database.py`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from filecmp import cmp
from itertools import count
from pathlib import Path
from secrets import token_hex

from canvas.errors import DatabaseDamaged, DatabaseUnusable
from canvas.store.new_file import put_in_place

# Reading every page takes a second for each some hundred megabytes, and whoever asks for health asks every few seconds.
LOOKED_AT_EVERY_S = 60.0
MEND = (
    "Nothing was changed in it. Stop the app, copy the file away, and restore your last backup into an empty folder "
    '(see docs/operating.md, "When the database is damaged").'
)
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_damage(error: BaseException | None) -> bool:
    """Return whether a driver's error says that what it read is no sound database."""
    code = getattr(error, "sqlite_errorcode", None)
    # The driver gives no code for text that is none any more.
    return (code is not None and code & 0xFF in _DAMAGE) or "Could not decode to UTF-8" in str(error)


def make_whole(path: Path, make: Callable[[Path], None]) -> None:
    """Let `make` fill a new database beside `path` and put it there, unless another process was first."""
    draft = path.with_name(f".{path.name}-{token_hex(8)}")
    try:
        make(draft)
        put_in_place(draft, path)
    finally:
        for part in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm"))):
            part.unlink(missing_ok=True)


def _copy(path: Path, target: Path) -> None:
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
    with closing(source), closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        # A database that is one file: nothing beside it has to be kept with it.
        copy.execute("PRAGMA journal_mode=DELETE")


class DatabaseFile:
    """The file of an embedded database that this process has open. Safe to use from several threads."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.path, self.clock = path, clock
        self._found: tuple[int, int] | None = None
        self._looked_at: float | None = None

    def refuse_unsound(self) -> None:
        """Look at a file that is there, before it is opened. Raises `DatabaseUnusable` with what to mend."""
        log = self.path.with_name(self.path.name + "-wal")
        if not self.path.exists():
            if log.exists() and log.stat().st_size:
                raise DatabaseUnusable(f"The database {self.path} is gone, and {log.name} beside it is not. {MEND}")
            return
        if self.path.is_file() and not self.path.stat().st_size:
            raise DatabaseUnusable(
                f"The database {self.path} is empty: something has removed all that was in it. Restore your last "
                "backup into an empty folder, or delete the file if there were no workshops yet."
            )
        if wrong := self._wrong():
            raise DatabaseUnusable(f"The database {self.path} is damaged ({wrong}). {MEND}")
        self._found = self._identity()

    def check(self) -> None:
        """Raise `DatabaseDamaged` when the file is not the one that was opened any more, or is not sound.

        All of it is read at most every `LOOKED_AT_EVERY_S` seconds.
        """
        try:
            found = self._identity()
        except OSError:
            raise DatabaseDamaged(f"The database {self.path} is gone.") from None
        self._found = self._found or found
        if found != self._found or not self.path.stat().st_size:
            raise DatabaseDamaged(f"The database {self.path} was replaced or emptied while the app runs.")
        if self._looked_at is None or self.clock() - self._looked_at >= LOOKED_AT_EVERY_S:
            if wrong := self._wrong():
                raise DatabaseDamaged(f"The database {self.path} is damaged ({wrong}).")
            self._looked_at = self.clock()

    def keep_copy(self, word: str) -> Path:
        """Keep the whole database, as it was last committed, beside the file. Returns the copy, named with `word`.

        A copy that is there is never written over; one that holds the very same is taken for this one.
        """
        draft = self.path.with_name(f".{self.path.name}-{token_hex(8)}")
        try:
            draft.touch(mode=self.path.stat().st_mode & 0o777)
            _copy(self.path, draft)
            for number in count(1):
                again = f"-{number}" if number > 1 else ""
                kept = self.path.with_name(f"{self.path.stem}.{word}{again}{self.path.suffix}")
                if not kept.exists():
                    put_in_place(draft, kept)
                    return kept
                if cmp(draft, kept, shallow=False):
                    return kept
            raise AssertionError("Numbers do not end.")
        finally:
            draft.unlink(missing_ok=True)

    def doubt(self) -> None:
        """Have the next check read all of it: something was met that is not sound."""
        self._looked_at = None

    def _identity(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_dev, found.st_ino

    def _wrong(self) -> str | None:
        """Return what SQLite finds wrong with the whole file, read anew; None when it is sound or cannot be opened."""
        connection = None
        try:
            connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.Error as error:
            # What else keeps it from being opened is told by whoever opens it.
            return str(error) if is_damage(error) else None
        finally:
            if connection is not None:
                connection.close()
        return None if found == "ok" else found.replace("\n", " ")
