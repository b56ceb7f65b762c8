"""The decisions of a changed file: drafts are taken over; of recorded ones only what became of them.

A number once given is for ever, and given here: what a file says otherwise is told, with what can be done instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any
from zlib import crc32

from canvas.document.differences import Difference
from canvas.document.workshop import Decision
from canvas.log.file_change import FileChange, Sides, Step, becoming, change_of, emptied, taken_away
from canvas.log.item_kinds import BEYOND
from canvas.log.records import DRAFTED, NEXT

_FOR_EVER = "Recorded decisions are for ever. Choose this as a new one, which takes the place of the earlier one."
_STAYS = "Recorded decisions are for ever, so this one stays although the file does not have it."
_NUMBER = (
    "Numbers are given here and not by a file. Choose this in the workshop and record it: then it gets its number."
)
_NO_REASON = "The file must say when and why: add 'status_on:' and 'status_because:'."
_NOT_DRAFTED = "A draft says this only once it is recorded."
_BECAME = frozenset({"status", "status_on", "status_because"})


def decision_changes(sides: Sides) -> Iterator[FileChange]:
    """Yield what a file changes about decisions, each decision by itself."""
    found: dict[str, list[Difference]] = {}
    for difference in sides.found["decisions"]:
        found.setdefault(difference.id, []).append(difference)
    present, wanted = ({_key(d): d for d in w.decisions} for w in (sides.present, sides.wanted))
    _take_along(found, wanted)
    # What is deprecated is replaced by nothing that is accepted after it.
    for id_ in sorted(found, key=lambda id_: id_ not in wanted or wanted[id_].status != "deprecated"):
        decision = wanted.get(id_) or present[id_]
        if decision.number is None:
            yield from _draft(sides, decision, found[id_], wanted.get(id_))
        else:
            yield _record(sides, present.get(id_), wanted.get(id_), found[id_])


def _key(decision: Decision) -> str:
    return decision.name if decision.number is None else str(decision.number)


def _take_along(found: dict[str, list[Difference]], wanted: Mapping[str, Decision]) -> None:
    """Let what another decision replaces be one change with that: it becomes superseded by nothing else."""
    for id_ in [id_ for id_ in found if id_ in wanted and wanted[id_].number]:
        replaced = str(wanted[id_].supersedes)
        told = {difference.field for difference in found.get(replaced, ())} - _BECAME
        if replaced in found and replaced != id_ and wanted[replaced].status == "superseded" and not told:
            found[id_] += found.pop(replaced)


def _record(sides: Sides, present: Decision | None, wanted: Decision | None, found: Sequence[Difference]) -> FileChange:
    if wanted is None:
        return change_of(found, refused=_STAYS)
    if present is None:
        return change_of(found, refused=_NUMBER)
    own = {difference.field for difference in found if difference.id == str(present.number)}
    replaced = {
        d.number for d in sides.present.decisions if d.slot and d.slot == present.slot and d.status == "accepted"
    }
    if "supersedes" in own and wanted.supersedes in replaced:
        # An accepted proposal takes the place of what was in force for its slot.
        own.remove("supersedes")
    if not own <= _BECAME or wanted.status not in NEXT.get(present.status, ()):
        return change_of(found, refused=_FOR_EVER)
    if wanted.status_on is None or wanted.status_because is None:
        return change_of(found, refused=_NO_REASON)
    outcome = {"status": wanted.status, "on": wanted.status_on, "because": wanted.status_because}
    return change_of(found, steps=(Step("set", f"outcome:{present.number}", "outcome", outcome),))


def _draft(
    sides: Sides, decision: Decision, found: Sequence[Difference], wanted: Decision | None
) -> Iterator[FileChange]:
    item = _item(sides, decision)
    if wanted is None:
        # One for a slot is emptied, because the slot stays.
        steps = taken_away(item) if decision.slot is None else tuple(emptied(sides.state, item, DRAFTED[1:]))
        yield change_of(found, steps=steps)
        return
    plain = wanted.model_dump(mode="json")
    said = [difference for difference in found if difference.field in DRAFTED]
    if said:
        props = DRAFTED if decision.slot is None else DRAFTED[1:]
        steps = tuple(becoming(sides.state, item, {prop: plain[prop] or None for prop in props}))
        notes = {note.id for canvas in sides.wanted.canvases for _, note in sides.wanted.notes(canvas)}
        needs = tuple(f"note:{driver}" for driver in wanted.drivers if driver in notes)
        yield change_of(said, steps=steps, needs=needs)
    yield from _left_out(decision, plain, found)


def _left_out(decision: Decision, plain: Mapping[str, Any], found: Sequence[Difference]) -> Iterator[FileChange]:
    """Tell what a draft of the file says and no draft here can."""
    new = found[0].kind == "added"
    for field in ("decided_on", "supersedes"):
        told = [difference for difference in found if difference.field == field]
        if new and plain[field] is not None:
            told = [Difference("decisions", "changed", _key(decision), (), field, None, plain[field])]
        if told:
            yield change_of(told, field, refused=_NOT_DRAFTED)


def _item(sides: Sides, decision: Decision) -> str:
    """Return the item of a draft: that of its slot, or beyond the slots the one of its title, else a new one."""
    if decision.slot is not None:
        return f"draft:{decision.slot}"
    drafts = [item for item in sides.state.of_kind("draft") if item.id.startswith(BEYOND)]
    known = next((item.id for item in drafts if item.get("title") == decision.title), None)
    named = f"{BEYOND}{crc32((decision.title or '').encode()):08x}"
    free = (id_ for number in count() if (id_ := f"{named}-{number}") not in {item.id for item in drafts})
    return f"draft:{known or next(free)}"
