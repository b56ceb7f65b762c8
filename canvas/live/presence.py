"""Who is here and where they write: told to everybody, never stored, and silent about what is not to be known yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from canvas.live.client import Client
from canvas.log.events import State
from canvas.log.facilitation import room_of

# Where a person is, as a client tells it.
NOWHERE: Mapping[str, Any] = {"step": None, "block": None, "note": None, "writing": False}


def untold(state: State) -> frozenset[str]:
    """Return what of `NOWHERE` would say too much of a person now.

    In private writing that is the note. With hidden authors block and page as well: what appears there next is theirs.
    """
    room = room_of(state)
    if room.hide_authors:
        return frozenset(NOWHERE)
    return frozenset({"note"} if room.private is not None else ())


def people(clients: Iterable[Client], names: Mapping[str, str], left_out: Set[str]) -> list[dict[str, Any]]:
    """Return one entry per person, without what is `left_out` of where they are."""
    found: dict[str, dict[str, Any]] = {}
    for client in clients:
        # Somebody with two tabs is one person; the tab in which they write counts.
        if not found.get(client.member.id, {}).get("writing"):
            me = {"id": client.member.id, "name": names.get(client.member.id), "role": client.member.role}
            told = {what: value for what, value in client.here.items() if what not in left_out}
            found[client.member.id] = {**me, **NOWHERE, **told}
    return sorted(found.values(), key=lambda person: str(person["id"]))
