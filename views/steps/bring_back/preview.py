"""What a changed file would change in its live workshop, as one person may, and taking some of it over. No widgets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assessments.compare.comparison import Line, told, worth_telling
from assessments.library.packs import library
from assessments.library.revisions import carried_changes, current
from canvas.document.workshop import Workshop
from canvas.log.events import State
from canvas.log.file_change import FileChange
from canvas.log.file_changes import changes_between, judged
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.log.ops import to_events
from canvas.store.store import new_id
from templates.plan import make_plan
from views.visit.session import Visit, content, present, read, stamp, write_made


@dataclass(frozen=True)
class Preview:
    """The changes of a file at the sequence `seq`, each in lines, and why one cannot be taken over, by its key."""

    seq: int
    changes: tuple[FileChange, ...]
    lines: Mapping[str, tuple[Line, ...]]
    refused: Mapping[str, str]

    @property
    def possible(self) -> tuple[FileChange, ...]:
        return tuple(change for change in self.changes if change.key not in self.refused)


@dataclass(frozen=True)
class Taken:
    """What was taken over as the step `op_id`: how many changes, and why others were not, by their key."""

    op_id: str
    count: int
    refused: Mapping[str, str]


STALE = "Somebody has changed this meanwhile. Look at it again."


def look(visit: Visit, file: Workshop) -> Preview:
    """Return what a file says otherwise than the workshop does now."""
    author, at = present(visit).author, stamp()

    def compare(state: State) -> Preview:
        seq = state.seq
        state, _ = _carried(state, author, at, "look")
        now = document_of(state)
        # Answers as today's practices have them, on both sides.
        wanted = current(file, library())
        changes = changes_between(state, wanted, content())
        found = judged(changes, state, content(), author, at, "look")
        lines = {c.key: told(worth_telling(c.differences), now, wanted, content(), library()) for c in changes}
        return Preview(seq, changes, lines, found.refused)

    return read(visit, compare)


def take_over(visit: Visit, file: Workshop, seen: Preview, keys: Collection[str]) -> Taken:
    """Take over the chosen changes that are still what was seen, all in one step. Raises as `write_made`."""
    chosen = [change for change in seen.changes if change.key in keys]
    author, at, op_id = present(visit).author, stamp(), new_id()
    refused: dict[str, str] = {}
    count = 0

    def make(state: State) -> Sequence[Op]:
        nonlocal count
        state, carried = _carried(state, author, at, op_id)
        now = {c.key: c for c in changes_between(state, current(file, library()), content())}
        refused.update({change.key: STALE for change in chosen if not change.still_in(now)})
        # In the order of today, which is that in which they can be made.
        fresh = [change for change in now.values() if change.key in keys and change.key not in refused]
        found = judged(fresh, state, content(), author, at, op_id)
        refused.update(found.refused)
        count = len(fresh) - len(found.refused)
        return [*carried, *found.ops] if count else []

    write_made(visit, make)
    return Taken(op_id, count, refused)


def without_proposed_name(visit: Visit, file: Workshop) -> Workshop:
    """Return a file without the name of the project that only this app proposed, because no project is made yet."""
    present = read(visit, document_of)
    if present.slug is not None or file.slug is None:
        return file
    unnamed = file.model_copy(update={"slug": None})
    proposed = {make_plan(workshop, content(), library()).slug for workshop in (present, unnamed)}
    return unnamed if file.slug in proposed else file


def _carried(state: State, author: Author, at: str, op_id: str) -> tuple[State, list[Op]]:
    """Return a state whose answers are carried over to today's practices, and the ops that do it."""
    changes = carried_changes(document_of(state), library())
    ops = [Op(op_id=op_id, action="set", item=item, prop=prop, value=value) for item, prop, value in changes]
    if author.role == "viewer":
        return state, []
    for op in ops:
        state = state.after(to_events(op, state, content(), author, at))
    return state, ops
