"""The decisions as a Streamlit component: all slots, the options of one, its reason, and what the choices amount to.

Looks and behaviour are in the JS and CSS files beside this one, one subject each. What can be chosen comes once, with
the page; where everything stands comes again and again, by `views/live/relay.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from views.colours import component_style
from views.live import LIVE_JS, joined

_HERE = Path(__file__).parent
_SCRIPTS = (
    "slots.js", "reasons.js", "actions.js", "refused.js", "filters.js", "list.js", "beside.js", "files.js",
    "reason_field.js", "recording.js", "option.js", "question.js", "sketch.js", "side.js", "keys.js", "deciding.js",
)  # fmt: skip
_STYLES = ("deciding.css", "list.css", "option.css", "side.css", "narrow.css")

_DECIDING = st.components.v2.component(
    "stack_canvas_deciding",
    html='<div id="deciding"></div>',
    css=component_style("#deciding") + joined(_HERE, _STYLES),
    js=LIVE_JS + joined(_HERE, _SCRIPTS),
)
# As wide as the board: three columns have no room to give away.
_PAGE_STYLE = f"<style>{(_HERE / 'page.css').read_text(encoding='utf-8')}</style>"


def deciding(data: dict[str, Any], key: str) -> None:
    """Show the decisions. `data`: see `docs/live-protocol.md`, "What the page hands over"; the rest comes live."""
    st.html(_PAGE_STYLE)
    _DECIDING(data=data, key=key)
