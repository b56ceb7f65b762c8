"""Whether a login is demanded of who starts a workshop, and whether this visitor has one.

The login itself is Streamlit's (`st.login`, OpenID Connect); nothing of it is stored, and links stay what opens a room.
"""

from __future__ import annotations

import importlib.util
import os

import streamlit as st

from canvas.errors import SettingWrong
from views.literal import literal


def login_required() -> bool:
    """Return whether `STACK_CANVAS_LOGIN` demands a login. Raises `SettingWrong` for a value that means nothing."""
    wanted = os.environ.get("STACK_CANVAS_LOGIN", "")
    if wanted not in {"", "required"}:
        # Taken for "no" it would open what somebody meant to close.
        raise SettingWrong(f"STACK_CANVAS_LOGIN is '{wanted}'. Set it to 'required', or leave it unset.")
    return wanted == "required"


def check_login() -> None:
    """Make sure that a login that is demanded can work. Raises `SettingWrong`."""
    if login_required() and importlib.util.find_spec("authlib") is None:
        raise SettingWrong(
            "STACK_CANVAS_LOGIN is set, and what logging in needs is not installed. Install it: "
            'pip install "streamlit[auth]==1.67.0"'
        )


def may_start() -> bool:
    """Return whether this visitor may start a workshop."""
    return not login_required() or bool(st.user.get("is_logged_in", False))


def log_out_here() -> None:
    """Say who is logged in where a login is demanded, and let them end it: a browser in a room has many users."""
    if login_required() and may_start():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Logged in as {literal(str(st.user.get('email') or st.user.get('name') or 'somebody'))}.")
            st.button("Log out", type="tertiary", icon=":material/logout:", on_click=st.logout, key="log-out")


def ask_to_log_in() -> None:
    """Show the way to the login instead of the ways to start."""
    with st.container(border=True):
        st.subheader("Start a workshop")
        st.markdown("Whoever starts a workshop here has to log in. Joining one by its link needs no login.")
        st.button("Log in", type="primary", icon=":material/login:", on_click=st.login, key="log-in")
