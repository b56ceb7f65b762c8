"""One line in which something new is named; the next one can be typed before the last one is stored.

A text input would be cleared by the run that its own text starts, together with what was typed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from canvas.text import clean


def add_input(label: str, key: str, add: Callable[[str], object], *, max_chars: int, disabled: bool = False) -> None:
    """Show the line; `add` gets each text that is sent, never an empty one. Its key never changes, nor may it."""

    def sent() -> None:
        # A list that is pasted comes in lines; a name has one.
        text = " ".join(clean(st.session_state[key] or "").split())
        if text:
            add(text)

    st.chat_input(label, key=key, max_chars=max_chars, on_submit=sent, disabled=disabled)
