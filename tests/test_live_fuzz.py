"""Whatever a member sends, the workshop stays readable: an op is refused with a reason or leaves a valid document."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from canvas import messages
from canvas.content import shipped
from canvas.document import document_of
from canvas.errors import OpRefused
from canvas.log import Event, State, fold
from canvas.ops import to_events
from canvas.requests import Author, parse_op
from canvas.values import PROPERTIES

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
kinds = sorted({*PROPERTIES, "room", "vote", "decision", "import", ""})
ids = (
    st.sampled_from(["", "n1", "t1", "t2", "latency-p95", "regulated", "serving.runtime", "mltestscore", "data.schema"])
    | text
)
items = st.builds(lambda kind, name: f"{kind}:{name}", st.sampled_from(kinds), ids)
props = st.sampled_from(
    [*sorted({name for known in PROPERTIES.values() for name in known}), "count", "private", "voting"]
)
values = plausible | anything
adding = st.dictionaries(props, values, max_size=4) | st.fixed_dictionaries(
    {"title": text, "text": text, "place": plausible, "kind": plausible}
)
ops = st.fixed_dictionaries(
    {
        "op_id": st.just("o") | text,
        "action": st.sampled_from(["add", "set", "record", "undo", "import"]),
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
            messages.encode(messages.snapshot(state, reader)).encode()


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
