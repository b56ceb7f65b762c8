"""Backup, restore, export and deletion from the terminal, on SQLite and a real PostgreSQL, while the app runs."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from canvas import __version__
from canvas.document.file import parse_workshop
from canvas.document.workshop import Workshop
from canvas.errors import BackupRefused
from canvas.log.events import State, fold
from canvas.log.op import Author, Op
from canvas.log.upgrades import event_from
from canvas.method.load import shipped
from canvas.store.access import Access
from canvas.store.backup import NEEDS, backup, restore
from canvas.store.export import DOCUMENT, LOG, export_workshop
from canvas.store.sql_tables import METADATA
from canvas.store.store import Store
from tests.databases import KINDS
from tests.hostile import hostile_workshop

ROOT = Path(__file__).parents[2]
ANNE = Author("anne", "participant")
LEAD = Author("lead", "facilitator")
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}
Open = Callable[[str], Store]


@pytest.fixture(autouse=True)
def early_snapshots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("canvas.store.store.SNAPSHOT_EVERY", 20)


@pytest.fixture
def open_empty(empty_database: Callable[[str], str]) -> Iterator[Open]:
    opened: list[Store] = []

    def another(kind: str) -> Store:
        opened.append(Store(empty_database(kind)))
        return opened[-1]

    yield another
    for store in opened:
        store.close()


def add(store: Store, room: str, note: str, text: str = "a note") -> None:
    value = {"place": PLACE, "kind": "fact", "text": text}
    store.apply(room, Op(op_id=f"add-{note}", action="add", item=f"note:{note}", value=value), ANNE, shipped())


def filled(store: Store) -> str:
    """Put two workshops into a store, with everything a workshop can hold. Returns the id of the first."""
    room = store.create(hostile_workshop())
    store.create(Workshop(title="Another"))
    access = Access(store, "secret")
    member, _ = access.join(access.new_link(room, "participant"))
    access.rename(member, "Ünïcödé 🚀")
    add(store, room, "first")
    for number in range(24):
        op = Op(op_id=f"e{number}", action="set", item="note:first", prop="text", value=f"text {number}")
        store.apply(room, op, ANNE, shipped())
    return room


def everything(store: Store) -> dict[str, list[Any]]:
    with store.engine.connect() as connection:
        return {
            table.name: sorted((dict(row._mapping) for row in connection.execute(sa.select(table))), key=str)
            for table in METADATA.sorted_tables
        }


def taken(store: Store) -> io.BytesIO:
    target = io.BytesIO()
    backup(store, target)
    return io.BytesIO(target.getvalue())


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_a_backup_restores_everything_on_either_database(open_empty: Open, source: str, target: str) -> None:
    old, new = open_empty(source), open_empty(target)
    room = filled(old)
    rows = restore(new, taken(old))
    assert everything(new) == everything(old)
    assert rows == sum(len(found) for found in everything(old).values())
    assert new.read(room, State.dump) == old.read(room, State.dump)
    add(new, room, "later")
    assert len(new.events_since(room, 0)) == len(old.events_since(room, 0)) + 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_holds_one_moment_while_others_write(open_empty: Open, kind: str) -> None:
    store, copy = open_empty(kind), open_empty("sqlite")
    rooms = [store.create(Workshop(title=f"w{number}")) for number in range(3)]
    stop, wrote = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            for room in rooms:
                add(store, room, f"n{number}")
            number += 1
            wrote.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert wrote.wait(20)
        backups = [taken(store) for _ in range(5)]
    finally:
        stop.set()
        writer.join(20)
    restore(copy, backups[-1])
    written = [len(copy.events_since(room, 0)) for room in rooms]
    assert max(written) - min(written) <= 1, "the rooms were written in turn"
    assert min(written) > 1
    for room in rooms:
        seqs = [event.seq for event in copy.events_since(room, 0)]
        assert seqs == list(range(1, len(seqs) + 1))
        assert copy.read(room, lambda state: state.seq) == len(seqs)


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_never_touches_what_is_there(open_empty: Open, kind: str) -> None:
    old, new = open_empty("sqlite"), open_empty(kind)
    filled(old)
    new.create(Workshop(title="Mine"))
    before = everything(new)
    with pytest.raises(BackupRefused, match="empty one only"):
        restore(new, taken(old))
    assert everything(new) == before


def lines_of(source: io.BytesIO) -> list[str]:
    return gzip.decompress(source.getvalue()).decode().splitlines()


def packed(lines: list[str]) -> bytes:
    return gzip.compress("\n".join(lines).encode())


def damaged(kind: str, whole: io.BytesIO) -> bytes:
    lines = lines_of(whole)
    head, first, *rest = lines
    strange = json.dumps({"table": "workshop", "row": {"id": "x", "password": 1}})
    return {
        "cut off": whole.getvalue()[: len(whole.getvalue()) // 2],
        "bit flipped": whole.getvalue()[:300] + bytes([whole.getvalue()[300] ^ 255]) + whole.getvalue()[301:],
        "no end": packed(lines[:-1]),
        "line lost": packed([head, *rest]),
        "row twice": packed([head, first, first, *rest[:-1], json.dumps({"end": len(lines) - 1})]),
        "another table": packed([head, json.dumps({"table": "sqlite_master", "row": {}}), *rest]),
        "another column": packed([head, strange, *rest]),
        "no backup": packed(['{"a": 1}']),
        "later version": packed([json.dumps({"format": "mlops-stack-canvas-backup", "version": 4}), first, *rest]),
        "no version": packed([json.dumps({"format": "mlops-stack-canvas-backup", "version": "2"}), first, *rest]),
        "version nought": packed([json.dumps({"format": "mlops-stack-canvas-backup", "version": 0}), first, *rest]),
        "later event": packed([head, *(line.replace('"version":3}}}', '"version":4}}}') for line in (first, *rest))]),
        "no event": packed([head, *(line.replace('"action":"set",', "") for line in (first, *rest))]),
        "text": b"hello",
        "nothing": b"",
        "no json": packed([head, "{"]),
        "a list": packed(["[]"]),
    }[kind]


DAMAGES = (
    "cut off", "bit flipped", "no end", "line lost", "row twice", "another table", "another column", "no backup",
    "later version", "no version", "version nought", "later event", "no event", "text", "nothing", "no json", "a list",
)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_restores_nothing_and_says_so(open_empty: Open, damage: str) -> None:
    old, new = open_empty("sqlite"), open_empty("sqlite")
    filled(old)
    with pytest.raises(BackupRefused) as caught:
        restore(new, io.BytesIO(damaged(damage, taken(old))))
    assert str(caught.value).endswith(".")
    assert not any(everything(new).values())


@pytest.mark.parametrize(
    ("needs", "says"), [("0.9.0", "version 0.9.0 of the app or a later one"), (None, "a later version")]
)
def test_a_backup_of_a_later_version_names_the_version_that_reads_it(open_empty: Open, needs: str, says: str) -> None:
    old, new = open_empty("sqlite"), open_empty("sqlite")
    filled(old)
    head, *rest = lines_of(taken(old))
    later = json.dumps({**json.loads(head), "version": 4, "needs": needs})
    with pytest.raises(BackupRefused, match=says):
        restore(new, io.BytesIO(packed([later, *rest])))
    assert json.loads(head)["needs"] == NEEDS <= __version__


def test_a_stored_state_of_an_earlier_version_is_left_out_and_nothing_is_lost(open_empty: Open) -> None:
    old, new = open_empty("sqlite"), open_empty("sqlite")
    room = filled(old)
    lines = [line.replace('"state":{"version":3', '"state":{"version":2') for line in lines_of(taken(old))]
    assert lines != lines_of(taken(old))
    restore(new, io.BytesIO(packed(lines)))
    assert everything(new)["snapshot"] == []
    assert everything(old)["snapshot"] != []
    assert new.read(room, State.dump) == old.read(room, State.dump)


def run(address: str, *words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": address, "STACK_CANVAS_SECRET": "of the tests"}
    command = [sys.executable, str(ROOT / "cli.py"), *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=answer, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_terminal_backs_up_restores_exports_and_deletes(
    empty_database: Callable[[str], str], kind: str, tmp_path: Path
) -> None:
    here, there = empty_database(kind), empty_database("sqlite")
    with closing(Store(here)) as store, closing(Store(there)) as copy:
        _use_the_terminal(store, copy, here, there, tmp_path)


def _use_the_terminal(store: Store, copy: Store, here: str, there: str, tmp_path: Path) -> None:
    room = filled(store)
    file, archive = tmp_path / "all.backup", tmp_path / "one.zip"
    assert run(here, "backup", "-o", str(file)).returncode == 0
    assert file.stat().st_mode & 0o077 == 0, "names are in it"
    assert run(there, "restore", str(file)).returncode == 0
    assert everything(copy) == everything(store)
    again = run(there, "restore", str(file))
    assert (again.returncode, "empty one only" in again.stderr) == (1, True)
    assert run(here, "export", room, "-o", str(archive)).returncode == 0
    asked = run(here, "delete", room, answer="n\n")
    assert asked.returncode == 1
    assert store.exists(room)
    assert run(here, "delete", room, "--yes").returncode == 0
    assert not store.exists(room)
    assert "no such workshop" in run(here, "delete", room, "--yes").stderr
    assert "no such workshop" in run(here, "export", room, "-o", str(tmp_path / "x.zip")).stderr
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.parametrize(
    "words", [("backup", "-o", "no/such/folder/x"), ("restore", "nothing.backup"), ("restore", "."), ("backup",)]
)
def test_a_path_that_does_not_work_is_one_message(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(f"sqlite:///{tmp_path / 'x.sqlite'}", *words)
    assert done.returncode == (2 if words == ("backup",) else 1)
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_an_export_holds_the_document_and_the_log_without_names_and_links(open_empty: Open) -> None:
    store = open_empty("sqlite")
    room = filled(store)
    token = Access(store, "secret").link_for(room, "participant")
    target = io.BytesIO()
    count = export_workshop(store, room, shipped(), target)
    with zipfile.ZipFile(target) as archive:
        assert set(archive.namelist()) == {DOCUMENT, LOG}
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert parse_workshop(files[DOCUMENT].encode(), DOCUMENT).title == store.document(room).title
    events = [event_from(json.loads(line)) for line in files[LOG].splitlines()]
    assert len(events) == count == 26
    assert fold(events).dump() == store.read(room, State.dump)
    for secret in ("Ünïcödé 🚀", token, *(link.id for link in Access(store, "secret").links(room))):
        assert secret not in files[DOCUMENT] + files[LOG]


def test_the_exported_document_keeps_back_what_is_not_revealed_and_the_log_does_not(open_empty: Open) -> None:
    store = open_empty("sqlite")
    room = store.create(Workshop(title="x"))
    store.apply(room, Op(op_id="p", action="set", item="room:", prop="private", value=True), LEAD, shipped())
    add(store, room, "n1", "not for the room yet")
    target = io.BytesIO()
    export_workshop(store, room, shipped(), target)
    with zipfile.ZipFile(target) as archive:
        assert "not for the room yet" not in archive.read(DOCUMENT).decode()
        assert "not for the room yet" in archive.read(LOG).decode()


def test_a_shared_database_without_a_secret_is_refused_by_the_terminal_and_the_web_door(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite'}", "STACK_CANVAS_SECRET": ""}
    web = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.port", "0"]
    for command in ([sys.executable, "cli.py", "link", "x"], web):
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 1
        assert "STACK_CANVAS_SECRET is not" in done.stderr
        assert "Traceback" not in done.stderr + done.stdout
    assert not list(tmp_path.iterdir())
