"""What Streamlit's own routes may be asked by somebody outside: what its pages need, and nothing that touches others.

Streamlit has no settings for this. One session can clear the caches of all (`clear_cache`), which is behind a menu
that `toolbarMode` hides, but which its server does for whoever sends the message; the rest of what is kept out here is
for the developer at the machine.
"""

from __future__ import annotations

import logging

from google.protobuf.message import DecodeError
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from views.web.origin import from_own_page

INSIDE = "/_stcore/"
SOCKET = f"{INSIDE}stream"
# Not `metrics`: sessions and sizes of caches are nobody's business outside. Not the routes for software agents.
NEEDED = {"health", "host-config", "stream"}
NEEDED_BELOW = ("upload_file/", "bidi-components/")
# Not `clear_cache`, `set_run_on_save`, `load_git_info` and the two for Streamlit's own tests; of its operations not
# those that write files beside the program.
ASKED_BY_PAGES = {
    "rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "deferred_file", "dataframe_chunk",
}  # fmt: skip
# What a page asks first. Its dialog about a lost connection would lie over the board and take the focus from what is
# being written there, although all of it is kept; the header says the same.
HOST_CONFIG = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": True,
    "resourceCrossOriginMode": None,
}
UNSUPPORTED, VIOLATION = 1003, 1008
NOT_OURS = (
    "A page of %r wanted a session and got none, because that is not the address of this app as far as it knows. "
    "If it is, set STACK_CANVAS_URL to it, or name your proxy in STACK_CANVAS_PROXY."
)

log = logging.getLogger(__name__)


class StreamlitGate:
    """Closes the routes of Streamlit that no page of it needs, and drops messages that no page of ours sends.

    Answers in its place what pages ask for their settings.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or one socket."""
        path = scope.get("path", "")
        if scope["type"] == "websocket" and path == SOCKET:
            return await self._socket(scope, receive, send)
        _, inside, asked = path.partition(INSIDE)
        if scope["type"] == "http" and inside and asked not in NEEDED and not asked.startswith(NEEDED_BELOW):
            return await PlainTextResponse("Not found", 404)(scope, receive, send)
        if path == f"{INSIDE}host-config":
            return await JSONResponse(HOST_CONFIG, headers={"Cache-Control": "no-cache"})(scope, receive, send)
        await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not from_own_page(HTTPConnection(scope)):
            # Streamlit itself compares hosts only, and lets in every page of this machine.
            log.warning(NOT_OURS, HTTPConnection(scope).headers.get("origin"))
            return await send({"type": "websocket.close", "code": VIOLATION})

        async def receiving() -> Message:
            while (message := await receive())["type"] == "websocket.receive":
                kind = _asks(message.get("bytes"))
                if kind is None:
                    await send({"type": "websocket.close", "code": UNSUPPORTED})
                    return {"type": "websocket.disconnect", "code": UNSUPPORTED}
                if kind in ASKED_BY_PAGES:
                    break
            return message

        await self.app(scope, receiving, send)


def _asks(frame: bytes | None) -> str | None:
    """Return what a message asks for, or None when it cannot be read, over which Streamlit would stumble."""
    if frame is None:
        return None
    message = BackMsg()
    try:
        message.ParseFromString(frame)
    except DecodeError:
        return None
    kind = message.WhichOneof("type") or ""
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") or ""
    return kind
