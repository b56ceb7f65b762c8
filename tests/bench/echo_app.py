"""The app with one more route: a bare WebSocket echo, to compare live sync with on the very same server."""

from pathlib import Path

import streamlit as st
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket

from views.web.routes import ROUTES, lifespan


async def echo(socket: WebSocket) -> None:
    """Send every message back."""
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(text)


routes: list[BaseRoute] = [*ROUTES, WebSocketRoute("/echo", echo)]
app = st.App(Path(__file__).parents[2] / "views" / "main.py", routes=routes, lifespan=lifespan(lambda: None))
