"""Write a graph as DOT with every box in its place, so that any Graphviz draws it alike. Builds text only.

Ids are our own, text is escaped, and no attribute that reads a file or opens a link is ever written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import graphviz

from templates.architecture.graph import Cluster, Edge, Graph, Node, NodeStatus
from templates.architecture.places import (
    CHIP,
    HEADING_SIZE,
    ROLE_SIZE,
    TEXT_WIDTH,
    TITLE_SIZE,
    Places,
    places,
    words_of,
)
from templates.drawing import fonts
from templates.drawing.labels import Box
from templates.drawing.palette import EDGE, FAINT, FONT, INK, MUTED, OUTLINE, PALETTE, WHITE, Shade

_POINTS_PER_INCH = 72
_NODE = {
    "shape": "box",
    "fixedsize": "true",
    "style": "rounded,filled",
    "fillcolor": "white",
    "penwidth": "1.2",
    "fontname": FONT,
    "fontcolor": INK,
}
_EDGE = {"color": EDGE["data"], "penwidth": "1.3", "arrowsize": "0.65", "fontname": FONT, "fontsize": "9"}
_LOOKS: dict[NodeStatus, dict[str, str]] = {
    "accepted": {},
    "other": {},
    "draft": {"style": "rounded,filled,dashed"},
    "default": {"style": "rounded,filled,dashed"},
    "none-yet": {"style": "rounded,dashed", "color": OUTLINE, "penwidth": "1"},
}


def to_dot(graph: Graph) -> str:
    """Return the graph as DOT text; everything people typed is printed literally."""
    where = places(graph)
    attributes = _graph_attributes(graph, where)
    dot = graphviz.Digraph("architecture", graph_attr=attributes, node_attr=_NODE, edge_attr=_EDGE)
    for cluster in graph.clusters:
        _add_cluster(dot, cluster, where)
    for edge in graph.edges:
        dot.edge(edge.source, edge.target, **dict(_edge_attributes(edge)))
    return str(dot.source)


def describe(graph: Graph) -> str:
    """Return the graph in words, for those who cannot see it: what stands in each stage."""
    stages = (f"{cluster.title}: {', '.join(_in_words(node) for node in cluster.nodes)}" for cluster in graph.clusters)
    return ". ".join(stages) + "."


def monogram(title: str) -> str:
    """Return one or two letters that stand for a name: the initials of its first two words."""
    words = [word for word in title.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "–"


def _in_words(node: Node) -> str:
    mark = f", {node.mark}" if node.mark else ""
    return f"{node.title} ({node.role}{mark})"


def _graph_attributes(graph: Graph, where: Places) -> dict[str, str]:
    return {
        # The places are given; only the arrows are left to route.
        "layout": "nop",
        "splines": "ortho",
        "outputorder": "edgesfirst",
        "bgcolor": "white",
        "pad": "0.28",
        "fontname": FONT,
        "bb": f"0,0,{where.width:g},{where.height:g}",
        "label": f"<{_heading(where)}>",
        "lp": f"{where.heading_box.right / 2:g},{where.height - where.heading_box.bottom / 2:g}",
        "tooltip": _tooltip(describe(graph)),
    }


def _heading(where: Places) -> str:
    return "".join(f'{_bold(line, HEADING_SIZE, INK)}<BR ALIGN="LEFT"/>' for line in where.heading)


def _add_cluster(dot: graphviz.Digraph, cluster: Cluster, where: Places) -> None:
    shade, box = PALETTE[cluster.hue], where.clusters[cluster.id]
    with dot.subgraph(name=f"cluster_{cluster.id}") as part:
        part.attr(
            label=f"<{_bold(cluster.title, 12, shade.title)}>",
            style="rounded,filled",
            fillcolor=shade.tint,
            color=shade.edge,
            penwidth="1.2",
            bb=f"{box.left:g},{where.height - box.bottom:g},{box.right:g},{where.height - box.top:g}",
            lp=f"{box.left + 13 + fonts.width(cluster.title, 12, bold=True) / 2:g},{where.height - box.top - 14:g}",
            tooltip=_tooltip(cluster.title),
        )
        for node in cluster.nodes:
            part.node(node.id, **_node_attributes(node, shade, where.nodes[node.id], where.height))


def _node_attributes(node: Node, shade: Shade, box: Box, height: float) -> dict[str, str]:
    attributes = {
        "label": _node_label(node, shade),
        "tooltip": _tooltip(f"{_in_words(node)}. {node.because}"),
        "pos": f"{(box.left + box.right) / 2:g},{height - (box.top + box.bottom) / 2:g}",
        "width": f"{(box.right - box.left) / _POINTS_PER_INCH:.4f}",
        "height": f"{(box.bottom - box.top) / _POINTS_PER_INCH:.4f}",
        "color": shade.edge,
        **_LOOKS[node.status],
    }
    # Status and name of the icon travel as classes; the drawing breaks the border, and puts the icon in its place.
    icon = f" icon-{node.icon}" if re.fullmatch("[a-z0-9]+", node.icon or "") else ""
    return attributes | {"class": f"{node.status}{icon}"}


def _node_label(node: Node, shade: Shade) -> str:
    words = words_of(node)
    color = FAINT if node.empty else INK
    title = "".join(_row(_bold(line, TITLE_SIZE, color)) for line in words.title)
    role = "".join(_row(_plain(line, ROLE_SIZE, MUTED)) for line in words.role)
    return (
        '<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR>'
        f'<TD WIDTH="{CHIP + 12:g}">{_chip(node, shade)}</TD>'
        f'<TD><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{title}{role}</TABLE></TD>'
        "</TR></TABLE>>"
    )


def _chip(node: Node, shade: Shade) -> str:
    """Return the square with initials that stands for a tool without an icon."""
    fill, edge, ink = (WHITE, OUTLINE, FAINT) if node.empty else (shade.strong, shade.strong, WHITE)
    size = f'FIXEDSIZE="TRUE" WIDTH="{CHIP:g}" HEIGHT="{CHIP:g}"'
    text = _bold("–" if node.empty else monogram(node.title), 10, ink)
    return (
        f'<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" STYLE="ROUNDED" BGCOLOR="{fill}" '
        f'COLOR="{edge}" {size}><TR><TD {size}>{text}</TD></TR></TABLE>'
    )


def _row(text: str) -> str:
    return f'<TR><TD ALIGN="LEFT" WIDTH="{TEXT_WIDTH:g}">{text}</TD></TR>'


def _plain(text: str, size: float, color: str) -> str:
    return f'<FONT COLOR="{color}" POINT-SIZE="{size:g}">{_escape(text)}</FONT>'


def _bold(text: str, size: float, color: str) -> str:
    return _plain(text, size, color).replace(">", "><B>", 1).removesuffix("</FONT>") + "</B></FONT>"


def _edge_attributes(edge: Edge) -> Iterator[tuple[str, str]]:
    yield "color", OUTLINE if edge.faint else EDGE[edge.kind]
    if edge.kind != "data":
        yield "style", "dashed" if edge.kind == "feedback" else "dotted"
    if edge.label:
        yield "xlabel", f"<{_plain(edge.label, ROLE_SIZE, EDGE[edge.kind])}>"


def _escape(text: str) -> str:
    """Return text for an HTML-like label. Graphviz would read a backslash as an escape even there."""
    return _double(html.escape(text))


def _tooltip(text: str) -> str:
    # Entities are decoded in plain strings too, and the graphviz package quotes what is left.
    return _double(html.escape(" ".join(text.split()), quote=False))


def _double(text: str) -> str:
    return text.replace("\\", "\\\\")
