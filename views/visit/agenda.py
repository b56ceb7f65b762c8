"""Which course a workshop follows: the one its facilitator chose by the time the team has, else the usual one."""

from __future__ import annotations

from canvas.log.facilitation import room_of
from canvas.method.steps import Agenda
from views.visit.session import Visit, content, read

USUAL = "ninety-minutes"


def agenda_of(visit: Visit) -> Agenda:
    """Return the agenda in force. One that content no longer has counts as not chosen."""
    plan = read(visit, lambda state: room_of(state).plan)
    agendas = content().agendas
    return agendas.get(plan or USUAL, agendas[USUAL])
