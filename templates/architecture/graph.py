"""The architecture of a plan as one graph that every picture and text format renders. Knows no syntax and no pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from canvas.advice.facts import facts_for_conditions
from canvas.method.conditions import Facts
from canvas.reading.text_gate import clean
from canvas.reading.types import NONE_YET, OTHER
from templates.architecture.flow import Arrow, BoxBeside, Flow, Marks, Stage, flow
from templates.drawing.palette import EdgeKind
from templates.plan import Choice, Plan

NodeStatus = Literal["accepted", "draft", "default", "none-yet", "other"]

# A choice with a longer name than this does not fit into a title or beside an arrow.
_SHORT_TITLE = 24
_SHORT_LABEL = 16


@dataclass(frozen=True)
class Node:
    """A box: what fills one slot, or what stands beside all slots. `id` is ours (`n1`, `n2`, ...), never user text.

    `mark` says what a choice in own words is like and why the box is not an accepted decision, or is empty; `icon` is
    a slug of simple-icons or None.
    """

    id: str
    slot: str
    title: str
    role: str
    stage: str
    status: NodeStatus
    mark: str
    icon: str | None
    because: str

    @property
    def empty(self) -> bool:
        """True for the place-holder of something the team chose not to have yet."""
        return self.status == "none-yet"


@dataclass(frozen=True)
class Edge:
    """An arrow between two nodes, by their ids. `faint` when one of its ends is an empty place-holder."""

    source: str
    target: str
    kind: EdgeKind
    label: str | None
    faint: bool


@dataclass(frozen=True)
class Cluster:
    """A stage with its nodes from top to bottom; clusters of one `column` stand above each other."""

    id: str
    title: str
    hue: str
    column: int
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Graph:
    """One architecture, ready to be written as DOT or Mermaid, or to be drawn.

    `level` pairs nodes of neighbouring columns that stand at one height.
    """

    title: str
    clusters: tuple[Cluster, ...]
    edges: tuple[Edge, ...]
    level: tuple[tuple[str, str], ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(node for cluster in self.clusters for node in cluster.nodes)


def architecture(plan: Plan) -> Graph:
    """Return the graph of a plan: a node for every choice that is drawn, and the flow between them."""
    known = flow()
    clusters = tuple(_clusters(plan, known))
    nodes = {node.slot: node for cluster in clusters for node in cluster.nodes}
    level = tuple((nodes[a].id, nodes[b].id) for a, b in known.level if a in nodes and b in nodes)
    return Graph(clean(plan.workshop.title), clusters, tuple(_edges(known.edges, nodes, plan)), level)


def _clusters(plan: Plan, known: Flow) -> Iterator[Cluster]:
    facts = facts_for_conditions(plan.workshop, plan.content)
    beside = [box for box in known.beside if box.when.holds(facts) is True]
    count = 0
    for stage in known.stages:
        choices = _in_order(filter(_is_drawn, plan.stage(stage.id)), stage)
        boxes = [_node(choice, known.marks) for choice in choices]
        boxes += [_beside(box) for box in beside if box.stage == stage.id]
        if not boxes:
            continue
        nodes = tuple(replace(box, id=f"n{count + n}") for n, box in enumerate(boxes, 1))
        count += len(nodes)
        detail = _detail(stage.detail, _SHORT_TITLE, plan)
        title = f"{stage.title}: {detail}" if detail else stage.title
        yield Cluster(stage.id, title, stage.hue, stage.column, nodes)


def _is_drawn(choice: Choice) -> bool:
    """Return whether there is or may be something: not what has no place here, nor what nothing is assumed for."""
    return choice.absent is None and choice.status != "open"


def _in_order(choices: Iterable[Choice], stage: Stage) -> list[Choice]:
    place = {slot: index for index, slot in enumerate(stage.slots)}
    return sorted(choices, key=lambda choice: place.get(choice.slot.id, len(place)))


def _beside(box: BoxBeside) -> Node:
    return Node("", box.id, box.title, box.role, box.stage, "default", box.mark, None, box.because)


def _node(choice: Choice, marks: Marks) -> Node:
    """Return the box of a choice, which gets its id when it is counted."""
    status = _status(choice)
    mark = _mark(choice, marks)
    like = marks.like.format(entry=clean(choice.likeness)) if choice.likeness else ""
    return Node(
        id="",
        slot=choice.slot.id,
        title=marks.none_yet if status == "none-yet" else clean(" + ".join((choice.title, *choice.beside))),
        role=choice.slot.role,
        stage=choice.slot.stage,
        status=status,
        mark=", ".join(filter(None, (like, mark))),
        # The sign of one of several would speak for all of them.
        icon=choice.entry.icon if choice.entry and not choice.beside else None,
        because=clean(choice.because),
    )


def _mark(choice: Choice, marks: Marks) -> str:
    """Return why a choice is no accepted decision, or nothing."""
    return {"default": marks.default, "draft": marks.draft, "proposed": marks.proposed}.get(choice.status, "")


def _status(choice: Choice) -> NodeStatus:
    if choice.choice == NONE_YET:
        return "none-yet"
    if choice.status in ("draft", "proposed"):
        return "draft"
    if choice.choice.startswith(OTHER):
        return "other"
    return "default" if choice.status == "default" else "accepted"


def _detail(slot: str | None, longest: int, plan: Plan) -> str | None:
    choice = plan.choices.get(slot) if slot else None
    if choice is None or choice.open or choice.absent is not None or len(choice.title) > longest:
        return None
    title = clean(choice.title)
    return f"{title} ({_mark(choice, flow().marks)})" if choice.status in ("draft", "proposed") else title


def _edges(arrows: Iterable[Arrow], nodes: dict[str, Node], plan: Plan) -> Iterator[Edge]:
    facts = facts_for_conditions(plan.workshop, plan.content)
    holding = [arrow for arrow in arrows if _flows(arrow, facts)]
    # Only what has a slot flows on past a part that is not there: a model of somebody else is asked by a service.
    inside = [arrow for arrow in holding if {arrow.source, arrow.target} <= plan.choices.keys()]
    for arrow in (*holding, *_past_what_is_absent(inside, plan)):
        source, target = nodes.get(arrow.source), nodes.get(arrow.target)
        if source is None or target is None:
            continue
        label = _detail(arrow.detail, _SHORT_LABEL, plan) or arrow.label
        yield Edge(source.id, target.id, arrow.kind, label, source.empty or target.empty)


def _flows(arrow: Arrow, facts: Facts) -> bool:
    wanted = arrow.when is None or arrow.when.holds(facts) is True
    return wanted and not (arrow.unless is not None and arrow.unless.holds(facts))


def _past_what_is_absent(arrows: list[Arrow], plan: Plan) -> Iterator[Arrow]:
    """Yield what flows from one neighbour of a part that this system does not have to the other, once each."""
    known = {(arrow.source, arrow.target) for arrow in arrows}
    absent = [slot for slot, choice in plan.choices.items() if choice.decision and choice.absent is not None]
    for slot in absent:
        for first in arrows:
            for then in arrows:
                ends = (first.source, then.target)
                if first.target == slot == then.source and first.kind == then.kind and ends not in known:
                    known.add(ends)
                    yield then.model_copy(update={"source": first.source, "label": None, "detail": None})
