"""The decomposed workflow as the report lists it: every task, candidates with their place. Ranks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from canvas.document.task_ranking import Candidate, candidates
from canvas.document.workshop import Task
from canvas.method.typed_values import ValueDefinition
from templates.plan import Plan
from templates.report.words import say


@dataclass(frozen=True)
class TaskRow:
    """A task as printed. `rank` is its place among the candidates that can be compared, or None."""

    title: str
    after: str
    prediction: str
    gain: str
    effort: str
    ratio: str
    rank: int | None
    note: str | None


@dataclass(frozen=True)
class TaskList:
    """All tasks: candidates in their order, then those that no prediction takes over."""

    columns: Mapping[str, str]
    tasks: tuple[TaskRow, ...]
    kind: str = "tasks"


def task_list(plan: Plan) -> TaskList | None:
    """Return the tasks of a workshop, or None when there are none."""
    if not plan.workshop.tasks:
        return None
    form = {field.id: field for field in plan.content.forms.get("task", ())}
    titles = {task.id: task.title for task in plan.workshop.tasks}
    ranked = candidates(plan.workshop)
    rows = [_row(c.task, titles, form, c, n) for n, c in enumerate(ranked, 1)]
    others = [task for task in plan.workshop.tasks if not task.prediction]
    rows += [_row(task, titles, form, None, None) for task in others]
    return TaskList({id_: field.title for id_, field in form.items()}, tuple(rows))


def _row(
    task: Task,
    titles: Mapping[str, str],
    form: Mapping[str, ValueDefinition],
    candidate: Candidate | None,
    place: int | None,
) -> TaskRow:
    ratio = candidate.ratio if candidate else None
    return TaskRow(
        title=task.title,
        after=", ".join(titles.get(other, other) for other in task.after),
        prediction=say("open") if task.prediction is None else form["prediction"].printed(task.prediction),
        gain="" if task.gain is None else f"{task.gain:,.0f}",
        effort="" if task.effort is None else f"{task.effort:,.0f}",
        ratio="" if ratio is None else say("no-effort") if ratio == float("inf") else f"{ratio:,.1f}",
        rank=place if ratio is not None else None,
        note=task.note,
    )
