"""What is deleted or moved lets go of everything: dots, links, half-made edits, the timer. After a reload too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assessments.library.packs import library
from assessments.library.workshop_check import checked_workshop
from canvas.document.file import arrange, dump_workshop
from canvas.document.workshop import Workshop
from canvas.errors import OpRefused
from canvas.live.client import Client, addressed
from canvas.live.frames import facilitation
from canvas.log.events import Event, State
from canvas.log.facilitation import vote_totals, voters, votes_of
from canvas.log.op import Author, Op
from canvas.method.load import shipped
from canvas.reading.strict_yaml import read_text
from canvas.store.access import Member
from canvas.store.store import Store, new_id
from views.steps.exports import export

LEA, ANN, BO = Author("lea", "facilitator"), Author("ann", "participant"), Author("bo", "participant")
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

    def do(self, who: Author, item: str, prop: str, value: Any, base: int | None = None) -> list[Event]:
        op = Op(op_id=new_id(), action="set", item=item, prop=prop, value=value, base=base)
        return self.store.apply(self.id, op, who, shipped())

    def add(self, who: Author, item: str, **value: Any) -> list[Event]:
        op = Op(op_id=new_id(), action="add", item=item, value=value)
        return self.store.apply(self.id, op, who, shipped())

    def undo(self, who: Author, events: list[Event]) -> list[Event]:
        op = Op(op_id=new_id(), action="undo", item=events[0].item, value=events[0].op_id)
        return self.store.apply(self.id, op, who, shipped())

    def note(self, id_: str) -> None:
        self.add(LEA, f"note:{id_}", text=id_, kind="fact", place=PLACE)

    def see(self, reader: Callable[[State], Any]) -> Any:
        return self.store.read(self.id, reader)

    @property
    def document(self) -> Workshop:
        return self.store.document(self.id)

    def problems(self) -> list[str]:
        """Return what a check says of the file that this workshop is taken home as."""
        text = dump_workshop(arrange(self.document, shipped()))
        return [
            str(p) for p in checked_workshop(read_text(text, "w.yaml"), shipped(), library(), date(2026, 11, 29))[1]
        ]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.store.close()


def test_dots_on_a_deleted_note_are_free_again(room: Room) -> None:
    room.note("n1")
    room.note("n2")
    room.do(LEA, "room:", "voting", {"state": "open", "budget": 3})
    room.do(ANN, "vote:n1", "count", 3)
    room.do(LEA, "vote:n1", "tally", 9)
    with pytest.raises(OpRefused, match="3 dots in all"):
        room.do(ANN, "vote:n2", "count", 1)
    deleted = room.do(LEA, "note:n1", "deleted", True)
    assert room.see(lambda state: (votes_of(state, "ann"), voters(state))) == ({}, 0)
    assert room.see(lambda state: facilitation(state, ANN)["voting"]["left"]) == 3
    room.do(ANN, "vote:n2", "count", 2)
    # It comes back with as many of its dots as there are left.
    room.undo(LEA, deleted)
    assert room.see(lambda state: votes_of(state, "ann")) == {"n1": 1, "n2": 2}
    room.reload()
    room.do(LEA, "room:", "voting", {"state": "shown"})
    assert room.see(vote_totals) == {"n1": 10, "n2": 2}


def test_who_voted_is_told_when_the_note_goes(room: Room) -> None:
    room.note("n1")
    room.do(LEA, "room:", "voting", {"state": "open", "budget": 3})
    room.do(ANN, "vote:n1", "count", 3)
    client = Client(Member(room.id, "ann", "participant", None, "link"), address="-")
    client.seq = room.see(lambda state: state.seq)
    found = room.do(LEA, "note:n1", "deleted", True)
    ((_, frames),) = room.see(lambda state: addressed([client], found, state))
    assert any('"t":"room"' in frame and '"mine":{}' in frame for frame in frames)


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
    monkeypatch.setattr("canvas.log.ops._refuse_circle", lambda *_: None)
    for id_, after in (("a", ["b"]), ("b", ["c"]), ("c", ["a", "a"])):
        room.do(LEA, f"task:{id_}", "after", after)
    room.reload()
    assert {task.id: task.after for task in room.document.tasks} == {"a": ("b",), "b": ("c",), "c": ()}
    assert room.problems() == []


@pytest.mark.parametrize(
    ("item", "made", "prop", "value"),
    [
        ("note:n", {"text": "t", "kind": "fact", "place": None}, "text", "mine"),
        ("note:n", {"text": "t", "kind": "fact", "place": None}, "source", "mine"),
        ("risk:r", {"text": "t"}, "mitigation", "mine"),
        ("task:t", {"title": "t"}, "title", "mine"),
        ("task:t", {"title": "t"}, "gain", 5),
        ("moment:m", {"name": "t"}, "name", "mine"),
    ],
)
def test_a_change_of_what_was_deleted_is_refused_and_not_lost_in_silence(
    room: Room, item: str, made: dict[str, Any], prop: str, value: Any
) -> None:
    room.add(LEA, item, **{name: PLACE if name == "place" else given for name, given in made.items()})
    room.do(LEA, item, "deleted", True)
    before = room.see(lambda state: state.seq)
    with pytest.raises(OpRefused, match=r"deleted this .* meanwhile, so this was not saved") as refused:
        room.do(BO, item, prop, value)
    assert refused.value.code == "unknown"
    assert room.see(lambda state: state.seq) == before
    room.do(LEA, item, "deleted", False)
    assert room.do(BO, item, prop, value)


def test_a_row_of_the_team_that_was_deleted_takes_no_cell(room: Room) -> None:
    table = next(table for table in shipped().tables.values() if table.own_rows)
    column = next(column for column in table.columns if column.type in {"text", "long-text"})
    item = f"row:{table.id}/own-row"
    room.do(LEA, item, "title", "Ours")
    room.do(LEA, item, column.id, "x")
    room.do(LEA, item, "deleted", True)
    with pytest.raises(OpRefused, match=r"deleted this row meanwhile"):
        room.do(BO, item, column.id, "mine")
    assert room.problems() == []


def test_what_is_only_emptied_can_be_filled_again(room: Room) -> None:
    practice = next(iter(library().practices))
    room.do(LEA, f"answer:{practice}", "value", "manual")
    room.do(LEA, f"answer:{practice}", "deleted", True)
    assert room.document.answers == ()
    room.do(BO, f"answer:{practice}", "deleted", None)
    assert [answer.id for answer in room.document.answers] == [practice]


def test_another_course_forgets_where_the_last_one_was(room: Room) -> None:
    agendas = shipped().agendas
    first, second = list(agendas)[:2]
    room.do(LEA, "room:", "plan", first)
    room.do(LEA, "room:", "agenda", {"leaves": None, "enters": agendas[first].entries[-1].id})
    room.do(LEA, "room:", "plan", second)
    now = room.see(lambda state: facilitation(state, LEA)["agenda"])
    assert now is None or now in {entry.id for entry in agendas[second].entries}
