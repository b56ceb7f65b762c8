"""The web routes beside the pages: joining by link, the live socket, health, fonts. Thin: the rooms do the work."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import fontpkg_inter
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from canvas.access import cookie_name, cookie_of
from canvas.errors import CanvasError, LinkRefused
from canvas.fanout import NO_TOKEN, Client
from canvas.notify import listening
from canvas.requests import Role
from views.context import context
from views.join_page import join_page, message_page
from views.telemetry import health, metrics

CLOSE_WITHIN_S = 10.0
REMEMBER_S = 60 * 60 * 24 * 90


async def join(request: Request) -> Response:
    """Ask for a name or none, then turn the link into a cookie, so that no token stays in the address bar.

    A facilitator goes straight in, and so does a browser that has joined in this role before.
    """
    token = request.path_params["token"]
    try:
        workshop, role = await asyncio.to_thread(context().access.invited, token)
        if await asyncio.to_thread(_is_member, workshop, role, request):
            return RedirectResponse(_address(workshop, role), 303)
        if request.method == "GET" and role != "facilitator":
            title = (await asyncio.to_thread(context().store.document, workshop)).title
            return join_page(title, role)
        name = str((await request.form()).get("name", "")) if request.method == "POST" else ""
        member, cookie = await asyncio.to_thread(context().access.join, token, name)
    except CanvasError as refused:
        return message_page("This link does not open a workshop", str(refused), 403)
    response = RedirectResponse(_address(workshop, role), 303)
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    key = cookie_name(member.workshop, member.role)
    response.set_cookie(key, cookie, REMEMBER_S, path="/", httponly=True, samesite="lax", secure=secure)
    return response


def _is_member(workshop: str, role: Role, request: Request) -> bool:
    try:
        context().access.member(workshop, request.cookies.get(cookie_name(workshop, role)))
    except LinkRefused:
        return False
    return True


def _address(workshop: str, role: Role) -> str:
    return f"/?w={workshop}&as={role}"


async def live(socket: WebSocket) -> None:
    """Serve one live connection. Refused without a valid cookie, and from pages of another origin."""
    if not _same_origin(socket):
        await socket.close(4403)
        return
    workshop = socket.query_params.get("w", "")
    try:
        cookie = cookie_of(workshop, socket.query_params.get("as"), socket.cookies)
        member = await asyncio.to_thread(context().access.member, workshop, cookie)
    except LinkRefused as refused:
        # Accepted first, because a browser is told the reason of a closed socket but not of a refused handshake.
        await socket.accept()
        await socket.close(NO_TOKEN, str(refused)[:120])
        return
    await socket.accept()
    client = context().hub.connect(member, socket.client.host if socket.client else "")
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


def without_traceback(record: logging.LogRecord) -> bool:
    """Let the server tell in one line that somebody sent bytes that are no text: nothing here has failed."""
    if record.exc_info and isinstance(record.exc_info[1], UnicodeDecodeError):
        record.exc_info = None
    return True


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Run the live hub, and listen to other processes, as long as the server runs."""
    logging.getLogger("uvicorn.error").addFilter(without_traceback)
    running = asyncio.create_task(context().hub.run())
    with listening(context().store.engine, context().store.hint):
        yield
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    context().store.close()


ROUTES: list[BaseRoute] = [
    Route("/join/{token}", join, methods=["GET", "POST"]),
    Route("/healthz", health),
    Route("/metrics", metrics),
    Route("/fonts/{style}", font),
    WebSocketRoute("/live", live),
]


async def _send(socket: WebSocket, client: Client) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.send_text(await client.next())


async def _receive(socket: WebSocket, client: Client) -> None:
    while (message := await socket.receive())["type"] == "websocket.receive":
        await context().hub.receive(client, message.get("text") or "")


def _same_origin(socket: WebSocket) -> bool:
    """Return whether the handshake came from a page of this very host, as browsers always say."""
    origin = socket.headers.get("origin", "")
    return urlsplit(origin).netloc == socket.headers.get("host")
