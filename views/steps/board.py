"""The canvas page: gathers what the board shows and mounts it. All editing happens on the board itself."""

from __future__ import annotations

from typing import Any

import streamlit as st

from canvas import messages
from canvas.advice import block_gate
from canvas.definitions import BlockDefinition, CanvasDefinition
from templates.plan import choice_title
from views.board import board
from views.context import context
from views.session import Visit, content


def board_data(visit: Visit, canvas: CanvasDefinition) -> dict[str, Any]:
    """Return everything the board component shows first; what follows reaches it over the live route."""
    snapshot = context().store.read(visit.id, lambda state: messages.snapshot(state, visit.member.author))
    member, workshop = visit.member, visit.workshop
    return {
        "workshop": visit.id,
        "me": {"id": member.id, "role": member.role, "name": member.name},
        "live": "/live",
        "seq": snapshot["seq"],
        "notes": [note for note in snapshot["notes"] if note["canvas"] == canvas.id],
        "head": {"project": workshop.title, "date": workshop.date, "team": workshop.team},
        "canvas": {
            **canvas.model_dump(mode="json", include={"id", "title", "columns", "rows", "groups"}),
            "blocks": [_block(visit, canvas, block) for block in canvas.blocks],
        },
        "credit": f"{canvas.source.title} {canvas.version}, {canvas.attribution}, {canvas.license}",
    }


def _block(visit: Visit, canvas: CanvasDefinition, block: BlockDefinition) -> dict[str, Any]:
    gate = block_gate(block, visit.workshop) if block.gate else None
    shown = {"id", "number", "title", "short", "group", "place", "purpose", "opener", "minutes", "phases", "advanced"}
    chosen = [d for d in visit.workshop.decisions if d.slot.split(".")[0] == block.id and d.status != "superseded"]
    return {
        **block.model_dump(mode="json", include=shown | {"questions", "examples", "outputs"}),
        "hue": canvas.group(block.group).hue,
        "gate": {"state": gate.state, "because": list(gate.because), "question": block.gate.question}
        if gate and block.gate
        else None,
        "choices": list(dict.fromkeys(choice_title(d.choice, content()) for d in chosen)),
    }


visit: Visit | None = st.session_state["visit"]
if visit is None:
    st.info("Open a workshop first.")
    st.page_link("steps/start.py", label="To the start page")
else:
    board(board_data(visit, content().canvases["stack-canvas"]), key=f"board-{visit.id}")
