"""The invite dialog: the links of a workshop and a QR code for the phones in the room."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import segno
import streamlit as st

from views.context import context
from views.session import Visit

HERE_ONLY = {"localhost", "127.0.0.1", "::1"}


@st.dialog("Invite people", width="medium")
def invite(visit: Visit) -> None:
    """Show the participant link with its QR code, and the other links folded away."""
    base = base_url()
    link = f"{base}/join/{context().access.link_for(visit.id, 'participant')}"
    if urlsplit(base).hostname in HERE_ONLY:
        st.warning(
            "The app listens on this machine only. Stop it and start it with `make run ROOM=1`: it then prints the "
            "address that phones and laptops in the room can open.",
            icon=":material/wifi_off:",
        )
    else:
        st.image(qr_svg(link), width=280, alt=f"QR code of {link}")
    st.caption("For everybody in the room. They need no account and may type a name or none.")
    st.code(link, language=None, wrap_lines=True)
    with st.expander("A link to look on, and a second facilitator"):
        st.caption("Sees everything, changes nothing.")
        st.code(f"{base}/join/{context().access.link_for(visit.id, 'viewer')}", language=None, wrap_lines=True)
        st.caption("May do all that you may. Keep it off the projector.")
        st.code(f"{base}/join/{context().access.link_for(visit.id, 'facilitator')}", language=None, wrap_lines=True)


def base_url() -> str:
    """Return the address that others can reach: `STACK_CANVAS_URL`, else the one this browser used."""
    seen = urlsplit(st.context.url or "")
    return os.environ.get("STACK_CANVAS_URL", "").rstrip("/") or f"{seen.scheme}://{seen.netloc}"


def qr_svg(text: str) -> str:
    """Return a QR code as SVG text, dark on white in every theme so that cameras read it."""
    return str(segno.make(text, error="m").svg_inline(scale=8, border=3, dark="#101828", light="#ffffff"))
