"""The login as the start page shows it: asked for where one is demanded, and ended by whoever leaves the browser."""

from __future__ import annotations

import streamlit as st

from views.literal import literal
from views.web.login import login_required, may_start


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
