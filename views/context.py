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

from assessments.packs import packs
from canvas.access import Access, secret_in
from canvas.content import Content, shipped
from canvas.errors import CanvasError, DatabaseUnusable
from canvas.live import Hub
from canvas.store import Store
from canvas.turns import Allowance, Turns
from views.login import check_login
from views.origin import check_addresses

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


def open_store() -> tuple[Store, Access]:
    """Open the database that the environment names: `DATABASE_URL`, or the embedded one in `STACK_CANVAS_DATA`.

    Raises `DatabaseUnusable` when the settings do not fit together or the database does not answer.
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
        store = Store(url) if url else Store.in_folder(folder)
        return store, Access(store, secret or secret_in(folder))
    except OSError as error:
        raise DatabaseUnusable(
            f"The data folder {folder} cannot be used: {error.strerror}. Set STACK_CANVAS_DATA to a folder that this "
            "user may write to."
        ) from None


def ready() -> None:
    """Open everything before the server serves; a setting that is wrong ends it with one message."""
    try:
        check_login()
        check_addresses()
        packs()
        context()
    except CanvasError as error:
        sys.exit(str(error))
