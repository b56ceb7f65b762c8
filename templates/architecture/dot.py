"""Write a graph as DOT that looks drawn in any Graphviz: columns of stages, equal boxes, few arrows. Builds text only.

Ids are our own, text is escaped, and no attribute that reads a file or opens a link is ever written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import graphviz

from templates import fonts
from templates.architecture.graph import Cluster, Edge, Graph, Node
from templates.architecture.palette import EDGE, FAINT, FONT, INK, MUTED, PALETTE, Shade

TEXT_WIDTH = 128
CHIP = 26
_TITLE_SIZE = 11.0
_ROLE_SIZE = 9.0

_GRAPH = {
    "rankdir": "LR",
    "splines": "ortho",
    "newrank": "true",
    "nodesep": "0.2",
    "ranksep": "0.85",
    "pad": "0.25",
    "outputorder": "edgesfirst",
    "bgcolor": "white",
    "fontname": FONT,
    "fontcolor": INK,
}
_NODE = {
    "shape": "box",
    "style": "rounded,filled",
    "fillcolor": "white",
    "penwidth": "1.2",
    "fontname": FONT,
    "fontcolor": INK,
    "margin": "0.09,0.06",
}
_EDGE = {"color": EDGE["data"], "penwidth": "1.3", "arrowsize": "0.65", "fontname": FONT, "fontsize": "9"}
_LOOKS = {
    "accepted": {},
    "other": {},
    "draft": {"style": "rounded,filled", "penwidth": "1"},
    "default": {"style": "rounded,filled,dashed"},
    "none-yet": {"style": "rounded,dashed", "color": FAINT, "penwidth": "1"},
}


def to_dot(graph: Graph) -> str:
    """Return the graph as DOT text; everything people typed is printed literally."""
    dot = graphviz.Digraph("architecture", graph_attr=_graph_attributes(graph), node_attr=_NODE, edge_attr=_EDGE)
    for cluster in graph.clusters:
        _add_cluster(dot, cluster)
    _stand_in_columns(dot, graph)
    places = {node.id: cluster.column for cluster in graph.clusters for node in cluster.nodes}
    for edge in graph.edges:
        dot.edge(edge.source, edge.target, **_edge_attributes(edge, places[edge.target] - places[edge.source]))
    return str(dot.source)


def describe(graph: Graph) -> str:
    """Return the graph in words, for those who cannot see it: what stands in each stage."""
    stages = (f"{cluster.title}: {', '.join(_in_words(node) for node in cluster.nodes)}" for cluster in graph.clusters)
    return ". ".join(stages) + "."


def _in_words(node: Node) -> str:
    mark = f", {node.mark}" if node.mark else ""
    return f"{node.title} ({node.role}{mark})"


def _graph_attributes(graph: Graph) -> dict[str, str]:
    title = _bold(graph.title, 17, INK)
    return {**_GRAPH, "label": f"<{title}>", "labelloc": "t", "labeljust": "l", "tooltip": _tooltip(describe(graph))}


def _add_cluster(dot: graphviz.Digraph, cluster: Cluster) -> None:
    shade = PALETTE[cluster.hue]
    with dot.subgraph(name=f"cluster_{cluster.id}") as part:
        part.attr(
            label=f"<{_bold(cluster.title, 12, shade.strong)}>",
            style="rounded,filled",
            fillcolor=shade.pale,
            color=shade.line,
            penwidth="1.2",
            margin="11",
            labeljust="l",
            tooltip=_tooltip(cluster.title),
        )
        for node in cluster.nodes:
            look = {"color": shade.line, **_LOOKS[node.status]}
            tooltip = _tooltip(f"{_in_words(node)}. {node.because}")
            part.node(node.id, label=_node_label(node, shade), tooltip=tooltip, **look, **_icon(node))


def _stand_in_columns(dot: graphviz.Digraph, graph: Graph) -> None:
    """Put all nodes of a column on one rank, in order, and the columns next to each other."""
    columns = [
        [node.id for cluster in clusters for node in cluster.nodes]
        for _, clusters in groupby(graph.clusters, key=lambda cluster: cluster.column)
    ]
    for column in columns:
        with dot.subgraph() as rank:
            rank.attr(rank="same")
            # With columns from left to right, Graphviz counts places in a column from the bottom.
            for below, above in pairwise(column[::-1]):
                rank.edge(below, above, style="invis", weight="10")
    for left, right in pairwise(columns):
        dot.edge(left[0], right[0], style="invis", weight="100")


def _node_label(node: Node, shade: Shade) -> str:
    mark = f" · {node.mark}" if node.mark and not node.empty else ""
    color = FAINT if node.empty else INK
    title = "".join(_row(line, _TITLE_SIZE, color, bold=True) for line in _lines(node.title, _TITLE_SIZE, True))
    role = "".join(_row(line, _ROLE_SIZE, MUTED) for line in _lines(node.role + mark, _ROLE_SIZE, False))
    return (
        '<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1"><TR>'
        f'<TD WIDTH="{CHIP + 8}">{_chip(node, shade)}</TD>'
        f'<TD><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">{title}{role}</TABLE></TD>'
        "</TR></TABLE>>"
    )


def _chip(node: Node, shade: Shade) -> str:
    """Return the square with initials, which the drawing replaces by the icon if there is one."""
    fill = "#FFFFFF" if node.empty else shade.strong
    border = f' COLOR="{FAINT}"' if node.empty else f' COLOR="{shade.strong}"'
    size = f'FIXEDSIZE="TRUE" WIDTH="{CHIP}" HEIGHT="{CHIP}"'
    text = "?" if node.empty else html.escape(monogram(node.title))
    ink = FAINT if node.empty else "#FFFFFF"
    return (
        f'<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" STYLE="ROUNDED" BGCOLOR="{fill}"{border} '
        f'{size}><TR><TD {size}>'
        f'<FONT COLOR="{ink}" POINT-SIZE="10"><B>{_double(text)}</B></FONT></TD></TR></TABLE>'
    )


def _icon(node: Node) -> dict[str, str]:
    if node.icon is None or not re.fullmatch(r"[a-z0-9]+", node.icon):
        return {}
    return {"class": f"icon-{node.icon}"}


def monogram(title: str) -> str:
    """Return one or two letters that stand for a name: the initials of its first two words."""
    words = [word for word in title.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "–"  # noqa: RUF001 - the dash is meant


def _row(line: str, size: float, color: str, *, bold: bool = False) -> str:
    text = _bold(line, size, color) if bold else f'<FONT COLOR="{color}" POINT-SIZE="{size:g}">{_escape(line)}</FONT>'
    return f'<TR><TD ALIGN="LEFT" WIDTH="{TEXT_WIDTH}">{text}</TD></TR>'


def _lines(text: str, size: float, bold: bool) -> Iterable[str]:
    return fonts.wrap(text, size, TEXT_WIDTH - 4, bold=bold)


def _bold(text: str, size: float, color: str) -> str:
    return f'<FONT COLOR="{color}" POINT-SIZE="{size:g}"><B>{_escape(text)}</B></FONT>'


def _edge_attributes(edge: Edge, columns: int) -> dict[str, str]:
    attributes = dict(_edge_look(edge))
    if edge.label:
        attributes["xlabel"] = f'<<FONT COLOR="{EDGE[edge.kind]}">{_escape(edge.label)}</FONT>>'
    # Places are given by the columns alone; an arrow that pulled at its ends would tear the rows apart.
    attributes["weight" if columns == 0 else "constraint"] = "0" if columns == 0 else "false"
    return attributes


def _edge_look(edge: Edge) -> Iterator[tuple[str, str]]:
    yield "color", FAINT if edge.faint else EDGE[edge.kind]
    if edge.kind == "feedback":
        yield "style", "dashed"
    if edge.kind == "control":
        yield "style", "dotted"


def _escape(text: str) -> str:
    """Return text for an HTML-like label. Graphviz would read a backslash as an escape even there."""
    return _double(html.escape(text))


def _tooltip(text: str) -> str:
    # Entities are decoded in plain strings too, and the graphviz package quotes what is left.
    return _double(html.escape(" ".join(text.split()), quote=False))


def _double(text: str) -> str:
    return text.replace("\\", "\\\\")
