"""The decomposed workflow as a directed graph: each task with what it needs, prediction candidates marked by rank."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping

import graphviz

from canvas.document.task_ranking import candidates
from canvas.document.workshop import Task, Workshop
from canvas.reading.text_gate import clean
from templates.drawing import fonts
from templates.drawing.engine import lay_out
from templates.drawing.palette import FONT, GREY, INK, STRONG, WASH
from templates.drawing.primitives import line_height
from templates.drawing.svg import inert
from templates.errors import DiagramError
from templates.pictures.picture import Picture, picture_words, say, sentences

_SIZE = 10.5
_ROOM = 150.0
_POINTS_PER_INCH = 72
_NODE = {
    "shape": "box",
    "fixedsize": "true",
    "style": "rounded,filled",
    "fillcolor": "white",
    "color": GREY,
    "fontname": FONT,
    "fontsize": f"{_SIZE:g}",
    "fontcolor": INK,
}
_CANDIDATE = {"fillcolor": WASH, "color": STRONG, "penwidth": "2.6"}
_GRAPH = {"nodesep": "0.25", "ranksep": "0.3", "pad": "0.15", "bgcolor": "white"}
_EDGE = {"color": GREY, "penwidth": "1.3", "arrowsize": "0.7"}


def task_graph(picture_id: str, workshop: Workshop) -> Picture:
    """Return the graph of the tasks. Without a layout engine there are only the words."""
    title = picture_words().titles[picture_id]
    marks = _marks(workshop)
    words = tuple(_in_words(workshop, marks)) or (say("no-tasks"),)
    if not workshop.tasks:
        return Picture(picture_id, title, None, words, filled=False)
    try:
        svg = inert(lay_out(_dot(workshop, marks)), title, sentences(words)).decode()
    except DiagramError as error:
        return Picture(picture_id, title, None, words, filled=True, problem=str(error))
    return Picture(picture_id, title, svg, words, filled=True)


def _marks(workshop: Workshop) -> Mapping[str, str]:
    """Return what stands below each candidate: its place in the ranking, once gain and effort are known."""
    found = enumerate(candidates(workshop), 1)
    return {c.task.id: say("candidate") if c.ratio is None else say("candidate-ranked", number=n) for n, c in found}


def _dot(workshop: Workshop, marks: Mapping[str, str]) -> str:
    dot = graphviz.Digraph("tasks", graph_attr=_GRAPH, node_attr=_NODE, edge_attr=_EDGE)
    names = {task.id: f"t{number}" for number, task in enumerate(workshop.tasks, 1)}
    for task in workshop.tasks:
        lines = [clean(line) for line in fonts.wrap(task.title, _SIZE, _ROOM, bold=True)]
        lines += [f"● {marks[task.id]}"] if task.id in marks else []
        high = (len(lines) * line_height(_SIZE) + 16) / _POINTS_PER_INCH
        look = _CANDIDATE if task.id in marks else {}
        wide = f"{(_ROOM + 20) / _POINTS_PER_INCH:.3f}"
        dot.node(names[task.id], r"\n".join(map(_escape, lines)), width=wide, height=f"{high:.3f}", **look)
    for task in workshop.tasks:
        for needed in task.after:
            if needed in names:
                dot.edge(names[needed], names[task.id])
    return str(dot.source)


def _escape(text: str) -> str:
    # Engines read a backslash as an escape and decode entities, in plain labels too.
    return html.escape(text, quote=False).replace("\\", "\\\\")


def _in_words(workshop: Workshop, marks: Mapping[str, str]) -> Iterator[str]:
    titles = {task.id: clean(task.title) for task in workshop.tasks}
    for task in workshop.tasks:
        mark = say("task-mark", mark=marks[task.id]) if task.id in marks else ""
        yield say("task-in-words", task=titles[task.id], mark=mark, needs=_needs(task, titles))


def _needs(task: Task, titles: Mapping[str, str]) -> str:
    found = [titles[needed] for needed in task.after if needed in titles]
    return say("task-needs", tasks=", ".join(found)) if found else ""
