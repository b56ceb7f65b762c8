"""Buttons that hand out a file, made when they are pressed. Who presses is asked for first: the page may be old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from views.visit.session import Visit, present


def download(visit: Visit, label: str, make: Callable[[], bytes | str], name: str, mime: str, **look: Any) -> None:
    """Show a button that hands out what `make` returns. `make` runs in a thread of its own, without the page."""

    def made() -> bytes | str:
        present(visit)
        return make()

    st.download_button(label, made, name, mime, key=f"get-{name}", on_click="ignore", **look)
