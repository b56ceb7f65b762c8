"""The questions of a step, one at a time, as a Streamlit component.

Looks and behaviour are in the JS and CSS files beside this one, one subject each. What is asked comes once, with the
page; answers, advice and what an answer changes come again and again, by `views/live/relay.py`. What is typed is sent
as it is and read by the server.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from views.colours import component_style
from views.live import LIVE_JS, joined

# Which view of the questions this browser showed last; the component sets it, and a page reads it.
VIEW_COOKIE = "stack-canvas-questions"
_HERE = Path(__file__).parent
_SCRIPTS = (
    "typed.js", "saving.js", "said.js", "answering.js", "path.js", "progress.js", "fields.js", "choices.js",
    "room_says.js", "below.js", "card.js", "side.js", "nav.js", "leaving.js", "keys.js", "question.js",
)  # fmt: skip
_STYLES = ("question.css", "card.css", "fields.css", "side.css", "narrow.css")

_QUESTION = st.components.v2.component(
    "stack_canvas_question",
    html='<div id="question"></div>',
    css=component_style("#question") + joined(_HERE, _STYLES),
    js=f'const VIEW_COOKIE = "{VIEW_COOKIE}";\n' + LIVE_JS + joined(_HERE, _SCRIPTS),
)


def question(data: dict[str, Any], key: str) -> None:
    """Show the questions. `data`: see `docs/live-protocol.md`, "What the page hands over"; the rest comes live."""
    _QUESTION(data=data, key=key)
