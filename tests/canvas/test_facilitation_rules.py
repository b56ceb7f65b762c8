"""What the facilitator may do with the room, what everybody else may not, and what nobody sees before it is shown."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from canvas.document.workshop import Workshop
from canvas.errors import OpRefused
from canvas.live import frames
from canvas.live.presence import people, untold
from canvas.log.facilitation import room_of, vote_totals, votes_of
from canvas.log.fold import document_of
from canvas.log.op import Author, parse_op
from canvas.method.load import shipped
from canvas.store.store import Store

LEAD = Author("lead", "facilitator")
ANNE = Author("anne", "participant")
BEN = Author("ben", "participant")
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}


class Workroom:
    """A workshop in a database of its own, with short words for what people do."""

    def __init__(self, folder: Path) -> None:
        self.now = "2026-11-23T10:00:00.000+00:00"
        self.store = Store.in_folder(folder, clock=lambda: self.now)
        self.id = self.store.create(Workshop(title="Parcel delays"))
        self.count = 0

    def do(self, who: Author, item: str, prop: str | None, value: Any, action: str = "set") -> None:
        self.count += 1
        op = {"op_id": f"op{self.count}", "action": action, "item": item, "prop": prop, "value": value}
        self.store.apply(self.id, parse_op(op), who, shipped())

    def note(self, who: Author, name: str, **place: Any) -> None:
        value = {"place": {**PLACE, **place}, "kind": "fact", "text": f"text of {name}"}
        self.do(who, f"note:{name}", None, value, "add")

    def seen_by(self, who: Author) -> set[str]:
        board = self.store.read(self.id, lambda state: frames.snapshot(state, who))
        return {note["id"] for note in board["notes"]}

    def document(self) -> Workshop:
        return self.store.read(self.id, document_of)


@pytest.fixture
def room(tmp_path: Path) -> Workroom:
    made = Workroom(tmp_path)
    made.note(LEAD, "n0")
    return made


def test_private_notes_are_their_authors_until_the_reveal(room: Workroom) -> None:
    room.do(LEAD, "room:", "private", True)
    room.note(ANNE, "n1")
    assert room.seen_by(ANNE) == {"n0", "n1"}
    assert room.seen_by(BEN) == room.seen_by(LEAD) == {"n0"}
    assert [note.id for _, note in room.document().notes("stack-canvas")] == ["n0"]
    room.do(LEAD, "room:", "private", False)
    assert room.seen_by(BEN) == {"n0", "n1"}
    assert len(list(room.document().notes("stack-canvas"))) == 2


def test_a_second_private_round_does_not_hide_the_first_again(room: Workroom) -> None:
    room.do(LEAD, "room:", "private", True)
    room.note(ANNE, "n1")
    room.do(LEAD, "room:", "private", False)
    room.do(LEAD, "room:", "private", True)
    room.note(BEN, "n2")
    assert room.seen_by(LEAD) == {"n0", "n1"}


def test_what_is_sent_about_a_hidden_note_says_nothing_about_it(room: Workroom) -> None:
    room.do(LEAD, "room:", "private", True)
    room.note(ANNE, "secret")
    found = room.store.events_since(room.id, 0)
    sent = room.store.read(room.id, lambda state: json.dumps(frames.events(found, state, BEN.id)))
    assert "secret" not in sent
    assert "anne" not in sent
    assert "secret" in room.store.read(room.id, lambda state: json.dumps(frames.events(found, state, ANNE.id)))


def test_dots_stay_hidden_until_they_are_shown_and_then_count(room: Workroom) -> None:
    room.do(LEAD, "room:", "voting", {"state": "open", "budget": 3})
    room.do(ANNE, "vote:n0", "count", 2)
    room.do(BEN, "vote:n0", "count", 1)
    board = room.store.read(room.id, lambda state: frames.snapshot(state, BEN))
    assert board["room"]["voting"]["mine"] == {"n0": 1}
    assert board["room"]["totals"] is None
    assert next(note for _, note in room.document().notes("stack-canvas")).votes == 0
    room.do(LEAD, "room:", "voting", {"state": "shown"})
    assert room.store.read(room.id, vote_totals) == {"n0": 3}
    assert next(note for _, note in room.document().notes("stack-canvas")).votes == 3


def test_nobody_has_more_dots_than_the_budget(room: Workroom) -> None:
    room.note(LEAD, "n1")
    room.do(LEAD, "room:", "voting", {"state": "open", "budget": 3})
    room.do(ANNE, "vote:n0", "count", 2)
    with pytest.raises(OpRefused, match="You have 3 dots in all"):
        room.do(ANNE, "vote:n1", "count", 2)
    room.do(ANNE, "vote:n0", "count", 1)
    room.do(ANNE, "vote:n1", "count", 2)
    assert room.store.read(room.id, lambda state: votes_of(state, "anne")) == {"n0": 1, "n1": 2}


def test_a_new_round_starts_from_nothing(room: Workroom) -> None:
    for _ in range(2):
        room.do(LEAD, "room:", "voting", {"state": "open", "budget": 3})
        room.do(ANNE, "vote:n0", "count", 3)
        room.do(LEAD, "room:", "voting", {"state": "shown"})
    assert room.store.read(room.id, vote_totals) == {"n0": 3}


def test_the_facilitator_counts_for_people_without_a_device(room: Workroom) -> None:
    room.do(LEAD, "room:", "voting", {"state": "open", "budget": 3})
    room.do(LEAD, "vote:n0", "tally", 12)
    with pytest.raises(OpRefused, match="Only the facilitator"):
        room.do(ANNE, "vote:n0", "tally", 12)
    room.do(LEAD, "room:", "voting", {"state": "shown"})
    assert room.store.read(room.id, vote_totals) == {"n0": 12}


def test_there_is_no_vote_outside_a_round(room: Workroom) -> None:
    with pytest.raises(OpRefused, match="no vote going on"):
        room.do(ANNE, "vote:n0", "count", 1)


@pytest.mark.parametrize("locked", [["value"], ["*"]])
def test_a_locked_block_is_the_facilitators(room: Workroom, locked: list[str]) -> None:
    room.note(ANNE, "n1", block="data")
    room.do(LEAD, "room:", "locked", locked)
    for change in (("note:n0", "text", "x"), ("note:n1", "place", PLACE), ("note:n0", "deleted", True)):
        with pytest.raises(OpRefused, match="locked"):
            room.do(ANNE, *change)
    with pytest.raises(OpRefused, match="locked"):
        room.note(ANNE, "n2")
    room.do(LEAD, "note:n0", "text", "the facilitator may")
    room.do(LEAD, "room:", "locked", None)
    room.do(ANNE, "note:n0", "text", "and now everybody")


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        ("timer", {"seconds": 60}),
        ("private", True),
        ("voting", {"state": "open"}),
        ("hide_authors", True),
        ("focus", {"step": "decide"}),
        ("locked", ["*"]),
        ("agenda", {"leaves": None, "enters": "value"}),
        ("instruction", {"entry": "value", "text": "Ours"}),
        ("plan", "half-day"),
    ],
)
def test_only_the_facilitator_leads(room: Workroom, prop: str, value: Any) -> None:
    for who in (ANNE, Author("eve", "viewer")):
        with pytest.raises(OpRefused):
            room.do(who, "room:", prop, value)
    room.do(LEAD, "room:", prop, value)
    assert room.document().title == "Parcel delays"


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        ("timer", {"seconds": 0}),
        ("timer", {"seconds": 10**9}),
        ("timer", "soon"),
        ("voting", {"state": "maybe"}),
        ("voting", {"state": "open", "budget": 1000}),
        ("locked", "value"),
        ("focus", {"step": "../etc"}),
        ("timer", {"seconds": 60, "paused": True}),
        ("timer", {"paused": True}),
        ("timer", {"more": 60}),
        ("agenda", "value"),
        ("agenda", {"enters": "value"}),
        ("agenda", {"leaves": None, "enters": "half-value"}),
        ("instruction", {"entry": "nowhere", "text": "Ours"}),
        ("instruction", {"entry": "value", "text": "x" * 201}),
        ("temperature", 20),
    ],
)
def test_what_makes_no_sense_is_refused(room: Workroom, prop: str, value: Any) -> None:
    with pytest.raises(OpRefused):
        room.do(LEAD, "room:", prop, value)


def test_the_timer_ends_at_the_servers_time(room: Workroom) -> None:
    room.do(LEAD, "room:", "timer", {"seconds": 90, "label": "Value"})
    timer = room.store.read(room.id, room_of).timer
    assert timer == {"seconds": 90, "label": "Value", "ends_at": "2026-11-23T10:01:30.000+00:00"}


def test_hidden_authors_are_hidden_from_everybody_but_themselves(room: Workroom) -> None:
    room.note(ANNE, "n1")
    room.do(LEAD, "room:", "hide_authors", True)
    for who, shown in ((ANNE, {"n0": None, "n1": "anne"}), (LEAD, {"n0": "lead", "n1": None})):
        board = room.store.read(room.id, lambda state, who=who: frames.snapshot(state, who))
        assert {note["id"]: note["author"] for note in board["notes"]} == shown


@pytest.mark.parametrize(
    ("prop", "told"),
    [
        (None, {"step": "canvas", "block": "data", "note": "n1", "writing": True}),
        ("private", {"step": "canvas", "block": "data", "note": None, "writing": True}),
        ("hide_authors", {"step": None, "block": None, "note": None, "writing": False}),
    ],
)
def test_where_somebody_writes_is_told_as_far_as_it_does_not_say_who_wrote_what(
    room: Workroom, prop: str | None, told: dict[str, object]
) -> None:
    if prop:
        room.do(LEAD, "room:", prop, True)
    here = {"step": "canvas", "block": "data", "note": "n1", "writing": True}
    clients = [SimpleNamespace(member=SimpleNamespace(id="anne", role="participant"), here=here)]
    [person] = people(clients, {"anne": "Anne"}, room.store.read(room.id, untold))  # type: ignore[arg-type]
    assert person == {"id": "anne", "name": "Anne", "role": "participant", **told}
