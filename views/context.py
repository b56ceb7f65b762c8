"""What the whole process shares: the store, access, the live hub and the content, made once from the environment.

Imported under one name by routes and pages alike, so that both see the same objects. Settings: `docs/operating.md`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from canvas.access import Access, secret_in
from canvas.content import Content, shipped
from canvas.live import Hub
from canvas.store import Store


@dataclass(frozen=True)
class Context:
    """The long-lived objects of one process."""

    store: Store
    access: Access
    hub: Hub
    content: Content


@cache
def context() -> Context:
    """Return the objects of this process, opening the database at the first call."""
    store, access = open_store()
    content = shipped()
    return Context(store, access, Hub(store, access, content), content)


def open_store() -> tuple[Store, Access]:
    """Open the database that the environment names: `DATABASE_URL`, or the embedded one in `STACK_CANVAS_DATA`."""
    folder = Path(os.environ.get("STACK_CANVAS_DATA", "data"))
    url = os.environ.get("DATABASE_URL")
    secret = os.environ.get("STACK_CANVAS_SECRET") or secret_in(folder)
    store = Store(url) if url else Store.in_folder(folder)
    return store, Access(store, secret)
