"""Which course a workshop follows, the one its facilitator chose or else the usual one, and what comes next on it."""

from __future__ import annotations

from collections.abc import Iterator

from canvas.advice.step_progress import step_done
from canvas.document.workshop import Workshop
from canvas.log.facilitation import room_of
from canvas.method import steps
from canvas.method.content import Content
from canvas.method.steps import Agenda, AgendaEntry
from views.visit.session import Visit, content, read

USUAL = steps.USUAL_COURSE


def agenda_of(visit: Visit) -> Agenda:
    """Return the agenda in force."""
    return content().course(read(visit, lambda state: room_of(state).plan))


def following_entry(
    agenda: Agenda, running: str | None, here: str, workshop: Workshop, content: Content
) -> AgendaEntry | None:
    """Return the entry of an agenda that leads on from the page of a step; None after its last page.

    `running` is the id of the entry that the room is at, if any. From a page that an agenda comes to more than once,
    and where the room is not, the first way on counts whose page nobody has begun.
    """
    ways = list(_ways_on(agenda, here))
    if not ways:
        order = list(content.steps)
        later = (entry for entry in agenda.entries if order.index(entry.step) > order.index(here))
        return next(later, None)
    for entries, following in ways:
        if running in entries:
            return following
    open_ways = (f for _, f in ways if f is not None and not step_done(content.steps[f.step], workshop, content).done)
    return next(open_ways, ways[-1][1])


def _ways_on(agenda: Agenda, here: str) -> Iterator[tuple[set[str], AgendaEntry | None]]:
    """Yield the ids of each run of entries on a page, with the entry that comes after it."""
    run: set[str] = set()
    for entry in agenda.entries:
        if entry.step == here:
            run.add(entry.id)
        elif run:
            yield run, entry
            run = set()
    if run:
        yield run, None
