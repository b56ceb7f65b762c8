"""Processes on one PostgreSQL hint each other, and what happens when a connection or the whole database goes away."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from canvas.document.workshop import Workshop
from canvas.errors import DatabaseAway, OpRefused
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store.database import writing
from canvas.store.notify import CHANNEL, listening
from canvas.store.sql_tables import WORKSHOP
from canvas.store.store import Store
from tests.databases import own_server

ANNE = Author("anne", "participant")
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}


def add(store: Store, room: str, note: str) -> None:
    value = {"place": PLACE, "kind": "fact", "text": "a note"}
    store.apply(room, Op(op_id=f"add-{note}", action="add", item=f"note:{note}", value=value), ANNE, shipped())


def texts(store: Store, room: str) -> list[str]:
    return [note.text for _, note in store.document(room).notes("stack-canvas")]


class Heard:
    """Notes what a listener was told, and when."""

    def __init__(self) -> None:
        self.hints: list[tuple[str, int]] = []
        self.arrived = threading.Condition()

    def __call__(self, workshop: str, seq: int) -> None:
        with self.arrived:
            self.hints.append((workshop, seq))
            self.arrived.notify_all()

    def within(self, seconds: float, wanted: tuple[str, int]) -> bool:
        with self.arrived:
            return self.arrived.wait_for(lambda: wanted in self.hints, seconds)


def listens(store: Store) -> bool:
    with store.engine.connect() as connection:
        found = connection.scalar(sa.text("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"))
    return bool(found)


def wait_until_listening(store: Store) -> None:
    deadline = time.monotonic() + 10
    while not listens(store):
        assert time.monotonic() < deadline, "nobody listens"
        time.sleep(0.02)


@pytest.fixture
def pair(empty_database: Callable[[str], str]) -> Iterator[tuple[Store, Store]]:
    address = empty_database("postgresql")
    stores = (Store(address), Store(address))
    yield stores
    for store in stores:
        store.close()


def test_a_change_in_one_process_is_hinted_to_the_other_at_once_and_only_when_it_happened(
    pair: tuple[Store, Store],
) -> None:
    writer, reader = pair
    room, heard = writer.create(Workshop(title="x")), Heard()
    with listening(reader.engine, heard):
        wait_until_listening(writer)
        add(writer, room, "n1")
        assert heard.within(1, (room, 2))
        with pytest.raises(OpRefused):
            writer.apply(room, Op(op_id="no", action="set", item="note:none", prop="text", value=""), ANNE, shipped())
        with writing(writer.engine) as connection:
            for strange in ("", "x", "x y", "x -1", "x ٣", "x 9 9", "\N{SNOWMAN}"):
                connection.execute(sa.select(sa.func.pg_notify(CHANNEL, strange)))
        add(writer, room, "n2")
        assert heard.within(1, (room, 3))
    assert heard.hints == [(room, 2), (room, 3)]


def test_a_listener_that_was_cut_off_comes_back_and_stops_when_told(
    pair: tuple[Store, Store], caplog: pytest.LogCaptureFixture
) -> None:
    writer, reader = pair
    room, heard = writer.create(Workshop(title="x")), Heard()
    cut = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    with caplog.at_level(logging.WARNING), listening(reader.engine, heard):
        wait_until_listening(writer)
        with writing(writer.engine) as connection:
            connection.execute(cut)
        deadline = time.monotonic() + 10
        while "trying again" not in caplog.text:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        wait_until_listening(writer)
        add(writer, room, "n1")
        assert heard.within(2, (room, 2))
    assert not [thread for thread in threading.enumerate() if thread.name == "notify"]


def test_a_connection_lost_under_a_write_is_an_answer_and_the_next_try_works(pair: tuple[Store, Store]) -> None:
    store, other = pair
    room = store.create(Workshop(title="x"))
    add(store, room, "n1")

    def lose_the_connection() -> None:
        with writing(store.engine) as connection:
            pid = connection.scalar(sa.text("SELECT pg_backend_pid()"))
            with writing(other.engine) as theirs:
                theirs.execute(sa.select(sa.func.pg_terminate_backend(pid)))
            connection.execute(sa.select(WORKSHOP))

    with pytest.raises(DatabaseAway):
        lose_the_connection()
    add(store, room, "n2")
    assert len(texts(store, room)) == 2


def test_a_server_that_restarts_makes_changes_wait_and_loses_none() -> None:
    heard = Heard()
    with own_server() as server:
        store, reader = Store(server.get_uri()), Store(server.get_uri())
        room = store.create(Workshop(title="x"))
        with listening(reader.engine, heard):
            wait_until_listening(store)
            add(store, room, "n1")
            server._stop()
            with pytest.raises(OpRefused) as caught:
                add(store, room, "n2")
            assert caught.value.code == "busy"
            with pytest.raises(DatabaseAway):
                reader.document(room)
            server._postmaster_info = None
            server.ensure_postgres_running()
            add(store, room, "n2")
            assert len(texts(reader, room)) == 2
            wait_until_listening(store)
            add(store, room, "n3")
            assert heard.within(2, (room, 4))
        store.close()
        reader.close()
