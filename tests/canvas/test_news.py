"""What is new in a workshop: the end of the log, from memory when it is there, the same whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from canvas.document.workshop import Workshop
from canvas.errors import WorkshopNotFound
from canvas.log.events import Event, State, fold
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store import store as store_module
from canvas.store.store import Store
from tests.databases import KINDS

PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}


@pytest.fixture(params=KINDS)
def two(request: pytest.FixtureRequest, empty_database: Callable[[str], str]) -> Iterator[tuple[Store, Store]]:
    """One database, opened by two processes."""
    address = empty_database(request.param)
    stores = Store(address), Store(address)
    yield stores
    for store in stores:
        store.close()


def add(store: Store, room: str, note: str) -> int:
    value = {"place": PLACE, "kind": "fact", "text": note}
    op = Op(op_id=f"op-{note}", action="add", item=f"note:{note}", value=value)
    return store.apply(room, op, Author("anne", "participant"), shipped())[-1].seq


def both(found: list[Event], state: State) -> tuple[list[Event], dict[str, object]]:
    return list(found), state.dump()


def test_what_memory_has_reached_is_told_without_asking_the_database(two: tuple[Store, Store]) -> None:
    store, other = two
    room = store.create(Workshop(title="Parcel delays"))
    seen = add(store, room, "n1")
    mine = add(store, room, "n2")
    asked: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))

    def items(reached: int | None) -> list[str]:
        return store.news(room, seen, lambda found, state: [event.item for event in found], reached)

    assert items(mine) == ["note:n2"]
    assert not asked
    theirs = add(other, room, "n3")
    assert items(mine) == ["note:n2"]
    assert not asked
    assert items(theirs) == ["note:n2", "note:n3"], "a hint of more than memory has is followed"
    add(other, room, "n4")
    assert items(None) == ["note:n2", "note:n3", "note:n4"], "without a hint the database is asked"


def test_news_are_the_end_of_the_log_whoever_wrote_it_and_however_long_ago(
    two: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "RECENT_EVENTS", 5)
    store, other = two
    room = store.create(Workshop(title="Parcel delays"))
    for number in range(12):
        add((store, other)[number % 3 == 0], room, f"n{number}")
    log = store.events_since(room, 0)
    whole = fold(log).dump()
    for process in two:
        for seq in range(len(log) + 1):
            assert process.news(room, seq, both) == (log[seq:], whole)
            assert process.news(room, seq, both, len(log)) == (log[seq:], whole)


def test_news_of_a_workshop_that_another_process_deleted_say_so(two: tuple[Store, Store]) -> None:
    store, other = two
    room = store.create(Workshop(title="Parcel delays"))
    seen = add(store, room, "n1")
    other.delete(room)
    with pytest.raises(WorkshopNotFound):
        store.news(room, seen, both)
