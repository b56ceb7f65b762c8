"""The two plain HTML pages outside the app: joining a workshop, and saying why a link does not open one.

They load nothing, so that a phone on a poor network is in the room after one request.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

from canvas.access import NAME_LENGTH
from canvas.requests import Role

_STYLE = Path(__file__).with_name("join_page.css").read_text(encoding="utf-8")
_AS = {
    "facilitator": "You will lead this workshop.",
    "participant": "You will write notes and vote with the others.",
    "viewer": "You will look on; nothing you do changes the canvas.",
}


def join_page(title: str, role: Role) -> HTMLResponse:
    """Return the page that asks for a name or none."""
    form = (
        f"<p class=kicker>You are joining</p><h1>{escape(title)}</h1><p>{_AS[role]}</p>"
        "<form method=post><label for=name>Your name, if you like</label>"
        f"<input id=name name=name maxlength={NAME_LENGTH} autocomplete=given-name autofocus>"
        "<p class=hint>The others see it. It is kept with this workshop only, and you can stay nameless.</p>"
        "<button>Join</button></form>"
    )
    return _page(f"Join {title}", form, 200)


def message_page(title: str, text: str, status: int) -> HTMLResponse:
    """Return a page with one message and a way to the start."""
    return _page(
        title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p><p><a href='/'>To the start page</a></p>", status
    )


def _page(title: str, body: str, status: int) -> HTMLResponse:
    head = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    text = f"{head}<title>{escape(title)}</title><style>{_STYLE}</style><main>{body}</main></html>"
    return HTMLResponse(text, status, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
