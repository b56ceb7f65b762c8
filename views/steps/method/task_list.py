"""The workflow as a list of tasks: what follows what, which of them a prediction could take over, what pays most."""

from __future__ import annotations

import math

import streamlit as st

from canvas.document.task_order import comes_after
from canvas.document.task_ranking import Candidate, candidates
from canvas.document.workshop import Task
from canvas.store.store import new_id
from views.literal import literal
from views.visit.changing import Refusal, asked
from views.visit.session import Visit, content
from views.widgets.add_input import add_input
from views.widgets.choices import choices_field
from views.widgets.fields import saver
from views.widgets.remove_button import remove_button
from views.widgets.rows import cells, headed
from views.widgets.value_widget import value_widget

# The task, whether a prediction could take it over, its gain and effort, the remark and the bin.
WIDTHS = (4, 2, 2, 2, 1, 1)
# How many letters of options fit into one of its inputs.
LETTERS = 12


def task_list(visit: Visit) -> None:
    """Show the tasks, a way to add one, and the ranking of those that a prediction could take over."""
    with st.container(border=True, key="tasks"):
        how = "Mark the tasks where a prediction could help; what it would bring and cost puts them in order."
        st.subheader("The workflow, task by task", anchor="tasks", help=how)
        st.caption("Write down what people do today, one task each, and what it comes after.")
        if visit.workshop.tasks:
            titles = [field.title for field in content().forms["task"]]
            with headed("tasks", ["Task", *titles[:3], "", ""], WIDTHS):
                for task in visit.workshop.tasks:
                    _task(visit, task)
        if visit.may_edit:
            _add(visit)
        _ranking(candidates(visit.workshop))


def _task(visit: Visit, task: Task) -> None:
    item = f"task:{task.id}"
    prediction, gain, effort, note = content().forms["task"]
    with cells(item):
        with st.container():
            st.markdown(literal(task.title))
            if task.note:
                st.caption(literal(task.note))
            _after(visit, task, item)
        for definition in (prediction, gain, effort):
            value = getattr(task, definition.id)
            value_widget(visit, item, definition.id, definition, value, label=task.title, letters=LETTERS)
        with st.popover("", icon=":material/edit_note:", type="tertiary", help=note.title):
            value_widget(visit, item, note.id, note, task.note, label=task.title)
        remove_button(visit, item, task.title)


def _after(visit: Visit, task: Task, item: str) -> None:
    """Let people pick what the task comes after. What comes after this one is no choice: nothing waits for itself."""
    titles = {other.id: other.title for other in visit.workshop.tasks}
    order = {other.id: other.after for other in visit.workshop.tasks}
    possible = [other for other in order if not comes_after(other, task.id, order)]
    choices_field(
        f"{task.title}: comes after",
        {id_: titles[id_] for id_ in possible},
        task.after,
        # A link goes and comes back with the task it names, without a change of this one.
        (visit.base(item, "after"), task.after),
        saver(visit, item, "after"),
        key=f"{item}:after",
        placeholder="Comes after …",
        label_visibility="collapsed",
        disabled=not visit.may_edit,
    )


def _add(visit: Visit) -> None:
    def add(title: str) -> Refusal | None:
        last = visit.workshop.tasks[-1:]
        return asked(visit, "add", f"task:{new_id('t')}", {"title": title, "after": [task.id for task in last]})

    add_input("Add a task", "add-task", add, max_chars=200)


def _ranking(ranked: tuple[Candidate, ...]) -> None:
    """Show the candidates in order; the first is where to begin."""
    if not ranked:
        return
    st.markdown("**Where a prediction would pay most**")
    for place, candidate in enumerate(ranked, start=1):
        st.markdown(f"{place}. {literal(candidate.task.title)} :gray[{_return(candidate)}]")


def _return(candidate: Candidate) -> str:
    if candidate.ratio is None:
        return "gain or effort is open"
    if math.isinf(candidate.ratio):
        return "a gain without effort"
    return f"brings {candidate.ratio:.1f} times its effort in a year"
