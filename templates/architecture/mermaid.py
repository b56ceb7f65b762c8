"""Write a graph as a Mermaid flowchart, which code hosts draw inside Markdown files. Builds text only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from templates.architecture.graph import Cluster, Edge, Graph, Node, NodeStatus
from templates.drawing.palette import EDGE, FAINT, GROUND, INK, MUTED, OUTLINE, PALETTE, WHITE

_LINE_STYLE = {"data": "-->", "control": "-.->", "feedback": "-.->"}
_CLASSES = {
    "accepted": f"fill:{WHITE},stroke:{MUTED},stroke-width:2px,color:{INK}",
    "other": f"fill:{WHITE},stroke:{MUTED},stroke-width:2px,color:{INK}",
    "draft": f"fill:{WHITE},stroke:{MUTED},stroke-dasharray:9 3 2 3,color:{INK}",
    "default": f"fill:{GROUND},stroke:{OUTLINE},stroke-dasharray:5 4,color:{MUTED}",
    "none-yet": f"fill:{WHITE},stroke:{OUTLINE},stroke-dasharray:2 4,color:{FAINT}",
}
# Mermaid reads entities as #number; inside quoted labels. Everything that could end the label, start markup, a
# Markdown string, a directive or an icon becomes its number.
_RISKY = re.compile(r"""[!"#$%&*+:;<>@\[\]\\^_`{|}~]""")

# Mermaid swaps fa:fa-name for an icon after it has decoded entities; an invisible break keeps it text.
_ICON = re.compile(r"\bfa[a-z]?:(?=fa-)")


def to_mermaid(graph: Graph) -> str:
    """Return the graph as Mermaid text; everything people typed is printed literally."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    yield "flowchart LR"
    for index, cluster in enumerate(graph.clusters, 1):
        yield f'  subgraph c{index}["{mermaid_text(cluster.title)}"]'
        yield "    direction TB"
        for node in cluster.nodes:
            yield f'    {node.id}["{_label(node)}"]:::{_class(node.status)}'
        yield "  end"
        yield f"  style c{index} {_stage_look(cluster)}"
    for edge in graph.edges:
        yield f"  {_arrow(edge)}"
    feedback = [str(index) for index, edge in enumerate(graph.edges) if edge.kind == "feedback"]
    if feedback:
        color = EDGE["feedback"]
        yield f"  linkStyle {','.join(feedback)} stroke:{color},color:{color}"
    for status in dict.fromkeys(node.status for node in graph.nodes):
        yield f"  classDef {_class(status)} {_CLASSES[status]}"


def _stage_look(cluster: Cluster) -> str:
    shade = PALETTE[cluster.hue]
    return f"fill:{shade.tint},stroke:{shade.edge},color:{shade.title}"


def _label(node: Node) -> str:
    mark = f" ({mermaid_text(node.mark)})" if node.mark else ""
    return f"<b>{mermaid_text(node.title)}</b><br/>{mermaid_text(node.role)}{mark}"


def _class(status: NodeStatus) -> str:
    # `default` is a class that Mermaid applies to every node.
    return "assumed" if status == "default" else status.replace("-", "")


def _arrow(edge: Edge) -> str:
    label = f'|"{mermaid_text(edge.label)}"|' if edge.label else ""
    return f"{edge.source} {_LINE_STYLE[edge.kind]}{label} {edge.target}"


def mermaid_text(text: str) -> str:
    """Return text as it may stand inside a quoted Mermaid label, on one line."""
    line = _ICON.sub("\\g<0>\u200b", " ".join(text.split()))
    return _RISKY.sub(lambda found: f"#{ord(found.group())};", line)
