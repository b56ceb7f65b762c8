"""The sheet of practices as two Streamlit components: what is seen, and what brings the score to it.

Looks and behaviour are in the JS and CSS files beside this one, one subject each. Cards and answers come once, with the
page, and then live over `/live`; what the answers amount to comes again and again, so it is a component of its own that
runs in a fragment and stays small.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from views.colours import component_style
from views.live import LIVE_JS, joined

_HERE = Path(__file__).parent
_SCRIPTS = (
    "answers.js", "typed.js", "refusals.js", "actions.js", "evidence.js", "card.js", "row.js", "list.js", "sections.js",
    "banner.js", "head.js", "standing.js", "paste.js", "keys.js", "phone.js", "scoring.js", "sheet.js",
)  # fmt: skip
_STYLES = ("sheet.css", "row.css", "card.css", "standing.css", "dialogs.css", "narrow.css")

_SHEET = st.components.v2.component(
    "stack_canvas_sheet",
    html='<div id="sheet"></div>',
    css=component_style("#sheet") + joined(_HERE, _STYLES),
    js=LIVE_JS + joined(_HERE, _SCRIPTS),
)
_SCORER = st.components.v2.component(
    "stack_canvas_scorer",
    html="<div hidden></div>",
    js=LIVE_JS + joined(_HERE, ("scorer.js",)),
)
# The sheet is as wide as the board: three columns have no room to give away.
_PAGE_STYLE = f"<style>{(_HERE / 'page.css').read_text(encoding='utf-8')}</style>"


def sheet(data: dict[str, Any], key: str) -> None:
    """Show the sheet. `data`: see `docs/live-protocol.md`, "What the page hands over"; the rest comes live."""
    st.html(_PAGE_STYLE)
    _SHEET(data=data, key=key)


def scorer(data: dict[str, Any], key: str, on_want: Callable[[], None]) -> None:
    """Bring the score to the sheet. `on_want` is called when somebody on the sheet asks for something, see `wanted`."""
    _SCORER(data=data, key=key, on_want_change=on_want)


def wanted(key: str) -> dict[str, Any]:
    """Return what was asked for: some of `score`, `mine`, `model`, `part`, `go`, `blind`. Only in `on_want`."""
    asked = st.session_state[key].want
    return asked if isinstance(asked, dict) else {}
