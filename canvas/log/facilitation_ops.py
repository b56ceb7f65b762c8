"""What the facilitator may do with the room, and the one thing everybody may: put dots on notes.

Each change becomes a property of the `room:` item or of one `vote:` item. Documents never see either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from canvas.errors import OpRefused
from canvas.log.events import Item, State
from canvas.log.facilitation import TALLY, Voting, hidden, room_of, votes_of
from canvas.log.op import Author, Op
from canvas.log.property_values import checked
from canvas.log.timer import TimerChange, changed_timer, started_timer
from canvas.method.content import Content
from canvas.reading.text_gate import clean
from canvas.reading.types import Id, ShortText

Change = tuple[Literal["add", "set"], str, str | None, Any, Any]

_Dots = Annotated[int, Field(ge=0, le=999)]


class _Voting(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: Literal["open", "shown"]
    budget: Annotated[int, Field(ge=1, le=99)] = 5


class _Assessing(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: Literal["open", "shown"]
    model: Id | None = None
    question: Id | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.model is None) == (self.question is None):
            raise ValueError("a blind round is about the practices of a model or about one question")
        return self


class _Focus(BaseModel):
    model_config = ConfigDict(extra="forbid")

    step: Id
    block: Id | None = None


class _Move(BaseModel):
    """From one entry of the agenda to another. Whoever asks names the one that they leave: None before the first."""

    model_config = ConfigDict(extra="forbid")

    leaves: Id | None
    enters: Id | None


class _Instruction(BaseModel):
    """The sentence that this workshop reads at an entry; `saw` is the one of its own that was there before."""

    model_config = ConfigDict(extra="forbid")

    entry: Id
    text: ShortText | None = None
    saw: ShortText | None = None


_TYPES: Mapping[str, Any] = {
    "timer": TimerChange,
    "locked": Annotated[tuple[Annotated[str, Field(max_length=64)], ...], Field(max_length=64)],
    "private": bool,
    "voting": _Voting,
    "hide_authors": bool,
    "focus": _Focus,
    "plan": Id,
    "assessing": _Assessing,
}


def is_facilitator(author: Author) -> bool:
    """Return whether the link of this person lets them lead the room."""
    return author.role == "facilitator"


def refuse_hidden(op: Op, state: State, author: Author) -> None:
    """Refuse anybody's change of a note that they may not see yet: undoing it would show what it was."""
    note = state.items.get(op.item) if op.item.startswith("note:") else None
    if note and hidden(note, room_of(state), author.id):
        raise OpRefused("unknown", f"'{op.item}' does not exist.")


def refuse_locked(op: Op, state: State) -> None:
    """Refuse a participant's change of a note that is in, or goes to, a locked block."""
    if not op.item.startswith("note:"):
        return
    room = room_of(state)
    note = state.items.get(op.item)
    places = [note.get("place")] if note else []
    places += [op.value] if op.prop == "place" else []
    places += [op.value.get("place")] if op.action == "add" and isinstance(op.value, Mapping) else []
    blocks = [str(place.get("block")) for place in places if isinstance(place, Mapping)]
    if any(room.locks(block) for block in blocks):
        raise OpRefused("forbidden", "The facilitator has locked this block.")


def room_changes(op: Op, state: State, content: Content, author: Author, at: str) -> list[Change]:
    """Return what an op on the room or on a vote changes. Raises `OpRefused` for what the role may not do."""
    if op.action != "set" or op.prop is None:
        raise OpRefused("malformed", "The room and votes are only ever set.")
    if op.item.startswith("vote:"):
        return _vote(op, state, author)
    if not is_facilitator(author):
        raise OpRefused("forbidden", "Only the facilitator can do this.")
    if op.item != "room:" or op.prop not in {*_TYPES, "agenda", "instruction"}:
        raise OpRefused("malformed", f"The room has no '{op.prop}'.")
    item = state.items.get("room:") or Item("", author.id)
    if op.prop == "agenda":
        return agenda_changes(checked(_Move, op.value), item, content, at)
    if op.prop == "instruction":
        return _instruction_changes(checked(_Instruction, _cleaned(op.value)), item, content)
    was = item.get(op.prop)
    value = None if op.value in (None, False) else checked(_TYPES[op.prop], op.value)
    make = _MAKE.get(op.prop)
    value = make(value, was, at, state) if make and value is not None else value
    if value == was:
        return []
    changes: list[Change] = [("set", "room:", op.prop, value, was)]
    if op.prop == "plan" and item.get("agenda"):
        # Where the room was on another course means nothing on this one.
        changes.append(("set", "room:", "agenda", None, item.get("agenda")))
    return changes


def agenda_changes(move: Mapping[str, Any], room: Item, content: Content, at: str) -> list[Change]:
    """Return everything that changes when the room goes from one entry of its agenda to another, in one step.

    Agenda, timer and focus. Refuses whoever leaves an entry at which the room is not any more: of two who press Next
    at once the second would carry it one step too far.
    """
    course = content.course(room.get("plan"))
    entries = {entry.id: entry for entry in course.entries}
    leaves, enters, now = move.get("leaves"), move.get("enters"), room.get("agenda")
    if enters is not None and enters not in entries:
        raise OpRefused("unknown", f"'{course.title}' has no such entry. Reload the page.")
    if leaves != now:
        where = f"at '{entries[now].title}'" if now in entries else "at no entry of the agenda"
        raise OpRefused("stale", f"Somebody else was faster: the room is {where} now.")
    if enters is None:
        after: dict[str, Any] = {"agenda": None, "timer": None}
    else:
        entry = entries[enters]
        focus = {"step": entry.step, **({"block": entry.blocks[0]} if entry.blocks else {})}
        timer = started_timer(entry.minutes * 60, entry.title[:60], at)
        after = {"agenda": enters, "timer": timer, "focus": {**focus, "at": at}}
    return [("set", "room:", prop, value, room.get(prop)) for prop, value in after.items() if value != room.get(prop)]


def _cleaned(value: Any) -> Any:
    # An emptied sentence is none: then the one of content is read again.
    if not isinstance(value, Mapping):
        return value
    return {name: (clean(text) or None) if isinstance(text, str) else text for name, text in value.items()}


def _instruction_changes(said: Mapping[str, Any], room: Item, content: Content) -> list[Change]:
    entry, text = said["entry"], said.get("text")
    usual = {e.id: e.instruction for agenda in content.agendas.values() for e in agenda.entries}
    if entry not in usual:
        raise OpRefused("unknown", "There is no such entry of an agenda.")
    was: dict[str, str] = room.get("instructions", {})
    if was.get(entry) != said.get("saw"):
        raise OpRefused(
            "stale", f"Somebody else changed the sentence meanwhile. It is now: {was.get(entry, usual[entry])}"
        )
    others = {name: sentence for name, sentence in was.items() if name != entry}
    now = others if text in (None, usual[entry]) else {**others, entry: text}
    return [] if now == was else [("set", "room:", "instructions", now, was or None)]


def _timer(value: dict[str, Any], was: Any, at: str, _state: State) -> dict[str, Any]:
    return changed_timer(value, was, at)


def _private(_value: bool, was: Any, _at: str, state: State) -> int:
    # Notes remember their round, deleted ones too: an old round is never hidden again.
    rounds = [item.get("round", 0) for key, item in state.items.items() if key.startswith("note:")]
    return int(was) if was else 1 + max(rounds, default=0)


def _voting(value: dict[str, Any], was: Any, _at: str, state: State) -> dict[str, Any]:
    before = was or {"round": _last_round(state), "state": "shown", "budget": value["budget"]}
    if value["state"] == "shown":
        return {**before, "state": "shown"}
    starts = before["state"] == "shown"
    return {**value, "round": before["round"] + 1 if starts else before["round"]}


def _assessing(value: dict[str, Any], was: Any, _at: str, state: State) -> dict[str, Any]:
    if was and (value["state"] == "shown" or was["state"] == "open"):
        # What was asked stays what was asked: only whether it is shown can change.
        return {**was, "state": value["state"]}
    return {**value, "round": max(was["round"] if was else 0, _last_round(state, "judgement:")) + 1}


def _last_round(state: State, prefix: str = "vote:") -> int:
    rounds = [int(key.removeprefix(prefix).split("/", 1)[0]) for key in state.items if key.startswith(prefix)]
    return max(rounds, default=0)


def _focus(value: dict[str, Any], _was: Any, at: str, _state: State) -> dict[str, Any]:
    # The time makes every call a new one: people who walked on are brought to the same place again.
    return {**value, "at": at}


_MAKE: Mapping[str, Callable[[Any, Any, str, State], Any]] = {
    "timer": _timer,
    "private": _private,
    "voting": _voting,
    "focus": _focus,
    "assessing": _assessing,
}


def _vote(op: Op, state: State, author: Author) -> list[Change]:
    room, note_id = room_of(state), op.item.removeprefix("vote:")
    note = state.items.get(f"note:{note_id}")
    if room.voting is None or room.voting.state != "open":
        raise OpRefused("forbidden", "There is no vote going on.")
    if note is None or note.deleted or hidden(note, room, author.id):
        raise OpRefused("unknown", "This note is gone.")
    if op.prop == TALLY and not is_facilitator(author):
        raise OpRefused("forbidden", "Only the facilitator counts for the room.")
    if op.prop not in {"count", TALLY}:
        raise OpRefused("malformed", f"A vote has no '{op.prop}'.")
    count = checked(_Dots, op.value)
    who = TALLY if op.prop == TALLY else author.id
    if who != TALLY:
        _refuse_over_budget(state, room.voting, author.id, note_id, count)
    item = f"vote:{room.voting.round}/{note_id}/{who}"
    was = state.items[item].get("count", 0) if item in state.items else 0
    return [] if was == count else [("set", item, "count", count, was)]


def dots_too_many(note_id: str, state: State) -> Iterator[Change]:
    """Yield what takes off a note that comes back the dots that people have put elsewhere meanwhile."""
    voting = room_of(state).voting
    prefix = f"vote:{voting.round}/{note_id}/" if voting else ""
    for key, item in state.items.items():
        if voting and key.startswith(prefix) and (who := key.removeprefix(prefix)) != TALLY:
            was = int(item.get("count", 0))
            left = max(0, voting.budget - sum(votes_of(state, who).values()))
            if was > left:
                yield "set", key, "count", left, was


def _refuse_over_budget(state: State, voting: Voting, author: str, note_id: str, count: int) -> None:
    others = sum(dots for note, dots in votes_of(state, author).items() if note != note_id)
    if others + count > voting.budget:
        raise OpRefused("forbidden", f"You have {voting.budget} dots in all. Take one back first.")
