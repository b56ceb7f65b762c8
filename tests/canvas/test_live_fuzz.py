"""Whatever a member sends, the workshop stays readable: an op is refused with a reason or leaves a valid document."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from canvas.document.workshop import Workshop
from canvas.errors import OpRefused
from canvas.live.frames import encode, snapshot
from canvas.live.hub import Hub
from canvas.live.turns import Allowance, Turns
from canvas.log.events import Event, State, fold
from canvas.log.fold import document_of
from canvas.log.item_kinds import KINDS
from canvas.log.op import Author, Op, Role, parse_op, refuse_unkeepable
from canvas.log.ops import to_events
from canvas.method.load import shipped
from canvas.store.access import Access, Member
from canvas.store.store import Store
from tests.joined import join

AT = "2026-11-23T10:00:00.000+00:00"
AUTHORS = [Author("anne", "facilitator"), Author("ben", "participant")]

text = st.text(max_size=12) | st.sampled_from(["\ud800", "\x00", "x" * 2001, "a\u202eb", "2026-11-23", "0000-00-00"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | text | st.sampled_from([10**400, -1, "fastapi"])
anything = st.recursive(
    scalars, lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(text, deeper, max_size=3), max_leaves=6
)
plausible = st.sampled_from(
    [
        "answered",
        "unknown",
        "not-applicable",
        "manual",
        "automated",
        3,
        0.5,
        True,
        "assumed",
        "decided",
        "fact",
        ["t1"],
        ["t2"],
        {"canvas": "stack-canvas", "block": "value", "pos": 1},
        [{"url": "https://x.example", "note": "n"}],
        "value",
    ]
)
kinds = sorted({*KINDS, "import", ""})
ids = (
    st.sampled_from(["", "n1", "t1", "t2", "latency-p95", "regulated", "serving.runtime", "mltestscore", "data.schema"])
    | text
)
items = st.builds(lambda kind, name: f"{kind}:{name}", st.sampled_from(kinds), ids)
props = st.sampled_from(
    [*sorted({name for known in KINDS.values() for name in known.properties}), "count", "private", "voting"]
)
values = plausible | anything
adding = st.dictionaries(props, values, max_size=4) | st.fixed_dictionaries(
    {"title": text, "text": text, "place": plausible, "kind": plausible}
)
ops = st.fixed_dictionaries(
    {
        "op_id": st.just("o") | text,
        "action": st.sampled_from(["add", "set", "record", "import"]),
        "item": items,
    },
    optional={"prop": props | text, "value": values | adding, "base": st.integers(-1, 5)},
)


def apply(state: State, raw: Any, author: Author) -> list[Event]:
    events = to_events(parse_op(raw), state, shipped(), author, AT)
    for event in events:
        state.apply(event)
    return events


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(ops, st.sampled_from(AUTHORS)), min_size=1, max_size=8))
@example(
    [({"op_id": "o", "action": "set", "item": "answer:Not An Id", "prop": "state", "value": "unknown"}, AUTHORS[1])]
)
@example([({"op_id": "o", "action": "set", "item": "target:google", "prop": "by", "value": "2026-12-01"}, AUTHORS[1])])
@example(
    [({"op_id": "o", "action": "set", "item": "answer:a", "prop": "state", "value": "not-applicable"}, AUTHORS[1])]
)
def test_every_op_is_refused_with_a_reason_or_leaves_a_document_that_can_be_read(
    given_ops: list[tuple[Any, Author]],
) -> None:
    state = fold([Event(1, "first", 0, AT, "system", "import", "workshop:", None, {"title": "Parcel delays"})])
    for raw, author in given_ops:
        before = state.dump()
        with contextlib.suppress(OpRefused):
            apply(state, raw, author)
            before = state.dump()
        assert state.dump() == before, "a refused op must change nothing"
        document_of(state)
        for reader in AUTHORS:
            encode(snapshot(state, reader)).encode()


numbers = st.sampled_from(["1e999", "-1e999", "NaN", "-Infinity", "9" * 4000, "9" * 4400, str(2**53), "1", "0", "2.5"])
deep = st.builds(lambda depth, ends: ends[0] * depth + "1" + ends[1] * depth, st.integers(1, 1500), st.sampled_from(
    [("[", "]"), ('{"a":', "}"), ('[{"value":[', "]}]")]
))  # fmt: skip
pieces = (
    numbers
    | deep
    | st.sampled_from(['"\\ud800"', '"\ud83d"', '""', "null", "true", "{}", "[]", '"note:n1"', '"set"', '"text"'])
    | values.map(lambda value: json.dumps(value, ensure_ascii=True))
)
kinds_of_frame = st.sampled_from(['"op"', '"undo"', '"here"', '"hello"', '"ping"', '"ops"']) | pieces
fields = st.sampled_from(
    [
        "op_id",
        "action",
        "item",
        "prop",
        "value",
        "base",
        "undoes",
        "ops",
        "block",
        "note",
        "writing",
        "since",
        "more",
        "\\ud800",
    ]
)
plain_frames = st.builds(
    lambda kind, parts: "{" + ",".join([f'"t":{kind}', *(f'"{name}":{part}' for name, part in parts)]) + "}",
    kinds_of_frame,
    st.lists(st.tuples(fields, pieces), max_size=7),
)
frames = (
    plain_frames
    | st.builds(lambda parts: f'{{"t":"ops","ops":[{",".join(parts)}]}}', st.lists(plain_frames | pieces, max_size=3))
    | pieces
    | st.text(max_size=40)
)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    store = Store.in_folder(tmp_path_factory.mktemp("fuzz"))
    hub = Hub(store, Access(store, "secret"), shipped())
    # The same person and address say all of it, and none of it is to be slowed here.
    hub._people = hub._addresses = hub._batches = Turns(Allowance(at_once=1e9, per_second=1e9))
    yield hub
    store.close()


@cache
def member_of(hub: Hub, room: str, role: Role) -> Member:
    return join(hub.access, room, role)


async def talk(hub: Hub, room: str, frame: str, role: Role) -> list[dict[str, Any]]:
    """Say one thing after hello, then ping, and return everything that was answered."""
    client = hub.connect(member_of(hub, room, role), "192.0.2.1")
    for text_frame in ('{"t": "hello", "since": 0}', frame, '{"t": "ping"}'):
        await hub.receive(client, text_frame)
    hub.disconnect(client)
    answers = [client.queue.get_nowait() for _ in range(client.queue.qsize())]
    assert client.closed is None
    for answer in answers:
        answer.encode()
    return [json.loads(answer) for answer in answers]


@settings(max_examples=250, deadline=None)
@given(frames, st.sampled_from(["facilitator", "participant", "viewer"]))
@example('{"t": []}', "participant")
@example('{"t": "op", "op_id": "\ud83d"}', "facilitator")
@example(
    '{"t": "op", "op_id": "a", "action": "set", "item": "note:n1", "prop": "text", "value": '
    + "[" * 700
    + "]" * 700
    + "}",
    "participant",
)
@example(
    '{"t": "op", "op_id": "a", "action": "set", "item": "target:google", "prop": "value", "value": ' + "9" * 4000 + "}",
    "participant",
)
def test_whatever_a_frame_holds_it_is_answered_and_the_next_one_too(hub: Hub, frame: str, role: Role) -> None:
    room = hub.store.create(Workshop(title="Parcel delays"))
    answers = asyncio.run(talk(hub, room, frame, role))
    assert answers[-1] == {"t": "pong"}
    hub.store.document(room)
    for answer in answers:
        if answer["t"] == "refused":
            assert answer["message"].endswith(".")
            assert answer["code"] in {"malformed", "forbidden", "unknown", "stale", "too-large"}


@settings(max_examples=120, deadline=None)
@given(items, props, values)
@example("requirement:latency-p95", "value", 10**400)
@example("target:google", "value", 2**53)
@example("workshop:", "editions", {"a": object()})
@example("workshop:", "editions", {1: "a"})
def test_an_op_made_elsewhere_is_judged_like_one_from_a_browser(hub: Hub, item: str, prop: str, value: Any) -> None:
    room = hub.store.create(Workshop(title="Parcel delays"))
    for action in ("set", "add", "record", "restore", "undo"):
        try:
            op = Op(op_id=f"o-{action}", action=action, item=item, prop=prop, value=value)
        except ValidationError:
            continue
        with contextlib.suppress(OpRefused):
            hub.store.apply(room, op, AUTHORS[0], shipped())
    hub.store.document(room)


def test_an_op_made_elsewhere_is_judged_however_deep_it_is(hub: Hub) -> None:
    room = hub.store.create(Workshop(title="Parcel delays"))
    deep = functools.reduce(lambda inner, _: [inner], range(100_000), 1)
    for item, prop in (
        ("note:n1", "text"),
        ("room:", "locked"),
        ("vote:n1", "count"),
        ("judgement:data.schema", "value"),
    ):
        with pytest.raises(OpRefused) as caught:
            hub.store.apply(room, Op(op_id="o", action="set", item=item, prop=prop, value=deep), AUTHORS[0], shipped())
        assert caught.value.code == "malformed"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (functools.reduce(lambda inner, _: [inner], range(13), 1), "malformed"),
        (2**53, "malformed"),
        (-(2**53), "malformed"),
        ([1] * 16_000, "too-large"),
        (float("inf"), "malformed"),
        ({1: "a"}, "malformed"),
        (b"bytes", "malformed"),
    ],
)
def test_what_cannot_be_kept_is_refused_whatever_it_is_for(value: Any, code: str) -> None:
    with pytest.raises(OpRefused) as caught:
        refuse_unkeepable({"a": [value]} if isinstance(value, int | float) else value)
    assert caught.value.code == code


@pytest.mark.parametrize("value", [functools.reduce(lambda inner, _: [inner], range(12), 1), 2**53 - 1, 1e300, None])
def test_what_can_be_kept_is_not_refused_for_its_shape(value: Any) -> None:
    refuse_unkeepable(value)


@pytest.mark.parametrize("who", [Author("ben", "participant"), Author("fay", "facilitator")])
def test_nobody_else_changes_a_note_of_a_private_round_not_even_to_undo_it_and_read_it(who: Author) -> None:
    note = {"place": {"canvas": "stack-canvas", "block": "value", "pos": 1.0}, "kind": "fact", "text": "mine alone"}
    state = State()
    apply(state, {"op_id": "1", "action": "set", "item": "room:", "prop": "private", "value": True}, AUTHORS[0])
    apply(state, {"op_id": "2", "action": "add", "item": "note:n1", "value": note}, AUTHORS[0])
    for prop, value in (("text", "taken over"), ("deleted", True)):
        with pytest.raises(OpRefused):
            apply(state, {"op_id": "3", "action": "set", "item": "note:n1", "prop": prop, "value": value}, who)
    assert apply(state, {"op_id": "4", "action": "set", "item": "note:n1", "prop": "text", "value": "x"}, AUTHORS[0])
