"""A component without looks: it keeps the title of the tab, and brings people back to where they were on a page.

What it remembers stays in this tab of the browser, by workshop, role and page; the server never hears of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from views.live import PAGE_ASKS_JS, joined

_HERE = Path(__file__).parent

_PLACE = st.components.v2.component(
    "stack_canvas_place",
    js=PAGE_ASKS_JS + joined(_HERE, ("place.js",)),
)


def place(query: Mapping[str, str], step: str, title: str) -> None:
    """Keep the place on the page of a step. `query` names workshop and role; it is empty outside of a workshop."""
    data = {"workshop": query.get("w", ""), "role": query.get("as", ""), "step": step, "stepTitle": title}
    _PLACE(data=data, key="place")
