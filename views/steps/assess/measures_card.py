"""The measured figures of a team, each with its day: what no yes or no can say."""

from __future__ import annotations

import streamlit as st

from assessments.library.packs import library
from assessments.shapes.measures import MeasureDefinition
from views.visit.answering import answer_item
from views.visit.changing import Refusal
from views.visit.clock import today
from views.visit.session import Visit
from views.widgets.fields import number_field


def measures_card(visit: Visit) -> None:
    """Ask for each figure. Writing one down dates it today."""
    given = {answer.id: answer for answer in visit.workshop.answers}
    with st.container(border=True):
        st.caption("Take these from your own systems. A figure is compared with dated reports, and never gates.")
        for measure in library().measures.values():
            asked, answered = st.columns([3, 2], gap="medium")
            asked.markdown(f"**{measure.question}** :gray[({measure.unit})]", help=measure.verify)
            asked.caption(measure.why)
            answer = given.get(measure.id)
            value = answer.value if answer is not None and isinstance(answer.value, int | float) else None
            with answered:
                _input(visit, measure, None if value is None else float(value))
                if answer is not None and answer.measured_on:
                    st.caption(f"Measured on {answer.measured_on}")


def _input(visit: Visit, measure: MeasureDefinition, value: float | None) -> None:
    item = f"answer:{measure.id}"

    def save(figure: float | None, over: bool) -> Refusal | None:
        if figure is None:
            return answer_item(visit, measure.id, {"deleted": True}, over=over)
        changes = {"deleted": None, "value": float(figure), "state": "answered", "measured_on": today().isoformat()}
        return answer_item(visit, measure.id, changes, over=over)

    number_field(
        measure.title,
        value,
        visit.base(item, "value", "deleted"),
        save,
        measure.bounds,
        key=item,
        placeholder=measure.unit,
        label_visibility="collapsed",
        disabled=not visit.may_edit,
    )
