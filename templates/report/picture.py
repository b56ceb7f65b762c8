"""The architecture as the report shows it: drawn, as Mermaid, and in words. A missing engine never stops a report."""

from __future__ import annotations

from dataclasses import dataclass

from templates.architecture.dot import describe, to_dot
from templates.architecture.draw import draw
from templates.architecture.graph import architecture
from templates.architecture.mermaid import to_mermaid
from templates.errors import DiagramError
from templates.plan import Plan


@dataclass(frozen=True)
class Diagram:
    """The architecture in three forms. Without an engine `svg` is None and `problem` says what to do."""

    svg: str | None
    problem: str | None
    mermaid: str
    words: str


def diagram(plan: Plan) -> Diagram:
    """Return the architecture of a plan, drawn if an engine is there."""
    graph = architecture(plan)
    svg, problem = None, None
    try:
        svg = draw(to_dot(graph), "svg", graph.title).decode()
    except DiagramError as error:
        problem = str(error)
    return Diagram(svg, problem, to_mermaid(graph), describe(graph))
