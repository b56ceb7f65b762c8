"""Decisions in the log: drafts, records and what became of them, as the document holds them, and as they are recorded.

A record is one event and never changes. What becomes of it later (accepted, rejected, deprecated) is an item of its
own, and whether it is superseded is said by its successor.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from canvas.document.workshop import Decision
from canvas.errors import OpRefused
from canvas.log.events import Item, State
from canvas.log.facilitation import Room, hidden, room_of
from canvas.log.facilitation_ops import Change
from canvas.log.item_kinds import BEYOND
from canvas.log.op import Op
from canvas.log.property_values import checked
from canvas.reading.types import PartialDay, Text

# What a draft says, and what is emptied once it is recorded.
DRAFTED = ("title", "choice", "like", "beside", "options", "because", "drivers", "advised")
# What may become of a record, by its present status. Everything else is for ever.
NEXT: Mapping[str, tuple[str, ...]] = {"proposed": ("accepted", "rejected"), "accepted": ("deprecated",)}


class _Recording(BaseModel):
    """How a draft is recorded: on which day, as what, and beyond the slots which earlier decision it replaces."""

    model_config = ConfigDict(extra="forbid")

    decided_on: PartialDay
    status: Literal["proposed", "accepted", "rejected"] = "accepted"
    supersedes: Annotated[int, Field(ge=1, strict=True)] | None = None


class _NewOutcome(BaseModel):
    model_config = ConfigDict(extra="forbid")

    status: Literal["accepted", "rejected", "deprecated"]
    on: PartialDay
    because: Text


def decisions_of(state: State) -> list[dict[str, Any]]:
    """Return all decisions as the document holds them: recorded ones by number, then drafts."""
    recorded = [_recorded(item, state) for item in state.of_kind("decision")]
    recorded.sort(key=lambda decision: decision["number"])
    replacing = (d for d in recorded if d["status"] not in {"proposed", "rejected"})
    replaced = {decision["supersedes"] for decision in replacing if decision.get("supersedes")}
    for decision in recorded:
        if decision["number"] in replaced:
            decision.update(status="superseded", status_on=None, status_because=None)
    drafts = (_drafted(item) for item in state.of_kind("draft"))
    made = [*recorded, *(draft for draft in drafts if _complete(draft))]
    room = room_of(state)
    for decision in made:
        # Notes that were deleted since, or that nobody may see yet, led to nothing that can be read.
        decision["drivers"] = [driver for driver in decision.get("drivers", ()) if _is_there(driver, state, room)]
    return made


def _recorded(item: Item, state: State) -> dict[str, Any]:
    record = {"status": "accepted", **item.get("record"), "number": int(item.id)}
    became = state.items.get(f"outcome:{item.id}")
    outcome = became.get("outcome") if became else None
    if outcome:
        record.update(status=outcome["status"], status_on=outcome.get("on"), status_because=outcome.get("because"))
        record["supersedes"] = outcome.get("supersedes") or record.get("supersedes")
    return record


def _drafted(item: Item) -> dict[str, Any]:
    said = {n: p.value for n, p in item.properties.items() if p.value is not None and n in (*DRAFTED, "supersedes")}
    place = {} if item.id.startswith(BEYOND) else {"slot": item.id}
    return {**place, "status": "draft", **said}


def _complete(draft: Mapping[str, Any]) -> bool:
    return bool(draft.get("choice")) and bool(draft.get("slot") or draft.get("title"))


def _is_there(driver: str, state: State, room: Room) -> bool:
    note = state.items.get(f"note:{driver}")
    # A driver may be something else, such as a requirement; those are there for ever.
    return note is None or not (note.deleted or hidden(note, room, None))


def record_changes(op: Op, state: State) -> list[Change]:
    """Turn a draft into a numbered decision: accepted at once unless `op.value` says proposed or rejected.

    `op.value` is the day, or an object with `decided_on`, `status` and, beyond the slots, `supersedes`. An accepted one
    supersedes what is in force for its slot. Raises `OpRefused`.
    """
    draft = state.items.get(op.item)
    said = _drafted(draft) if draft and not draft.deleted and op.item.startswith("draft:") else {}
    if not said.get("choice"):
        raise OpRefused("unknown", "There is no drafted choice to record. Choose an option first.")
    if not _complete(said):
        raise OpRefused("malformed", "A decision beyond the slots needs a title. Say what it decides, then record it.")
    if not said.get("because"):
        raise OpRefused("malformed", "A decision needs its reason. Write why, then record it.")
    asked = checked(_Recording, op.value if isinstance(op.value, Mapping) else {"decided_on": op.value})
    number = 1 + max((int(item.id) for item in state.of_kind("decision")), default=0)
    record = {name: said[name] for name in ("slot", *DRAFTED) if name in said}
    record |= {"decided_on": asked["decided_on"], "supersedes": _superseded(asked, said, state)}
    if asked["status"] != "accepted":
        record["status"] = asked["status"]
    Decision.model_validate({"status": "accepted", **record, "number": number})
    cleared: list[Change] = [
        ("set", op.item, prop, None, draft.get(prop)) for prop in DRAFTED if draft and draft.get(prop) is not None
    ]
    return [("add", f"decision:{number}", None, {"record": record}, None), *cleared]


def _superseded(asked: Mapping[str, Any], said: Mapping[str, Any], state: State) -> int | None:
    """Return the number that a new record replaces. Only what is accepted replaces anything."""
    named = asked.get("supersedes")
    if asked["status"] != "accepted":
        return None
    if slot := said.get("slot"):
        return _accepted(slot, state)
    found = next((d for d in decisions_of(state) if d.get("number") == named), None)
    if named and (found is None or found.get("slot") or found["status"] != "accepted"):
        raise OpRefused("malformed", f"Decision {named} is not an accepted one beyond the slots.")
    return named


def _accepted(slot: str, state: State) -> int | None:
    found = (d["number"] for d in decisions_of(state) if d.get("slot") == slot and d["status"] == "accepted")
    return next(found, None)


def outcome_changes(op: Op, state: State) -> list[Change]:
    """Return what an op `outcome:<number>` changes: a proposed decision is accepted or rejected, or one is deprecated.

    `op.value` has `status`, `on` and `because`. Raises `OpRefused` for a status that cannot follow the present one.
    """
    number = op.item.partition(":")[2]
    found = next((d for d in decisions_of(state) if str(d.get("number")) == number), None)
    if found is None:
        raise OpRefused("unknown", f"There is no decision {number}.")
    if op.action != "set" or op.prop != "outcome":
        raise OpRefused("malformed", "A recorded decision never changes; only what becomes of it can be said.")
    asked = checked(_NewOutcome, op.value)
    if asked["status"] not in NEXT.get(found["status"], ()):
        status = asked["status"]
        raise OpRefused("forbidden", f"Decision {number} is {found['status']}, so it cannot become {status}.")
    if asked["status"] == "accepted" and found.get("slot"):
        asked["supersedes"] = _accepted(found["slot"], state)
    item = state.items.get(op.item)
    outcome = {name: value for name, value in asked.items() if value is not None}
    return [("set", op.item, "outcome", outcome, item.get("outcome") if item else None)]
