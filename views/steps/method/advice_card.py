"""What an advisor says, with the answers it rests on; or what has to be answered before it says anything."""

from __future__ import annotations

import streamlit as st

from canvas.advice.advisors import Advice, quantities_behind
from canvas.advice.findings import Finding
from canvas.advice.sheet import AdviceSheet
from canvas.method.subjects import subject_step, subject_title, subject_value
from views.literal import literal
from views.visit.session import Visit, content

SHOWN_MISSING = 4
NUMBERS_ABREAST = 3
SEVERITY = {"high": ":red-badge[high]", "medium": ":orange-badge[medium]", "low": ":gray-badge[low]"}


def advice_card(visit: Visit, advice: Advice, sheet: AdviceSheet, step_id: str) -> None:
    """Show one advice on the page of a step, or why the question does not arise. Its rule is a click away."""
    with st.container(border=True, key=f"advice-{advice.definition.id}"):
        st.subheader(advice.definition.title, anchor=advice.definition.id, help=advice.definition.question)
        if advice.omitted is not None:
            st.markdown(f"**Does not apply:** {literal(advice.omitted)}")
            return
        if advice.value is None:
            _not_enough(visit, advice, step_id)
        else:
            st.markdown(f":material/arrow_forward: **{advice.title}**")
            st.markdown(advice.meaning or "")
            for reason in advice.because:
                said = "; ".join(_said(subject, sheet) for subject in reason.answers)
                st.markdown(f"- {reason.text}" + (f"  \n  :gray[{said}]" if said else ""))
            for following in advice.next:
                st.markdown(f":material/check: {following}")
            if advice.definition.note:
                st.caption(f":material/info: {advice.definition.note}")
        _numbers(advice, sheet)
        with st.expander("The rule behind it"):
            st.markdown(advice.definition.rule)


def _numbers(advice: Advice, sheet: AdviceSheet) -> None:
    """Show the numbers behind an advice that could be worked out, down to those they are worked out from."""
    known = [id_ for id_ in quantities_behind(advice.definition, content()) if id_ in sheet.facts.quantities]
    for places in (known[i : i + NUMBERS_ABREAST] for i in range(0, len(known), NUMBERS_ABREAST)):
        for column, id_ in zip(st.columns(NUMBERS_ABREAST), places, strict=False):
            quantity = content().quantities[id_]
            column.metric(quantity.title, quantity.number(sheet.facts.quantities[id_]), help=quantity.meaning)


def _not_enough(visit: Visit, advice: Advice, step_id: str) -> None:
    """Name what is open; what is asked on another page is a link there. Where nothing is, no answer would change it."""
    if not advice.missing:
        st.markdown("**No advice follows from the answers.**")
        return
    st.markdown("**Not enough answered yet.** Open:")
    for subject in advice.missing[:SHOWN_MISSING]:
        place = subject_step(subject, content())
        page = st.session_state["pages"].get(place) if place != step_id else None
        title = subject_title(subject, content())
        if page is not None:
            st.page_link(page, label=title, icon=":material/edit:", query_params=visit.query)
        else:
            st.markdown(f"- {title}")
    if len(advice.missing) > SHOWN_MISSING:
        st.caption(f"and {len(advice.missing) - SHOWN_MISSING} more")


def _said(subject: str, sheet: AdviceSheet) -> str:
    value = literal(subject_value(subject, sheet.facts, content()))
    return f"{subject_title(subject, content())}: {value}"


def finding_row(finding: Finding, sheet: AdviceSheet) -> None:
    """Show one finding with where it was seen, in the words of the team, and how to mend it."""
    definition = finding.definition
    st.markdown(f"{SEVERITY[definition.severity]} **{definition.title}**")
    for subject in finding.subjects:
        st.markdown(f"- {_said(subject, sheet)}")
    for slot in finding.undecided:
        st.markdown(f"- {subject_title(slot, content())}: no choice")
    st.caption(f"{definition.because} {definition.mend}")
