"""The small canvas: each note is a slip of its kind inside its block, however many there are."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from canvas.document.file import load_workshop
from canvas.document.workshop import Note, Workshop
from canvas.method.load import shipped
from templates.drawing.palette import COLOURS
from templates.drawing.svg import SVG
from templates.pictures.small_canvas import small_canvas

CANVAS = shipped().canvases["stack-canvas"]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.workshop.yaml"))
CROWDED = Workshop(
    title="Crowded",
    canvases={"stack-canvas": {"data": tuple(Note(id=f"n-{n}", kind="fact", text=str(n)) for n in range(150))}},
)
Box = tuple[float, float, float, float]


def boxes(svg: str, fills: set[str]) -> list[Box]:
    """Return left, top, right and bottom of the boxes of these colours, without the ground of the picture."""
    found = []
    for rect in ElementTree.fromstring(svg).iter(f"{{{SVG}}}rect"):
        if rect.get("fill") in fills and rect.get("x") is not None:
            left, top, wide, high = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
            found.append((left, top, left + wide, top + high))
    return found


def inside(inner: Box, outer: Box) -> bool:
    return all(a >= b for a, b in zip(inner[:2], outer[:2], strict=True)) and all(
        a <= b for a, b in zip(inner[2:], outer[2:], strict=True)
    )


@pytest.mark.parametrize("workshop", [*map(load_workshop, EXAMPLES), CROWDED], ids=lambda workshop: workshop.title)
def test_every_note_is_a_slip_inside_a_block(workshop: Workshop) -> None:
    svg = small_canvas(CANVAS, workshop)
    blocks = boxes(svg, {look.tint.light for look in COLOURS.hues.values()})
    slips = boxes(svg, {look.paper.light for look in COLOURS.kinds.values()})
    assert len(blocks) == len(CANVAS.blocks)
    assert len(slips) == sum(1 for _ in workshop.notes("stack-canvas")) > 0
    assert not [slip for slip in slips if sum(inside(slip, block) for block in blocks) != 1]


def test_a_canvas_without_notes_is_drawn_empty() -> None:
    svg = small_canvas(CANVAS, Workshop(title="Empty"))
    assert not boxes(svg, {look.paper.light for look in COLOURS.kinds.values()})
    assert "<desc>0 notes</desc>" in svg.replace("ns0:", "")
