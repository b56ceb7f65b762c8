"""Where boxes and stages stand: columns of stages from left to right, boxes of one width below each other.

The flow is known, so places are computed here and the engine only routes the arrows. All lengths are in points; y grows
downwards. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from templates.architecture.graph import Cluster, Graph, Node
from templates.drawing import fonts
from templates.drawing.labels import Box

TITLE_SIZE = 11.0
ROLE_SIZE = 9.0
CHIP = 26.0
TEXT_WIDTH = 138.0
NODE_WIDTH = 190.0

_TITLE_LINE = 14.0
_ROLE_LINE = 12.0
_NODE_PADDING = 12.0
_ROW_GAP = 16.0
_SIDE = 12.0
_HEAD = 27.0
_FOOT = 13.0
_STAGE_GAP = 14.0
_COLUMN_WIDTH = NODE_WIDTH + 2 * _SIDE
_COLUMN_GAP = 64.0
HEADING_SIZE = 17.0
_HEADING_LINE = 21.0
_BELOW_HEADING = 22.0


@dataclass(frozen=True)
class Words:
    """The text of a node, broken into lines that fit into its box."""

    title: tuple[str, ...]
    role: tuple[str, ...]

    @property
    def height(self) -> float:
        lines = len(self.title) * _TITLE_LINE + len(self.role) * _ROLE_LINE
        return max(lines, CHIP) + _NODE_PADDING


@dataclass(frozen=True)
class Places:
    """The boxes of nodes and stages by id, the lines of the heading with their box, and the size of the picture."""

    nodes: dict[str, Box]
    clusters: dict[str, Box]
    heading: tuple[str, ...]
    heading_box: Box
    width: float
    height: float


def words_of(node: Node) -> Words:
    """Return what stands in a node, line by line. Nothing is cut; the box grows."""
    role = f"{node.role} · {node.mark}" if node.mark else node.role
    title = fonts.wrap(node.title, TITLE_SIZE, TEXT_WIDTH - 4, bold=True)
    return Words(tuple(title), tuple(fonts.wrap(role, ROLE_SIZE, TEXT_WIDTH - 4)))


def places(graph: Graph) -> Places:
    """Return where everything stands. Columns start below the title, or lower where a pair stands level."""
    nodes: dict[str, Box] = {}
    clusters: dict[str, Box] = {}
    columns = len({cluster.column for cluster in graph.clusters})
    width = max(columns, 1) * _COLUMN_WIDTH + max(columns - 1, 0) * _COLUMN_GAP
    heading = tuple(fonts.wrap(graph.title, HEADING_SIZE, width - 4, bold=True))
    longest = max((fonts.width(line, HEADING_SIZE, bold=True) for line in heading), default=0.0)
    heading_box = Box(0.0, 0.0, longest, len(heading) * _HEADING_LINE)
    top = heading_box.bottom + _BELOW_HEADING
    left = 0.0
    for _, group in groupby(graph.clusters, key=lambda cluster: cluster.column):
        column = list(group)
        _stack(column, left, top, nodes, clusters)
        down = max((_middle(nodes[a]) - _middle(nodes[b]) for a, b in _pairs(graph, column)), default=0.0)
        if down > 0:
            _stack(column, left, top + down, nodes, clusters)
        left += _COLUMN_WIDTH + _COLUMN_GAP
    bottom = max((box.bottom for box in clusters.values()), default=top)
    return Places(nodes, clusters, heading, heading_box, width, bottom)


def _pairs(graph: Graph, column: Sequence[Cluster]) -> Iterator[tuple[str, str]]:
    own = {node.id for cluster in column for node in cluster.nodes}
    return ((first, second) for first, second in graph.level if second in own and first not in own)


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _stack(column: Sequence[Cluster], left: float, y: float, nodes: dict[str, Box], clusters: dict[str, Box]) -> None:
    right = left + _COLUMN_WIDTH
    for cluster in column:
        top = y
        y += _HEAD
        for node in cluster.nodes:
            height = words_of(node).height
            nodes[node.id] = Box(left + _SIDE, y, right - _SIDE, y + height)
            y += height + _ROW_GAP
        y += _FOOT - _ROW_GAP
        clusters[cluster.id] = Box(left, top, right, y)
        y += _STAGE_GAP
