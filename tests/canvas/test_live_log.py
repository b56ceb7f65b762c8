"""The log, its fold, and what ops may do: without a server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas.document.file import load_workshop
from canvas.document.workshop import Workshop
from canvas.errors import OpRefused, WorkshopNotFound
from canvas.log.events import Event, State, fold
from canvas.log.fold import document_of
from canvas.log.op import Author, Op, parse_op
from canvas.log.upgrades import event_from
from canvas.method.load import shipped
from canvas.store.store import Store

ANNE = Author("anne", "participant")
FAY = Author("fay", "facilitator")
BEN = Author("ben", "participant")
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}
GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path, clock=lambda: "2026-11-23T10:00:00.000+00:00")


@pytest.fixture
def room(store: Store) -> str:
    return store.create(Workshop(title="Parcel delays"))


class Desk:
    """One person working on a workshop, so that tests read as what she does."""

    def __init__(self, store: Store, room: str, author: Author) -> None:
        self.store, self.room, self.author, self.count = store, room, author, 0

    def do(self, action: str, item: str, prop: str | None = None, value: Any = None, base: int | None = None) -> str:
        self.count += 1
        op_id = f"{self.author.id}-{self.count}"
        op = {"op_id": op_id, "action": action, "item": item, "prop": prop, "value": value, "base": base}
        self.store.apply(self.room, parse_op(op), self.author, shipped())
        return op_id

    def note(self, note: str, text: str = "a note", **place: Any) -> str:
        return self.do("add", f"note:{note}", None, {"place": {**PLACE, **place}, "kind": "fact", "text": text})

    def texts(self, block: str = "value") -> list[str]:
        document = self.store.document(self.room)
        return [note.text for note in document.canvases.get("stack-canvas", {}).get(block, ())]


@pytest.fixture
def anne(store: Store, room: str) -> Desk:
    return Desk(store, room, ANNE)


@pytest.fixture
def fay(store: Store, room: str) -> Desk:
    return Desk(store, room, FAY)


@pytest.fixture
def ben(store: Store, room: str) -> Desk:
    return Desk(store, room, BEN)


def refusal(desk: Desk, *what: Any) -> OpRefused:
    before = desk.store.events_since(desk.room, 0)
    with pytest.raises(OpRefused) as caught:
        desk.do(*what)
    assert desk.store.events_since(desk.room, 0) == before, "a refused op must change nothing"
    return caught.value


def test_a_move_and_a_text_edit_of_one_note_do_not_undo_each_other(anne: Desk, ben: Desk) -> None:
    anne.note("n1", "before")
    ben.do("set", "note:n1", "place", {**PLACE, "block": "monitoring"}, base=2)
    anne.do("set", "note:n1", "text", "after", base=2)
    assert anne.texts("monitoring") == ["after"]


def test_order_on_the_board_is_position_and_the_file_keeps_it(anne: Desk) -> None:
    for name, pos in (("n1", 1.0), ("n2", 2.0), ("n3", 1.5)):
        anne.note(name, name, pos=pos)
    assert anne.texts() == ["n1", "n3", "n2"]


def test_the_same_op_twice_is_one_change(anne: Desk, store: Store, room: str) -> None:
    op = Op(op_id="x", action="add", item="note:n1", value={"place": PLACE, "kind": "fact", "text": "once"})
    first = store.apply(room, op, ANNE, shipped())
    assert store.apply(room, op, ANNE, shipped()) == first
    assert anne.texts() == ["once"]


def test_undo_takes_back_text_move_and_deletion(anne: Desk) -> None:
    added = anne.note("n1", "one")
    edited = anne.do("set", "note:n1", "text", "two")
    anne.do("undo", "", None, edited)
    assert anne.texts() == ["one"]
    deleted = anne.do("set", "note:n1", "deleted", True)
    assert anne.texts() == []
    anne.do("undo", "", None, deleted)
    assert anne.texts() == ["one"]
    anne.do("undo", "", None, added)
    assert anne.texts() == []


def test_undo_never_takes_back_what_somebody_else_wrote_since(anne: Desk, ben: Desk) -> None:
    anne.note("n1")
    edited = anne.do("set", "note:n1", "text", "anne")
    ben.do("set", "note:n1", "text", "ben")
    assert refusal(anne, "undo", "", None, edited).code == "stale"
    assert refusal(ben, "undo", "", None, edited).code == "unknown"


def test_a_draft_becomes_a_numbered_decision_and_its_successor_replaces_it(
    anne: Desk, fay: Desk, store: Store, room: str
) -> None:
    item = "draft:serving.runtime"
    for choice, because in (("fastapi", "One process is enough."), ("bentoml", "We need batching now.")):
        anne.do("set", item, "choice", choice)
        anne.do("set", item, "because", because)
        fay.do("record", item, None, "2026-11-23")
    first, second = store.document(room).decisions
    assert (first.number, first.status, first.choice) == (1, "superseded", "fastapi")
    assert (second.number, second.status, second.supersedes) == (2, "accepted", 1)


def test_a_decision_is_not_recorded_without_choice_or_reason_nor_by_who_only_takes_part(anne: Desk, fay: Desk) -> None:
    record = ("record", "draft:serving.runtime", None, "2026-11-23")
    assert refusal(fay, *record).code == "unknown"
    anne.do("set", "draft:serving.runtime", "choice", "fastapi")
    assert "reason" in str(refusal(fay, *record))
    anne.do("set", "draft:serving.runtime", "because", "One process is enough.")
    assert refusal(anne, *record).code == "forbidden"


def test_a_page_that_saw_an_older_value_is_told_instead_of_overwriting(anne: Desk, ben: Desk) -> None:
    anne.do("set", "requirement:latency-p95", "value", 200)
    ben.do("set", "requirement:latency-p95", "value", 100, 2)
    assert refusal(anne, "set", "requirement:latency-p95", "value", 300, 2).code == "stale"


def test_value_and_state_of_a_requirement_always_make_sense_together(anne: Desk, store: Store, room: str) -> None:
    anne.do("set", "requirement:regulated", "value", True)
    anne.do("set", "requirement:regulated", "state", "assumed")
    assert store.document(room).requirements[0].state == "assumed"
    anne.do("set", "requirement:regulated", "value", None)
    assert store.document(room).requirements[0].state == "open"


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (("add", "note:n2", None, {"place": {**PLACE, "block": "nowhere"}, "kind": "fact", "text": "x"}), "unknown"),
        (("add", "note:n2", None, {"place": PLACE, "kind": "fact"}), "malformed"),
        (("add", "note:n2", None, {"place": PLACE, "kind": "fact", "text": "x", "author": "ben"}), "malformed"),
        (("add", "note:N 2", None, {"place": PLACE, "kind": "fact", "text": "x"}), "malformed"),
        (("add", "note:n1", None, {"place": PLACE, "kind": "fact", "text": "x"}), "malformed"),
        (("add", "decision:1", None, {"record": {}}), "malformed"),
        (("set", "note:n9", "text", "x"), "unknown"),
        (("set", "note:n1", "text", ""), "malformed"),
        (("set", "note:n1", "text", "x" * 2001), "too-large"),
        (("set", "note:n1", "kind", "opinion"), "malformed"),
        (("set", "note:n1", "place", {**PLACE, "pos": float("inf")}), "malformed"),
        (("set", "note:n1", "votes", 99), "malformed"),
        (("set", "decision:1", "record", {}), "malformed"),
        (("set", "workshop:", "title", ""), "malformed"),
        (("set", "requirement:nothing", "value", 1), "unknown"),
        (("set", "requirement:regulated", "value", "maybe"), "malformed"),
        (("set", "draft:serving.runtime", "choice", "no-such-tool"), "unknown"),
        (("set", "draft:no.slot", "choice", "fastapi"), "unknown"),
        (("dance", "note:n1", "text", "x"), "malformed"),
    ],
)
def test_an_op_that_is_not_allowed_is_refused_and_changes_nothing(anne: Desk, what: Any, code: str) -> None:
    anne.note("n1")
    assert refusal(anne, *what).code == code


def test_a_viewer_changes_nothing(store: Store, room: str) -> None:
    viewer = Desk(store, room, Author("eve", "viewer"))
    item = {"place": PLACE, "kind": "fact", "text": "x"}
    assert refusal(viewer, "add", "note:n1", None, item).code == "forbidden"


def test_live_text_is_cleaned_of_what_files_refuse(anne: Desk) -> None:
    anne.note("n1", " a\u202eb\x07c\r\nd ")
    assert anne.texts() == ["abc\nd"]


def test_a_second_process_sees_the_same_order(anne: Desk, store: Store, room: str, tmp_path: Path) -> None:
    other = Store.in_folder(tmp_path)
    ben = Desk(other, room, BEN)
    anne.note("n1", "from anne")
    ben.note("n2", "from ben", pos=2.0)
    anne.note("n3", "again", pos=3.0)
    assert [e.seq for e in store.events_since(room, 0)] == [1, 2, 3, 4]
    assert anne.texts() == ben.texts() == ["from anne", "from ben", "again"]


def test_a_long_log_opens_from_its_snapshot_to_the_same_state(
    anne: Desk, store: Store, room: str, tmp_path: Path
) -> None:
    anne.note("n1")
    for number in range(520):
        anne.do("set", "note:n1", "text", f"text {number}")
    fresh = Store.in_folder(tmp_path)
    assert fresh.read(room, State.dump) == fold(store.events_since(room, 0, 10_000)).dump()


def test_an_imported_document_comes_out_as_it_went_in(store: Store) -> None:
    document = load_workshop(GOLDEN / "format-1.workshop.yaml")
    assert store.document(store.create(document)) == document


def test_a_deleted_workshop_is_gone_with_everything(anne: Desk, store: Store, room: str) -> None:
    anne.note("n1")
    store.delete(room)
    assert store.events_since(room, 0) == []
    with pytest.raises(WorkshopNotFound):
        store.document(room)


def test_the_first_version_of_the_log_is_still_read() -> None:
    lines = (GOLDEN / "log-1.jsonl").read_text(encoding="utf-8").splitlines()
    state = fold(event_from(json.loads(line)) for line in lines)
    document = document_of(state)
    assert [note.text for _, note in document.notes("stack-canvas")] == ["kept", "moved and edited"]
    assert document.decisions[0].choice == "fastapi"


def test_the_second_version_of_the_log_is_still_read() -> None:
    lines = (GOLDEN / "log-2.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["version"] for line in lines} == {2}
    document = document_of(fold(event_from(json.loads(line)) for line in lines))
    assert [(decision.number, decision.status) for decision in document.decisions] == [
        (1, "accepted"), (2, "rejected"), (3, "deprecated"), (4, "accepted")
    ]  # fmt: skip
    _, both, own, beyond = document.decisions
    assert (both.beside, both.decided_on, own.like, own.decided_on) == (("pytorch",), "2026-11", "fastapi", "2025")
    assert (beyond.slot, beyond.title) == (None, "Who is called at night")
    (fact,) = document.requirements
    assert (fact.state, fact.reason, fact.value) == ("not-applicable", "Answers come once a night.", None)


def test_the_third_version_of_the_log_is_still_read() -> None:
    lines = (GOLDEN / "log-3.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["version"] for line in lines} == {3}
    document = document_of(fold(event_from(json.loads(line)) for line in lines))
    assert document.models == ("mltestscore", "on-call")


values = st.sampled_from(["a", "b", "c"])
edits = st.lists(st.tuples(st.sampled_from(["text", "source"]), values), max_size=12)


@given(edits)
def test_the_last_writer_of_each_property_wins(changes: list[tuple[str, str]]) -> None:
    add = Event(1, "o", 0, "t", "x", "add", "note:n", None, {"place": PLACE, "kind": "fact", "text": "0"})
    events = [Event(i + 2, f"o{i}", 0, "t", "x", "set", "note:n", p, v) for i, (p, v) in enumerate(changes)]
    item = fold([add, *events]).items["note:n"]
    for prop in ("text", "source"):
        last = [v for p, v in changes if p == prop]
        assert item.get(prop) == (last[-1] if last else {"text": "0"}.get(prop))


def test_only_who_leads_chooses_the_models_and_each_once(store: Store, room: str) -> None:
    Desk(store, room, FAY).do("set", "workshop:", "models", ["google", "mltestscore"])
    assert store.document(room).models == ("google", "mltestscore")
    with pytest.raises(OpRefused, match="Only the facilitator chooses"):
        Desk(store, room, ANNE).do("set", "workshop:", "models", ["azure"])
    fay = Desk(store, room, Author("fay2", "facilitator"))
    for wrong in (["a", "b", "c", "d"], ["google", "google"], "google", [1]):
        with pytest.raises(OpRefused):
            fay.do("set", "workshop:", "models", wrong)
    fay.do("set", "workshop:", "models", None)
    assert store.document(room).models == ()
