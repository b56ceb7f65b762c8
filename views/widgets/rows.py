"""Rows of a page that are as wide as the screen lets them be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import streamlit as st


def text_and_button(align: Literal["top", "center", "bottom"] = "center") -> tuple[Any, Any]:
    """Return the place of a text and that of the button at its right, which is as wide as its words and never cut."""
    row = st.container(horizontal=True, vertical_alignment=align)
    return row.container(), row


def headed(key: str, titles: Sequence[str], widths: Sequence[int]) -> Any:
    """Show what the columns of these widths mean, and return the place for the rows below: an input that is filled no
    longer says what it is for. On a phone each row is a card, and each input says it for itself: see `pages.css`.
    """
    place = st.container(key=f"headed-{key}")
    cells = " ".join(f"minmax(0, {width}fr)" for width in widths)
    st.html(f"<style>.st-key-headed-{key} {{ --cells: {cells}; }}</style>")
    with place, st.container(key=f"heads-{key}"):
        for title in titles:
            st.caption(title)
    return place


def cells(item: str) -> Any:
    """Return the place of one row below `headed`: each element or container put there is a cell of it.

    It is laid out by its style: columns would be three more blocks for each cell, which a page of many rows is late by.
    """
    return st.container(key=f"cells-{item}")
