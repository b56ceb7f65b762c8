"""Write the architecture of a plan in the format a file name asks for. Chooses the renderer; renders nothing itself."""

from __future__ import annotations

from canvas.method.colours import Theme
from templates.architecture.graph import architecture
from templates.architecture.mermaid import to_mermaid
from templates.errors import UnknownFormat
from templates.plan import Plan

SUFFIXES = (".svg", ".png", ".dot", ".mmd")
# What is drawn here, and so in either theme; text is drawn by others, in colours of paper.
DRAWN = (".svg", ".png")


def export(plan: Plan, suffix: str, theme: Theme = "light") -> bytes:
    """Return the diagram for a file ending of `SUFFIXES`; `theme` counts for those of `DRAWN`.

    Raises `UnknownFormat` for another ending, `DiagramError` when a picture is wanted and cannot be drawn.
    """
    graph = architecture(plan)
    if suffix == ".mmd":
        return to_mermaid(graph).encode()
    # What draws is loaded for those who want a picture: a generated project has the text alone.
    from templates.architecture.dot import to_dot
    from templates.architecture.draw import draw

    match suffix:
        case ".svg":
            from templates.drawing.embedded_fonts import with_fonts

            return with_fonts(draw(to_dot(graph), "svg", graph.title, theme).decode()).encode()
        case ".png":
            return draw(to_dot(graph), "png", graph.title, theme)
        case ".dot":
            return to_dot(graph).encode()
    known = ", ".join(SUFFIXES)
    raise UnknownFormat(f"A diagram cannot be written as '{suffix}'. Name the file with one of {known}.")
