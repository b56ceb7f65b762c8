"""The web routes beside the pages: joining by link, the live socket, health, fonts. Thin: the rooms do the work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from html import escape
from urllib.parse import urlsplit

import fontpkg_inter
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from canvas.access import cookie_name
from canvas.errors import CanvasError, LinkRefused
from canvas.fanout import Client
from canvas.live import OVERFLOW
from views.context import context

NO_TOKEN = 4401
REMEMBER_S = 60 * 60 * 24 * 90


async def join(request: Request) -> Response:
    """Turn a join link into a cookie and lead to the workshop, so that no token stays in the address bar."""
    try:
        member, cookie = await asyncio.to_thread(context().access.join, request.path_params["token"])
    except LinkRefused as refused:
        return _page("This link does not open a workshop", str(refused), 403)
    response = RedirectResponse(f"/?w={member.workshop}", 303)
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(
        cookie_name(member.workshop), cookie, REMEMBER_S, path="/", httponly=True, samesite="lax", secure=secure
    )
    return response


async def live(socket: WebSocket) -> None:
    """Serve one live connection. Refused without a valid cookie, and from pages of another origin."""
    if not _same_origin(socket):
        await socket.close(4403)
        return
    workshop = socket.query_params.get("w", "")
    try:
        cookie = socket.cookies.get(cookie_name(workshop))
        member = await asyncio.to_thread(context().access.member, workshop, cookie)
    except LinkRefused as refused:
        # Accepted first, because a browser is told the reason of a closed socket but not of a refused handshake.
        await socket.accept()
        await socket.close(NO_TOKEN, str(refused)[:120])
        return
    await socket.accept()
    client = context().hub.connect(member)
    sender = asyncio.create_task(_send(socket, client))
    try:
        while not client.overflowed:
            await context().hub.receive(client, await socket.receive_text())
    except (WebSocketDisconnect, CanvasError):
        pass
    finally:
        context().hub.disconnect(client)
        sender.cancel()


async def health(_request: Request) -> Response:
    """Answer that the process serves and its database can be read."""
    await asyncio.to_thread(context().store.exists, "")
    return JSONResponse({"status": "ok"})


async def font(request: Request) -> Response:
    """Serve the interface font from its package, so that no page asks another host for it."""
    style = request.path_params["style"]
    names = {"inter.ttf": "Inter[opsz,wght].ttf", "inter-italic.ttf": "Inter-Italic[opsz,wght].ttf"}
    if style not in names:
        return Response(status_code=404)
    path = fontpkg_inter.ROOT / "files" / names[style]
    return FileResponse(path, headers={"Cache-Control": "public, max-age=604800"})


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Run the live hub as long as the server runs."""
    running = asyncio.create_task(context().hub.run())
    yield
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    context().store.close()


ROUTES: list[BaseRoute] = [
    Route("/join/{token}", join),
    Route("/healthz", health),
    Route("/fonts/{style}", font),
    WebSocketRoute("/live", live),
]


async def _send(socket: WebSocket, client: Client) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (message := await client.queue.get()) is not None:
            await socket.send_text(message)
        await socket.close(OVERFLOW, "Too much was waiting; reconnect to catch up.")


def _same_origin(socket: WebSocket) -> bool:
    """Return whether the handshake came from a page of this very host, as browsers always say."""
    origin = socket.headers.get("origin", "")
    return urlsplit(origin).netloc == socket.headers.get("host")


def _page(title: str, text: str, status: int) -> HTMLResponse:
    body = (
        "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}</style>"
        f"<title>{escape(title)}</title><h1>{escape(title)}</h1><p>{escape(text)}</p>"
        "<p><a href='/'>To the start page</a></p>"
    )
    return HTMLResponse(body, status)
