"""A component without looks that leads the browser to another address, as a page cannot do by itself."""

from __future__ import annotations

import streamlit as st

_GOTO = st.components.v2.component(
    "stack_canvas_goto",
    js="""
export default function ({ data }) {
  window.location.assign(data.url);
}
""",
)


def goto(url: str) -> None:
    """Leave for `url`, which must be an address of this app."""
    _GOTO(data={"url": url}, key="goto")
