"""Rows of a page that are as wide as the screen lets them be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import streamlit as st

# Where columns stand side by side, the row above says what they mean; on a phone each input says it for itself.
_BELOW_EACH_OTHER = """<style>
@media (max-width: 640px) {
  [class*=st-key-heads-] { display: none; }
  [class*=st-key-headed-] [data-testid=stWidgetLabel] { display: flex; }
}
</style>"""


def text_and_button(align: Literal["top", "center", "bottom"] = "center") -> tuple[Any, Any]:
    """Return the place of a text and that of the button at its right, which is as wide as its words and never cut."""
    row = st.container(horizontal=True, vertical_alignment=align)
    return row.container(), row


def headed(key: str, titles: Sequence[str], widths: Sequence[int]) -> Any:
    """Show what the columns of these widths mean, and return the place for the rows below: an input that is filled no
    longer says what it is for.
    """
    place = st.container(key=f"headed-{key}")
    with place, st.container(key=f"heads-{key}"):
        for column, title in zip(st.columns(widths, gap="small", vertical_alignment="bottom"), titles, strict=True):
            column.caption(title)
    place.html(_BELOW_EACH_OTHER)
    return place
