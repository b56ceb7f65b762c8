"""The live route against clients that mean harm or are broken: refused with a reason, and nobody else is hurt."""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import time
from collections.abc import Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from canvas.document.workshop import Workshop
from canvas.store.access import Access, secret_in
from canvas.store.store import Store
from tests.live_client import LiveClient, Ticket, until
from tests.live_server import Server, running

PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}
NOTE = {"place": PLACE, "kind": "fact", "text": "x"}
WITHIN_S = 30


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("abuse")) as server:
        yield server


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    store = server.store()
    yield store
    store.close()


@pytest.fixture
def room(store: Store) -> str:
    return store.create(Workshop(title="Parcel delays"))


def run(work: Coroutine[Any, Any, Any]) -> Any:
    async def bounded() -> Any:
        async with asyncio.timeout(WITHIN_S):
            return await work

    return asyncio.run(bounded())


def socket_of(ticket: Ticket, **options: Any) -> connect:
    headers = {"Cookie": ticket.cookie, "Origin": ticket.origin}
    return connect(
        ticket.address, additional_headers=headers, compression=None, proxy=None, ping_interval=None, **options
    )


async def hear(socket: ClientConnection, kind: str) -> dict[str, Any]:
    while True:
        frame = json.loads(await socket.recv())
        if frame["t"] == kind:
            return dict(frame)


@asynccontextmanager
async def welcomed(ticket: Ticket, **options: Any) -> Any:
    async with socket_of(ticket, **options) as socket:
        await socket.send(json.dumps({"t": "hello", "since": 0}))
        await hear(socket, "snapshot")
        yield socket


@asynccontextmanager
async def working(*clients: LiveClient) -> Any:
    tasks = [asyncio.create_task(client.run()) for client in clients]
    try:
        await until(lambda: all(client.connected for client in clients), 10, "connected")
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def op(**parts: Any) -> str:
    return json.dumps(
        {"t": "op", "op_id": "bad", "base": 0, "action": "add", "item": "note:n1", "value": NOTE, **parts}
    )


def with_value(json_text: str, **parts: Any) -> str:
    """Return an op whose value is JSON that Python would not write by itself."""
    whole = op(**{"action": "set", "prop": "value", "item": "requirement:latency-p95", **parts, "value": "?"})
    return whole.replace('"?"', json_text)


DEEP = "[" * 700 + "1" + "]" * 700
DEEP_OBJECT = '{"a":' * 700 + "1" + "}" * 700
HUGE = "9" * 4000
HOSTILE = {
    "a value nested 700 levels deep": (with_value(DEEP), "malformed"),
    "a value of 700 objects in each other": (with_value(DEEP_OBJECT), "malformed"),
    "a deep place of a note": (with_value('{"place":' + DEEP + "}", action="add", item="note:n1"), "malformed"),
    "a deep vote": (with_value(DEEP, item="vote:n1", prop="count"), "malformed"),
    "a deep judgement": (with_value(DEEP, item="judgement:data.schema"), "malformed"),
    "a deep day": (with_value(DEEP, action="record", item="draft:serving.runtime"), "malformed"),
    "a deep op to undo": ('{"t": "undo", "op_id": "bad", "undoes": ' + DEEP + "}", "malformed"),
    "a sequence of 4,000 digits": (with_value(HUGE, action="restore", item="workshop:"), "forbidden"),
    "a number of 4,000 digits": (with_value(HUGE), "malformed"),
    "a negative one": (with_value("-" + HUGE), "malformed"),
    "one of 5,000 digits": (with_value("9" * 5000), "malformed"),
    "one that no browser keeps exactly": (with_value(str(2**53)), "malformed"),
    "a number beyond all numbers": (with_value("1e999"), "malformed"),
    "no number": (with_value("NaN"), "malformed"),
    "infinity": (with_value("-Infinity"), "malformed"),
    "a base of 4,000 digits": (op(base="?").replace('"?"', HUGE), "malformed"),
    "a base without end": (op(base="?").replace('"?"', "1e999"), "malformed"),
    "a deep base": (op(base="?").replace('"?"', DEEP), "malformed"),
    "a deep name": (op(op_id="?").replace('"?"', DEEP), "malformed"),
    "a name of 4,000 digits": (op(op_id="?").replace('"?"', HUGE), "malformed"),
    "a deep item": (op(item="?").replace('"?"', DEEP), "malformed"),
    "a deep action": (op(action="?").replace('"?"', DEEP), "malformed"),
    "a deep property": (op(action="set", prop="?").replace('"?"', DEEP), "malformed"),
    "a deep field too many": (op(more="?").replace('"?"', DEEP), "malformed"),
    "a kind that is a list": ('{"t": []}', "malformed"),
    "a kind that is an object": ('{"t": {"t": "op"}}', "malformed"),
    "a kind of 4,000 digits": ('{"t": ' + HUGE + "}", "malformed"),
    "half a character in a name": (op(op_id="\ud800"), "malformed"),
    "half a character in an item": (op(item="note:\ud800"), "malformed"),
}
BAD = HOSTILE | {
    "nothing": ("", "malformed"),
    "no object": ("[1]", "malformed"),
    "half a message": ('{"t": "op"', "malformed"),
    "deeper than any reader": ("[" * 10_000, "malformed"),
    "a kind that is not known": ('{"t": "dance"}', "malformed"),
    "bytes": (b"\x00\xff", "malformed"),
    "half a character": ('{"t": "here", "block": "\\ud800", "note": null}', "malformed"),
    "half a character in a note": (op(value={**NOTE, "text": "\ud800"}), "malformed"),
    "no op_id": (op(op_id=None), "malformed"),
    "an op_id with a newline": (op(op_id="a\n"), "malformed"),
    "an unknown action": (op(action="drop"), "malformed"),
    "a field too many": (op(author="somebody-else"), "malformed"),
    "a number that is none": (op(value={**NOTE, "place": {**PLACE, "pos": float("nan")}}), "malformed"),
    "an unknown block": (op(value={**NOTE, "place": {**PLACE, "block": "attic"}}), "unknown"),
    "an unknown note": (op(action="set", prop="text", value="y"), "unknown"),
    "a decision made by hand": (op(item="decision:1"), "malformed"),
    "an impossible answer": (op(action="set", item="answer:A B", prop="state", value="unknown"), "malformed"),
    "the room, as a participant": (op(action="set", item="room:", prop="locked", value=["*"]), "forbidden"),
    "a vote when there is none": (op(action="set", item="vote:n1", prop="count", value=1), "forbidden"),
    "an undo of nothing": ('{"t": "undo", "op_id": "bad", "undoes": "nothing"}', "unknown"),
    "an undo of a list": ('{"t": "undo", "op_id": "bad", "undoes": [1]}', "malformed"),
    "more than 16 kB": (op(value={**NOTE, "text": "x" * 17_000}), "too-large"),
    "a text of more than 2000 letters": (op(value={**NOTE, "text": "x" * 2001}), "too-large"),
    "more than 1 MB": (op(value={**NOTE, "text": "x" * 1_100_000}), "too-large"),
}  # fmt: skip


@pytest.mark.parametrize(("message", "code"), BAD.values(), ids=BAD)
def test_a_bad_message_is_refused_with_a_reason_and_changes_nothing(
    server: Server, store: Store, room: str, message: str | bytes, code: str
) -> None:
    async def send() -> dict[str, Any]:
        async with welcomed(server.join(store, room)) as socket:
            await socket.send(message)
            answer = await hear(socket, "refused")
            await socket.send('{"t": "ping"}')
            await hear(socket, "pong")
            return answer

    answer = run(send())
    assert answer["code"] == code
    assert answer["op_id"] in {None, "bad", "a\n"}
    assert answer["message"].endswith(".")
    assert not re.search("(?i)(input|string) should", answer["message"]), "words of the library that checks"
    assert [event.action for event in store.events_since(room, 0)] == ["import"]


SINCE = {"deep": DEEP, "huge": HUGE, "too large for a database": str(2**63), "infinite": "1e999", "none": "NaN"}


@pytest.mark.parametrize(
    "since", [*SINCE.values(), "-1", "true", '"1"', "{}", "null", "0.5"], ids=lambda text: text[:9]
)
def test_whatever_a_browser_says_to_have_seen_it_is_sent_the_board(
    server: Server, store: Store, room: str, since: str
) -> None:
    async def say() -> int:
        async with socket_of(server.join(store, room)) as socket:
            await socket.send('{"t": "hello", "since": ' + since + "}")
            return int((await hear(socket, "snapshot"))["seq"])

    assert run(say()) == 1


def test_whatever_a_browser_says_about_where_it_is_it_stays_connected(server: Server, store: Store, room: str) -> None:
    async def say() -> None:
        async with welcomed(server.join(store, room)) as socket:
            for where in (DEEP, DEEP_OBJECT, HUGE, "1e999", "NaN", "[]"):
                await socket.send(f'{{"t": "here", "block": {where}, "note": {where}, "writing": {where}}}')
            await socket.send('{"t": "ping"}')
            await hear(socket, "pong")

    run(say())


def test_text_that_is_none_closes_its_own_socket_only(server: Server, store: Store, room: str) -> None:
    async def send() -> tuple[int, str]:
        async with welcomed(server.join(store, room)) as good:
            async with welcomed(server.join(store, room)) as bad:
                await bad.send(b'{"t": "ping\xff\xfe"}', text=True)
                with pytest.raises(ConnectionClosed) as caught:
                    await hear(bad, "never")
            await good.send('{"t": "ping"}')
            assert caught.value.rcvd
            return int(caught.value.rcvd.code), (await hear(good, "pong"))["t"]

    assert run(send()) == (1007, "pong")


def test_what_one_sends_about_themselves_never_breaks_what_others_receive(
    server: Server, store: Store, room: str
) -> None:
    async def send() -> list[Any]:
        async with welcomed(server.join(store, room)) as bad, welcomed(server.join(store, room)) as good:
            await bad.send('{"t": "here", "block": "\\ud800", "note": {"a": [1]}, "writing": 7}')
            await bad.send(json.dumps({"t": "here", "block": "x" * 9000, "note": 5, "writing": "yes"}))
            frame = await hear(good, "presence")
            while not any(person["block"] for person in frame["people"]):
                frame = await hear(good, "presence")
            return [
                (len(person["block"]), person["note"], person["writing"])
                for person in frame["people"]
                if person["block"]
            ]

    assert run(send()) == [(64, None, False)]


def test_a_viewer_and_a_member_of_another_workshop_change_nothing(server: Server, store: Store, room: str) -> None:
    other = store.create(Workshop(title="Another"))
    theirs = server.join(store, other)
    wrong = Ticket(theirs.address.replace(other, room), theirs.origin, theirs.cookie.replace(other, room))
    nowhere = Ticket(theirs.address.replace(other, "nowhere"), theirs.origin, theirs.cookie)

    async def send() -> tuple[str, list[int]]:
        async with welcomed(server.join(store, room, "viewer")) as socket:
            await socket.send(op())
            refused = await hear(socket, "refused")
        return refused["code"], [await closing(wrong), await closing(nowhere)]

    assert run(send()) == ("forbidden", [4401, 4401])
    assert len(store.events_since(room, 0)) == 1


async def closing(ticket: Ticket) -> int:
    async with socket_of(ticket) as socket:
        with pytest.raises(ConnectionClosed) as caught:
            await hear(socket, "never")
    assert caught.value.rcvd
    assert caught.value.rcvd.reason
    return int(caught.value.rcvd.code)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "file://"])
def test_a_page_of_another_origin_is_not_let_in(server: Server, store: Store, room: str, origin: str) -> None:
    mine = server.join(store, room)

    async def enter() -> None:
        async with socket_of(Ticket(mine.address, origin, mine.cookie)):
            pass

    with pytest.raises(InvalidStatus) as caught:
        run(enter())
    assert caught.value.response.status_code == 403


def test_a_replayed_op_happens_once_whoever_replays_it(server: Server, store: Store, room: str) -> None:
    async def send() -> list[int]:
        async with welcomed(server.join(store, room)) as mine, welcomed(server.join(store, room)) as thief:
            await mine.send(op(op_id="once"))
            first = (await hear(mine, "events"))["events"][0]["seq"]
            await mine.send(op(op_id="once"))
            await thief.send(op(op_id="once"))
            return [first, (await hear(mine, "ack"))["seq"], (await hear(thief, "ack"))["seq"]]

    assert run(send()) == [2, 2, 2]
    assert [event.op_id for event in store.events_since(room, 1)] == ["once"]


def test_a_revoked_link_ends_the_connections_it_gave_and_no_others(server: Server, store: Store, room: str) -> None:
    access = Access(store, secret_in(server.data))

    async def send() -> tuple[int, int]:
        async with welcomed(server.join(store, room, "facilitator")) as stays:
            async with welcomed(server.join(store, room)) as socket:
                for link in access.links(room):
                    if link.role == "participant":
                        access.revoke(room, link.id)
                with pytest.raises(ConnectionClosed) as caught:
                    await hear(socket, "never")
            await stays.send(op(op_id="after"))
            await hear(stays, "events")
        assert caught.value.rcvd
        return caught.value.rcvd.code, len(store.events_since(room, 1))

    assert run(send()) == (4401, 1)


def test_a_deleted_workshop_closes_with_the_reason(server: Server, store: Store, room: str) -> None:
    async def send() -> int:
        async with welcomed(server.join(store, room)) as socket:
            store.delete(room)
            with pytest.raises(ConnectionClosed) as caught:
                await hear(socket, "never")
        assert caught.value.rcvd
        return int(caught.value.rcvd.code)

    assert run(send()) in {4401, 4404}


async def median_delay(client: LiveClient, edits: int) -> float:
    """Return the median time in seconds from one edit of a client to its answer."""
    delays = []
    for number in range(edits):
        began = time.perf_counter()
        op_id = await client.change("add", f"n-calm-{client.name}-{number}", NOTE)
        await until(lambda op_id=op_id: op_id in client.acknowledged, 30, "an answer")
        delays.append(time.perf_counter() - began)
        await asyncio.sleep(0.1)
    return statistics.median(delays)


def test_a_flood_is_slowed_down_loses_nothing_and_leaves_the_others_quick(
    server: Server, store: Store, room: str
) -> None:
    # One person with two sockets: what is allowed is allowed to her, not to each of them.
    hers = server.join(store, room)
    flood, second, calm = (
        LiveClient(hers, "flood"),
        LiveClient(hers, "two"),
        LiveClient(server.join(store, room), "calm"),
    )

    async def send() -> tuple[float, float, float]:
        async with working(flood, second, calm):
            began = time.monotonic()
            for number in range(100):
                await flood.change("add", f"n-flood-{number}", NOTE)
                await second.change("add", f"n-second-{number}", NOTE)
            delay = await median_delay(calm, 15)
            still = len(flood.outbox)
            assert still, "the flood must still have been running"
            await until(lambda: not (flood.outbox or second.outbox), 15, "all of the flood")
            took = time.monotonic() - began
            await until(lambda: len(calm.board.notes) == 215, 30, "everybody sees everything")
            return delay, took, still

    delay, took, _ = run(send())
    assert delay < 0.25
    assert 200 / took < 40, "what one person may say, and not twice as much"
    assert len({event.op_id for event in store.events_since(room, 1)}) == 215


def test_a_client_that_never_reads_is_closed_and_the_others_are_not(server: Server, store: Store, room: str) -> None:
    lead, other = LiveClient(server.join(store, room, "facilitator"), "lead"), LiveClient(server.join(store, room), "o")

    async def send() -> tuple[int, float]:
        async with welcomed(server.join(store, room), max_queue=1) as deaf, working(lead, other):
            deaf.transport.pause_reading()
            for number in range(50):
                await lead.change("add", f"n-{number}", {**NOTE, "text": "x" * 2000})
            await until(lambda: not lead.outbox, 10, "the notes are there")
            # Each of these sends the whole board to everybody: the system's buffers fill, then the server's queue.
            for number in range(120):
                change = await lead.change("set", "", number % 2 == 0, prop="hide_authors", kind="room")
                await until(lambda change=change: change in lead.acknowledged, 30, "an answer")
            delay = await median_delay(other, 10)
            assert not lead.closes + other.closes
            deaf.transport.resume_reading()
            with pytest.raises(ConnectionClosed) as caught:
                await hear(deaf, "never")
            assert caught.value.rcvd
            return int(caught.value.rcvd.code), delay

    code, delay = run(send())
    assert code == 4429
    assert delay < 0.25
