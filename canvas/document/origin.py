"""Whether a file comes from a workshop: what only that one can have given it. No proof, a sign that is told as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from canvas.document.workshop import Workshop


@dataclass(frozen=True)
class InCommon:
    """How much of what a file brings along is in a workshop too: notes, tasks, risks, rows and recorded decisions.

    Where one of the two has none, `same_day` says that title and day are the same.
    """

    shared: int
    brought: int
    same_day: bool = False


def in_common(file: Workshop, there: Workshop) -> InCommon | None:
    """Return the sign that a file comes from a workshop: half of what the smaller of the two has is in the other.

    None when there is no such sign.
    """
    brought, known = set(_own(file)), set(_own(there))
    shared = len(brought & known)
    if brought and known:
        return InCommon(shared, len(brought)) if 2 * shared >= min(len(brought), len(known)) else None
    same = (file.title, file.date) == (there.title, there.date) and file.date is not None
    return InCommon(0, 0, same_day=True) if same else None


def _own(workshop: Workshop) -> Iterator[tuple[str, ...]]:
    """Yield what a workshop has by a name of its own; everything that content names is alike everywhere."""
    for canvas in workshop.canvases:
        yield from (("note", note.id) for _, note in workshop.notes(canvas))
    yield from (("task", task.id) for task in workshop.tasks)
    yield from (("risk", risk.id) for risk in workshop.risks)
    for table, rows in workshop.tables.items():
        yield from (("row", table, row.id) for row in rows if row.title)
    yield from (
        ("decision", str(d.number), d.name, d.choice, d.decided_on or "") for d in workshop.decisions if d.number
    )
