"""What somebody outside may ask of Streamlit's own routes: nothing that touches other people's sessions."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from tests.live_server import Server, running
from tests.nginx_site import fetch

KEPT = re.compile(rb"kept:[0-9a-f]{16}")
WITHIN_S = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("gate"), "tests/cached_app.py") as server:
        yield server


def run(work: Any) -> Any:
    async def bounded() -> Any:
        async with asyncio.timeout(WITHIN_S):
            return await work

    return asyncio.run(bounded())


@asynccontextmanager
async def session(server: Server, origin: str | None = "") -> AsyncIterator[ClientConnection]:
    """Open a session of Streamlit as its own page does."""
    own = f"http://127.0.0.1:{server.port}"
    headers = {} if origin is None else {"Origin": origin or own}
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    async with connect(
        address,
        additional_headers=headers,
        subprotocols=["streamlit"],
        proxy=None,
        max_size=None,  # type: ignore[list-item]
    ) as socket:
        yield socket


async def text_of_page(server: Server, *before: BackMsg) -> bytes:
    """Send messages in a new session, let the page run, and return the text that it shows."""
    async with session(server) as socket:
        for message in before:
            await socket.send(message.SerializeToString())
        await socket.send(rerun().SerializeToString())
        while not (found := KEPT.search(await received(socket))):
            pass
        return found.group(0)


async def received(socket: ClientConnection) -> bytes:
    frame = await socket.recv()
    assert isinstance(frame, bytes)
    return frame


def rerun() -> BackMsg:
    message = BackMsg()
    message.rerun_script.query_string = ""
    return message


def test_a_session_that_asks_for_it_does_not_clear_what_is_kept_for_all(server: Server) -> None:
    first = run(text_of_page(server))
    assert run(text_of_page(server, BackMsg(clear_cache=True))) == first
    assert run(text_of_page(server)) == first


def test_without_the_gate_it_would(tmp_path: Any) -> None:
    server = Server(tmp_path, program="tests/cached_app.py", settings={"UNGATED": "1"})
    server.start()
    try:
        first = run(text_of_page(server))
        assert run(text_of_page(server)) == first
        assert run(text_of_page(server, BackMsg(clear_cache=True))) != first
    finally:
        server.kill()


DROPPED = [
    BackMsg(clear_cache=True),
    BackMsg(set_run_on_save=True),
    BackMsg(load_git_info=True),
    BackMsg(debug_disconnect_websocket=True),
    BackMsg(debug_shutdown_runtime=True),
    BackMsg(),
]


def test_what_no_page_sends_is_dropped_and_the_session_goes_on(server: Server) -> None:
    install, dismiss = BackMsg(), BackMsg()
    install.backend_operation_request.install_skills.SetInParent()
    dismiss.backend_operation_request.dismiss_skills_nudge.SetInParent()
    first = run(text_of_page(server))
    assert run(text_of_page(server, *DROPPED, install, dismiss)) == first


@pytest.mark.parametrize("frame", ["text", b"\xff\xff\xff", b"\x00"])
def test_what_is_no_message_ends_its_own_session_only(server: Server, frame: str | bytes) -> None:
    async def send() -> int | None:
        async with session(server) as socket:
            await socket.send(frame)
            await socket.wait_closed()
            return socket.close_code

    assert run(send()) == 1003
    assert run(text_of_page(server))


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "https", None])
def test_a_page_of_another_origin_gets_no_session(server: Server, origin: str | None) -> None:
    if origin == "https":
        origin = f"https://127.0.0.1:{server.port}"

    async def enter() -> None:
        async with session(server, origin):
            pass

    with pytest.raises(InvalidStatus) as caught:
        run(enter())
    assert caught.value.response.status_code == 403
    assert f"A page of {origin!r} wanted a session" in server.log()


CLOSED = ["metrics", "metrics?families=session_events_total", "script-health-check", "agent/openapi.json", "agent/mcp",
          "agent/interact", "allowed-message-origins", "message", ""]  # fmt: skip


@pytest.mark.parametrize("route", CLOSED)
def test_routes_that_no_page_needs_are_closed(server: Server, route: str) -> None:
    assert fetch(f"http://127.0.0.1:{server.port}/_stcore/{route}").status == 404


@pytest.mark.parametrize("route", ["health", "host-config"])
def test_routes_that_pages_need_are_open(server: Server, route: str) -> None:
    assert fetch(f"http://127.0.0.1:{server.port}/_stcore/{route}").status == 200


def test_pages_are_told_to_say_nothing_of_a_lost_connection_over_the_board(server: Server) -> None:
    told = json.loads(fetch(f"http://127.0.0.1:{server.port}/_stcore/host-config").text)
    assert told["blockErrorDialogs"] is True
    assert told["allowedOrigins"] == []
