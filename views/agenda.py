"""Which course a workshop follows: the one its facilitator chose by the time the team has, else the usual one."""

from __future__ import annotations

from canvas.definitions import Agenda
from canvas.room import room_of
from views.context import context
from views.session import content

USUAL = "ninety-minutes"


def agenda_of(workshop: str) -> Agenda:
    """Return the agenda in force. One that content no longer has counts as not chosen."""
    plan = context().store.read(workshop, lambda state: room_of(state).plan)
    agendas = content().agendas
    return agendas.get(plan or USUAL, agendas[USUAL])
