"""The routes of the app under Starlette's own client, and how a test speaks over the live one. No Streamlit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketTestSession

from views.web.routes import ROUTES, broken, lifespan, middleware

ORIGIN = {"origin": "http://testserver"}
PLACE = {"canvas": "stack-canvas", "block": "value", "pos": 1.0}


@contextmanager
def route_client() -> Iterator[TestClient]:
    """Run the routes of the app with what surrounds them."""
    handlers = {Exception: broken}
    with TestClient(
        Starlette(routes=ROUTES, lifespan=lifespan(lambda: None), middleware=middleware(), exception_handlers=handlers)
    ) as client:
        yield client


def say(socket: WebSocketTestSession, **message: Any) -> None:
    """Send a message."""
    socket.send_text(json.dumps(message))


def hear(socket: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """Return the next message of a kind, of the twenty that come."""
    for _ in range(20):
        message = json.loads(socket.receive_text())
        if message["t"] == kind:
            return dict(message)
    raise AssertionError(f"no '{kind}' came")
