"""What the board shows first, as plain data: for the live canvas as for any earlier moment. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canvas.advice.carry import carried
from canvas.advice.facts import known_facts
from canvas.advice.options import block_gate
from canvas.document.workshop import Workshop
from canvas.method.canvases import BlockDefinition, CanvasDefinition
from canvas.method.content import Content
from canvas.store.access import Member
from templates.plan import choice_title
from views.live import seen_by

PARKING_LOT = "parking-lot"


def picture(
    workshop: Workshop, snapshot: Mapping[str, Any], member: Member, canvas: CanvasDefinition, content: Content
) -> dict[str, Any]:
    """Return the board's data; `snapshot` is the message that a live client would get at the same sequence."""
    parking = content.canvases.get(PARKING_LOT)
    shown = {canvas.id, PARKING_LOT}
    return {
        **seen_by(member, snapshot["seq"]),
        "notes": [note for note in snapshot["notes"] if note["canvas"] in shown],
        "led_to": _led_to(workshop),
        "head": {"project": workshop.title, "date": workshop.date, "team": workshop.team},
        "canvas": _canvas(workshop, canvas, content),
        "parking": _canvas(workshop, parking, content) if parking else None,
        "credit": f"{canvas.source.title} {canvas.version}, {canvas.attribution}, {canvas.license}",
    }


def _led_to(workshop: Workshop) -> dict[str, list[int]]:
    """Return the numbers of the decisions that something led to, by its id."""
    found: dict[str, list[int]] = {}
    for decision in workshop.decisions:
        if decision.number is not None:
            for driver in decision.drivers:
                found.setdefault(driver, []).append(decision.number)
    return found


def _canvas(workshop: Workshop, canvas: CanvasDefinition, content: Content) -> dict[str, Any]:
    return {
        **canvas.model_dump(mode="json", include={"id", "title", "columns", "rows", "groups"}),
        "blocks": [_block(workshop, canvas, block, content) for block in canvas.blocks],
    }


def _block(workshop: Workshop, canvas: CanvasDefinition, block: BlockDefinition, content: Content) -> dict[str, Any]:
    gate = block_gate(block, known_facts(workshop, content), canvas.id)
    shown = {"id", "number", "title", "short", "group", "place", "purpose", "opener", "minutes", "phases", "advanced"}
    chosen = [d for d in workshop.decisions if d.slot and d.slot.split(".")[0] == block.id and d.in_force]
    named = (choice for decision in chosen for choice in (decision.choice, *decision.beside))
    return {
        **block.model_dump(mode="json", include=shown | {"questions", "examples", "outputs"}),
        "hue": canvas.group(block.group).hue,
        "gate": {
            "state": gate.state,
            "because": list(gate.because),
            "question": block.gate.question if block.gate else "",
        }
        if block.gate or gate.state == "not-applicable"
        else None,
        "carried": [
            {"text": item.text, "label": item.label, "step": item.step}
            for item in carried(workshop, content, canvas.id, block.id)
        ],
        "choices": list(dict.fromkeys(choice_title(choice, content) for choice in named)),
    }
