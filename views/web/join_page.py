"""The two plain HTML pages outside the app: joining a workshop, and saying why a link does not open one.

They load nothing but a font, so that a phone on a poor network is in the room after one request.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

from canvas.log.op import Role
from canvas.store.access import NAME_LENGTH
from views.colours import page_style
from views.web.response_headers import ALONE, EVERYWHERE, hash_of

_STYLE = page_style() + Path(__file__).with_name("join_page.css").read_text(encoding="utf-8")
# No `maxlength`: it would cut what is pasted without a word.
_NAME = (
    "<label for=name>Your name, if you like</label>"
    "<input id=name name=name value='{typed}' autocomplete=given-name autofocus aria-describedby=hint>"
    "{problem}<p class=hint id=hint>"
    "The others see it. It is kept with this workshop only, and you can stay nameless.</p><button>Join</button>"
)
# A page that is only fetched ahead waits until somebody looks at it.
_GO_ON = (
    "const go = () => document.forms[0].submit();"
    "document.prerendering ? document.addEventListener('prerenderingchange', go) : go();"
)
_POLICY = (
    f"default-src 'none'; style-src {hash_of(_STYLE)}; script-src {hash_of(_GO_ON)}; font-src 'self'; img-src 'self'; "
    f"form-action 'self'; {ALONE}"
)
_AS = {
    "facilitator": "You will lead this workshop.",
    "participant": "You will write notes and vote with the others.",
    "viewer": "You can view everything and change nothing.",
}


def join_page(title: str, role: Role, too_long: str = "") -> HTMLResponse:
    """Return the page that asks for a name or none; a facilitator is asked nothing and goes on by a script.

    A name that was `too_long` stands in its field again, whole, with what is wrong with it.
    """
    told = f"This name has {len(too_long)} letters, and {NAME_LENGTH} is the most. Shorten it, or stay nameless."
    problem = f"<p class=problem role=alert>{told}</p>" if too_long else ""
    asked = _NAME.format(typed=escape(too_long), problem=problem)
    fields = "<button>Open the workshop</button>" if role == "facilitator" else asked
    form = (
        f"<p class=kicker>You are joining</p><h1>{escape(title)}</h1><p>{_AS[role]}</p>"
        f"<form method=post>{fields}</form>"
    )
    script = f"<script>{_GO_ON}</script>" if role == "facilitator" else ""
    return _page(f"Join {title}", form + script, 422 if too_long else 200)


def message_page(title: str, text: str, status: int) -> HTMLResponse:
    """Return a page with one message and a way to the start."""
    return _page(
        title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p><p><a href='/'>To the start page</a></p>", status
    )


def _page(title: str, body: str, status: int) -> HTMLResponse:
    head = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    text = f"{head}<title>{escape(title)}</title><style>{_STYLE}</style><main>{body}</main></html>"
    return HTMLResponse(text, status, {"Cache-Control": "no-store", "Content-Security-Policy": _POLICY, **EVERYWHERE})
