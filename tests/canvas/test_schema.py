"""A database is new, of an earlier or later version, of something else, or torn apart: made, upgraded or refused."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from canvas import __version__
from canvas.document.workshop import Workshop
from canvas.errors import DatabaseUnusable
from canvas.log.events import VERSION
from canvas.store import writers
from canvas.store.schema import known_revisions
from canvas.store.sql_tables import METADATA, WRITER
from canvas.store.store import Store
from tests.databases import KINDS
from tests.old_databases import OLD, expected, put_old_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, empty_database: Callable[[str], str]) -> str:
    return empty_database(request.param)


@pytest.fixture
def old(empty: str) -> str:
    """The address of a database that version 0.1.0 wrote."""
    put_old_database(empty)
    return empty


def engine_of(address: str) -> sa.Engine:
    """Return a plain connection to a database, as another program has it."""
    return sa.create_engine(address.replace("postgresql://", "postgresql+psycopg://", 1))


def execute(address: str, *statements: str) -> None:
    with closing_engine(address) as engine, engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


class closing_engine:  # noqa: N801 - reads as the function of contextlib
    def __init__(self, address: str) -> None:
        self.engine = engine_of(address)

    def __enter__(self) -> sa.Engine:
        return self.engine

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()


def rows(address: str) -> dict[str, list[Any]]:
    """Return everything in a database, read past the tool."""
    with closing_engine(address) as engine, engine.connect() as connection:
        tables = sorted(sa.inspect(connection).get_table_names())
        return {name: sorted(map(str, connection.exec_driver_sql(f'SELECT * FROM "{name}"'))) for name in tables}


def shape(engine: sa.Engine) -> dict[str, Any]:
    """Return tables, columns, keys and indexes as the database itself tells them."""
    look = sa.inspect(engine)
    return {
        name: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], c["default"], c.get("autoincrement"))
                for c in look.get_columns(name)
            ],
            "key": look.get_pk_constraint(name)["constrained_columns"],
            "unique": look.get_unique_constraints(name),
            "points": sorted(look.get_foreign_keys(name), key=str),
            "indexes": sorted(look.get_indexes(name), key=str),
        }
        for name in [*METADATA.tables, WRITER.name]
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_revisions_lead_to_the_tables_that_the_store_uses(empty_database: Callable[[str], str], kind: str) -> None:
    """Fails when a table of `sql_tables.py` changes and no revision brings databases that are there."""
    made, upgraded, described = (empty_database(kind) for _ in range(3))
    put_old_database(upgraded)
    with closing_engine(described) as engine:
        METADATA.create_all(engine)
        WRITER.create(engine)
        wanted = shape(engine)
    for address in (made, upgraded):
        with closing(Store(address)) as store:
            assert shape(store.engine) == wanted
            with store.engine.connect() as connection:
                context = MigrationContext.configure(connection, opts={"compare_type": True})
                found = compare_metadata(context, METADATA)
            assert [change[1].name for change in found] == [WRITER.name], found


def test_a_changed_table_without_a_revision_is_noticed(empty_database: Callable[[str], str]) -> None:
    with closing(Store(empty_database("sqlite"))) as store, store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE link DROP COLUMN created_at")
        assert "created_at" in str(compare_metadata(MigrationContext.configure(connection), METADATA))


def test_a_database_says_who_may_write(empty: str) -> None:
    Store(empty).close()
    assert rows(empty)["writer"] == [f"({writers.LEVEL}, '0.2.0')"]
    assert rows(empty)["alembic_version"] == [f"('{known_revisions()[-1]}',)"]
    assert (VERSION, writers.LEVEL) == (3, 3), "a version of events comes with a level, both in a revision"


def test_a_database_of_before_is_upgraded_without_loss(old: str) -> None:
    before = rows(old)
    with closing(Store(old)) as store:
        for workshop, known in expected(old).items():
            assert store.document(workshop).title == known["document"]["title"]
    after = rows(old)
    assert {name: after[name] for name in before if name != "snapshot"} == {
        name: found for name, found in before.items() if name != "snapshot"
    }
    assert (bool(before["snapshot"]), after["snapshot"]) == (True, [])


def test_a_start_with_nothing_to_upgrade_writes_nothing(old: str, caplog: pytest.LogCaptureFixture) -> None:
    Store(old).close()
    told, found = len(caplog.records), rows(old)
    folder = Path(old.removeprefix("sqlite:///")).parent
    files = {path: path.stat().st_mtime_ns for path in folder.iterdir()} if old.startswith("sqlite") else {}
    Store(old).close()
    assert (len(caplog.records), rows(old)) == (told, found)
    assert {path: path.stat().st_mtime_ns for path in files} == files


def upgraded_in(folder: Path) -> list[str]:
    put_old_database(f"sqlite:///{folder / 'workshops.sqlite'}")
    Store.in_folder(folder).close()
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_of_the_old_state_is_kept_beside_it_and_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    names = upgraded_in(tmp_path)
    kept = f"workshops.before-{__version__}.sqlite"
    assert names == [kept, "workshops.sqlite"]
    assert rows(f"sqlite:///{tmp_path / kept}") == rows(f"sqlite:///{OLD / 'workshops.sqlite'}")
    told = [record for record in caplog.records if kept in record.getMessage()]
    assert [record.levelno for record in told] == [logging.WARNING]
    # Going back: the copy in the place of the database is one of version 0.1.0.
    shutil.copy(tmp_path / kept, tmp_path / "workshops.sqlite")
    Store.in_folder(tmp_path).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == names, "the same copy is kept once"


def test_an_earlier_copy_is_never_written_over(tmp_path: Path) -> None:
    kept = tmp_path / f"workshops.before-{__version__}.sqlite"
    kept.write_bytes(b"somebody's")
    assert upgraded_in(tmp_path) == [f"workshops.before-{__version__}-2.sqlite", kept.name, "workshops.sqlite"]
    assert kept.read_bytes() == b"somebody's"


def test_a_copy_is_readable_by_those_who_could_read_the_database(tmp_path: Path) -> None:
    path = tmp_path / "workshops.sqlite"
    put_old_database(f"sqlite:///{path}")
    path.chmod(0o640)
    Store.in_folder(tmp_path).close()
    assert (tmp_path / f"workshops.before-{__version__}.sqlite").stat().st_mode & 0o777 == 0o640


def test_without_room_for_the_copy_nothing_is_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "workshops.sqlite"
    put_old_database(f"sqlite:///{path}")

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    before = rows(f"sqlite:///{path}")
    monkeypatch.setattr("canvas.store.database_file._copy", full)
    with pytest.raises(DatabaseUnusable, match="database or disk is full"):
        Store.in_folder(tmp_path)
    assert rows(f"sqlite:///{path}") == before
    assert [found.name for found in tmp_path.iterdir()] == ["workshops.sqlite"]


TORN = {
    "a column is gone": ("ALTER TABLE link DROP COLUMN created_at",),
    "no revision": ("DELETE FROM alembic_version",),
    "two revisions": ("INSERT INTO alembic_version VALUES ('0001')",),
    "nobody may write": ("DELETE FROM writer",),
    "another revision": ("UPDATE alembic_version SET version_num = 'ffff'", "DELETE FROM writer"),
}


@pytest.mark.parametrize("how", TORN)
def test_a_database_that_was_torn_apart_is_one_message_and_left_alone(empty: str, how: str) -> None:
    Store(empty).close()
    execute(empty, *TORN[how])
    before = rows(empty)
    with pytest.raises(DatabaseUnusable) as told:
        Store(empty)
    assert "neither of an earlier nor of the present version" in str(told.value)
    assert len(str(told.value).splitlines()) == 1
    assert rows(empty) == before


FOREIGN = {
    "another program": ("CREATE TABLE orders (id INTEGER)", "INSERT INTO orders VALUES (7)"),
    "another program with Alembic": (
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('ae1027a6acf')",
    ),
    "a table of the same name": ("CREATE TABLE event (id INTEGER)", "CREATE TABLE workshop (id INTEGER)"),
}


@pytest.mark.parametrize("whose", FOREIGN)
def test_a_database_of_something_else_is_refused_in_one_sentence(empty: str, whose: str) -> None:
    execute(empty, *FOREIGN[whose])
    before = rows(empty)
    with pytest.raises(DatabaseUnusable, match="holds tables of something else") as told:
        Store(empty)
    assert len(str(told.value).splitlines()) == 1
    assert rows(empty) == before


def test_tables_of_others_beside_an_old_database_do_not_keep_it_from_being_upgraded(old: str) -> None:
    execute(old, "CREATE TABLE orders (id INTEGER)")
    Store(old).close()
    assert rows(old)["orders"] == []


def test_an_upgrade_that_fails_leaves_the_old_state_and_one_message(old: str) -> None:
    execute(old, "CREATE TABLE writer (id INTEGER)")
    before = rows(old)
    with pytest.raises(DatabaseUnusable, match=r"was not upgraded .* and is as it was: .*exists") as told:
        Store(old)
    assert len(str(told.value).splitlines()) == 1
    assert rows(old) == before
    execute(old, "DROP TABLE writer")
    with closing(Store(old)) as store:
        assert store.exists(next(iter(expected(old))))


def test_a_later_version_is_named_and_nothing_is_touched(empty: str) -> None:
    Store(empty).close()
    execute(empty, "UPDATE writer SET level = 4, version = '0.3.0'", "UPDATE alembic_version SET version_num = '0004'")
    before = rows(empty)
    with pytest.raises(DatabaseUnusable, match=rf"{__version__} here: version 0\.3\.0 or later reads it"):
        Store(empty)
    assert rows(empty) == before


def test_a_later_revision_that_only_adds_keeps_nobody_out(empty: str) -> None:
    Store(empty).close()
    execute(empty, "ALTER TABLE link ADD COLUMN colour VARCHAR(9)", "UPDATE alembic_version SET version_num = '0004'")
    with closing(Store(empty)) as store:
        assert store.document(store.create(Workshop(title="x"))).title == "x"


HELD = """
import signal, sys, time
import sqlalchemy as sa
from canvas.store.store import Store

@sa.event.listens_for(sa.Engine, "after_cursor_execute")
def hold(connection, cursor, statement, *_):
    if sys.argv[2] in statement:
        print("held", flush=True)
        time.sleep(600)

Store(sys.argv[1])
"""


@pytest.mark.parametrize(
    "at", ["CREATE TABLE alembic_version", "DELETE FROM snapshot", "participant_update", "UPDATE alembic"]
)
def test_whoever_is_killed_in_the_middle_leaves_the_old_state_and_the_next_start_finishes(old: str, at: str) -> None:
    before = rows(old)
    held = subprocess.Popen([sys.executable, "-c", HELD, old, at], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert held.stdout
    with held.stdout:
        assert held.stdout.readline() == "held\n"
        os.kill(held.pid, signal.SIGKILL)
        assert held.wait(30) == -signal.SIGKILL
    assert rows(old) == before
    with closing(Store(old)) as store:
        assert all(store.exists(workshop) for workshop in expected(old))
    assert rows(old)["writer"] == [f"({writers.LEVEL}, '0.2.0')"]
    if old.startswith("sqlite"):
        left = [path.name for path in Path(old.removeprefix("sqlite:///")).parent.iterdir() if "before" in path.name]
        assert len(left) == 1, "the copy that the killed one kept is the copy of the next"


STARTED = "import sys; from canvas.store.store import Store; sys.stdin.readline(); Store(sys.argv[1]).close()"


def test_processes_that_start_together_upgrade_once(old: str) -> None:
    command = [sys.executable, "-c", STARTED, old]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(3)]
    told = [process.communicate("go\n", timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], told
    assert sum("is being upgraded for version" in text for text in told) == 1, told
