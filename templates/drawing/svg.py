"""A drawing as SVG, self-contained and inert: named, sized and written alike for every picture, whoever laid it out.

No DOCTYPE, no links, no scripts, nothing to fetch. What the architecture makes of an engine's SVG is its own part.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from canvas.reading.text_gate import isolated
from templates.drawing import fonts
from templates.drawing.palette import WHITE

SVG = "http://www.w3.org/2000/svg"


XLINK_TITLE = "{http://www.w3.org/1999/xlink}title"


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


# Where a script has no installed font: what the machine of whoever looks at the picture has.
FALLBACK = ("Arial", "Helvetica", "sans-serif")


_MARKUP = frozenset({"svg", "g", "title", "desc", "path", "polygon", "polyline", "ellipse", "rect", "line", "text"})


HALO = {"stroke": WHITE, "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"}


Element = ElementTree.Element


def inert(raw: bytes, title: str, description: str) -> bytes:
    """Return an engine's SVG as it stands, in our typeface and without anything that links, runs or is fetched."""
    root = parsed(raw)
    unwrap_links(root)
    for kind in ("graph", "node", "edge"):
        for group in groups(root, kind):
            untitle(group)
    drop_foreign(root)
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    set_size(root, width, height)
    set_name(root, title, description)
    return written(root)


def parsed(raw: bytes) -> Element:
    """Return the drawing in an engine's SVG, without its DOCTYPE."""
    text = raw.decode("utf-8")
    return ElementTree.fromstring(text[text.index("<svg") :])  # noqa: S314 - written by our engine, DOCTYPE removed


def unwrap_links(root: Element) -> None:
    """Replace each tooltip link by its content, and give its words to the group around it as a title."""
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            link = child.find(f"{{{SVG}}}a")
            if link is None:
                continue
            title = parent.find(f"{{{SVG}}}title")
            if title is not None:
                title.text = link.get(XLINK_TITLE)
            parent[index : index + 1] = list(link)


def untitle(group: Element) -> None:
    """Remove an engine's own names, which nobody needs to see on hovering, and put the heading at the left edge."""
    for title in group.findall(f"{{{SVG}}}title"):
        group.remove(title)
    if group.get("class") == "graph":
        for line in group.findall(f"{{{SVG}}}text"):
            line.set("x", "0")


def groups(root: Element, kind: str) -> Iterator[Element]:
    """Return the groups of a drawing that an engine gave this class."""
    return (group for group in root.iter(f"{{{SVG}}}g") if kind in (group.get("class") or "").split())


def drop_foreign(root: Element) -> None:
    """Remove everything that is not among the marks of a drawing."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.removeprefix(f"{{{SVG}}}") not in _MARKUP:
                parent.remove(child)


def set_size(root: Element, width: float, height: float) -> None:
    """Give a drawing its size in plain numbers and a white ground, so that it looks alike wherever it is shown."""
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    root.set("viewBox", f"0 0 {width:g} {height:g}")
    background = {"width": f"{width:g}", "height": f"{height:g}", "fill": WHITE}
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
