"""The empty page of Streamlit in which every page is drawn, told at once what it would try to find out.

Below an address like `/canvas` Streamlit asks for its server at `/canvas/` first, is refused, waits, and asks again:
a tenth of a second at each opening of a page. This app is always at the root of its address.
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

INDEX = Path(streamlit.__file__).parent / "static/index.html"
AT_THE_ROOT = "window.__streamlit = { BACKEND_BASE_URL: location.origin }"
FIRST_SCRIPT = '<script type="module"'


async def shell(request: Request) -> Response:
    """Serve the page. What is drawn in it comes over the socket, and only to those who may see it."""
    page, tag = _page()
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(page, headers=headers)


@cache
def _page() -> tuple[str, str]:
    """Return the page and what it is known by as long as it stays the same."""
    before, script, after = INDEX.read_text(encoding="utf-8").partition(FIRST_SCRIPT)
    if not script:
        raise RuntimeError(f"{INDEX} has no {FIRST_SCRIPT!r} any more: look where its server is told now")
    page = f"{before}<script>{AT_THE_ROOT}</script>\n    {script}{after}"
    return page, f'"{zlib.crc32(page.encode()):08x}"'
