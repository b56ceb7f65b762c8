"""The notes of a changed file: those that came, changed, moved or went, and where each of them stands on the board.

A file knows only the order of notes; the live board gives each a position between its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from canvas.document.differences import Difference
from canvas.document.workshop import Note
from canvas.log.events import State
from canvas.log.facilitation import room_of
from canvas.log.file_change import FileChange, Sides, Step, appearing, becoming, change_of, taken_away

# Notes that stand closer than this cannot be told apart for long; then the whole block is spaced anew.
LEAST_GAP = 1e-6
_VOTES = "Dots are not brought in: the workshop counts its own."
_PRIVATE = "Notes are written in private just now. Bring this one in after the reveal."

Place = tuple[str, str]


def note_changes(sides: Sides) -> Iterator[FileChange]:
    """Yield what a file changes about notes: texts, kinds, sources and places each by itself."""
    found, lost = sides.found["notes"], _drivers_lost(sides)
    positions = _Positions(sides, {d.id for d in found if d.kind in ("added", "moved")})
    wanted = {note.id: note for canvas in sides.wanted.canvases for _, note in sides.wanted.notes(canvas)}
    for difference in found:
        if difference.kind == "removed":
            yield change_of([difference, *lost.get(difference.id, ())], steps=taken_away(f"note:{difference.id}"))
        else:
            yield from _changes(sides, difference, wanted[difference.id], positions)


def _drivers_lost(sides: Sides) -> dict[str, list[Difference]]:
    """Take out what recorded decisions say less because a note they name goes, and return it by that note."""
    gone = [difference.id for difference in sides.found["notes"] if difference.kind == "removed"]
    lost: dict[str, list[Difference]] = {}
    for difference in list(sides.found["decisions"]):
        if difference.id.isdecimal() and difference.field == "drivers":
            named = [driver for driver in difference.before if driver in gone]
            if named and difference.after == [driver for driver in difference.before if driver not in gone]:
                sides.found["decisions"].remove(difference)
                lost.setdefault(named[0], []).append(difference)
    return lost


def _old_drivers(sides: Sides, back: str) -> Iterator[Step]:
    """Let a note that comes back not bring back that drafts rest on it, where the file does not say so.

    What a draft rests on is kept while the note is deleted, but not shown.
    """
    come_back = {difference.id for difference in sides.found["notes"] if difference.kind == "added"}
    # What the file says of a draft is a change of its own.
    changed = {difference.id for difference in sides.found["decisions"]}
    wanted = {d.name: d for d in sides.wanted.decisions if d.number is None}
    for draft in sides.state.of_kind("draft"):
        kept = draft.get("drivers") or ()
        said = wanted.get(draft.id) or wanted.get(draft.get("title"))
        if back in kept and said and back not in said.drivers and said.name not in changed:
            drivers = [other for other in kept if other in said.drivers or other not in come_back]
            yield from becoming(sides.state, f"draft:{draft.id}", {"drivers": drivers or None})


def _changes(sides: Sides, difference: Difference, said: Note, positions: _Positions) -> Iterator[FileChange]:
    id_, item, state = difference.id, f"note:{difference.id}", sides.state
    if difference.kind == "added" and room_of(state).private:
        yield change_of([difference], refused=_PRIVATE)
    elif difference.kind == "added":
        plain = {"text": said.text, "kind": said.kind, "source": said.source}
        new = appearing(state, item, {"place": positions.of(id_, difference.where), **plain})
        yield change_of([difference], steps=(*positions.spacing(difference.where), *new, *_old_drivers(sides, id_)))
        if said.votes:
            votes = Difference("notes", "changed", id_, difference.where, "votes", 0, said.votes)
            yield change_of([votes], "votes", refused=_VOTES)
    elif difference.kind == "moved":
        moved = Step("set", item, "place", positions.of(id_, difference.where))
        yield change_of([difference], "place", steps=(*positions.spacing(difference.where), moved))
    elif difference.field == "votes":
        yield change_of([difference], "votes", refused=_VOTES)
    else:
        steps = becoming(state, item, {difference.field: getattr(said, difference.field)})
        yield change_of([difference], difference.field, steps=tuple(steps))


class _Positions:
    """Where each note of the file is to stand. `moving` are those that come to their place; all others stay."""

    def __init__(self, sides: Sides, moving: set[str]) -> None:
        self._state = sides.state
        self._there = {(c, b): notes for c, blocks in sides.present.canvases.items() for b, notes in blocks.items()}
        self._spaced: set[Place] = set()
        self._positions: dict[str, float] = {}
        for canvas, blocks in sides.wanted.canvases.items():
            for block, notes in blocks.items():
                ids = [note.id for note in notes]
                if moving & set(ids):
                    self._lay_out((canvas, block), ids, moving)

    def of(self, id_: str, where: tuple[str, ...]) -> dict[str, Any]:
        """Return the place of a note that comes to its block."""
        return {"canvas": where[0], "block": where[1], "pos": self._positions[id_]}

    def spacing(self, where: tuple[str, ...]) -> Iterator[Step]:
        """Yield the steps that space the notes of a block anew, where there is no room between two of them."""
        canvas, block = where
        if (canvas, block) in self._spaced:
            for place, note in enumerate(self._there.get((canvas, block), ()), start=1):
                position = {"canvas": canvas, "block": block, "pos": float(place)}
                if _position(self._state, note.id) != position["pos"]:
                    yield Step("set", f"note:{note.id}", "place", position)

    def _lay_out(self, where: Place, ids: list[str], moving: set[str]) -> None:
        there = [note.id for note in self._there.get(where, ())]
        stands = {id_: _position(self._state, id_) for id_ in there}
        found = _between(ids, moving, stands)
        if found is None:
            self._spaced.add(where)
            found = _between(ids, moving, {id_: float(place) for place, id_ in enumerate(there, start=1)}) or {}
        self._positions |= found


def _between(ids: list[str], moving: set[str], stands: Mapping[str, float]) -> dict[str, float] | None:
    """Return a position for each moving note of a block, in the order of `ids`; None where there is no room."""
    found: dict[str, float] = {}
    waiting: list[str] = []
    before: float | None = None
    for id_ in ids:
        if id_ in moving:
            waiting.append(id_)
            continue
        found |= _spread(waiting, before, stands[id_])
        before, waiting = stands[id_], []
    found |= _spread(waiting, before, None)
    laid_out = [found.get(id_, stands.get(id_, 0.0)) for id_ in ids]
    return found if all(after - before >= LEAST_GAP for before, after in pairwise(laid_out)) else None


def _spread(ids: list[str], before: float | None, after: float | None) -> dict[str, float]:
    count = len(ids)
    if before is None and after is None:
        return {id_: float(place) for place, id_ in enumerate(ids, start=1)}
    if before is None or after is None:
        first = before + 1 if before is not None else (after or 0.0) - count
        return {id_: first + place for place, id_ in enumerate(ids)}
    step = (after - before) / (count + 1)
    return {id_: before + step * place for place, id_ in enumerate(ids, start=1)}


def _position(state: State, id_: str) -> float:
    return float(state.items[f"note:{id_}"].get("place")["pos"])
