"""What the whole process shares: the store, access, the live hub and the content, made once from the environment.

Imported under one name by routes and pages alike, so that both see the same objects. Settings: `docs/operating.md`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache

from assessments.library.packs import packs
from canvas.errors import CanvasError
from canvas.live.hub import Hub
from canvas.live.turns import Allowance, Turns
from canvas.method.content import Content
from canvas.method.load import check_shipped, shipped
from canvas.store.access import Access
from canvas.store.settings import open_store
from canvas.store.store import Store
from views.web.login import check_login
from views.web.origin import check_addresses

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


def ready() -> None:
    """Open everything before the server serves; a setting that is wrong ends it with one message."""
    try:
        check_login()
        check_addresses()
        check_shipped()
        packs()
        context()
    except CanvasError as error:
        sys.exit(str(error))
