"""Somebody who has really joined a workshop, for tests that run a page in this process. No Streamlit, no network."""

from __future__ import annotations

from functools import cache

from canvas.access import Member
from canvas.requests import Role
from views.context import context


@cache
def joined(workshop: str, role: Role) -> Member:
    """Return the one member of a role who has followed a link of their own."""
    access = context().access
    return access.join(access.new_link(workshop, role))[0]
