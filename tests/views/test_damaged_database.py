"""An embedded database that something has damaged: one clear message at every door, and nothing is overwritten."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from canvas.document.workshop import Workshop
from canvas.errors import DatabaseDamaged, DatabaseUnusable, OpRefused
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store.database_file import LOOKED_AT_EVERY_S, DatabaseFile
from canvas.store.store import Store
from tests.live_server import Server
from tests.route_client import route_client
from tests.views.test_cli import run
from views.web import context as views_context

ANNE = Author("anne", "participant")
NOTE = {"text": "n" * 500, "kind": "fact", "place": {"canvas": "stack-canvas", "block": "data", "pos": 1.0}}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """The bytes of a database with some hundred notes, and the id of its workshop."""
    folder = tmp_path_factory.mktemp("sound")
    store = Store.in_folder(folder)
    room = store.create(Workshop(title="Parcel delays"))
    for number in range(300):
        op = Op(op_id=f"op-{number:08}", action="add", item=f"note:n{number}", value=NOTE)
        store.apply(room, op, ANNE, shipped())
    store.close()
    return (folder / "workshops.sqlite").read_bytes(), room


def overwritten(data: bytes) -> bytes:
    return b"This is a note to myself and no database.\n" * 100


def overwritten_head(data: bytes) -> bytes:
    return b"\0" * 100 + data[100:]


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2 + 17]


def truncated_at_a_page(data: bytes) -> bytes:
    return data[: len(data) // 4096 // 2 * 4096]


def nearly_empty(data: bytes) -> bytes:
    return data[:40]


def random_pages(data: bytes) -> bytes:
    rng = random.Random(5)
    pages = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    for number in rng.sample(range(1, len(pages)), len(pages) // 3):
        pages[number] = rng.randbytes(4096)
    return b"".join(pages)


DAMAGES = (overwritten, overwritten_head, truncated, truncated_at_a_page, nearly_empty, random_pages)


def put(folder: Path, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "workshops.sqlite"
    path.write_bytes(data)
    return path


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name.startswith("workshops.sqlite") and path.stat().st_size and not path.name.endswith("-shm")
    }


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_told_and_left_alone(
    sound: tuple[bytes, str], damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = put(tmp_path, damage(sound[0]))
    before = fingerprints(tmp_path)
    with pytest.raises(DatabaseUnusable) as told:
        Store.in_folder(tmp_path)
    message = str(told.value)
    assert message.startswith(f"The database {path} is damaged (")
    assert "Nothing was changed in it." in message
    assert "restore your last backup" in message
    assert "user and password" not in message
    assert fingerprints(tmp_path) == before


@pytest.mark.parametrize(
    "words", [("link",), ("export", "-o", "x.zip"), ("delete", "--yes"), ("backup", "-o", "b"), ("new",)]
)
def test_every_verb_says_it_in_one_message(sound: tuple[bytes, str], words: tuple[str, ...], tmp_path: Path) -> None:
    put(tmp_path / "data", random_pages(sound[0]))
    before = fingerprints(tmp_path / "data")
    named = {"link": [sound[1]], "export": [sound[1]], "delete": [sound[1]], "new": ["Churn"]}.get(words[0], [])
    done = run(words[0], *named, *words[1:], cwd=tmp_path, data=tmp_path / "data")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is damaged (" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert fingerprints(tmp_path / "data") == before
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_the_app_does_not_start_over_it(
    sound: tuple[bytes, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, truncated(sound[0]))
    monkeypatch.setenv("STACK_CANVAS_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    views_context.context.cache_clear()
    with pytest.raises(SystemExit, match="is damaged"):
        views_context.ready()


def test_an_address_is_told_by_an_app_that_answers_there_and_by_no_other(
    sound: tuple[bytes, str], tmp_path: Path
) -> None:
    server = Server(tmp_path)
    server.start()
    server.kill()
    assert f"Open this address: {server.url}\n" in server.log()
    (tmp_path / "workshops.sqlite").write_bytes(truncated(sound[0]))
    with pytest.raises(AssertionError, match="The app did not start"):
        Server(tmp_path).start()
    started, refused = server.log().split("Open this address: ")[1:], server.log().splitlines()[-1]
    assert (len(started), "is damaged" in refused) == (1, True)


def test_an_emptied_file_is_no_new_database(tmp_path: Path) -> None:
    path = put(tmp_path, b"")
    with pytest.raises(DatabaseUnusable, match="is empty: something has removed all"):
        Store.in_folder(tmp_path)
    assert path.read_bytes() == b""


def test_a_file_that_is_gone_while_its_log_is_there_is_no_new_database(tmp_path: Path) -> None:
    put(tmp_path, b"").unlink()
    (tmp_path / "workshops.sqlite-wal").write_bytes(b"x" * 5000)
    with pytest.raises(DatabaseUnusable, match=r"is gone, and workshops\.sqlite-wal beside it is not"):
        Store.in_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["workshops.sqlite-wal"]


def test_a_new_database_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("canvas.store.schema._migrate", killed)
        with pytest.raises(KeyboardInterrupt):
            Store.in_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []
    store = Store.in_folder(tmp_path)
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["workshops.sqlite"]


def test_what_may_not_be_written_speaks_of_the_file_and_not_of_a_password(tmp_path: Path) -> None:
    # A folder in the place of the file fails for everybody, also for root, whom no rights keep out.
    (tmp_path / "workshops.sqlite").mkdir()
    with pytest.raises(DatabaseUnusable) as told:
        Store.in_folder(tmp_path)
    assert "workshops.sqlite cannot be used: " in str(told.value)
    assert "may write to the file and to its folder" in str(told.value)
    assert "password" not in str(told.value)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Go without the rights of root, whom nothing keeps out."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_is_read_only_is_told_as_that(sound: tuple[bytes, str], what: str) -> None:
    # Not below the folder of the tests, into which nobody else may look.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if what == "file":
            put(folder, sound[0]).chmod(0o444)
        folder.chmod(0o555)
        with as_nobody(), pytest.raises(DatabaseUnusable) as told:
            Store.in_folder(folder)
        folder.chmod(0o755)
        assert f"The database {folder / 'workshops.sqlite'} cannot be used: " in str(told.value)
        assert "may write to the file and to its folder" in str(told.value)
        assert "password" not in str(told.value)


@pytest.fixture
def running(sound: tuple[bytes, str], tmp_path: Path, own_store: None) -> Iterator[tuple[TestClient, Path]]:
    """The app over a sound database in the folder of this test."""
    path = put(tmp_path, sound[0])
    with route_client() as client:
        yield client, path


def test_health_tells_the_truth(running: tuple[TestClient, Path], sound: tuple[bytes, str]) -> None:
    client, path = running
    assert client.get("/healthz").json()["database"]["status"] == "ok"
    file = views_context.context().store._file
    assert file is not None
    # A minute later.
    file.clock = lambda: LOOKED_AT_EVERY_S * 1e6
    with path.open("r+b") as damaged:
        damaged.write(random_pages(sound[0]))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert answer.json()["database"] == {"kind": "sqlite", "status": "damaged"}


def test_health_knows_at_once_what_somebody_met_while_saving(
    running: tuple[TestClient, Path], sound: tuple[bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path = running
    assert client.get("/healthz").status_code == 200
    with path.open("r+b") as damaged:
        damaged.write(random_pages(sound[0]))
    store = views_context.context().store

    def meets(*_: object) -> NoReturn:
        raise DatabaseDamaged("The database is damaged.")

    monkeypatch.setattr(store, "_write", meets)
    with pytest.raises(OpRefused, match="is damaged"):
        store.apply_together(sound[1], [], ANNE, shipped())
    assert client.get("/healthz").json()["database"]["status"] == "damaged"


def test_what_a_page_cannot_do_by_itself_is_one_sentence() -> None:
    def page() -> None:
        from canvas.errors import OpRefused
        from views.visit.session import door

        with door():
            raise OpRefused("busy", "The database is damaged")

    shown = AppTest.from_function(page).run()
    assert not shown.exception
    assert [error.value for error in shown.error] == ["The database is damaged"]


@pytest.mark.parametrize("how", ["emptied", "gone", "replaced"])
def test_health_sees_at_once_that_the_file_is_not_the_one_that_was_opened(
    running: tuple[TestClient, Path], sound: tuple[bytes, str], how: str
) -> None:
    client, path = running
    assert client.get("/healthz").status_code == 200
    if how == "emptied":
        os.truncate(path, 0)
    else:
        path.unlink()
    if how == "replaced":
        (path.parent / "other").write_bytes(sound[0])
        (path.parent / "other").rename(path)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]["status"]) == (503, "damaged")


@pytest.mark.parametrize("body", ["{", "[]", '{"action": "set"}', '"x"'])
def test_an_event_that_is_none_any_more_is_damage_and_no_traceback(
    sound: tuple[bytes, str], body: str, tmp_path: Path
) -> None:
    path = put(tmp_path, sound[0])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE event SET body = ? WHERE seq = 40", [body])
    connection.close()
    store = Store.in_folder(tmp_path)
    with pytest.raises(DatabaseDamaged, match="must restore a backup"):
        store.document(sound[1])
    with pytest.raises(OpRefused) as refused:
        store.apply(sound[1], Op(op_id="op-again", action="add", item="note:x", value=NOTE), ANNE, shipped())
    assert (refused.value.code, "damaged" in str(refused.value)) == ("busy", True)
    store.close()


def test_text_that_is_none_any_more_is_damage(sound: tuple[bytes, str], tmp_path: Path) -> None:
    path = put(tmp_path, sound[0])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE event SET body = CAST(X'7bff7d' AS TEXT) WHERE seq = 40")
    connection.close()
    store = Store.in_folder(tmp_path)
    with pytest.raises(DatabaseDamaged):
        store.document(sound[1])
    store.close()


def test_the_whole_file_is_read_once_a_minute_at_most(sound: tuple[bytes, str], tmp_path: Path) -> None:
    now = 0.0
    file = DatabaseFile(put(tmp_path, sound[0]), clock=lambda: now)
    file.check()
    with file.path.open("r+b") as damaged:
        damaged.write(random_pages(sound[0]))
    now = LOOKED_AT_EVERY_S - 1
    file.check()
    now = LOOKED_AT_EVERY_S
    with pytest.raises(DatabaseDamaged, match="is damaged"):
        file.check()
