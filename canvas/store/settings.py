"""Which database the environment names, and whether one may be begun there. The settings: `docs/operating.md`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Literal

from canvas.errors import DatabaseUnusable
from canvas.store.access import SECRET, Access, secret_in
from canvas.store.store import EMBEDDED, Store

Missing = Literal["begin", "refuse", "make"]


def open_store(missing: Missing = "begin") -> tuple[Store, Access]:
    """Open the database that the environment names: `DATABASE_URL`, or the embedded one in `STACK_CANVAS_DATA`.

    `missing` says what to do when there is no embedded database: make one unless there was one before, refuse, or make
    one in any case, to restore a backup into. Raises `DatabaseUnusable` when the settings do not fit together, there is
    no database where there must be one, or it does not answer.
    """
    folder = Path(os.environ.get("STACK_CANVAS_DATA", "data"))
    url = os.environ.get("DATABASE_URL")
    secret = os.environ.get("STACK_CANVAS_SECRET")
    if url and not secret:
        raise DatabaseUnusable(
            "DATABASE_URL is set and STACK_CANVAS_SECRET is not: processes that share a database must sign links with "
            f"the same secret. Set it for all of them, for example to {secrets.token_urlsafe(32)}"
        )
    try:
        if not url:
            _refuse_missing(folder, missing)
        store = Store(url) if url else Store.in_folder(folder)
        return store, Access(store, secret or secret_in(folder))
    except OSError as error:
        raise DatabaseUnusable(
            f"The data folder {folder} cannot be used: {error.strerror}. Set STACK_CANVAS_DATA to a folder that this "
            "user may write to."
        ) from None


def _refuse_missing(folder: Path, missing: Missing) -> None:
    if (folder / EMBEDDED).exists() or missing == "make":
        return
    if (folder / SECRET).exists():
        # The secret is written after the database, so there was one.
        raise DatabaseUnusable(
            f"The database {folder / EMBEDDED} is gone, and the signing secret beside it is not. Restore your last "
            f"backup (python cli.py restore FILE), or delete {folder / SECRET} to begin without any workshop."
        )
    if missing == "refuse":
        raise DatabaseUnusable(
            f"There is no database in the folder {folder}. Set STACK_CANVAS_DATA to the folder that the app uses."
        )
