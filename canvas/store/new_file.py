"""A file that is new: in its place whole or not at all, and never over the one that another process put there first."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def put_in_place(draft: Path, path: Path) -> None:
    """Let a finished `draft` in the same folder be `path`, unless that is there. The draft goes in either case."""
    try:
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    except OSError:
        # Some sticks and network folders know no links. Of two that begin there at once the last one counts.
        if not path.exists():
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
