"""Turn the SVG of a Graphviz engine into the drawing we show: our typeface, icons, readable labels, a legend.

No layout happens here. What is the same for every picture, whoever laid it out, is in `drawing/svg.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree

from templates.architecture import icons
from templates.architecture.legend import DASHES, legend
from templates.drawing import fonts
from templates.drawing.labels import Box, Point, best_place, box_of
from templates.drawing.palette import INK
from templates.drawing.svg import (
    HALO,
    SVG,
    XLINK_TITLE,
    Element,
    drop_foreign,
    groups,
    parsed,
    set_name,
    set_size,
    untitle,
    unwrap_links,
    written,
)

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# A brand colour lighter than this is unreadable on white; ink stands in for it.
_LIGHTEST = 0.7
# Titles of stages and what stands in a box start this far from the edge, whatever width the engine took letters for.
_INDENT = 13


def finish(raw: bytes, title: str) -> bytes:
    """Return the drawing made of an engine's SVG. `title` names it for screen readers."""
    root = parsed(raw)
    description = _describe(root)
    unwrap_links(root)
    for group in groups(root, "node"):
        _finish_node(group)
    for group in (*groups(root, "graph"), *groups(root, "edge")):
        untitle(group)
    _raise_labels(root)
    drop_foreign(root)
    _size(root)
    set_name(root, title, description)
    return written(root)


def _describe(root: Element) -> str:
    """Return the words that stand in the graph's own tooltip."""
    graph = next(root.iter(f"{{{SVG}}}g"))
    link = graph.find(f"{{{SVG}}}g/{{{SVG}}}a")
    return link.get(XLINK_TITLE, "") if link is not None else ""


def _finish_node(group: Element) -> None:
    # In drawing order: the box, then the chip's area and border, then its initials.
    box, *chip = group.findall(f"{{{SVG}}}path")
    marks = (group.get("class") or "").split()
    # An engine breaks all borders alike; what is proposed, assumed and left out has to look different.
    for status in DASHES.keys() & set(marks):
        box.set("stroke-dasharray", DASHES[status])
    initials = group.find(f"{{{SVG}}}text")
    if not chip or initials is None:
        return
    left, top, side = _square(chip[0])
    shift = box_of(_points(box)).left + _INDENT - box_of(_points(chip[0])).left
    if abs(shift) >= 0.1:
        left += shift
        for part in (*chip, *group.findall(f"{{{SVG}}}text")):
            _move(part, shift)
    slug = next((mark.removeprefix("icon-") for mark in marks if mark.startswith("icon-")), "")
    found = icons.icon(slug) if slug else None
    group.set("class", "node")
    if found is None:
        initials.attrib.update({"text-anchor": "middle", "x": f"{left + side / 2:g}"})
        return
    for old in (*chip, initials):
        group.remove(old)
    place = f"translate({left:g} {top:g}) scale({side / icons.UNITS:.4g})"
    drawn = ElementTree.Element(f"{{{SVG}}}path", {"d": found.path, "fill": _legible(found.color), "transform": place})
    group.insert(list(group).index(box) + 1, drawn)


def _move(part: Element, right: float) -> None:
    if "x" in part.attrib:
        part.set("x", f"{float(part.attrib['x']) + right:g}")
    else:
        part.set("transform", f"translate({right:g} 0)")


def _square(chip: Element) -> tuple[float, float, float]:
    box = box_of(_points(chip))
    side = min(box.right - box.left, box.bottom - box.top) - 2
    return (box.left + box.right - side) / 2, (box.top + box.bottom - side) / 2, side


def _legible(color: str) -> str:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return color if 0.2126 * red + 0.7152 * green + 0.0722 * blue < _LIGHTEST else INK


def _points(path: Element | None) -> list[Point]:
    assert path is not None
    numbers = [float(number) for number in _NUMBER.findall(path.get("d", ""))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _raise_labels(root: Element) -> None:
    """Draw the titles of stages and the words of arrows above everything else, so that no line runs through them."""
    layer = ElementTree.SubElement(next(groups(root, "graph")), f"{{{SVG}}}g", {"class": "labels"})
    for group in groups(root, "cluster"):
        left = box_of(_points(group.find(f"{{{SVG}}}path"))).left
        for label in group.findall(f"{{{SVG}}}text"):
            label.set("x", f"{left + _INDENT:g}")
            group.remove(label)
            layer.append(label)
    _place_labels(root, layer)
    for label in layer:
        label.attrib.update(HALO)


def _place_labels(root: Element, layer: Element) -> None:
    """Move the words of arrows onto their arrows; engines leave them beside corners."""
    taken = [box_of(_points(group.find(f"{{{SVG}}}path"))) for group in groups(root, "node")]
    taken += [_heading_box(title) for title in layer]
    lines = {group: list(_lines(group.find(f"{{{SVG}}}path"))) for group in groups(root, "edge")}
    for group in lines:
        path, label = group.find(f"{{{SVG}}}path"), group.find(f"{{{SVG}}}text")
        if path is None or label is None:
            continue
        others = [line for other, found in lines.items() if other is not group for line in found]
        size = float(label.get("font-size", "9"))
        wide = fonts.width(label.text or "", size)
        # Every third point of a path of curves is one it passes through; the others pull at it.
        x, y = best_place(_points(path)[::3], wide, size, [*taken, *others])
        label.attrib.update({"text-anchor": "middle", "x": f"{x:g}", "y": f"{y + size * 0.35:g}"})
        taken.append(Box(x - wide / 2, y - size / 2, x + wide / 2, y + size / 2))
        group.remove(label)
        layer.append(label)


def _lines(path: Element | None) -> Iterator[Box]:
    """Yield what the straight parts of an arrow cover."""
    for ends in pairwise(_points(path)[::3] if path is not None else ()):
        line = box_of(ends)
        yield Box(line.left - 1, line.top - 1, line.right + 1, line.bottom + 1)


def _heading_box(title: Element) -> Box:
    """Return what the title of a stage covers."""
    x, y, size = (float(title.get(name, "0")) for name in ("x", "y", "font-size"))
    return Box(x, y - size, x + fonts.width(title.text or "", size, bold=True), y + size * 0.3)


def _size(root: Element) -> None:
    """Write sizes without units, and make room for the legend below."""
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    below, high = legend(width, height)
    root.append(below)
    set_size(root, width, height + high)
