"""Which course a workshop follows: the one its facilitator chose by the time the team has, else the usual one."""

from __future__ import annotations

from canvas.log.facilitation import room_of
from canvas.method import steps
from canvas.method.steps import Agenda
from views.visit.session import Visit, content, read

USUAL = steps.USUAL_COURSE


def agenda_of(visit: Visit) -> Agenda:
    """Return the agenda in force."""
    return content().course(read(visit, lambda state: room_of(state).plan))
