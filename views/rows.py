"""Rows of a page that are as wide as the screen lets them be."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st


def text_and_button(align: Literal["top", "center", "bottom"] = "center") -> tuple[Any, Any]:
    """Return the place of a text and that of the button at its right, which is as wide as its words and never cut."""
    row = st.container(horizontal=True, vertical_alignment=align)
    return row.container(), row
