"""Whether a login is demanded of who starts a workshop, and whether this visitor has one.

The login itself is Streamlit's (`st.login`, OpenID Connect); nothing of it is stored, and links stay what opens a room.
"""

from __future__ import annotations

import importlib.util
import os

import streamlit as st

from canvas.errors import SettingWrong


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
