"""The roadmap on the page: targets to edit, phases to follow, files to take along. It plans nothing itself."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from assessments.library.packs import library
from assessments.roadmap.effects import Effect
from assessments.roadmap.phases import CAPACITY, Goal, Phase, Roadmap, Step, roadmap
from assessments.scoring.unfit import scale_of
from assessments.shapes.answers import answer_title
from assessments.shapes.model import ModelDefinition
from canvas.document.workshop import Target, Workshop
from canvas.reading.number_range import NumberRange
from canvas.reading.text_gate import counted
from templates.pictures import timeline
from templates.plan import make_plan
from templates.roadmap.export import WAITS, to_csv, to_json, to_markdown
from templates.signature import signed
from views.literal import literal
from views.steps.adopted import adopted
from views.steps.assess.assignment_widget import assignment_widget
from views.steps.assess.what_if_card import what_if_card
from views.visit.changing import Refusal, change, submit
from views.visit.session import Visit, content
from views.widgets.choices import choice_field
from views.widgets.downloads import download
from views.widgets.fields import day_field, number_field, own_number, saver
from views.widgets.rows import text_and_button
from views.widgets.step_pictures import show_picture

ROOM_FOR = NumberRange(1, 60, whole=True)
# A day is read whole at any width of the page.
VALUE_PX, DAY_PX = 90, 170
PROBLEMS = {
    "no-value": "this model has no value to reach",
    "left-by-rule": "what it is about does not apply here, by a rule, so it cannot be assessed",
    "not-assessable": "a whole section of it is not applicable",
    "above-maximum": "its best value is lower",
    "no-way": "no answers reach it: what it asks for is not applicable, or contradicts another target",
}


def roadmap_card(visit: Visit) -> None:
    """Show targets, the phases that reach them, and what other answers would do."""
    with st.container(border=True, key="targets"):
        _targets(visit)
    with st.container(border=True, key="roadmap"):
        found = _phases(visit)
    with st.container(border=True, key="adopting"):
        st.subheader("After adopting the generated project", anchor="adopting")
        st.markdown("\n".join(f"- {literal(line)}" for line in adopted(visit).lines))
    with st.container(border=True, key="what-if"):
        what_if_card(visit, tuple(step.candidate.item for step in found.steps))


@st.cache_data(max_entries=32, show_spinner=False)
def _planned(workshop_id: str, seq: int, capacity: int, _workshop: Workshop) -> Roadmap:
    """Return the roadmap of a workshop as it was at `seq`; a page runs often between two changes."""
    return roadmap(_workshop, library(), capacity)


def _targets(visit: Visit) -> None:
    st.subheader("Targets", anchor="targets")
    st.caption("Where you want to be on a model, and by when. Less than the best may be the right target.")
    for target in visit.workshop.targets:
        if target.model in library().models:
            _target(visit, target, library().model(target.model))
        else:
            _waiting_target(visit, target)
    taken = {target.model for target in visit.workshop.targets}
    free = {m.id: m.title for m in library().models.values() if m.ordered and m.id not in taken}

    def add(model: str | None, over: bool) -> Refusal | None:
        changes = {"deleted": None, "by": None, "value": 1.0}
        return change(visit, f"target:{model}", changes, over=over) if model else None

    if visit.may_edit and free:
        # Empty again as soon as what it chose is among the targets.
        choice_field("Add a target", free, None, taken, add, key="add-target", placeholder="Choose a model …")


def _target(visit: Visit, target: Target, model: ModelDefinition) -> None:
    item = f"target:{target.model}"
    row = st.container(horizontal=True, vertical_alignment="center")
    named = row.container()
    bands = "  \n".join(f"{_range(model, number)}: {band.label}" for number, band in enumerate(model.bands))
    named.markdown(model.title, help=bands)
    look: dict[str, Any] = {"label_visibility": "collapsed", "disabled": not visit.may_edit}

    def save_value(value: float | None, over: bool) -> Refusal | None:
        if value is None:
            return Refusal(
                "malformed", "A target needs its value. Write one, or remove the target with the bin beside it."
            )
        return change(visit, item, {"value": float(value)}, over=over)

    number_field(
        f"{model.title}: value",
        target.value,
        visit.base(item, "value"),
        save_value,
        scale_of(model, library()),
        key=f"{item}:value",
        where=row,
        width=VALUE_PX,
        **look,
    )
    day_field(
        f"{model.title}: by",
        target.by,
        visit.base(item, "by"),
        saver(visit, item, "by"),
        key=f"{item}:by",
        where=row,
        width=DAY_PX,
        **look,
    )
    _bin(visit, target, model.title, row)


def _waiting_target(visit: Visit, target: Target) -> None:
    text, row = text_and_button()
    text.markdown(
        f":orange[:material/warning:] **{literal(target.model)}**: no model of this name is loaded, so this target "
        "leads nowhere. It belongs to a pack that is missing or broken, or to another version of this app."
    )
    _bin(visit, target, target.model, row)


def _bin(visit: Visit, target: Target, title: str, where: Any) -> None:
    where.button(
        "",
        key=f"remove-target:{target.model}",
        icon=":material/delete:",
        help=f"Remove the target on {title}",
        type="tertiary",
        on_click=submit,
        args=(visit, f"target:{target.model}", {"deleted": True}),
        disabled=not visit.may_edit,
    )


def _range(model: ModelDefinition, index: int) -> str:
    band = model.bands[index]
    return f"{band.at:g}" if band.at is not None else f"above {band.above:g}"


def _phases(visit: Visit) -> Roadmap:
    heading, room = st.columns([3, 1], vertical_alignment="bottom")
    heading.subheader("Roadmap", anchor="roadmap")
    capacity = own_number("Effort a phase has room for", CAPACITY, ROOM_FOR, key="capacity", where=room)
    found = _planned(visit.id, visit.seq, int(capacity), visit.workshop)
    if capacity != CAPACITY:
        st.caption(f"Only you see it planned with {int(capacity)}; the report plans with {CAPACITY}.")
    if found.waits:
        st.caption(WAITS)
        return found
    if not visit.workshop.targets:
        st.caption("No target is set, so it leads to the next band of each model that can gate.")
    for goal in found.goals:
        st.markdown(f"- {_goal(goal)}")
    st.caption("Effort runs from 1 (an afternoon) to 5 (a quarter). What has to be there first comes first.")
    drawn = timeline(found)
    if drawn is not None:
        show_picture(drawn)
    for phase in found.phases:
        _phase(visit, phase)
    if found.phases:
        _files(visit, found)
    return found


def _goal(goal: Goal) -> str:
    named = f"**{goal.title}**" + (f" by {goal.by}" if goal.by else "")
    if goal.problem:
        return f"{named}: :orange[cannot be reached], {PROBLEMS[goal.problem]}"
    return f"{named}: {goal.reaches}, " + (f"with phase {goal.phase}" if goal.phase else "reached today")


def _phase(visit: Visit, phase: Phase) -> None:
    with st.expander(
        f"Phase {phase.number}: {counted(len(phase.steps), 'step')}, effort {phase.effort}", phase.number == 1
    ):
        for step in phase.steps:
            _step(step)
            assignment_widget(visit, step)
        st.markdown(f"**After phase {phase.number}**")
        st.markdown("\n".join(f"- {_effect(effect)}" for effect in phase.effects) or "No score moves yet.")


def _step(step: Step) -> None:
    one, titles = step.candidate, library().title
    blocks = ", ".join(block.short for block in map(content().block, one.blocks) if block)
    parts = [
        f"{answer_title(one.current)} → {answer_title(one.to)}",
        f"effort {'●' * one.effort}{'○' * (5 - one.effort)}",
        blocks,
    ]
    if one.prerequisites:
        parts.append(f"first: {', '.join(map(titles, one.prerequisites))}")
    if step.helps:
        parts.append(f"needed for: {', '.join(library().model(model).title for model in step.helps)}")
    else:
        parts.append(f"comes before: {', '.join(map(titles, step.opens))}")
    st.markdown(f"**{one.title}**  \n:gray[:small[{' · '.join(part for part in parts if part)}]]")
    if one.proof:
        st.caption("Proved by: " + "; or ".join(one.proof))


def _effect(effect: Effect) -> str:
    if effect.before == effect.after:
        return f"{effect.title}: still {effect.after:.3g} of {effect.maximum:g}, {effect.share:.0%} more of its points"
    band = f", {effect.band}" if effect.band else ""
    return f"{effect.title}: {effect.before:.3g} → {effect.after:.3g} of {effect.maximum:g}{band}"


def _files(visit: Visit, found: Roadmap) -> None:
    def markdown(found: Roadmap) -> str:
        # As the command line writes it, which then knows whether anybody has edited what was downloaded.
        text = to_markdown(found, library(), content(), adopted(visit).lines)
        return signed(text, make_plan(visit.workshop, content(), library()).slug)

    files = {
        "Markdown": ("roadmap.md", markdown, "text/markdown"),
        "CSV": ("roadmap.csv", to_csv, "text/csv"),
        "Issues (JSON)": ("roadmap.json", partial(to_json, library=library(), content=content()), "application/json"),
    }
    with st.container(horizontal=True):
        for label, (name, write, kind) in files.items():
            download(visit, label, partial(write, found), name, kind, icon=":material/download:")
