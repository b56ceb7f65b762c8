"""The way between a page and a component that it brings new things to again and again: a fragment runs, nothing else.

What a component is given once, with its page, goes the usual way. A page has one relay; its data are `seen_by` and what
the component reads in the message `told` of its live client.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from views.live import LIVE_JS, joined

_RELAY = st.components.v2.component(
    "stack_canvas_relay",
    html="<div hidden></div>",
    js=LIVE_JS + joined(Path(__file__).parent, ("relay.js",)),
)


def relay(data: dict[str, Any], key: str, on_want: Callable[[], None]) -> None:
    """Bring `data` to the component of this page. `on_want` is called when it asks for something, see `wanted`."""
    _RELAY(data=data, key=key, on_want_change=on_want)


def wanted(key: str) -> dict[str, Any]:
    """Return what was asked for, as the component named it: anything, so check it. Only in `on_want`.

    Nothing when the page was left before the asking came: the component is gone, and what it held went with it.
    """
    asked = getattr(st.session_state.get(key), "want", None)
    return asked if isinstance(asked, dict) else {}
