"""The line below the architecture picture: what boxes and arrows mean, whose the icons are. Its words are in YAML."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from templates.architecture.flow import flow
from templates.drawing import fonts
from templates.drawing.palette import EDGE, MUTED, OUTLINE, WHITE

HEIGHT = 46.0
_SVG = "{http://www.w3.org/2000/svg}"
_SIZE = 9.0
_SAMPLE = 26.0
_LEFT = 20.0


def legend(width: float, top: float) -> Element:
    """Return the legend as a group `width` points wide whose upper edge is at `top`."""
    group = Element(f"{_SVG}g", {"class": "legend"})
    words = flow().legend
    boxes = [(words.decided, None), (words.default, "4 2.5"), (words.none_yet, "1.5 2.5")]
    arrows = [(words.data, EDGE["data"], None), (words.control, EDGE["control"], "1.3 3"),
              (words.feedback, EDGE["feedback"], "5 3")]  # fmt: skip
    x = _LEFT
    for text, dash in boxes:
        x = _entry(group, x, top + 10, text, _box(dash))
    for text, color, dash in arrows:
        x = _entry(group, x, top + 10, text, _arrow(color, dash))
    notice = {"x": f"{_LEFT:g}", "y": f"{top + 34:g}", "font-size": "8", "fill": MUTED}
    SubElement(group, f"{_SVG}text", notice).text = flow().notice
    return group


def _entry(group: Element, x: float, y: float, text: str, sample: Element) -> float:
    """Add a sample and its meaning; return where the next entry starts."""
    sample.set("transform", f"translate({x:g} {y - 9:g})")
    group.append(sample)
    place = {"x": f"{x + _SAMPLE + 6:g}", "y": f"{y:g}", "font-size": f"{_SIZE:g}", "fill": MUTED}
    SubElement(group, f"{_SVG}text", place).text = text
    return x + _SAMPLE + 6 + fonts.width(text, _SIZE) + 18


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
