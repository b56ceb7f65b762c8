"""What other answers would do: pick practices, and every model is shown before and after. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assessments.compare.comparison import ScoreChange
from assessments.compare.what_if import what_if
from assessments.library.packs import library
from assessments.shapes.answers import answer_title
from assessments.shapes.result import Result
from assessments.standing.as_data import standing
from canvas.reading.text_gate import counted
from views.literal import literal
from views.visit.fragments import fragment
from views.visit.judging import judging
from views.visit.session import Visit
from views.widgets.bars import interval_bar
from views.widgets.choices import pick_many, pick_segment


@fragment
def what_if_card(visit: Visit, planned: Sequence[str]) -> None:
    """Let people try out answers. `planned` are the steps of the roadmap, which are offered first."""
    st.subheader("What if", anchor="what-if")
    st.caption("Tick what you would do and watch every model. Only you see it, and nothing is saved.")
    done = {answer.id for answer in visit.workshop.answers if answer.value == "automated"}
    practices = judging(visit).practices
    offered = [p for p in dict.fromkeys((*planned, *practices)) if p in practices and p not in done]
    picked = pick_many("Practices", {id_: library().title(id_) for id_ in offered}, key="what-if-practices")
    ways = {way: answer_title(way) for way in ("manual", "automated")}
    value = pick_segment("Answered with", ways, key="what-if-way", default="automated")
    if not picked:
        return
    found = what_if(visit.workshop, dict.fromkeys(picked, value), library())
    moved = [change for change in found if change.changed]
    for change in moved:
        _model(change)
    st.caption(f"Not moved by this: {counted(len(found) - len(moved), 'model')}.")


def _model(change: ScoreChange) -> None:
    st.markdown(f"**{change.after.title}**")
    for word, result in (("before", change.before), ("after", change.after)):
        said, drawn = st.columns(2, gap="small", vertical_alignment="center")
        said.markdown(f":small[{word}: {literal(standing(result))}]")
        with drawn:
            _bar(result, word)


def _bar(result: Result, word: str) -> None:
    if result.assessable and result.lower is not None and result.upper is not None:
        text = f"{result.title}, {word}: {standing(result)}"
        interval_bar(result.lower, result.upper, result.maximum, text)
