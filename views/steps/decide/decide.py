"""Decide: all slots with their options, reasons and drafts in one component; below it the records and other decisions.

The component is `views/deciding`; what it is given is in `decide_data.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from assessments.library.packs import library
from canvas.advice.accepted import ACCEPTED, accepting_risk, risk_of, source_of
from canvas.advice.options import contradictions
from canvas.store.store import new_id
from templates.plan import make_plan
from views.deciding import deciding
from views.live import seen_by
from views.live.relay import relay, wanted
from views.steps.decide.beyond import other_decisions
from views.steps.decide.decide_data import choosable, standing, told_files
from views.steps.decide.records import records_of
from views.visit.changing import Refusal, asked, change
from views.visit.fragments import fragment
from views.visit.session import Visit, content, visit_of
from views.widgets.sketch import architecture_picture

# The slot that this person looks at, whose records are shown below.
SLOT = "slot"
RUN = "decide-run"
# The picture is asked for by itself: a layout takes longer than all the rest.
PICTURE = "decide-picture"
# The slot whose draft is to be compared with the project as it is: two projects are rendered for it.
FILES = "decide-files"
# Why what was asked for was refused, told once.
REFUSED = "decide-refused"
# How a contradiction's risk is judged when it is no longer accepted: what the team wrote of it stays.
NOT_JUDGED = "open"


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
    refused = st.session_state.pop(REFUSED, None)
    compared = st.session_state.pop(FILES, None)
    files = told_files(now, compared) if compared else None
    data = {**seen_by(now.member, now.seq), **standing(now), "picture": picture, "files": files, "refused": refused}
    relay(data, key=key, on_want=partial(_do, now, key))


def _do(visit: Visit, key: str) -> None:
    """Do what was asked for. Whether this person may is judged where it is stored."""
    wants = wanted(key)
    if refused := _live_with(visit_of(visit.member), wants):
        st.session_state[REFUSED] = refused.message
    st.session_state[PICTURE] = wants.get("picture") is True
    st.session_state[FILES] = wants["files"] if wants.get("files") in content().slots else None
    if wants.get("slot") in content().slots:
        st.session_state[SLOT] = wants["slot"]
        # The records below are those of another slot.
        st.session_state[RUN] = True


def _live_with(visit: Visit, wants: Mapping[str, Any]) -> Refusal | None:
    """Accept a contradiction as a risk of the register, or open it again. What is not there any more is passed over."""
    accept, reopen = wants.get("accept"), wants.get("reopen")
    asked_for = accept or reopen
    if not isinstance(asked_for, str):
        return None
    plan = make_plan(visit.workshop, content(), library())
    named = {source_of(found): found for found in contradictions(visit.workshop, plan.known, plan.content)}
    if (found := named.get(asked_for)) is None:
        return None
    if risk := risk_of(found, visit.workshop):
        return change(visit, f"risk:{risk.id}", {"residual": ACCEPTED if accept else NOT_JUDGED}, over=True)
    return asked(visit, "add", f"risk:{new_id('r')}", accepting_risk(found, plan.content)) if accept else None


decide(st.session_state["visit"])
