"""Somebody who has really joined a workshop, for tests of pages and of live sync. No Streamlit, no network."""

from __future__ import annotations

from functools import cache

from canvas.log.op import Role
from canvas.store.access import Access, Member
from views.web.context import context


def join(access: Access, workshop: str, role: Role = "participant", name: str = "") -> Member:
    """Follow a link of one's own and return who that makes."""
    return access.join(access.new_link(workshop, role), name)[0]


@cache
def joined(workshop: str, role: Role) -> Member:
    """Return the one member of a role in a workshop of this process."""
    return join(context().access, workshop, role)
