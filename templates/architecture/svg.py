"""Turn the SVG of a Graphviz engine into the drawing we show: our typeface, icons, readable labels, a legend.

The result is self-contained and inert: no DOCTYPE, no links, no scripts, nothing to fetch. No layout happens here. How
a drawing is named, sized and written is the same for every picture, whoever laid it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from canvas.reading.text_gate import isolated
from templates.architecture import icons
from templates.architecture.legend import HEIGHT as LEGEND_HEIGHT
from templates.architecture.legend import legend
from templates.drawing import fonts
from templates.drawing.labels import Box, Point, best_place, box_of
from templates.drawing.palette import INK

SVG = "http://www.w3.org/2000/svg"
_XLINK_TITLE = "{http://www.w3.org/1999/xlink}title"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Where a script has no installed font: what the machine of whoever looks at the picture has.
FALLBACK = ("Arial", "Helvetica", "sans-serif")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_MARKUP = frozenset({"svg", "g", "title", "desc", "path", "polygon", "polyline", "ellipse", "rect", "line", "text"})
# A brand colour lighter than this is unreadable on white; ink stands in for it.
_LIGHTEST = 0.7
# Titles of stages and what stands in a box start this far from the edge, whatever width the engine took letters for.
_INDENT = 13
HALO = {"stroke": "#ffffff", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"}

Element = ElementTree.Element


def finish(raw: bytes, title: str) -> bytes:
    """Return the drawing made of an engine's SVG. `title` names it for screen readers."""
    root = ElementTree.fromstring(_without_doctype(raw))  # noqa: S314 - written by our engine, DOCTYPE removed
    description = _describe(root)
    _unwrap_links(root)
    for group in _groups(root, "node"):
        _finish_node(group)
    for group in (*_groups(root, "graph"), *_groups(root, "edge")):
        _untitle(group)
    _raise_labels(root)
    _drop_foreign(root)
    _size(root)
    set_name(root, title, description)
    return written(root)


def inert(raw: bytes, title: str, description: str) -> bytes:
    """Return an engine's SVG as it stands, in our typeface and without anything that links, runs or is fetched."""
    root = ElementTree.fromstring(_without_doctype(raw))  # noqa: S314 - written by our engine, DOCTYPE removed
    _unwrap_links(root)
    for kind in ("graph", "node", "edge"):
        for group in _groups(root, kind):
            _untitle(group)
    _drop_foreign(root)
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    set_size(root, width, height)
    set_name(root, title, description)
    return written(root)


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


def _untitle(group: Element) -> None:
    """Remove an engine's own names, which nobody needs to see on hovering, and put the heading at the left edge."""
    for title in group.findall(f"{{{SVG}}}title"):
        group.remove(title)
    if group.get("class") == "graph":
        for line in group.findall(f"{{{SVG}}}text"):
            line.set("x", "0")


def _finish_node(group: Element) -> None:
    # In drawing order: the box, then the chip's area and border, then its initials.
    box, *chip = group.findall(f"{{{SVG}}}path")
    initials = group.find(f"{{{SVG}}}text")
    if not chip or initials is None:
        return
    left, top, side = _square(chip[0])
    shift = box_of(_points(box)).left + _INDENT - box_of(_points(chip[0])).left
    if abs(shift) >= 0.1:
        left += shift
        for part in (*chip, *group.findall(f"{{{SVG}}}text")):
            _move(part, shift)
    slug = (group.get("class") or "").partition("icon-")[2]
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
    layer = ElementTree.SubElement(next(_groups(root, "graph")), f"{{{SVG}}}g", {"class": "labels"})
    for group in _groups(root, "cluster"):
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
    taken = [box_of(_points(group.find(f"{{{SVG}}}path"))) for group in _groups(root, "node")]
    for group in _groups(root, "edge"):
        path, label = group.find(f"{{{SVG}}}path"), group.find(f"{{{SVG}}}text")
        if path is None or label is None:
            continue
        size = float(label.get("font-size", "9"))
        wide = fonts.width(label.text or "", size)
        # Every third point of a path of curves is one it passes through; the others pull at it.
        x, y = best_place(_points(path)[::3], wide, size, taken)
        label.attrib.update({"text-anchor": "middle", "x": f"{x:g}", "y": f"{y + size * 0.35:g}"})
        taken.append(Box(x - wide / 2, y - size / 2, x + wide / 2, y + size / 2))
        group.remove(label)
        layer.append(label)


def _groups(root: Element, kind: str) -> Iterator[Element]:
    return (group for group in root.iter(f"{{{SVG}}}g") if kind in (group.get("class") or "").split())


def _drop_foreign(root: Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.removeprefix(f"{{{SVG}}}") not in _MARKUP:
                parent.remove(child)


def _size(root: Element) -> None:
    """Write sizes without units, and make room for the legend below."""
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    root.append(legend(width, height))
    set_size(root, width, height + LEGEND_HEIGHT)


def set_size(root: Element, width: float, height: float) -> None:
    """Give a drawing its size in plain numbers and a white ground, so that it looks alike wherever it is shown."""
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    root.set("viewBox", f"0 0 {width:g} {height:g}")
    background = {"width": f"{width:g}", "height": f"{height:g}", "fill": "#ffffff"}
    root.insert(0, ElementTree.Element(f"{{{SVG}}}rect", background))


def set_name(root: Element, title: str, description: str) -> None:
    """Say what a drawing is and what it shows, for those who cannot see it."""
    root.set("role", "img")
    for index, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}")
        element.text = text
        root.insert(index, element)


def _set(text: Element) -> None:
    """Give each part of a line the font that prints it: what draws it may look for one only once for the whole line."""
    text.attrib.pop(_SPACE, None)
    parts = fonts.runs(isolated(text.text or ""))
    text.set("font-family", _families(parts[0][1] if len(parts) == 1 else None))
    if len(parts) > 1:
        text.text = None
        for part, family in parts:
            ElementTree.SubElement(text, f"{{{SVG}}}tspan", {"font-family": _families(family)}).text = part
    else:
        text.text = parts[0][0] if parts else ""


def _families(family: str | None) -> str:
    names = (*([family] if family else []), *([fonts.MAIN_FAMILY] if family != fonts.MAIN_FAMILY else []), *FALLBACK)
    return ", ".join(f"'{name}'" if " " in name else name for name in names)


def written(root: Element) -> bytes:
    """Return a drawing as SVG text in UTF-8, in our typeface; `with_fonts` gives what it takes to show it anywhere."""
    ElementTree.register_namespace("", SVG)
    for text in list(root.iter(f"{{{SVG}}}text")):
        _set(text)
    raw: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return raw
