"""The board: the canvas with its notes as one Streamlit component, kept live over the `/live` route.

Looks and behaviour are in the JS and CSS files beside this one, one subject each; what it shows comes as plain data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from views.colours import component_style
from views.live import LIVE_JS, joined

_HERE = Path(__file__).parent
_SCRIPTS = (
    "still.js", "text.js", "model.js", "drafts.js", "blocks.js", "dots.js", "notes.js", "clash.js", "several.js",
    "excess.js", "leaving.js", "edit.js", "editors.js", "refusals.js", "losing.js", "actions.js", "drag.js", "keys.js",
    "panel.js", "menu.js", "top.js", "fit.js", "dock.js", "parking.js", "leading.js", "present.js",
    "toolbar.js", "board.js",
)  # fmt: skip
_STYLES = ("palette.css", "board.css", "notes.css", "dialogs.css", "room.css", "present.css")

_BOARD = st.components.v2.component(
    "stack_canvas_board",
    html='<div id="board"></div>',
    css=component_style("#board") + joined(_HERE, _STYLES),
    js=LIVE_JS + joined(_HERE, _SCRIPTS),
)


# Streamlit can set the upper and lower padding of its pages, but not yet that at the sides.
_PAGE_STYLE = f"<style>{(_HERE / 'page.css').read_text(encoding='utf-8')}</style>"


def board(data: dict[str, Any], key: str) -> None:
    """Show the board. `data` is the first picture, as `docs/live-protocol.md` describes it; the rest comes live."""
    st.html(_PAGE_STYLE)
    _BOARD(data=data, key=key)
