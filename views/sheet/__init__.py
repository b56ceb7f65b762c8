"""The sheet of practices as a Streamlit component.

Looks and behaviour are in the JS and CSS files beside this one, one subject each. Cards and answers come once, with the
page, and then live over `/live`; what the answers amount to comes again and again, by `views/live/relay.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from views.colours import component_style
from views.live import LIVE_JS, joined

_HERE = Path(__file__).parent
_SCRIPTS = (
    "answers.js", "typed.js", "refusals.js", "actions.js", "evidence.js", "card.js", "row.js", "list.js", "sections.js",
    "banner.js", "head.js", "standing.js", "paste.js", "keys.js", "phone.js", "sheet.js",
)  # fmt: skip
_STYLES = ("sheet.css", "row.css", "card.css", "standing.css", "dialogs.css", "narrow.css")

_SHEET = st.components.v2.component(
    "stack_canvas_sheet",
    html='<div id="sheet"></div>',
    css=component_style("#sheet") + joined(_HERE, _STYLES),
    js=LIVE_JS + joined(_HERE, _SCRIPTS),
)
# The sheet is as wide as the board: three columns have no room to give away.
_PAGE_STYLE = f"<style>{(_HERE / 'page.css').read_text(encoding='utf-8')}</style>"


def sheet(data: dict[str, Any], key: str) -> None:
    """Show the sheet. `data`: see `docs/live-protocol.md`, "What the page hands over"; the rest comes live."""
    st.html(_PAGE_STYLE)
    _SHEET(data=data, key=key)
