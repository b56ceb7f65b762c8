"""The live header of every page: who is here, whether all is saved, the invitation; it brings what others change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from views.colours import component_style
from views.live import LIVE_JS, joined

_HERE = Path(__file__).parent

_SCRIPTS = (
    "course.js", "changes.js", "lead.js", "clock.js", "agenda_line.js", "states.js", "guest_bar.js", "switches.js",
    "sentence.js", "lead_sheet.js", "shortcuts.js", "leader_bar.js", "room_bar.js", "sticking.js", "follow.js",
    "typing.js", "lines.js", "choosing.js", "hands.js", "held_place.js", "page_runs.js", "header.js",
)  # fmt: skip

_HEADER = st.components.v2.component(
    "stack_canvas_header",
    html='<div id="header"></div>',
    css=component_style("#header") + joined(_HERE, ("header.css", "bar.css")),
    js=LIVE_JS + joined(_HERE, _SCRIPTS),
)


@dataclass(frozen=True)
class Wanted:
    """What the person pressed, if anything, or the step to which they are led."""

    invite: bool
    go: str | None


def header(data: dict[str, Any], key: str, on_renew: Callable[[], None]) -> Wanted:
    """Show the header and return what was pressed. `data`: see `docs/live-protocol.md`, "What the page hands over".

    `on_renew` is called before a run that nobody has asked for: it shows what others have changed.
    """
    # A trigger without a callback is not kept for the run that it starts.
    pressed = _HEADER(
        data=data,
        key=key,
        on_invite_change=lambda: None,
        on_go_change=lambda: None,
        on_renew_change=on_renew,
    )
    return Wanted(invite=bool(pressed.invite), go=pressed.go)
