"""The errors of the canvas room. Doors catch `CanvasError` and print its message; nothing else is user-facing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a file: where it is, what it is, and how to mend it.

    `line` counts from 1; 0 means that the problem concerns the file as a whole.
    """

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}. {self.mend}"


class CanvasError(Exception):
    """Base of all errors whose message is written for the person in front of the screen."""


class FileProblems(CanvasError):
    """A file could not be used. Carries every problem found, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ContentError(FileProblems):
    """A content file shipped with the product, or dropped in by a team, breaks its contract."""


class OpRefused(CanvasError):
    """A live change was not accepted; nothing was written. The message says why.

    `code` is the machine-readable reason a client gets: `malformed`, `forbidden`, `unknown`, `stale`, `too-large`.
    `op_id` names the op that was refused, where several were asked for together.
    """

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.op_id: str | None = None
        super().__init__(message)


class NothingToUndo(OpRefused):
    """The op that an undo names has changed nothing that could be taken back."""

    MESSAGE = "There is nothing of yours to undo there."

    def __init__(self) -> None:
        super().__init__("unknown", self.MESSAGE)


class NumberRefused(CanvasError):
    """What was typed is not clear as one number, or not one that can be true there. The message says how to mend it."""


class WorkshopNotFound(CanvasError):
    """No workshop with that id is in the store."""


class LinkRefused(CanvasError):
    """A join link or cookie is forged, revoked, or belongs to another workshop."""


class SettingWrong(CanvasError):
    """A setting has a value that means nothing, or needs something that is missing."""


class DatabaseUnusable(CanvasError):
    """The database that the settings name cannot be used. The message says what to mend."""


class DatabaseAway(CanvasError):
    """The database stopped answering while the app runs. Nothing was lost; the same can be tried again."""


class DatabaseDamaged(DatabaseAway):
    """What the database holds cannot be read any more, also not later. Nothing was overwritten."""


class DatabaseOvertaken(DatabaseAway):
    """A later version of the tool has upgraded the database while this process runs; it writes nothing more there."""


class EventTooNew(CanvasError):
    """A change in a log was written by a later version of the tool, which allows what this one does not know."""


class BackupRefused(CanvasError):
    """A backup cannot be restored: it is damaged, of another kind, or the database is not empty."""
