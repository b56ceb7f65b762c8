"""The invite dialog: the links of a workshop, a QR code for the phones in the room, and taking links back."""

from __future__ import annotations

import os
from datetime import datetime
from urllib.parse import urlsplit

import segno
import streamlit as st

from canvas.log.op import Role
from canvas.method.load import shipped
from views.visit.changing import Refusal, refusing, tell
from views.visit.clock import zone
from views.visit.fragments import dialog
from views.visit.session import Visit, link_for, links, revoke

HERE_ONLY = {"localhost", "127.0.0.1", "::1"}
WHAT_IT_ALLOWS: dict[Role, str] = {
    "participant": "For everybody in the room. They need no account and may type a name or none.",
    "viewer": "Sees everything, changes nothing.",
    "facilitator": "May do all that you may. Keep it off the projector.",
}


@dialog("Invite people", leads=True)
def invite(visit: Visit) -> None:
    """Show the participant link with its QR code, the other links, and how to take one back."""
    base = base_url()
    link = f"{base}/join/{link_for(visit, 'participant')}"
    if urlsplit(base).hostname in HERE_ONLY:
        st.warning(
            "The app listens on this machine only. Stop it and start it with `make run ROOM=1`: it then prints the "
            "address that phones and laptops in the room can open.",
            icon=":material/wifi_off:",
        )
    else:
        st.image(qr_svg(link), width=280, alt=f"QR code of {link}")
    st.caption(WHAT_IT_ALLOWS["participant"])
    st.code(link, language=None, wrap_lines=True)
    with st.expander("A link to view only, and a second facilitator"):
        for role in ("viewer", "facilitator"):
            st.caption(WHAT_IT_ALLOWS[role])
            st.code(f"{base}/join/{link_for(visit, role)}", language=None, wrap_lines=True)
    with st.expander("Take a link back"):
        st.caption("Who joined by it is out at once. Those who should stay need a new link from you.")
        for known in links(visit):
            text, act = st.columns([3, 1], vertical_alignment="center")
            made = datetime.fromisoformat(known.created_at).astimezone(zone())
            text.markdown(f"{known.role.capitalize()}, made {made:%Y-%m-%d %H:%M}, {known.joined} joined")
            if known.id == visit.member.link:
                act.caption("yours")
            else:
                act.button(
                    "Revoke", key=f"revoke-{known.id}", on_click=take_back, args=(visit, known.id), width="stretch"
                )


def take_back(visit: Visit, link: str) -> None:
    """Take a link back. Says why when it is refused."""
    tell(_taken_back(visit, link))


@refusing
def _taken_back(visit: Visit, link: str) -> Refusal | None:
    revoke(visit, link)
    return None


def base_url() -> str:
    """Return the address that others can reach: `STACK_CANVAS_URL`, else the one this browser used."""
    seen = urlsplit(st.context.url or "")
    return os.environ.get("STACK_CANVAS_URL", "").rstrip("/") or f"{seen.scheme}://{seen.netloc}"


def qr_svg(text: str) -> str:
    """Return a QR code as SVG text, dark on white in every theme so that cameras read it."""
    ink = shipped().colours.shared.ink.light
    return str(segno.make(text, error="m").svg_inline(scale=8, border=3, dark=ink, light="#ffffff"))
