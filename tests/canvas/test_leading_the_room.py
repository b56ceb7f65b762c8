"""Leading a room through its agenda: one step for all, a timer that stands still, the sentence that all read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from canvas.errors import OpRefused
from canvas.live import frames
from canvas.live.client import Client, addressed
from canvas.log.events import Event, fold
from canvas.log.facilitation import Room, room_of
from canvas.log.op import Author
from canvas.log.timer import changed_timer
from canvas.method.load import shipped
from canvas.store.access import Access
from tests.canvas.test_facilitation_rules import ANNE, BEN, LEAD, Workroom

SECOND = Author("second", "facilitator")
ENTRIES = shipped().agendas["ninety-minutes"].entries
TEN = "2026-11-23T10:00:00.000+00:00"


@pytest.fixture
def room(tmp_path: Path) -> Workroom:
    return Workroom(tmp_path)


def move(room: Workroom, who: Author, leaves: str | None, enters: str | None) -> None:
    room.do(who, "room:", "agenda", {"leaves": leaves, "enters": enters})


def facts(room: Workroom) -> Room:
    return room.store.read(room.id, room_of)


def sent(room: Workroom, who: Author) -> dict[str, Any]:
    return room.store.read(room.id, lambda state: frames.facilitation(state, who))


def test_next_moves_agenda_timer_and_focus_in_one_op(room: Workroom) -> None:
    move(room, LEAD, None, ENTRIES[0].id)
    before = room.store.events_since(room.id, 0)
    move(room, LEAD, ENTRIES[0].id, "value")
    now = facts(room)
    assert now.agenda == "value"
    assert now.timer == {"seconds": 480, "label": "Value proposition", "ends_at": "2026-11-23T10:08:00.000+00:00"}
    assert now.focus == {"step": "canvas", "block": "value", "at": TEN}
    new = room.store.events_since(room.id, 0)[len(before) :]
    assert {event.op_id for event in new} == {"op2"}
    assert {event.prop for event in new} == {"agenda", "timer", "focus"}


def test_of_two_who_press_next_at_once_the_second_goes_no_step_too_far(room: Workroom) -> None:
    move(room, LEAD, None, "arrive")
    move(room, LEAD, "arrive", "entry")
    timer = facts(room).timer
    room.now = "2026-11-23T10:00:01.000+00:00"
    with pytest.raises(OpRefused, match=r"Somebody else was faster: the room is at 'Entry check' now\.") as refused:
        move(room, SECOND, "arrive", "entry")
    assert refused.value.code == "stale"
    assert (facts(room).agenda, facts(room).timer) == ("entry", timer)


def test_who_ends_the_agenda_takes_its_timer_along_and_nobody_anywhere(room: Workroom) -> None:
    move(room, LEAD, None, "close")
    move(room, LEAD, "close", None)
    now = facts(room)
    assert (now.agenda, now.timer) == (None, None)
    assert now.focus is not None
    assert now.focus["step"] == "where-we-stand"
    with pytest.raises(OpRefused, match="at no entry of the agenda now"):
        move(room, SECOND, "close", None)


def test_an_entry_of_another_course_is_none_of_this_one(room: Workroom) -> None:
    room.do(LEAD, "room:", "plan", "half-day")
    with pytest.raises(OpRefused, match="'Half a day' has no such entry"):
        move(room, LEAD, None, "value")
    move(room, LEAD, None, "half-value")
    assert facts(room).agenda == "half-value"


def test_a_place_that_content_no_longer_knows_can_be_left(room: Workroom) -> None:
    move(room, LEAD, None, "value")
    room.do(LEAD, "room:", "plan", "no-such-course")
    # Another course forgets the place; an old log may still name one.
    assert facts(room).agenda is None
    move(room, LEAD, None, "arrive")
    assert facts(room).agenda == "arrive"


def test_a_paused_timer_stands_still_and_goes_on_where_it_stood(room: Workroom) -> None:
    room.do(LEAD, "room:", "timer", {"seconds": 300, "label": "Write"})
    room.now = "2026-11-23T10:01:00.000+00:00"
    room.do(LEAD, "room:", "timer", {"paused": True})
    room.now = "2026-11-23T10:03:00.000+00:00"
    room.do(SECOND, "room:", "timer", {"paused": True})
    assert facts(room).timer == {
        "seconds": 300,
        "label": "Write",
        "ends_at": "2026-11-23T10:05:00.000+00:00",
        "paused_at": "2026-11-23T10:01:00.000+00:00",
    }
    room.now = "2026-11-23T10:11:00.000+00:00"
    room.do(LEAD, "room:", "timer", {"paused": False})
    assert facts(room).timer == {"seconds": 300, "label": "Write", "ends_at": "2026-11-23T10:15:00.000+00:00"}
    room.do(LEAD, "room:", "timer", {"paused": False})
    assert facts(room).timer == {"seconds": 300, "label": "Write", "ends_at": "2026-11-23T10:15:00.000+00:00"}


@pytest.mark.parametrize(
    ("timer", "at", "ends"),
    [
        ({"ends_at": "2026-11-23T10:05:00.000+00:00"}, "2026-11-23T10:01:00.000+00:00", "10:07:00"),
        # Ended long ago: two minutes more are two minutes.
        ({"ends_at": "2026-11-23T10:05:00.000+00:00"}, "2026-11-23T10:20:00.000+00:00", "10:22:00"),
        # Paused with four minutes left: six are left afterwards, and it still stands.
        (
            {"ends_at": "2026-11-23T10:05:00.000+00:00", "paused_at": "2026-11-23T10:01:00.000+00:00"},
            "2026-11-23T10:20:00.000+00:00",
            "10:07:00",
        ),
        # Paused after its end.
        (
            {"ends_at": "2026-11-23T10:05:00.000+00:00", "paused_at": "2026-11-23T10:08:00.000+00:00"},
            "2026-11-23T10:20:00.000+00:00",
            "10:10:00",
        ),
    ],
)
def test_more_time_is_counted_from_what_the_clock_shows(timer: dict[str, Any], at: str, ends: str) -> None:
    now = changed_timer({"more": 120}, {"seconds": 300, "label": "", **timer}, at)
    assert now["ends_at"] == f"2026-11-23T{ends}.000+00:00"
    assert now["seconds"] == 420
    assert now.get("paused_at") == timer.get("paused_at")


def test_no_timer_runs_longer_than_four_hours(room: Workroom) -> None:
    room.do(LEAD, "room:", "timer", {"seconds": 4 * 60 * 60})
    with pytest.raises(OpRefused, match="4 hours at most"):
        room.do(LEAD, "room:", "timer", {"more": 60})


def test_a_workshop_reads_a_sentence_of_its_own_until_it_is_emptied(room: Workroom) -> None:
    room.do(LEAD, "room:", "instruction", {"entry": "value", "text": "  Whose parcel is late?  "})
    room.do(LEAD, "room:", "instruction", {"entry": "vote", "text": "Dots, please."})
    assert dict(facts(room).instructions) == {"value": "Whose parcel is late?", "vote": "Dots, please."}
    for who in (LEAD, ANNE):
        assert sent(room, who)["instructions"]["value"] == "Whose parcel is late?"
    room.do(LEAD, "room:", "instruction", {"entry": "value", "text": "", "saw": "Whose parcel is late?"})
    assert dict(facts(room).instructions) == {"vote": "Dots, please."}
    usual = next(entry.instruction for entry in ENTRIES if entry.id == "vote")
    room.do(LEAD, "room:", "instruction", {"entry": "vote", "text": usual, "saw": "Dots, please."})
    assert facts(room).instructions == {}, "the words of content are no words of this workshop"


def test_a_sentence_that_somebody_else_wrote_meanwhile_is_not_overwritten(room: Workroom) -> None:
    room.do(LEAD, "room:", "instruction", {"entry": "value", "text": "Mine"})
    with pytest.raises(OpRefused, match="It is now: Mine") as refused:
        room.do(SECOND, "room:", "instruction", {"entry": "value", "text": "Theirs"})
    assert refused.value.code == "stale"
    room.do(SECOND, "room:", "instruction", {"entry": "value", "text": "Theirs", "saw": "Mine"})
    assert facts(room).instructions == {"value": "Theirs"}


def test_only_who_leads_is_told_how_much_is_written_and_nobody_what(room: Workroom) -> None:
    room.do(LEAD, "room:", "private", True)
    for who, name in ((ANNE, "n1"), (ANNE, "n2"), (BEN, "n3")):
        room.note(who, name)
    room.do(BEN, "note:n3", "deleted", True)
    assert sent(room, LEAD)["written"] == {"notes": 2, "by": {"anne": 2}}
    assert "text of" not in json.dumps(sent(room, LEAD))
    for other in (ANNE, BEN, Author("eve", "viewer")):
        assert sent(room, other)["written"] is None
        assert "anne" not in json.dumps(sent(room, other))
    room.do(LEAD, "room:", "hide_authors", True)
    assert sent(room, LEAD)["written"] == {"notes": 2, "by": None}
    room.do(LEAD, "room:", "private", False)
    assert sent(room, LEAD)["written"] is None


def test_notes_of_an_earlier_private_round_are_not_counted_again(room: Workroom) -> None:
    room.do(LEAD, "room:", "private", True)
    room.note(ANNE, "n1")
    room.do(LEAD, "room:", "private", False)
    room.do(LEAD, "room:", "private", True)
    assert sent(room, LEAD)["written"] == {"notes": 0, "by": {}}


def test_the_count_follows_each_note_that_is_written_and_only_on_the_screens_of_those_who_lead(room: Workroom) -> None:
    access = Access(room.store, "secret")
    clients = {
        role: Client(access.join(access.new_link(room.id, role))[0], "") for role in ("facilitator", "participant")
    }
    room.do(LEAD, "room:", "private", True)
    seen = room.store.read(room.id, lambda state: state.seq)
    for client in clients.values():
        client.seq = seen
    room.note(ANNE, "n1")
    news = room.store.events_since(room.id, seen)
    told = room.store.read(room.id, lambda state: addressed(clients.values(), news, state))
    frames_of = {client.member.role: [json.loads(frame) for frame in batch] for client, batch in told}
    rooms = {role: [frame["room"] for frame in batch if frame["t"] == "room"] for role, batch in frames_of.items()}
    assert [found["written"]["notes"] for found in rooms["facilitator"]] == [1]
    assert rooms["participant"] == []


def test_a_log_that_set_agenda_timer_and_focus_one_by_one_is_read_as_before(room: Workroom) -> None:
    values = {
        "agenda": "value",
        "timer": {"seconds": 300, "label": "Notes", "ends_at": "2026-11-23T10:05:00.000+00:00"},
        "focus": {"step": "canvas", "block": "data", "at": TEN},
    }
    events = [
        Event(seq, f"o{seq}", 0, TEN, "lead", "set", "room:", prop, value, version=1)
        for seq, (prop, value) in enumerate(values.items(), 1)
    ]
    now = room_of(fold(events))
    assert (now.agenda, now.timer, now.focus) == tuple(values.values())
    assert now.instructions == {}


def test_every_entry_of_every_course_says_in_one_sentence_what_the_room_does() -> None:
    for agenda in shipped().agendas.values():
        for entry in agenda.entries:
            assert 20 <= len(entry.instruction) <= 100, entry.id
            assert entry.instruction.endswith((".", "?")), entry.id
            assert entry.instruction != entry.advice
