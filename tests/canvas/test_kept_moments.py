"""Moments that the agenda keeps by itself: one for each step in which something changed, and never two of one state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvas.document.workshop import Workshop
from canvas.errors import OpRefused
from canvas.log import kept_moments
from canvas.log.events import Event
from canvas.log.facilitation import room_of
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store.lookback import Moment, moments, state_at
from canvas.store.store import Store

FAY = Author("fay", "facilitator")
ANNE = Author("anne", "participant")

Do = Callable[..., list[Event]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path, clock=lambda: "2026-11-23T10:00:00.000+00:00")


@pytest.fixture
def room(store: Store) -> str:
    return store.create(Workshop(title="Parcel delays"))


@pytest.fixture
def do(store: Store, room: str) -> Do:
    count = iter(range(10**6))

    def apply(who: Author, action: Any, item: str, prop: str | None = None, value: Any = None) -> Any:
        if (item, prop) == ("room:", "agenda"):
            value = {"leaves": store.read(room, room_of).agenda, "enters": value}
        op = Op(op_id=f"op-{next(count)}", action=action, item=item, prop=prop, value=value)
        return store.apply(room, op, who, shipped())

    return apply


def note(do: Do, name: str, who: Author = ANNE) -> None:
    place = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}
    do(who, "add", f"note:{name}", None, {"place": place, "kind": "fact", "text": name})


def go(do: Do, entry: str | None) -> None:
    do(FAY, "set", "room:", "agenda", entry)


def kept(store: Store, room: str) -> list[Moment]:
    return list(store.read(room, moments))


def names(store: Store, room: str) -> list[str]:
    return [moment.name for moment in kept(store, room)]


def test_each_step_in_which_something_changed_keeps_how_it_ended(store: Store, room: str, do: Do) -> None:
    note(do, "before")
    go(do, "arrive")
    note(do, "first")
    go(do, "value")
    note(do, "second")
    go(do, "vote")
    found = kept(store, room)
    assert [m.name for m in found] == [
        "Before: Arrive and agree on the goal",
        "After: Arrive and agree on the goal",
        "After: Value proposition",
    ]
    assert all(moment.by_itself for moment in found)
    with store.engine.connect() as connection:
        documents = [document_of(state_at(connection, room, moment.at)) for moment in found]
    notes = [[note.text for _, note in document.notes("stack-canvas")] for document in documents]
    assert notes == [["before"], ["before", "first"], ["before", "first", "second"]]


def test_nothing_is_kept_when_nothing_changed_since_the_last_moment(store: Store, room: str, do: Do) -> None:
    go(do, "arrive")
    do(FAY, "set", "room:", "timer", {"seconds": 60})
    do(FAY, "set", "room:", "locked", ["data"])
    go(do, "value")
    assert names(store, room) == []
    note(do, "first")
    do(ANNE, "add", "moment:m1", None, {"name": "By hand"})
    go(do, "vote")
    assert names(store, room) == ["By hand"]


def test_going_back_and_on_does_not_pile_up(store: Store, room: str, do: Do) -> None:
    go(do, "value")
    note(do, "first")
    for entry in ("vote", "value", "vote", "value", "vote"):
        go(do, entry)
    assert names(store, room) == ["After: Value proposition"]
    go(do, "value")
    note(do, "second")
    ended = store.read(room, lambda state: state.seq)
    go(do, "vote")
    (moment,) = kept(store, room)
    assert moment.at == ended


def test_a_name_that_somebody_gave_is_never_written_over_nor_taken_away(store: Store, room: str, do: Do) -> None:
    go(do, "value")
    note(do, "first")
    go(do, "vote")
    (moment,) = kept(store, room)
    do(ANNE, "set", f"moment:{moment.id}", "name", "Ours")
    go(do, "value")
    note(do, "second")
    go(do, "vote")
    assert [(m.name, m.by_itself) for m in kept(store, room)] == [("Ours", False), ("After: Value proposition", True)]


def test_one_that_somebody_removed_stays_away_until_something_changes(store: Store, room: str, do: Do) -> None:
    go(do, "value")
    note(do, "first")
    go(do, "vote")
    (moment,) = kept(store, room)
    do(ANNE, "set", f"moment:{moment.id}", "deleted", True)
    go(do, "value")
    assert names(store, room) == []
    note(do, "second")
    go(do, "vote")
    assert names(store, room) == ["After: Value proposition"]


def test_what_is_written_in_private_counts_once_it_is_revealed(store: Store, room: str, do: Do) -> None:
    go(do, "value")
    do(FAY, "set", "room:", "private", True)
    note(do, "secret")
    go(do, "vote")
    assert names(store, room) == []
    do(FAY, "set", "room:", "private", None)
    go(do, "value")
    assert names(store, room) == ["After: Vote on what matters"]


def test_dots_count_once_the_result_is_shown(store: Store, room: str, do: Do) -> None:
    note(do, "first")
    go(do, "vote")
    do(FAY, "set", "room:", "voting", {"state": "open"})
    do(ANNE, "set", "vote:first", "count", 2)
    go(do, "value")
    assert names(store, room) == ["Before: Vote on what matters"]
    do(FAY, "set", "room:", "voting", {"state": "shown"})
    go(do, "vote")
    assert names(store, room) == ["Before: Vote on what matters", "After: Value proposition"]


def test_another_course_and_an_entry_that_nobody_knows_keep_nothing(store: Store, room: str, do: Do) -> None:
    note(do, "first")
    with pytest.raises(OpRefused, match="no such entry"):
        go(do, "no-such-entry")
    assert names(store, room) == []
    do(FAY, "set", "room:", "plan", "half-day")
    assert names(store, room) == []


def test_a_full_list_of_moments_stops_no_agenda(
    store: Store, room: str, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_moments, "MAX_MOMENTS", 1)
    note(do, "first")
    do(ANNE, "add", "moment:m1", None, {"name": "By hand"})
    note(do, "second")
    go(do, "value")
    assert names(store, room) == ["By hand"]
    assert store.read(room, lambda state: state.items["room:"].get("agenda")) == "value"


def test_nobody_can_say_that_a_moment_was_kept_by_itself(store: Store, room: str, do: Do) -> None:
    with pytest.raises(OpRefused, match="no property 'kept_for'"):
        do(ANNE, "add", "moment:m1", None, {"name": "x", "kept_for": "after:value"})
