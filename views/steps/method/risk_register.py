"""The risk register: what each risk endangers, in which phase, what is done about it, and what is left of it."""

from __future__ import annotations

import streamlit as st

from canvas.advice.accepted import source_said
from canvas.document.risk_gates import PhaseRisks, phase_risks, unregistered
from canvas.document.workshop import Note, Risk
from canvas.store.store import new_id
from views.literal import literal
from views.visit.changing import Refusal, ask, asked, submit
from views.visit.session import Visit, content
from views.widgets.add_input import add_input
from views.widgets.rows import text_and_button
from views.widgets.value_widget import value_widget

SHOWN_NOTES = 8


def risk_register(visit: Visit) -> None:
    """Show the risks, what the canvas says that is not registered yet, and where each phase stands."""
    with st.container(border=True, key="risks"):
        what = "What must hold in each phase, where it can fail, what you do about it, whether you accept what is left."
        st.subheader("Risk register", anchor="risks", help=what)
        st.caption("A phase is finished when no risk in it is open or too high.")
        for risk in visit.workshop.risks:
            _risk(visit, risk)
        if visit.may_edit:
            _add(visit)
            _from_the_canvas(visit, unregistered(visit.workshop))
        _gates(phase_risks(visit.workshop))


def _risk(visit: Visit, risk: Risk) -> None:
    item = f"risk:{risk.id}"
    residual = f" · {_title('residual', risk.residual)}" if risk.residual else ""
    with st.expander(f"{literal(risk.text)}:gray[{residual}]"):
        for definition in content().forms["risk"]:
            asked, answered = st.columns([1, 2], vertical_alignment="center")
            asked.markdown(definition.title)
            with answered:
                value = getattr(risk, definition.id)
                value_widget(visit, item, definition.id, definition, value, label=risk.text)
        if source := source_said(risk):
            st.caption(f"From: {literal(source)}")
        st.button(
            "Remove this risk",
            key=f"remove-{item}",
            icon=":material/delete:",
            on_click=submit,
            args=(visit, item, {"deleted": True}),
            disabled=not visit.may_edit,
        )


def _title(prop: str, option_id: str) -> str:
    definition = next(d for d in content().forms["risk"] if d.id == prop)
    return definition.printed(option_id)


def _add(visit: Visit) -> None:
    def add(text: str) -> Refusal | None:
        return asked(visit, "add", f"risk:{new_id('r')}", {"text": text})

    add_input("Add a risk", "add-risk", add, max_chars=2000)


def _from_the_canvas(visit: Visit, notes: tuple[tuple[str, Note], ...]) -> None:
    """Offer the notes marked as risks that are not in the register yet."""
    if not notes:
        return
    with st.expander(f"Risks on the canvas that are not registered yet ({len(notes)})"):
        for block, note in notes[:SHOWN_NOTES]:
            text, take = text_and_button()
            text.markdown(literal(note.text))
            value = {"text": note.text, "block": block, "source": f"note {note.id}"}
            args = (visit, "add", f"risk:{new_id('r')}", value)
            take.button("Take over", key=f"take-{note.id}", on_click=ask, args=args)


def _gates(phases: tuple[PhaseRisks, ...]) -> None:
    """Show for each phase with risks how many are open, too high and acceptable."""
    rows = [
        f"| {_title('phase', phase.phase)} | {phase.number} | {phase.open} | {phase.too_high} "
        f"| {'open' if phase.passed else 'closed'} |"
        for phase in phases
        if phase.number
    ]
    if rows:
        heads = ("| Phase | Risks | Not judged | Too high | Gate |", "| :--- | ---: | ---: | ---: | :--- |")
        st.markdown("\n".join((*heads, *rows)))
