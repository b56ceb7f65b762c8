"""The canvas page: gathers what the board shows and mounts it. All editing happens on the board itself."""

from __future__ import annotations

from typing import Any

import streamlit as st

from canvas import messages
from canvas.definitions import CanvasDefinition
from views.board import board
from views.board.picture import picture
from views.context import context
from views.session import Visit, content


def board_data(visit: Visit, canvas: CanvasDefinition) -> dict[str, Any]:
    """Return everything the board component shows first; what follows reaches it over the live route."""
    snapshot = context().store.read(visit.id, lambda state: messages.snapshot(state, visit.member.author))
    return picture(visit.workshop, snapshot, visit.member, canvas, content())


visit: Visit | None = st.session_state["visit"]
if visit is None:
    st.info("Open a workshop first.")
    st.page_link("steps/start.py", label="To the start page")
else:
    board(board_data(visit, content().canvases["stack-canvas"]), key=f"board-{visit.id}")
