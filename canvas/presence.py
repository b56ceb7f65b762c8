"""Who is here and where they write: told to everybody, never stored, and silent about what is not to be known yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from canvas.fanout import Client
from canvas.log import State
from canvas.room import room_of


def hides_who_writes(state: State) -> bool:
    """Return whether it would say too much to tell at which note somebody is."""
    room = room_of(state)
    return room.private is not None or room.hide_authors


def people(clients: Iterable[Client], names: dict[str, str], secret: bool) -> list[dict[str, Any]]:
    """Return one entry per person. `secret` leaves out at which note they are."""
    nowhere = {"block": None, "note": None, "writing": False}
    found: dict[str, dict[str, Any]] = {}
    for client in clients:
        # Somebody with two tabs is one person; the tab in which they write counts.
        if not found.get(client.member.id, {}).get("writing"):
            me = {"id": client.member.id, "name": names.get(client.member.id), "role": client.member.role}
            found[client.member.id] = {**me, **nowhere, **client.here, **({"note": None} if secret else {})}
    return sorted(found.values(), key=lambda person: str(person["id"]))
