"""Take a finished drawing apart into shapes and words, for a typesetter that sets words better than pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from templates.drawing.svg import SVG

Element = ElementTree.Element
_MOVED = re.compile(r"translate\(\s*(-?[\d.]+)[\s,]+(-?[\d.]+)\s*\)")


def apart(svg: str | bytes) -> dict[str, Any]:
    """Return `shapes` (SVG without words), `width` and `height` in points, and `texts` in drawing order.

    Of each text: `text`, `x` and `y` of its baseline from the top left corner, `size` in points, `fill`, `bold`,
    `middle` (whether `x` is its middle and not its left end) and `halo` (the colour around its letters, or None).
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own
    texts = list(_texts(root, 0.0, 0.0))
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}text":
                parent.remove(child)
    size = {name: float(root.get(name, "0")) for name in ("width", "height")}
    return {"shapes": ElementTree.tostring(root, encoding="unicode"), "texts": texts, **size}


def _texts(element: Element, right: float, down: float) -> Iterator[dict[str, Any]]:
    # Nothing of ours that holds words is scaled or turned.
    moved = _MOVED.search(element.get("transform", ""))
    if moved:
        right, down = right + float(moved[1]), down + float(moved[2])
    if element.tag == f"{{{SVG}}}text":
        yield {
            "text": "".join(element.itertext()),
            "x": right + float(element.get("x", "0")),
            "y": down + float(element.get("y", "0")),
            "size": float(element.get("font-size", "10")),
            "fill": element.get("fill", "#000000"),
            "bold": element.get("font-weight") == "bold",
            "middle": element.get("text-anchor") == "middle",
            "halo": element.get("stroke") if element.get("paint-order") == "stroke" else None,
        }
        return
    for child in element:
        yield from _texts(child, right, down)
