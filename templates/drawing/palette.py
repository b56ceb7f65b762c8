"""Colours and typeface of pictures. A stage of an architecture has one hue in three strengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from canvas.method.load import shipped

EdgeKind = Literal["data", "control", "feedback"]
Hue = Literal["slate", "blue", "violet", "amber", "green", "rose"]

# How things look is no matter of a workshop: packs change what it is judged by, and no colour.
COLOURS = shipped().colours
# Arial's metrics are in every engine; the drawing swaps in the product's own typeface.
FONT = "Arial"
INK = "#101828"
MUTED = "#475467"
FAINT = "#98A2B3"


@dataclass(frozen=True)
class Shade:
    """One hue: `strong` for titles and chips (at least 4.5:1 on `pale`), `line` for borders, `pale` for areas."""

    strong: str
    line: str
    pale: str


PALETTE: Mapping[Hue, Shade] = {
    "slate": Shade("#475467", "#D0D5DD", "#F7F8FA"),
    "blue": Shade("#175CD3", "#B9D3FA", "#F3F8FF"),
    "violet": Shade("#6938EF", "#D9D6FE", "#F7F6FF"),
    "amber": Shade("#B54708", "#F8D9A0", "#FFFAF0"),
    "green": Shade("#067647", "#ABE3C4", "#F1FCF6"),
    "rose": Shade("#C01048", "#FBC0D0", "#FFF4F6"),
}
EDGE: Mapping[EdgeKind, str] = {"data": "#667085", "control": "#667085", "feedback": "#C01048"}
