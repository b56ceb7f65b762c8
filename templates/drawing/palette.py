"""Colours and typeface of pictures, by what they are for; the values are in `canvas/content/colours.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from canvas.method.load import shipped

EdgeKind = Literal["data", "control", "feedback"]

# How things look is no matter of a workshop: packs change what it is judged by, and no colour.
COLOURS = shipped().colours
# Arial's metrics are in every engine; the drawing swaps in the product's own typeface.
FONT = "Arial"

# Words, from the loudest to the quietest.
INK, MUTED, FAINT = (colour.light for colour in (COLOURS.shared.ink, COLOURS.shared.muted, COLOURS.shared.faint))
# Lines: of things, of arrows between them, and fine ones that only guide the eye.
OUTLINE, GREY, FINE = (c.light for c in (COLOURS.shared.outline, COLOURS.shared.grey, COLOURS.shared.strong_line))
# The brand, from full to a breath of it.
STRONG, HALF = COLOURS.shared.brand.light, COLOURS.shared.brand_half.light
PALE, WASH = COLOURS.shared.brand_pale.light, COLOURS.shared.brand_wash.light
WHITE, GROUND = COLOURS.shared.page.light, COLOURS.shared.panel.light


@dataclass(frozen=True)
class Shade:
    """One hue: `tint` for areas, `edge` for borders, `strong` for chips with white text, `title` for text on `tint`."""

    tint: str
    edge: str
    strong: str
    title: str


PALETTE: Mapping[str, Shade] = {hue: Shade(**look.on("light")) for hue, look in COLOURS.hues.items()}
EDGE: Mapping[EdgeKind, str] = {"data": GREY, "control": GREY, "feedback": PALETTE["rose"].strong}
