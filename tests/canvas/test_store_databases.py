"""The store behaves alike on SQLite and on a real PostgreSQL, with several processes and threads on one database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from canvas.document.file import load_workshop
from canvas.document.workshop import Workshop
from canvas.errors import DatabaseUnusable, LinkRefused, OpRefused, WorkshopNotFound
from canvas.log.events import VERSION, State, fold
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.store.access import Access
from canvas.store.database import writing
from canvas.store.lookback import state_at
from canvas.store.schema import REACHED
from canvas.store.sql_tables import EVENT, LINK, METADATA, PARTICIPANT, SNAPSHOT, WORKSHOP, WRITER
from canvas.store.store import Store
from tests.databases import KINDS
from tests.hostile import HOSTILE, OTHER_SCRIPTS, hostile_workshop

ANNE = Author("anne", "participant")
BEN = Author("ben", "participant")
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}
GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, empty_database: Callable[[str], str]) -> str:
    return empty_database(request.param)


@pytest.fixture
def open_store(address: str) -> Iterator[Callable[[], Store]]:
    """Opens the database as one more process would."""
    opened: list[Store] = []

    def another() -> Store:
        opened.append(Store(address))
        return opened[-1]

    yield another
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def room(store: Store) -> str:
    return store.create(Workshop(title="Parcel delays"))


def add(store: Store, room: str, note: str, text: str = "a note", author: Author = ANNE) -> Op:
    value = {"place": PLACE, "kind": "fact", "text": text}
    op = Op(op_id=f"add-{note}", action="add", item=f"note:{note}", value=value)
    store.apply(room, op, author, shipped())
    return op


def set_text(store: Store, room: str, op_id: str, text: str, author: Author = ANNE) -> None:
    op = Op(op_id=op_id, action="set", item="note:n1", prop="text", value=text)
    store.apply(room, op, author, shipped())


def texts(store: Store, room: str) -> list[str]:
    return [note.text for _, note in store.document(room).notes("stack-canvas")]


def rows(store: Store, table: sa.Table) -> int:
    with store.engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def test_many_threads_of_two_processes_agree_on_one_order_without_gaps(
    open_store: Callable[[], Store], store: Store, room: str
) -> None:
    stores = (store, open_store())
    each = 12

    def work(thread: int) -> None:
        for number in range(each):
            add(stores[thread % 2], room, f"t{thread}-{number}", f"{thread} {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    events = store.events_since(room, 0)
    assert [event.seq for event in events] == list(range(1, 8 * each + 2))
    for thread in range(8):
        mine = [event.op_id for event in events if event.op_id.startswith(f"add-t{thread}-")]
        assert mine == [f"add-t{thread}-{number}" for number in range(each)]
    states = [one.read(room, State.dump) for one in (*stores, open_store())]
    assert states[0] == states[1] == states[2] == fold(events).dump()


def test_the_same_op_sent_to_two_processes_at_once_happens_once(
    open_store: Callable[[], Store], store: Store, room: str
) -> None:
    stores = [store, open_store()] * 4
    op = Op(op_id="x", action="add", item="note:n1", value={"place": PLACE, "kind": "fact", "text": "once"})
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda one: one.apply(room, op, ANNE, shipped()), stores))
    assert all(answer == answers[0] for answer in answers)
    assert [event.seq for event in answers[0]] == [2]
    assert len(store.events_since(room, 0)) == 2


def test_a_refused_op_writes_nothing_and_leaves_the_row_free(store: Store, room: str) -> None:
    op = Op(op_id="x", action="set", item="note:nowhere", prop="text", value="x")
    with pytest.raises(OpRefused):
        store.apply(room, op, ANNE, shipped())
    add(store, room, "n1")
    assert [event.seq for event in store.events_since(room, 0)] == [1, 2]


def test_a_write_that_fails_half_way_leaves_no_trace(store: Store, room: str) -> None:
    add(store, room, "n1")

    def fail_half_way() -> None:
        with writing(store.engine) as connection:
            connection.execute(sa.update(WORKSHOP).values(seq=99))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    add(store, room, "n2")
    assert [event.seq for event in store.events_since(room, 0)] == [1, 2, 3]


def test_one_process_undoes_what_its_person_did_through_the_other(
    open_store: Callable[[], Store], store: Store, room: str
) -> None:
    other = open_store()
    add(store, room, "n1", "before")
    set_text(store, room, "edit", "after")
    other.apply(room, Op(op_id="undo", action="undo", item="", value="edit"), ANNE, shipped())
    assert texts(store, room) == texts(other, room) == ["before"]
    set_text(other, room, "anne", "mine")
    set_text(store, room, "ben", "his", BEN)
    with pytest.raises(OpRefused, match="Somebody changed this"):
        other.apply(room, Op(op_id="u2", action="undo", item="", value="anne"), ANNE, shipped())


def test_an_undo_of_nonsense_is_refused_and_not_an_error_of_the_database(store: Store, room: str) -> None:
    for undoes in ("\0", "x" * 10_000, None, {"a": 1}, "'; drop table event --"):
        with pytest.raises(OpRefused) as caught:
            store.apply(room, Op(op_id="u", action="undo", item="", value=undoes), ANNE, shipped())
        assert caught.value.code == "malformed"


def test_a_long_log_opens_from_a_snapshot_to_the_same_state(
    open_store: Callable[[], Store], store: Store, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("canvas.store.store.SNAPSHOT_EVERY", 20)
    add(store, room, "n1")
    for number in range(30):
        set_text(store, room, f"e{number}", f"text {number}")
    assert rows(store, SNAPSHOT) == 1
    fresh = open_store()
    assert fresh.read(room, State.dump) == fold(store.events_since(room, 0, 10_000)).dump()


def test_old_snapshots_are_thinned_out_and_every_earlier_state_can_still_be_seen(
    open_store: Callable[[], Store], store: Store, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("canvas.store.store.SNAPSHOT_EVERY", 3)
    other = store.create(Workshop(title="Not touched"))
    with writing(store.engine) as connection:
        kept = [{"workshop": other, "seq": seq, "state": {}} for seq in (1, 2, 3)]
        connection.execute(sa.insert(SNAPSHOT), kept)
    add(store, room, "n1")
    for number in range(98):
        set_text(store, room, f"e{number}", f"text {number}")
    with store.engine.connect() as connection:
        of_room = sa.select(SNAPSHOT.c.seq).where(SNAPSHOT.c.workshop == room).order_by(SNAPSHOT.c.seq)
        # The newest two, and of the older ones every tenth: one is made after every third change.
        assert list(connection.scalars(of_room)) == [29, 59, 89, 95, 98]
        events = store.events_since(room, 0)
        for seq in (1, 28, 29, 30, 60, 94, 97, 100):
            assert state_at(connection, room, seq).dump() == fold(events[:seq]).dump()
    assert rows(store, SNAPSHOT) == 5 + len(kept)
    assert open_store().read(room, State.dump) == fold(events).dump()


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1, None])
def test_a_state_that_another_version_stored_is_not_used(
    open_store: Callable[[], Store], store: Store, room: str, version: int | None
) -> None:
    add(store, room, "n1")
    strange = {"seq": 2, "items": {"workshop:": {"author": "x", "p": {"title": ["Something else", 1, "x"]}}}}
    kept = {"workshop": room, "seq": 2, "state": {"version": version, **strange} if version else {"version": 0}}
    with writing(store.engine) as connection:
        connection.execute(sa.insert(SNAPSHOT).values(kept))
    assert open_store().read(room, State.dump) == fold(store.events_since(room, 0)).dump()
    with store.engine.connect() as connection:
        assert state_at(connection, room, 2).dump() == fold(store.events_since(room, 0)).dump()


UNUSUAL = (*HOSTILE, *OTHER_SCRIPTS, "👩‍🔬👨‍👩‍👧‍👦", "𝔘𝔫𝔦", "\\u0000", "%s %(x)s :name", "é" * 2000)


def test_hostile_text_comes_out_as_it_went_in(open_store: Callable[[], Store], store: Store, room: str) -> None:
    access = Access(store, "secret")
    member, _ = access.join(access.new_link(room, "participant"))
    for number, text in enumerate(UNUSUAL):
        add(store, room, f"n{number}", text)
        access.rename(member, text)
        assert access.names(room)[member.id] == text[:60].strip()
    assert sorted(texts(open_store(), room)) == sorted(UNUSUAL)


@pytest.mark.parametrize("document", ["format-1.workshop.yaml", "hostile"])
def test_an_imported_document_comes_out_as_it_went_in(
    open_store: Callable[[], Store], store: Store, document: str
) -> None:
    source = hostile_workshop() if document == "hostile" else load_workshop(GOLDEN / document)
    assert open_store().document(store.create(source)) == source


def test_a_deleted_workshop_takes_everything_with_it_and_spares_the_others(
    open_store: Callable[[], Store], store: Store, room: str
) -> None:
    other, kept = open_store(), store.create(Workshop(title="Kept"))
    access = Access(store, "secret")
    for workshop in (room, kept):
        access.join(access.new_link(workshop, "participant"))
        add(store, workshop, "n1")
    assert texts(other, room) == ["a note"]
    with writing(store.engine) as connection:
        connection.execute(sa.insert(SNAPSHOT).values(workshop=room, seq=2, state={}))
    store.delete(room)
    assert [rows(store, table) for table in (WORKSHOP, EVENT, SNAPSHOT, LINK, PARTICIPANT)] == [1, 2, 0, 1, 1]
    for process in (store, other):
        with pytest.raises(WorkshopNotFound):
            process.document(room)
        with pytest.raises(WorkshopNotFound):
            add(process, room, "n2")
    assert texts(other, kept) == ["a note"]


def test_a_revoked_link_opens_nothing_in_any_process(open_store: Callable[[], Store], store: Store, room: str) -> None:
    here, there = Access(store, "secret"), Access(open_store(), "secret")
    token = here.new_link(room, "participant")
    member, cookie = there.join(token)
    assert here.member(room, cookie).id == member.id
    here.revoke(room, here.links(room)[0].id)
    for access in (here, there):
        with pytest.raises(LinkRefused):
            access.member(room, cookie)
        with pytest.raises(LinkRefused, match="revoked"):
            access.join(token)


def test_a_whole_room_joins_at_once(open_store: Callable[[], Store], store: Store, room: str) -> None:
    doors = [Access(store, "secret"), Access(open_store(), "secret")]
    token = doors[0].new_link(room, "participant")
    with ThreadPoolExecutor(16) as pool:
        joined = list(pool.map(lambda number: doors[number % 2].join(token)[0].id, range(60)))
    assert len(set(joined)) == rows(store, PARTICIPANT) == 60


def _open_and_count(address: str, gate: Any, answers: Any) -> None:
    gate.wait(30)
    store = Store(address)
    answers.put(set(sa.inspect(store.engine).get_table_names()))
    store.close()


def test_processes_that_start_together_make_the_tables_once(address: str) -> None:
    spawn = get_context("spawn")
    gate, answers = spawn.Barrier(3), spawn.Queue()
    processes = [spawn.Process(target=_open_and_count, args=(address, gate, answers)) for _ in range(3)]
    for process in processes:
        process.start()
    found = [answers.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(10)
    assert found == [{*METADATA.tables, WRITER.name, REACHED}] * 3
    assert [process.exitcode for process in processes] == [0, 0, 0]


@pytest.mark.parametrize("scheme", ["postgresql://", "postgres://", "postgresql+psycopg://"])
def test_the_usual_spellings_of_an_address_are_accepted(empty_database: Callable[[str], str], scheme: str) -> None:
    store = Store(empty_database("postgresql").replace("postgresql://", scheme, 1))
    assert store.document(store.create(Workshop(title="x"))).title == "x"
    store.close()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("nonsense", "cannot be read"),
        ("mysql://a:b@c/d", "'mysql', which is not supported"),
        ("postgresql://u:hush@127.0.0.1:1/x", "Check that it runs"),
        ("sqlite:////no/such/folder/x.sqlite", "unable to open"),
    ],
)
def test_an_address_that_does_not_work_says_what_to_mend(wrong: str, says: str) -> None:
    with pytest.raises(DatabaseUnusable, match=says) as caught:
        Store(wrong)
    assert "hush" not in str(caught.value)


def test_without_the_driver_the_message_holds_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(DatabaseUnusable, match=r"pip install -r requirements-postgres\.txt"):
        Store("postgresql://u@127.0.0.1/x")


def test_what_was_deleted_is_not_left_in_the_files_of_the_embedded_database(tmp_path: Path) -> None:
    store = Store.in_folder(tmp_path)
    room = store.create(Workshop(title="x"))
    add(store, room, "n1", "salary of the director")
    present = [path for path in tmp_path.iterdir() if b"salary of the director" in path.read_bytes()]
    assert present
    store.delete(room)
    assert not [path for path in tmp_path.iterdir() if b"salary of the director" in path.read_bytes()]
    store.close()
