"""Turn the SVG of a Graphviz engine into the drawing we show: our typeface, icons, readable labels, a legend.

The result is self-contained and inert: no DOCTYPE, no links, no scripts, nothing to fetch. No layout happens here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from templates.architecture import icons
from templates.architecture.legend import HEIGHT as LEGEND_HEIGHT
from templates.architecture.legend import legend
from templates.architecture.palette import INK

SVG = "http://www.w3.org/2000/svg"
_XLINK_TITLE = "{http://www.w3.org/1999/xlink}title"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FAMILIES = "Inter, Arial, Helvetica, 'Noto Sans Arabic', sans-serif"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_MARKUP = frozenset({"svg", "g", "title", "desc", "path", "polygon", "polyline", "ellipse", "rect", "line", "text"})
# A brand colour lighter than this is unreadable on white; ink stands in for it.
_LIGHTEST = 0.62

Element = ElementTree.Element
Point = tuple[float, float]


def finish(raw: bytes, title: str) -> bytes:
    """Return the drawing made of an engine's SVG. `title` names it for screen readers."""
    root = ElementTree.fromstring(_without_doctype(raw))  # noqa: S314 - written by our engine, DOCTYPE removed
    description = _describe(root)
    _unwrap_links(root)
    for group in root.iter(f"{{{SVG}}}g"):
        kind = (group.get("class") or "").split()
        if "node" in kind:
            _finish_node(group, kind)
        elif "edge" in kind:
            _finish_edge(group)
        elif "cluster" in kind:
            _finish_cluster(group)
    _drop_foreign(root)
    _set_type(root)
    _size(root)
    _name(root, title, description)
    return _write(root)


def _without_doctype(raw: bytes) -> str:
    text = raw.decode("utf-8")
    return text[text.index("<svg") :]


def _describe(root: Element) -> str:
    """Return the words that stand in the graph's own tooltip."""
    graph = next(root.iter(f"{{{SVG}}}g"))
    link = graph.find(f"{{{SVG}}}g/{{{SVG}}}a")
    return link.get(_XLINK_TITLE, "") if link is not None else ""


def _unwrap_links(root: Element) -> None:
    """Replace each tooltip link by its content, and give its words to the group around it as a title."""
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            link = child.find(f"{{{SVG}}}a")
            if link is None:
                continue
            title = parent.find(f"{{{SVG}}}title")
            if title is not None:
                title.text = link.get(_XLINK_TITLE)
            parent[index : index + 1] = list(link)


def _finish_node(group: Element, kind: list[str]) -> None:
    slug = next((word.removeprefix("icon-") for word in kind if word.startswith("icon-")), None)
    group.set("class", "node")
    found = icons.icon(slug) if slug else None
    if found is None:
        return
    # In drawing order: the box, then the chip's area and border, then its initials.
    box, *chip = [child for child in group if child.tag == f"{{{SVG}}}path"]
    initials = group.find(f"{{{SVG}}}text")
    left, top, side = _square(chip[0])
    for old in (*chip, initials):
        if old is not None:
            group.remove(old)
    place = f"translate({left:g} {top:g}) scale({side / icons.UNITS:.4g})"
    drawn = ElementTree.Element(f"{{{SVG}}}path", {"d": found.path, "fill": _legible(found.color), "transform": place})
    group.insert(list(group).index(box) + 1, drawn)


def _square(chip: Element) -> tuple[float, float, float]:
    points = _points(chip)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    side = min(right - left, bottom - top) - 2
    return (left + right - side) / 2, (top + bottom - side) / 2, side


def _legible(color: str) -> str:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return color if 0.2126 * red + 0.7152 * green + 0.0722 * blue < _LIGHTEST else INK


def _points(path: Element) -> list[Point]:
    numbers = [float(number) for number in _NUMBER.findall(path.get("d", ""))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _finish_edge(group: Element) -> None:
    """Put the label of an arrow on its longest stretch, where the engine leaves it hanging beside a corner."""
    group.remove(group.find(f"{{{SVG}}}title") or group[0])
    path, label = group.find(f"{{{SVG}}}path"), group.find(f"{{{SVG}}}text")
    if path is None or label is None:
        return
    (x1, y1), (x2, y2) = max(_stretches(path), key=lambda s: abs(s[1][0] - s[0][0]) + abs(s[1][1] - s[0][1]))
    level = abs(y2 - y1) < abs(x2 - x1)
    label.set("text-anchor", "middle")
    label.set("x", f"{(x1 + x2) / 2:g}")
    label.set("y", f"{(y1 + y2) / 2 + (-4 if level else 3):g}")
    _halo(label)


def _stretches(path: Element) -> Iterator[tuple[Point, Point]]:
    # Every third point of a path of curves is one it passes through; the others pull at it.
    corners = _points(path)[::3]
    return zip(corners, corners[1:], strict=False)


def _finish_cluster(group: Element) -> None:
    for label in group.findall(f"{{{SVG}}}text"):
        _halo(label)


def _halo(label: Element) -> None:
    label.set("stroke", "#ffffff")
    label.set("stroke-width", "3")
    label.set("stroke-linejoin", "round")
    label.set("paint-order", "stroke")


def _drop_foreign(root: Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.removeprefix(f"{{{SVG}}}") not in _MARKUP:
                parent.remove(child)


def _set_type(root: Element) -> None:
    for text in root.iter(f"{{{SVG}}}text"):
        text.set("font-family", _FAMILIES)
        text.attrib.pop(_SPACE, None)


def _size(root: Element) -> None:
    """Write sizes without units, and make room for the legend below."""
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    root.append(legend(width, height))
    total = height + LEGEND_HEIGHT
    root.set("width", f"{width:g}")
    root.set("height", f"{total:g}")
    root.set("viewBox", f"0 0 {width:g} {total:g}")
    background = {"width": f"{width:g}", "height": f"{total:g}", "fill": "#ffffff"}
    root.insert(0, ElementTree.Element(f"{{{SVG}}}rect", background))


def _name(root: Element, title: str, description: str) -> None:
    root.set("role", "img")
    for index, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}")
        element.text = text
        root.insert(index, element)


def _write(root: Element) -> bytes:
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
