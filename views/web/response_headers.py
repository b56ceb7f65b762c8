"""What every response tells the browser it may do with it: load, run, frame, and pass on.

Pages are Streamlit's, whose parts were looked up one by one; whatever is no page may do nothing at all. A response
that says something itself, as the join page does, keeps it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from views.web.origin import is_https
from views.web.shell import AT_THE_ROOT, INDEX

# Not framed by anybody: cookies of another site's frame are not sent, so nothing that works would be lost.
ALONE = "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
NO_PAGE = f"default-src 'none'; {ALONE}; form-action 'none'"
# Pictures and downloads hold what people typed. Opened by itself, an SVG or HTML file is a page: one that runs nothing
# and belongs to nobody.
MADE_BY_PEOPLE = f"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; {ALONE}"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    # An invitation link must never travel to another site; our own pages may know where somebody came from.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
HOST = re.compile(r"[A-Za-z0-9.:\[\]-]+")


class ResponseHeaders:
    """Adds the headers to every response of the app; sockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, with the headers on its answer."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _wanted(HTTPConnection(scope), message["status"], headers).items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sending)


def _wanted(request: HTTPConnection, status: int, headers: Mapping[str, str]) -> dict[str, str]:
    # "Not modified" says no type, and its headers replace those of the page that the browser keeps.
    is_page = status == 304 or headers.get("content-type", "").startswith("text/html")
    if request.scope["path"].startswith("/media/"):
        policy = MADE_BY_PEOPLE
    elif is_page:
        policy = page_policy(request)
    else:
        policy = NO_PAGE
    return {**EVERYWHERE, "Content-Security-Policy": policy}


def page_policy(request: HTTPConnection) -> str:
    """Return what a page of Streamlit needs, and no more."""
    host = request.headers.get("host", "")
    # 'self' does not cover sockets in every browser.
    socket = f" {'wss' if is_https(request) else 'ws'}://{host}" if HOST.fullmatch(host) else ""
    parts = (
        "default-src 'none'",
        # Our components reach the page as text, which Streamlit imports from a blob. WebAssembly is the arithmetic of
        # its messages. No eval: charts are drawn without.
        f"script-src 'self' blob: 'wasm-unsafe-eval' {' '.join(_inline_scripts())}",
        # Streamlit and its charts write styles into the page; a style can load nothing but what is listed here.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self'",
        "manifest-src 'self'",
        f"connect-src 'self'{socket}",
        "form-action 'self'",
        ALONE,
    )
    return "; ".join(parts)


@cache
def _inline_scripts() -> tuple[str, ...]:
    """Return the hashes of the scripts that stand in the page itself: those of the installed Streamlit, and ours."""
    page = INDEX.read_text(encoding="utf-8")
    return tuple(hash_of(script) for script in (*re.findall(r"<script>(.*?)</script>", page, re.S), AT_THE_ROOT))


def hash_of(inline: str) -> str:
    """Return what a policy must name to allow one inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode('utf-8')).digest()).decode('ascii')}'"
