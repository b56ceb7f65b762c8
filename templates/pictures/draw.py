"""Which pictures there are: content names them by these ids. Draws nothing itself."""

from __future__ import annotations

from assessments.shapes.library import Library
from canvas.document.workshop import Workshop
from canvas.method.content import Content
from templates.pictures.matrix import principles_matrix
from templates.pictures.picture import Picture, picture_words
from templates.pictures.quadrants import field_of_four
from templates.pictures.task_graph import task_graph
from templates.pictures.workflow import workflow

PICTURES = ("workflow", "workflow-types", "governance-variants", "task-graph", "principles-matrix")


def draw_picture(picture_id: str, workshop: Workshop, content: Content, library: Library) -> Picture:
    """Return one of `PICTURES` as the workshop has it. Raises `KeyError` for another id."""
    if picture_id in picture_words().fields:
        return field_of_four(picture_id, workshop, content)
    match picture_id:
        case "workflow":
            return workflow(picture_id, workshop, content)
        case "task-graph":
            return task_graph(picture_id, workshop)
        case "principles-matrix":
            return principles_matrix(picture_id, workshop, library)
    raise KeyError(picture_id)
