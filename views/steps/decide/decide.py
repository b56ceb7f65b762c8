"""Decide: for one slot at a time the ranked options with their reasons, the team's own reason, and the record."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from canvas.advice.excluded import omitted
from canvas.advice.facts import known_facts, resolve
from canvas.advice.options import contradictions, rank_options, rests_on
from canvas.method.catalog import Slot
from canvas.method.subjects import subject_title
from templates.plan import choice_title
from views.literal import literal
from views.steps.decide.beyond import other_decisions
from views.steps.decide.choice_details import choice_details
from views.steps.decide.options_list import options_list
from views.steps.decide.recording import reason_and_record
from views.steps.decide.records import records_of
from views.steps.decide.slots import all_decisions, slot_picker
from views.visit.session import Visit, content
from views.widgets.sketch import architecture_sketch


def one_slot(visit: Visit, slot: Slot) -> None:
    """Show the question of a slot, what can fill it, the draft and its records."""
    draft, in_force = visit.workshop.draft_of(slot.id), visit.workshop.decision_for(slot.id)
    st.subheader(slot.question)
    if gone := omitted(visit.workshop, content()).get(slot.id):
        st.markdown(f"**Does not apply:** {gone.why}")
        st.caption(f"{gone.because} What is recorded here is kept, and counts again once that is no longer so.")
        records_of(visit, (decision for decision in visit.workshop.decisions if decision.slot == slot.id))
        return
    what_it_rests_on(visit, slot)
    options_list(visit, slot, draft or in_force)
    if draft is not None:
        choice_details(visit, slot, draft)
    reason_and_record(visit, slot, draft, in_force)
    records_of(visit, (decision for decision in visit.workshop.decisions if decision.slot == slot.id))


def contradiction_cards(visit: Visit) -> None:
    """Show each contradiction with both places and a mend."""
    found = contradictions(visit.workshop, known_facts(visit.workshop, content()), content())
    for contradiction in found:
        with st.container(border=True):
            title = content().slots[contradiction.slot].title
            st.markdown(f":red[:material/warning: **Contradiction**] · {title}")
            st.markdown(f"{literal(choice_title(contradiction.choice, content()))}: {contradiction.because}")
            st.markdown(f"**Mend:** {contradiction.mend}")
            st.caption(f"Looks at: {_titles(contradiction.subjects)}")


def what_it_rests_on(visit: Visit, slot: Slot) -> None:
    """Name the facts that the ranking reads, and those still open."""
    facts = resolve(visit.workshop, content())
    ranked = rank_options(slot.id, known_facts(visit.workshop, content()), content())
    used = [s for s in rests_on(ranked) if s in facts]
    unknown = dict.fromkeys(s for option in ranked for s in option.unknown)
    parts = [f"{facts[s].definition.title} **{literal(facts[s].printed)}**" for s in used]
    if parts:
        st.caption("From: " + " · ".join(parts))
    own = [s for s in unknown if s in content().slots and visit.workshop.decision_for(s)]
    open_ones = [s for s in unknown if s not in own]
    if open_ones:
        st.markdown(f":small[**Not answered yet, so not counted:** {_titles(open_ones)}]")
    if own:
        st.caption(f"Decided in your own words, so not judged: {_titles(own)}")


def _titles(subjects: Iterable[str]) -> str:
    return ", ".join(subject_title(subject, content()) for subject in subjects)


visit: Visit = st.session_state["visit"]
slot = slot_picker(visit)
main, side = st.columns([3, 2], gap="medium")
with main:
    with st.container(border=True):
        one_slot(visit, slot)
    other_decisions(visit)
with side:
    contradiction_cards(visit)
    with st.container(border=True):
        st.subheader("Your architecture so far")
        architecture_sketch(visit)
    all_decisions(visit)
