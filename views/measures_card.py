"""The measured figures of a team, each with its day: what no yes or no can say."""

from __future__ import annotations

import streamlit as st

from assessments.measures import MeasureDefinition
from assessments.packs import library
from views.answering import answer_item
from views.session import Visit, today


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
    key = f"{item}:{visit.base(item, 'value')}"

    def save() -> None:
        figure = st.session_state[key]
        if figure is None:
            answer_item(visit, measure.id, {"deleted": True})
            return
        answer_item(
            visit,
            measure.id,
            {"deleted": None, "value": figure, "state": "answered", "measured_on": today().isoformat()},
        )

    st.number_input(
        measure.title,
        measure.minimum,
        measure.maximum,
        value,
        key=key,
        format="%g",
        placeholder=measure.unit,
        label_visibility="collapsed",
        on_change=save,
        disabled=not visit.may_edit,
    )
