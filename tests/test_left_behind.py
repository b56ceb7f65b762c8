"""What is deleted leaves no link behind: a workshop can be taken home and opened again whatever people have deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assessments.packs import library
from assessments.reading import checked_workshop
from canvas.content import shipped
from canvas.errors import OpRefused
from canvas.log import Event
from canvas.requests import Author, Op
from canvas.store import Store, new_id
from canvas.strict_yaml import read_text
from canvas.workshop import Workshop
from canvas.workshop_file import arrange, dump_workshop
from views.exports import export

LEA, ANN = Author("lea", "facilitator"), Author("ann", "participant")
PLACE = {"canvas": "stack-canvas", "block": shipped().canvases["stack-canvas"].blocks[0].id, "pos": 1.0}
SLOTS = tuple(shipped().slots)


class Room:
    """A workshop in a database of its own, and what people do in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, Store.in_folder(folder)
        self.id = self.store.create(Workshop(title="Parcel delays"))

    def reload(self) -> None:
        """Forget what is in memory."""
        self.store.close()
        self.store = Store.in_folder(self.folder)

    def do(self, who: Author, item: str, prop: str, value: Any) -> list[Event]:
        op = Op(op_id=new_id(), action="set", item=item, prop=prop, value=value)
        return self.store.apply(self.id, op, who, shipped())

    def add(self, who: Author, item: str, **value: Any) -> list[Event]:
        op = Op(op_id=new_id(), action="add", item=item, value=value)
        return self.store.apply(self.id, op, who, shipped())

    def undo(self, who: Author, events: list[Event]) -> list[Event]:
        op = Op(op_id=new_id(), action="undo", item=events[0].item, value=events[0].op_id)
        return self.store.apply(self.id, op, who, shipped())

    def note(self, id_: str) -> None:
        self.add(LEA, f"note:{id_}", text=id_, kind="fact", place=PLACE)

    @property
    def document(self) -> Workshop:
        return self.store.document(self.id)

    def problems(self) -> list[str]:
        """Return what a check says of the file that this workshop is taken home as."""
        source = read_text(dump_workshop(arrange(self.document, shipped())), "w.yaml")
        return [str(found) for found in checked_workshop(source, shipped(), library())[1]]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.store.close()


def test_a_deleted_note_leaves_no_link_in_the_file(room: Room) -> None:
    room.note("n1")
    room.note("n2")
    for slot in SLOTS[:2]:
        room.do(LEA, f"draft:{slot}", "choice", "none-yet")
        room.do(LEA, f"draft:{slot}", "because", "b")
        room.do(LEA, f"draft:{slot}", "drivers", ["n1", "n2", next(iter(shipped().requirements))])
    op = Op(op_id=new_id(), action="record", item=f"draft:{SLOTS[0]}", value="2026-11-29")
    room.store.apply(room.id, op, LEA, shipped())
    deleted = room.do(LEA, "note:n1", "deleted", True)
    room.reload()
    assert [decision.drivers[0] for decision in room.document.decisions] == ["n2", "n2"]
    assert room.problems() == []
    # The crawl pressed this button, and nothing came.
    assert export(arrange(room.document, shipped()), "report", "report.md")
    room.undo(LEA, deleted)
    assert [decision.drivers[0] for decision in room.document.decisions] == ["n1", "n1"]
    # A note of a private round is for nobody's eyes yet, and what names it neither.
    room.do(LEA, "note:n2", "deleted", True)
    room.do(LEA, "room:", "private", True)
    room.add(ANN, "note:n3", text="hidden", kind="fact", place=PLACE)
    room.do(LEA, f"draft:{SLOTS[1]}", "drivers", ["n3"])
    assert room.document.decisions[1].drivers == ()
    assert room.problems() == []


def test_a_deleted_task_leaves_no_link_and_no_circle(room: Room) -> None:
    for id_, after in (("a", ()), ("b", ("a",)), ("c", ("b",))):
        room.add(LEA, f"task:{id_}", title=id_, after=list(after))
    room.do(LEA, "task:b", "deleted", True)
    room.reload()
    assert {task.id: task.after for task in room.document.tasks} == {"a": (), "c": ()}
    assert room.problems() == []
    room.do(LEA, "task:b", "deleted", False)
    assert {task.id: task.after for task in room.document.tasks} == {"a": (), "b": ("a",), "c": ("b",)}
    # What closes a circle only with a task that is gone is let in; when that one is back, one link has to go.
    room.do(LEA, "task:b", "deleted", True)
    room.do(LEA, "task:a", "after", ["c"])
    room.do(LEA, "task:b", "deleted", False)
    assert {task.id: task.after for task in room.document.tasks} == {"a": ("c",), "b": ("a",), "c": ()}
    assert room.problems() == []


@pytest.mark.parametrize(("task", "after"), [("a", ["a"]), ("a", ["b"]), ("a", ["c"]), ("b", ["a", "c"])])
def test_two_people_do_not_let_tasks_wait_for_each_other(room: Room, task: str, after: list[str]) -> None:
    for id_, earlier in (("a", ()), ("b", ("a",)), ("c", ("b",))):
        room.add(LEA, f"task:{id_}", title=id_, after=list(earlier))
    with pytest.raises(OpRefused, match="A task cannot come after itself"):
        room.do(ANN, f"task:{task}", "after", after)
    assert {task.id: task.after for task in room.document.tasks} == {"a": (), "b": ("a",), "c": ("b",)}


def test_a_circle_from_before_can_be_taken_home(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for id_ in "abc":
        room.add(LEA, f"task:{id_}", title=id_)
    monkeypatch.setattr("canvas.ops._refuse_circle", lambda *_: None)
    for id_, after in (("a", ["b"]), ("b", ["c"]), ("c", ["a", "a"])):
        room.do(LEA, f"task:{id_}", "after", after)
    room.reload()
    assert {task.id: task.after for task in room.document.tasks} == {"a": ("b",), "b": ("c",), "c": ()}
    assert room.problems() == []
