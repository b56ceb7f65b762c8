"""Which page a workshop opens on: where it stands, once there is something to stand on, else the canvas."""

from __future__ import annotations

from datetime import datetime, timedelta

from canvas.store.lookback import times_of
from views.visit.session import Visit, log_of, stamp

MEETING = "canvas"
STANDING = "where-we-stand"
# What a facilitator has done with the room so long ago leads nobody any more.
LEADS_FOR = timedelta(hours=3)
LEADING = ("agenda", "focus", "timer", "private", "voting", "assessing")


def first_page(visit: Visit) -> str:
    """Return the id of the step to open: the canvas is where everybody meets, and where a room is led from.

    A workshop in which something has been answered or decided opens on where it stands, unless it is being led now.
    Notes alone are work that goes on: they open on the canvas.
    """
    return STANDING if _has_begun(visit) and not _is_led(visit) else MEETING


def _has_begun(visit: Visit) -> bool:
    workshop = visit.workshop
    return bool(workshop.answers or workshop.decisions) or any(item.value is not None for item in workshop.requirements)


def _is_led(visit: Visit) -> bool:
    """Return whether somebody has led the room lately."""
    seqs = {visit.base("room:", name) for name in LEADING} - {0}
    if not seqs:
        return False
    with log_of(visit) as connection:
        found = times_of(connection, visit.id, {max(seqs)})
    now = datetime.fromisoformat(stamp())
    return any(now - datetime.fromisoformat(at) < LEADS_FOR for at in found.values())
