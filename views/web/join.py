"""Following a join link: who may, how often, and the cookie it turns into. The pages of it are in `join_page.py`."""

from __future__ import annotations

import asyncio
import math

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from canvas.errors import CanvasError, DatabaseAway, LinkRefused
from canvas.log.op import Role
from canvas.reading.text_gate import clean
from canvas.store.access import NAME_LENGTH, cookie_name
from views.web.context import context
from views.web.join_page import join_page, message_page
from views.web.origin import address_of, from_own_page, is_https

REMEMBER_S = 60 * 60 * 24 * 90
# Room for a name that is far too long, so that it can be told and shortened: letters of four bytes as %F0%9F%9A%80.
LARGEST_FORM = 20_000


async def join(request: Request) -> Response:
    """Ask for a name or none, then turn the link into a cookie, so that no token stays in the address bar.

    A facilitator goes straight in, and so does a browser that has joined in this role before.
    """
    if not context().visits.take_at_once(address_of(request)):
        return _too_many("Links are being opened too often from your network", context().visits.allowance.per_second)
    if request.method == "POST" and (refused := _refused_form(request)):
        return refused
    try:
        return await _follow(request, request.path_params["token"])
    except DatabaseAway as away:
        return message_page("This did not work just now", str(away), 503)
    except CanvasError as refused:
        return message_page("This link does not open a workshop", str(refused), 403)


async def _follow(request: Request, token: str) -> Response:
    workshop, role = await asyncio.to_thread(context().access.invited, token)
    if await asyncio.to_thread(_is_member, workshop, role, request):
        return RedirectResponse(_address(workshop, role), 303)
    typed = (await request.form()).get("name", "") if request.method == "POST" else ""
    name = clean(typed) if isinstance(typed, str) else ""
    asks = request.method != "POST" and not (role == "facilitator" and _opened_by_a_person(request))
    if asks or len(name) > NAME_LENGTH:
        title = (await asyncio.to_thread(context().store.document, workshop)).title
        return join_page(title, role, name)
    if not context().joins.take_at_once(address_of(request)):
        return _too_many("Too many are joining from your network", context().joins.allowance.per_second)
    member, cookie = await asyncio.to_thread(context().access.join, token, name)
    response = RedirectResponse(_address(workshop, role), 303)
    key = cookie_name(member.workshop, member.role)
    response.set_cookie(key, cookie, REMEMBER_S, path="/", httponly=True, samesite="lax", secure=is_https(request))
    return response


def _opened_by_a_person(request: Request) -> bool:
    """Return whether a browser says that somebody opens this address in a window, and now.

    A picture or frame of another page says otherwise; what fetches ahead says so; a preview of a link in a chat says
    nothing, and neither does a browser to which this app speaks plain HTTP. These get a page that asks again.
    """
    wanted = (request.headers.get("sec-fetch-mode"), request.headers.get("sec-fetch-dest"))
    ahead = any(request.headers.get(name) for name in ("sec-purpose", "purpose", "x-moz"))
    return request.method == "GET" and wanted == ("navigate", "document") and not ahead


def _refused_form(request: Request) -> Response | None:
    """Return the answer to a form that was sent by another site, or is no form of ours; None when it is fine."""
    if not _from_here(request):
        text = (
            "Another site has tried to let this browser join a workshop. If you want to join, open your link itself: "
            "paste it into the address bar."
        )
        return message_page("You have not joined", text, 403)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST_FORM:
        return message_page("You have not joined", "This name is too long. Go back and shorten it.", 413)
    return None


def _from_here(request: Request) -> bool:
    """Return whether a form was sent by our own page, or by no browser at all.

    Every browser names the origin of a form it sends. Who is no browser carries nobody's cookies and can do no more
    than with the link itself.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        # "none" is a person who sends a form again, never a page.
        return site in {"same-origin", "none"}
    return "origin" not in request.headers or from_own_page(request)


def _too_many(title: str, per_second: float) -> Response:
    text = (
        "Wait a minute, then open your link again: it stays valid. Whoever is in the workshop already goes on working."
    )
    response = message_page(title, text, 429)
    response.headers["Retry-After"] = str(math.ceil(1 / per_second))
    return response


def _is_member(workshop: str, role: Role, request: Request) -> bool:
    try:
        context().access.member(workshop, request.cookies.get(cookie_name(workshop, role)))
    except LinkRefused:
        return False
    return True


def _address(workshop: str, role: Role) -> str:
    return f"/?w={workshop}&as={role}"
