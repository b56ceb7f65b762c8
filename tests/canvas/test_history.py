"""Looking back: earlier states, named moments, the texts a note has had, and bringing a state back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas.document.differences import differences
from canvas.document.file import load_workshop
from canvas.document.workshop import Workshop
from canvas.errors import OpRefused
from canvas.log.events import Event, State, fold
from canvas.log.fold import document_of
from canvas.log.op import Author, Op
from canvas.log.ops import to_events
from canvas.log.restore import restoration, restore_events
from canvas.method.load import shipped
from canvas.store import store as store_module
from canvas.store.lookback import events_about, moments, notes_to_look_up, state_at, texts_of
from canvas.store.store import Store

FAY = Author("fay", "facilitator")
ANNE = Author("anne", "participant")
BEN = Author("ben", "participant")
EVE = Author("eve", "viewer")
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}
EXAMPLES = Path(__file__).parents[2] / "examples"

Do = Callable[..., list[Event]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path, clock=lambda: "2026-11-23T10:00:00.000+00:00")


@pytest.fixture
def room(store: Store) -> str:
    return store.create(Workshop(title="Parcel delays"))


@pytest.fixture
def do(store: Store, room: str) -> Do:
    count = iter(range(10**6))

    def apply(who: Author, action: Any, item: str, prop: str | None = None, value: Any = None, base: Any = None) -> Any:
        op = Op(op_id=f"op-{next(count)}", action=action, item=item, prop=prop, value=value, base=base)
        return store.apply(room, op, who, shipped())

    return apply


def note(do: Do, who: Author, name: str, text: str = "a note", **place: Any) -> int:
    """Add a note and return the sequence of its addition."""
    value = {"place": {**PLACE, **place}, "kind": "fact", "text": text}
    return do(who, "add", f"note:{name}", None, value)[-1].seq


def past(store: Store, room: str, seq: int) -> State:
    with store.engine.connect() as connection:
        return state_at(connection, room, seq)


def texts(store: Store, room: str, name: str, reader: Author = ANNE) -> list[tuple[str, str, bool]]:
    """Return text, author and whether it was lost, of each text that a note has had."""
    with store.engine.connect() as connection:
        found = texts_of(events_about(connection, room, name), name, reader.id)
    return [(t.text, t.author, t.lost_to is not None) for t in found]


def test_every_earlier_state_is_the_fold_up_to_it_with_and_without_stored_snapshots(
    store: Store, room: str, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "SNAPSHOT_EVERY", 5)
    note(do, ANNE, "n1")
    for number in range(20):
        do(ANNE, "set", "note:n1", "text", f"text {number}")
    events = store.events_since(room, 0)
    for seq in range(1, len(events) + 1):
        assert past(store, room, seq).dump() == fold(events[:seq]).dump()


def test_a_moment_names_the_present_or_an_earlier_change_and_is_no_part_of_the_document(
    store: Store, room: str, do: Do
) -> None:
    first = note(do, ANNE, "n1", "first")
    do(ANNE, "set", "note:n1", "text", "second")
    before = store.document(room)
    do(ANNE, "add", "moment:m-now", None, {"name": "Now"})
    do(FAY, "add", "moment:m-then", None, {"name": "Then", "at": first})
    named = store.read(room, moments)
    assert [(m.name, m.at, m.author) for m in named] == [("Then", first, "fay"), ("Now", first + 1, "anne")]
    assert document_of(past(store, room, named[0].at)).canvases["stack-canvas"]["value"][0].text == "first"
    assert store.document(room) == before


def test_a_moment_can_be_renamed_and_taken_away_but_never_moved(store: Store, room: str, do: Do) -> None:
    do(ANNE, "add", "moment:m1", None, {"name": "Before"})
    do(BEN, "set", "moment:m1", "name", "After")
    assert [m.name for m in store.read(room, moments)] == ["After"]
    with pytest.raises(OpRefused, match="no property 'at'"):
        do(ANNE, "set", "moment:m1", "at", 1)
    do(ANNE, "set", "moment:m1", "deleted", True)
    assert store.read(room, moments) == ()


@pytest.mark.parametrize(
    ("who", "value", "code"),
    [
        (EVE, {"name": "x"}, "forbidden"),
        (ANNE, {}, "malformed"),
        (ANNE, {"name": ""}, "malformed"),
        (ANNE, {"name": "x" * 201}, "too-large"),
        (ANNE, {"name": "x", "at": 99}, "malformed"),
        (ANNE, {"name": "x", "at": 0}, "malformed"),
        (ANNE, {"name": "x", "at": "1"}, "malformed"),
        (ANNE, {"name": "x", "at": True}, "malformed"),
        (ANNE, {"name": "x", "by": "me"}, "malformed"),
        (ANNE, "x", "malformed"),
    ],
)
def test_a_moment_that_makes_no_sense_is_refused(
    store: Store, room: str, do: Do, who: Author, value: Any, code: str
) -> None:
    with pytest.raises(OpRefused) as caught:
        do(who, "add", "moment:m1", None, value)
    assert caught.value.code == code
    assert store.read(room, lambda state: state.seq) == 1


def test_a_text_that_was_written_over_unseen_is_named_as_lost(store: Store, room: str, do: Do) -> None:
    seq = note(do, ANNE, "n1", "one")
    do(ANNE, "set", "note:n1", "text", "two by anne", seq)
    do(BEN, "set", "note:n1", "text", "two by ben", seq)
    do(ANNE, "set", "note:n1", "text", "three", seq + 2)
    assert texts(store, room, "n1") == [
        ("one", "anne", False),
        ("two by anne", "anne", True),
        ("two by ben", "ben", False),
        ("three", "anne", False),
    ]


def test_typing_on_before_the_answer_is_back_loses_nothing(store: Store, room: str, do: Do) -> None:
    seq = note(do, ANNE, "n1", "one")
    for text in ("two", "three"):
        do(ANNE, "set", "note:n1", "text", text, seq)
    assert not any(lost for _, _, lost in texts(store, room, "n1"))


def test_the_texts_of_an_imported_note_begin_with_the_import(store: Store) -> None:
    document = load_workshop(EXAMPLES / "starter-git-dvc-make.workshop.yaml")
    imported = next(n for _, n in document.notes("stack-canvas"))
    room = store.create(document)
    store.apply(
        room, Op(op_id="x", action="set", item=f"note:{imported.id}", prop="text", value="new"), ANNE, shipped()
    )
    assert [text for text, _, _ in texts(store, room, imported.id)] == [imported.text, "new"]


def test_what_was_changed_or_deleted_before_the_reveal_stays_its_authors_own(store: Store, room: str, do: Do) -> None:
    do(FAY, "set", "room:", "private", True)
    note(do, ANNE, "n1", "too honest")
    do(ANNE, "set", "note:n1", "text", "said politely")
    note(do, ANNE, "n2", "never to be seen")
    do(ANNE, "set", "note:n2", "deleted", True)
    assert texts(store, room, "n1", BEN) == []
    do(FAY, "set", "room:", "private", None)
    do(BEN, "set", "note:n1", "text", "even better")
    assert [text for text, _, _ in texts(store, room, "n1", BEN)] == ["said politely", "even better"]
    assert [text for text, _, _ in texts(store, room, "n1", ANNE)] == ["too honest", "said politely", "even better"]
    assert texts(store, room, "n2", BEN) == []
    assert [text for text, _, _ in texts(store, room, "n2", ANNE)] == ["never to be seen"]


def test_a_running_private_round_can_not_be_looked_up_by_others(store: Store, room: str, do: Do) -> None:
    note(do, BEN, "open")
    do(FAY, "set", "room:", "private", True)
    note(do, ANNE, "n1", "secret")
    note(do, ANNE, "n2", "deleted secret")
    do(ANNE, "set", "note:n2", "deleted", True)

    def ids(reader: Author) -> list[str]:
        return store.read(room, lambda state: [item.id for item in notes_to_look_up(state, reader.id)])

    assert ids(BEN) == ids(FAY) == ["open"]
    assert ids(ANNE) == ["open", "n1", "n2"]


def restore(do: Do, who: Author, seq: Any) -> list[Event]:
    return do(who, "restore", "workshop:", None, seq)


def test_a_restored_state_is_a_new_step_that_everything_else_survives(store: Store, room: str, do: Do) -> None:
    note(do, ANNE, "n1", "stays")
    gone = note(do, ANNE, "n2", "deleted later", block="data")
    do(ANNE, "set", "note:n2", "deleted", True)
    do(ANNE, "set", "note:n1", "text", "changed")
    note(do, BEN, "n3", "added later")
    do(ANNE, "set", "requirement:latency-p95", "value", 150)
    do(ANNE, "set", "answer:data.schema", "value", "automated")
    do(ANNE, "set", "workshop:", "title", "Other")
    do(ANNE, "add", "moment:m1", None, {"name": "kept"})
    then = document_of(past(store, room, gone))
    length = len(store.events_since(room, 0))
    restore(do, FAY, gone)
    assert store.document(room) == then
    assert len(store.read(room, moments)) == 1
    assert len(store.events_since(room, 0)) > length
    restore(do, FAY, length)
    assert store.document(room) == document_of(past(store, room, length))


def test_a_note_that_a_restore_took_away_can_be_answered_again(store: Store, room: str, do: Do) -> None:
    do(ANNE, "set", "requirement:latency-p95", "value", 150)
    restore(do, FAY, 1)
    assert store.document(room).requirements == ()
    do(ANNE, "set", "requirement:latency-p95", "value", 90)
    assert store.document(room).requirements[0].value == 90


def test_recorded_decisions_stay_and_are_listed(store: Store, room: str, do: Do) -> None:
    do(ANNE, "set", "draft:serving.runtime", "choice", "fastapi")
    drafted = do(ANNE, "set", "draft:serving.runtime", "because", "Enough for us")[-1].seq
    do(FAY, "record", "draft:serving.runtime", None, "2026-11-23")
    now = store.read(room, lambda state: State.restore(state.dump()))
    assert restoration(now, past(store, room, drafted)).kept == (1,)
    restore(do, FAY, drafted)
    decisions = store.document(room).decisions
    assert [(d.number, d.status, d.choice) for d in decisions] == [
        (1, "accepted", "fastapi"),
        (None, "draft", "fastapi"),
    ]


def test_notes_of_a_running_private_round_are_left_alone(store: Store, room: str, do: Do) -> None:
    note(do, ANNE, "n1", "open")
    do(FAY, "set", "room:", "private", True)
    note(do, ANNE, "n2", "private")
    restore(do, FAY, 1)
    do(FAY, "set", "room:", "private", None)
    assert [n.text for _, n in store.document(room).notes("stack-canvas")] == ["private"]


@pytest.mark.parametrize(("who", "seq", "code"), [
    (ANNE, 1, "forbidden"), (EVE, 1, "forbidden"), (FAY, 0, "malformed"), (FAY, 99, "malformed"),
    (FAY, "1", "malformed"), (FAY, None, "malformed"), (FAY, True, "malformed"), (FAY, 1.0, "malformed"),
])  # fmt: skip
def test_a_restore_that_is_not_allowed_changes_nothing(
    store: Store, room: str, do: Do, who: Author, seq: Any, code: str
) -> None:
    note(do, ANNE, "n1")
    before = store.events_since(room, 0)
    with pytest.raises(OpRefused) as caught:
        restore(do, who, seq)
    assert caught.value.code == code
    assert store.events_since(room, 0) == before


def test_the_same_restore_twice_is_one(store: Store, room: str, do: Do) -> None:
    note(do, ANNE, "n1")
    op = Op(op_id="back", action="restore", item="workshop:", value=1)
    first = store.apply(room, op, FAY, shipped())
    assert store.apply(room, op, FAY, shipped()) == first
    assert first


PEOPLE = st.sampled_from([FAY, ANNE, BEN])
NOTES = st.sampled_from(["n1", "n2", "n3", "n4"])
TEXTS = st.sampled_from(["a", "b", "c"])
BLOCKS = st.sampled_from(["value", "data", "serving"])
POSITIONS = st.sampled_from([1.0, 2.0, 3.0])
PLACES = st.builds(lambda block, pos: {"canvas": "stack-canvas", "block": block, "pos": pos}, BLOCKS, POSITIONS)

# What somebody tries next: (action, item, property, value). Many are refused, as in a real room.
MOVES = st.one_of(
    st.tuples(
        st.just("add"),
        NOTES.map("note:{}".format),
        st.none(),
        st.builds(lambda p, t: {"place": p, "kind": "fact", "text": t}, PLACES, TEXTS),
    ),
    st.tuples(st.just("set"), NOTES.map("note:{}".format), st.just("text"), TEXTS),
    st.tuples(st.just("set"), NOTES.map("note:{}".format), st.just("source"), st.one_of(st.none(), TEXTS)),
    st.tuples(st.just("set"), NOTES.map("note:{}".format), st.just("place"), PLACES),
    st.tuples(st.just("set"), NOTES.map("note:{}".format), st.just("deleted"), st.booleans()),
    st.tuples(st.just("add"), st.just("risk:r1"), st.none(), st.builds(lambda t: {"text": t}, TEXTS)),
    st.tuples(st.just("set"), st.just("risk:r1"), st.just("deleted"), st.booleans()),
    st.tuples(st.just("set"), st.just("requirement:latency-p95"), st.just("value"), st.sampled_from([None, 1, 20])),
    st.tuples(
        st.just("set"), st.just("requirement:latency-p95"), st.just("state"), st.sampled_from(["assumed", "open"])
    ),
    st.tuples(st.just("set"), st.just("answer:data.schema"), st.just("value"), st.sampled_from([None, "manual"])),
    st.tuples(
        st.just("set"), st.just("answer:data.schema"), st.just("state"), st.sampled_from(["answered", "unknown"])
    ),
    st.tuples(st.just("set"), st.just("target:google"), st.just("value"), st.sampled_from([None, 1.0])),
    st.tuples(st.just("set"), st.just("target:google"), st.just("by"), st.sampled_from([None, "2027-01-01"])),
    st.tuples(st.just("set"), st.just("draft:serving.runtime"), st.just("choice"), st.just("fastapi")),
    st.tuples(st.just("set"), st.just("draft:serving.runtime"), st.just("because"), TEXTS),
    st.tuples(st.just("record"), st.just("draft:serving.runtime"), st.none(), st.just("2026-11-23")),
    st.tuples(st.just("set"), st.just("workshop:"), st.sampled_from(["title", "team"]), TEXTS),
    st.tuples(st.just("set"), st.just("room:"), st.just("private"), st.sampled_from([True, None])),
)


def played(moves: list[tuple[Author, tuple[Any, ...]]]) -> list[Event]:
    """Return the log that results when people try these moves one after the other."""
    at = "2026-11-23T10:00:00.000+00:00"
    events = [Event(1, "start", 0, at, "system", "import", "workshop:", None, {"title": "Parcel delays"})]
    state = fold(events)
    for number, (who, (action, item, prop, value)) in enumerate(moves):
        op = Op(op_id=f"op-{number}", action=action, item=item, prop=prop, value=value)
        try:
            caused = to_events(op, state, shipped(), who, at)
        except OpRefused:
            continue
        for event in caused:
            state.apply(event)
        events += caused
    return events


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(PEOPLE, MOVES), max_size=40), st.floats(0, 1))
def test_after_a_restore_only_recorded_decisions_differ(moves: list[Any], share: float) -> None:
    events = played(moves)
    seq = 1 + round(share * (len(events) - 1))
    then, now = fold(events[:seq]), fold(events)
    op = Op(op_id="back", action="restore", item="workshop:", value=seq)
    back = restore_events(op, now, lambda wanted: fold(events[:wanted]), FAY, "2026-11-23T11:00:00.000+00:00")
    restored = fold([*events, *back])
    assert [event.seq for event in back] == list(range(now.seq + 1, now.seq + 1 + len(back)))
    assert {d.group for d in differences(document_of(then), document_of(restored))} <= {"decisions"}
    expected, found = (document_of(s).model_dump(exclude={"decisions"}) for s in (then, restored))
    assert found == expected
    recorded = [d for d in document_of(now).decisions if d.number]
    assert [d for d in document_of(restored).decisions if d.number] == recorded
    again = restore_events(op.model_copy(update={"value": seq}), restored, lambda _: then, FAY, "later")
    assert again == []
