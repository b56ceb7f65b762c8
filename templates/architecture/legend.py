"""The lines below the architecture picture: what boxes and arrows mean, whose the icons are. Its words are in YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from templates.architecture.flow import Legend, flow
from templates.architecture.graph import NodeStatus
from templates.drawing import fonts
from templates.drawing.palette import EDGE, MUTED, OUTLINE, WHITE

# How borders are broken, in the picture and here.
DASHES: Mapping[NodeStatus, str] = {"draft": "9 2.5 1.5 2.5", "default": "4 2.5", "none-yet": "1.5 2.5"}
_SVG = "{http://www.w3.org/2000/svg}"
_SIZE = 9.0
_NOTICE = 8.0
_SAMPLE = 26.0
_LEFT = 20.0
_LINE = 17.0


def legend(width: float, top: float) -> tuple[Element, float]:
    """Return the legend as a group `width` points wide whose upper edge is at `top`, and its height.

    It takes as many lines as the width asks for; nothing stands beyond the right edge.
    """
    group = Element(f"{_SVG}g", {"class": "legend"})
    x, y = _LEFT, top + 10
    for text, sample in _samples(flow().legend):
        wide = _SAMPLE + 6 + fonts.width(text, _SIZE)
        if x > _LEFT and x + wide > width - _LEFT:
            x, y = _LEFT, y + _LINE
        _entry(group, x, y, text, sample)
        x += wide + 18
    y += 24
    for line in fonts.wrap(flow().notice, _NOTICE, width - 2 * _LEFT):
        notice = {"x": f"{_LEFT:g}", "y": f"{y:g}", "font-size": f"{_NOTICE:g}", "fill": MUTED}
        SubElement(group, f"{_SVG}text", notice).text = line
        y += 11
    return group, y + 1 - top


def _samples(words: Legend) -> Iterator[tuple[str, Element]]:
    yield words.decided, _box(None)
    yield words.draft, _box(DASHES["draft"])
    yield words.default, _box(DASHES["default"])
    yield words.none_yet, _box(DASHES["none-yet"])
    yield words.data, _arrow(EDGE["data"], None)
    yield words.control, _arrow(EDGE["control"], "1.3 3")
    yield words.feedback, _arrow(EDGE["feedback"], "5 3")


def _entry(group: Element, x: float, y: float, text: str, sample: Element) -> None:
    sample.set("transform", f"translate({x:g} {y - 9:g})")
    group.append(sample)
    place = {"x": f"{x + _SAMPLE + 6:g}", "y": f"{y:g}", "font-size": f"{_SIZE:g}", "fill": MUTED}
    SubElement(group, f"{_SVG}text", place).text = text


def _box(dash: str | None) -> Element:
    look = {"width": f"{_SAMPLE:g}", "height": "12", "rx": "4", "fill": WHITE, "stroke": OUTLINE}
    return Element(f"{_SVG}rect", {**look, **({"stroke-dasharray": dash} if dash else {})})


def _arrow(color: str, dash: str | None) -> Element:
    group = Element(f"{_SVG}g")
    look = {"x1": "0", "y1": "6", "x2": f"{_SAMPLE - 6:g}", "y2": "6", "stroke": color, "stroke-width": "1.3"}
    SubElement(group, f"{_SVG}line", {**look, **({"stroke-dasharray": dash} if dash else {})})
    tip = f"{_SAMPLE - 6:g},3.5 {_SAMPLE:g},6 {_SAMPLE - 6:g},8.5"
    SubElement(group, f"{_SVG}polygon", {"points": tip, "fill": color})
    return group
