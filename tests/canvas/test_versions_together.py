"""Processes of different versions on one database do no harm: the older ones stop writing, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from canvas import __version__
from canvas.document.workshop import Workshop
from canvas.errors import DatabaseAway, DatabaseOvertaken, DatabaseUnusable, LinkRefused, OpRefused
from canvas.log.events import VERSION
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store.access import Access
from canvas.store.sql_tables import EVENT
from canvas.store.store import Store
from tests.databases import KINDS
from tests.old_databases import SECRET, expected, put_old_database

ROOT = Path(__file__).parents[2]
ANNE = Author("anne", "participant")
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}


class Process:
    """A process of another version; `says` gives it a line and returns its answer."""

    def __init__(self, version: str, address: str, room: str) -> None:
        command = [sys.executable, "-m", "tests.other_versions", version, address, room]
        self.running = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.opened = self._line()

    def says(self, line: str) -> str:
        assert self.running.stdin
        self.running.stdin.write(line + "\n")
        self.running.stdin.flush()
        return self._line()

    def end(self) -> str:
        """End it, and return what it printed as errors."""
        told = self.running.communicate("end\n" if self.running.poll() is None else None, timeout=60)[1]
        return told

    def _line(self) -> str:
        assert self.running.stdout
        return self.running.stdout.readline().rstrip("\n")


Start = Callable[[str, str], Process]


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, empty_database: Callable[[str], str]) -> str:
    return empty_database(request.param)


@pytest.fixture
def start(address: str) -> Iterator[Start]:
    """Starts a process of a version on the database, in a workshop."""
    started: list[Process] = []

    def another(version: str, room: str) -> Process:
        started.append(Process(version, address, room))
        return started[-1]

    yield another
    for process in started:
        assert "Traceback" not in process.end()


def add(store: Store, room: str, note: str) -> None:
    value = {"place": PLACE, "kind": "fact", "text": "a note"}
    store.apply(room, Op(op_id=f"add-{note}", action="add", item=f"note:{note}", value=value), ANNE, shipped())


def log_of(store: Store, room: str) -> list[str]:
    return [event.op_id for event in store.events_since(room, 1)]


def test_a_running_0_1_0_writes_until_the_upgrade_and_then_keeps_what_is_typed(address: str, start: Start) -> None:
    put_old_database(address)
    room = next(room for room, told in expected(address).items() if told["state"]["seq"] == 1)
    old = start("0.1.0", room)
    assert old.says("note n1") == "saved"
    with closing(Store(address)) as store:
        refused = old.says("note n2")
        # What a client takes for a database that is away: it keeps the change, and sends it again.
        assert refused.startswith("busy ")
        assert "kept and sent again" in refused
        add(store, room, "n3")
        assert log_of(store, room) == ["add-n1", "add-n3"]
        # Once the old process is gone, its client comes back to a new one with what it kept.
        add(store, room, "n2")
        assert len(store.document(room).canvases["stack-canvas"]["value"]) == 3


def test_a_0_1_0_that_is_started_after_the_upgrade_writes_nothing(address: str, start: Start) -> None:
    with closing(Store(address)) as store:
        room = store.create(Workshop(title="x"))
        old = start("0.1.0", room)
        assert (old.opened, old.says("note n1")[:5]) == ("open", "busy ")
        assert log_of(store, room) == []


def test_who_is_overtaken_notices_writes_nothing_more_and_names_the_version(address: str, start: Start) -> None:
    with closing(Store(address)) as store:
        room = store.create(Workshop(title="x"))
        access = Access(store, "secret")
        token = access.new_link(room, "participant")
        add(store, room, "n1")
        store.check()
        later = start("0.3.0", room)
        assert (later.opened, later.says("note n2")) == ("open", "saved")
        with pytest.raises(OpRefused, match=rf"is version {__version__}, and version 0\.3\.0 has upgraded") as refused:
            add(store, room, "n3")
        assert refused.value.code == "busy", "the client keeps it and sends it again"
        assert "kept in this page" in str(refused.value)
        for write in (
            lambda: access.join(token, "Anne"),
            lambda: access.new_link(room, "viewer"),
            lambda: access.revoke(room, access.links(room)[0].id),
            lambda: store.create(Workshop(title="y")),
            store.check,
        ):
            with pytest.raises(DatabaseOvertaken, match=r"version 0\.3\.0"):
                write()
        assert log_of(store, room) == ["add-n1", "add-n2"]
        assert access.names(room) == {}
    with pytest.raises(DatabaseUnusable, match=r"version 0\.3\.0 or later reads it"):
        Store(address)


def test_what_a_later_version_wrote_is_not_read_as_something_else(address: str, start: Start) -> None:
    with closing(Store(address)) as store:
        room = store.create(Workshop(title="x"))
        assert start("0.3.0", room).says("note n1") == "saved"
        with store.engine.begin() as connection:
            # The triggers are about what is appended; a later version would append this.
            body = connection.scalar(sa.select(EVENT.c.body).where(EVENT.c.seq == 2))
            connection.execute(sa.update(EVENT).where(EVENT.c.seq == 2).values(body={**body, "version": VERSION + 1}))
        with pytest.raises(DatabaseOvertaken, match=f"changes of version {VERSION + 1}"):
            store.document(room)


def test_a_table_that_a_later_version_took_away_is_told_as_that(address: str) -> None:
    with closing(Store(address)) as store:
        room = store.create(Workshop(title="x"))
        with store.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE writer SET level = 4, version = '0.3.0'")
            connection.exec_driver_sql("ALTER TABLE snapshot RENAME TO states")
            connection.exec_driver_sql("ALTER TABLE link RENAME TO invitation")
        with pytest.raises(DatabaseOvertaken, match=r"version 0\.3\.0"):
            store.document(room)
        with pytest.raises(DatabaseOvertaken, match=r"version 0\.3\.0"):
            Access(store, SECRET).links(room)


def test_a_running_database_that_loses_the_table_of_versions_is_away_and_asks_no_more_than_once(tmp_path: Path) -> None:
    with closing(Store.in_folder(tmp_path)) as store:
        room = store.create(Workshop(title="x"))
        with store.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE writer")
        with pytest.raises(DatabaseAway, match="does not answer"):
            store.check()
        with pytest.raises(OpRefused) as refused:
            add(store, room, "n1")
        assert refused.value.code == "busy"


def test_links_of_before_are_refused_as_before(address: str) -> None:
    """An error that has nothing to do with versions stays what it was."""
    with closing(Store(address)) as store, pytest.raises(LinkRefused):
        Access(store, SECRET).invited("x")
