"""A page with a component and its relay, without a browser: what both were given, and what they ask back."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import streamlit as st


class Relayed:
    """Stands in for component and relay: `shown` is what the first was given last, `told` all that the second was.

    What is in `wanted` is asked for with the next run.
    """

    def __init__(self) -> None:
        self.shown: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []
        self.wanted: dict[str, Any] | None = None

    def relay(self, data: dict[str, Any], key: str, on_want: Callable[[], None]) -> None:
        """Take what is told, after doing what was asked for, as a callback does before its run."""
        self.told.append(data)
        if self.wanted is not None:
            st.session_state[key] = SimpleNamespace(want=self.wanted)
            self.wanted = None
            on_want()
            del st.session_state[key]

    def show(self, data: dict[str, Any], key: str) -> None:
        self.shown = data
