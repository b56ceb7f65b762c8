"""The page "Where we stand" as a Streamlit component: cards to read, to walk part by part, and to print.

Looks and behaviour are in the JS and CSS files beside this one, one subject each. Every sentence comes from the server
(`templates/summary`); what is worked out anew comes by `views/live/relay.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from views.colours import component_style
from views.live import LIVE_JS, joined

_HERE = Path(__file__).parent
_SCRIPTS = (
    "verdict.js", "levels.js", "holding.js", "assigning.js", "clashes.js", "picture.js", "since.js", "choosing.js",
    "present.js", "stand.js",
)  # fmt: skip
_STYLES = ("stand.css", "levels.css", "present.css", "print.css")

_STAND = st.components.v2.component(
    "stack_canvas_stand",
    html='<div id="stand"></div>',
    css=component_style("#stand") + joined(_HERE, _STYLES),
    js=LIVE_JS + joined(_HERE, _SCRIPTS),
)
# The page around it: as wide as the board, and on paper nothing but this.
_PAGE_STYLE = f"<style>{(_HERE / 'page.css').read_text(encoding='utf-8')}</style>"


def stand(data: dict[str, Any], key: str) -> None:
    """Show where a workshop stands. `data`: see `docs/live-protocol.md`, "What the page hands over"."""
    st.html(_PAGE_STYLE)
    _STAND(data=data, key=key)
