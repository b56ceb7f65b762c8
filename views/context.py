"""What the whole process shares: the store, access, the live hub and the content, made once from the environment.

Imported under one name by routes and pages alike, so that both see the same objects. Settings: `docs/operating.md`.
"""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from assessments.library.packs import packs
from canvas.errors import CanvasError, DatabaseUnusable
from canvas.live.hub import Hub
from canvas.live.turns import Allowance, Turns
from canvas.method.content import Content
from canvas.method.load import shipped
from canvas.store.access import SECRET, Access, secret_in
from canvas.store.store import EMBEDDED, Store
from views.login import check_login
from views.origin import check_addresses

Missing = Literal["begin", "refuse", "make"]

# Per network address, behind which a whole room may be: everybody opens a link, some twice, and joins in one minute.
VISITS = Allowance(at_once=600, per_second=5)
JOINS = Allowance(at_once=300, per_second=1 / 3)


@dataclass(frozen=True)
class Context:
    """The long-lived objects of one process. `visits` and `joins` limit how often links are opened and followed."""

    store: Store
    access: Access
    hub: Hub
    content: Content
    visits: Turns
    joins: Turns


@cache
def context() -> Context:
    """Return the objects of this process, opening the database at the first call."""
    store, access = open_store()
    content = shipped()
    return Context(store, access, Hub(store, access, content), content, Turns(VISITS), Turns(JOINS))


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


def ready() -> None:
    """Open everything before the server serves; a setting that is wrong ends it with one message."""
    try:
        check_login()
        check_addresses()
        packs()
        context()
    except CanvasError as error:
        sys.exit(str(error))
