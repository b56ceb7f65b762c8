"""The web routes beside the pages, and what every request passes on its way in. Thin: the rooms do the work."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Callable

import fontpkg_inter
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config
from streamlit.web.server.server_util import get_url
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from canvas.errors import DatabaseAway, LinkRefused
from canvas.live.client import NO_TOKEN, TRY_AGAIN, Client
from canvas.method.load import shipped
from canvas.store.access import cookie_of
from canvas.store.notify import listening
from views.web.context import context
from views.web.join import join
from views.web.join_page import message_page
from views.web.origin import address_of, from_own_page, proxies
from views.web.response_headers import ResponseHeaders
from views.web.shell import shell
from views.web.streamlit_gate import StreamlitGate
from views.web.telemetry import health, metrics

CLOSE_WITHIN_S = 10.0


async def live(socket: WebSocket) -> None:
    """Serve one live connection. Refused without a valid cookie, and from pages of another origin."""
    if not from_own_page(socket):
        await socket.close(4403)
        return
    workshop = socket.query_params.get("w", "")
    try:
        cookie = cookie_of(workshop, socket.query_params.get("as"), socket.cookies)
        member = await asyncio.to_thread(context().access.member, workshop, cookie)
    except (LinkRefused, DatabaseAway) as refused:
        # Accepted first, because a browser is told the reason of a closed socket but not of a refused handshake.
        await socket.accept()
        await socket.close(NO_TOKEN if isinstance(refused, LinkRefused) else TRY_AGAIN, str(refused)[:120])
        return
    await socket.accept()
    client = context().hub.connect(member, address_of(socket))
    tasks = [
        asyncio.create_task(task) for task in (_send(socket, client), _receive(socket, client), client.ended.wait())
    ]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        context().hub.disconnect(client)
        for task in tasks:
            task.cancel()
    for task in done:
        task.result()
    if client.closed:
        # Who reads nothing does not hear this either: then the connection is just dropped.
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
            await asyncio.wait_for(socket.close(*client.closed), CLOSE_WITHIN_S)


async def font(request: Request) -> Response:
    """Serve the interface font from its package, so that no page asks another host for it."""
    style = request.path_params["style"]
    names = {"inter.ttf": "Inter[opsz,wght].ttf", "inter-italic.ttf": "Inter-Italic[opsz,wght].ttf"}
    if style not in names:
        return Response(status_code=404)
    path = fontpkg_inter.ROOT / "files" / names[style]
    return FileResponse(path, headers={"Cache-Control": "public, max-age=604800"})


async def broken(_request: Request, _error: Exception) -> Response:
    """Answer for a fault of the app itself, which the log tells in full."""
    text = "The app has made a mistake, and its log says which. What was saved is saved. Try again."
    return message_page("This did not work", text, 500)


def without_traceback(record: logging.LogRecord) -> bool:
    """Let the server tell in one line that somebody sent bytes that are no text: nothing here has failed."""
    if record.exc_info and isinstance(record.exc_info[1], UnicodeDecodeError):
        record.exc_info = None
    return True


def _address() -> str:
    """Return the address that people open: the one they were told, else where this server listens."""
    listens = str(config.get_option("server.address") or "")
    host = "127.0.0.1" if listens in {"", "0.0.0.0", "::"} else listens  # noqa: S104 - everywhere, so here as well
    return os.environ.get("STACK_CANVAS_URL") or get_url(host)


def lifespan(before: Callable[[], None]) -> Callable[[object], contextlib.AbstractAsyncContextManager[None]]:
    """Return what the server does as long as it runs: `before`, once and to its end, then all that is live."""

    @contextlib.asynccontextmanager
    async def living(_app: object) -> AsyncIterator[None]:
        before()
        # Say where the app is; run the live hub, and listen to other processes.
        print(f"\n  Open this address: {_address()}\n", flush=True)
        logging.getLogger("uvicorn.error").addFilter(without_traceback)
        running = asyncio.create_task(context().hub.run())
        with listening(context().store.engine, context().store.hint):
            yield
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        context().store.close()

    return living


ROUTES: list[BaseRoute] = [
    Route("/join/{token}", join, methods=["GET", "POST"]),
    Route("/healthz", health),
    Route("/metrics", metrics),
    Route("/fonts/{style}", font),
    WebSocketRoute("/live", live),
]


def routes() -> list[BaseRoute]:
    """Return all routes beside Streamlit's own. The pages are those of the content, which has to be sound by then."""
    return [*ROUTES, *(Route(f"/{step}", shell) for step in ("", *shipped().steps))]


def middleware() -> list[Middleware]:
    """Return what every request passes on its way in, the first first. Raises `SettingWrong`."""
    return [
        Middleware(ProxyHeadersMiddleware, trusted_hosts=proxies()),
        Middleware(ResponseHeaders),
        Middleware(StreamlitGate),
    ]


async def _send(socket: WebSocket, client: Client) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.send_text(await client.next())


async def _receive(socket: WebSocket, client: Client) -> None:
    while (message := await socket.receive())["type"] == "websocket.receive":
        await context().hub.receive(client, message.get("text") or "")
