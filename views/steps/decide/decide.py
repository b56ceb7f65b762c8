"""Decide: all slots with their options, reasons and drafts in one component; below it the records and other decisions.

The component is `views/deciding`; what it is given is in `decide_data.py`.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from views.deciding import deciding
from views.live import seen_by
from views.live.relay import relay, wanted
from views.steps.decide.beyond import other_decisions
from views.steps.decide.decide_data import choosable, standing
from views.steps.decide.records import records_of
from views.visit.fragments import fragment
from views.visit.session import Visit, content, visit_of
from views.widgets.sketch import architecture_picture

# The slot that this person looks at, whose records are shown below.
SLOT = "slot"
RUN = "decide-run"
# The picture is asked for by itself: a layout takes longer than all the rest.
PICTURE = "decide-picture"


def decide(visit: Visit) -> None:
    """Show the component, then what plain pages can do as well."""
    slot = st.session_state.get(SLOT)
    deciding({**seen_by(visit.member, visit.seq), **choosable(visit), "slot": slot}, key=f"deciding-{visit.id}")
    standing_now(visit)
    if slot in content().slots:
        records_of(visit, (decision for decision in visit.workshop.decisions if decision.slot == slot))
    other_decisions(visit)


@fragment
def standing_now(visit: Visit) -> None:
    """Bring the component where everything stands now, and do what it has asked for."""
    if st.session_state.pop(RUN, False):
        st.rerun()
    now = visit_of(visit.member)
    key = f"relay-{now.id}"
    picture = architecture_picture(now) if st.session_state.pop(PICTURE, False) else None
    data = {**seen_by(now.member, now.seq), **standing(now), "picture": picture}
    relay(data, key=key, on_want=partial(_do, key))


def _do(key: str) -> None:
    asked = wanted(key)
    st.session_state[PICTURE] = asked.get("picture") is True
    if asked.get("slot") in content().slots:
        st.session_state[SLOT] = asked["slot"]
        # The records below are those of another slot.
        st.session_state[RUN] = True


decide(st.session_state["visit"])
