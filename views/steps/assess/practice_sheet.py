"""The practices as a sheet, and beside it what the answers amount to, which is worked out anew after every rest.

The sheet itself is the component `views/sheet`; what it is given once with the page is in `sheet_data.py`, and how the
score reads in `sheet_score.py`.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

import streamlit as st

from views.live import seen_by
from views.live.relay import relay, wanted
from views.sheet import sheet
from views.steps.assess.practices_asked import (
    ALL,
    MODEL,
    asking_models,
    brought_up,
    chosen_model,
    let_go,
    practices_asked_by,
)
from views.steps.assess.sheet_data import sheet_data
from views.steps.assess.sheet_score import rows_of, score_data
from views.visit.answering import carry_over, note_editions
from views.visit.changing import submit
from views.visit.fragments import fragment
from views.visit.judging import judging
from views.visit.session import Visit, visit_of

PART = "assess-part"
PRACTICES = "Practices"
ROADMAP = "Roadmap"
# The order of the rows, which stays while the sheet is open; set where the whole page has to run, or another page.
ORDER = "sheet-order"
RUN = "sheet-run"
GO = "sheet-go"


def practice_sheet(visit: Visit) -> None:
    """Show the sheet. Answers that were given to practices of an earlier revision are carried over first."""
    visit = carry_over(visit) if visit.may_edit else visit
    scored(visit)
    sheet(sheet_data(visit), key=f"sheet-{visit.id}")


@fragment
def scored(visit: Visit) -> None:
    """Bring the sheet what its answers amount to now, and do what somebody has asked for on it."""
    if st.session_state.pop(RUN, False):
        st.rerun()
    if step := st.session_state.pop(GO, None):
        st.switch_page(st.session_state["pages"][step], query_params=visit.query)
    now = visit_of(visit.member)
    model = chosen_model(now.workshop, judging(now))
    number, practice = brought_up()
    if practice and practice not in practices_asked_by(model, judging(now)):
        model = st.session_state[MODEL] = ALL
    data = {
        **seen_by(now.member, now.seq),
        "model": model,
        "sections": _kept_order(now, model),
        "focus": {"at": number, "practice": practice} if practice else None,
        **score_data(now, model),
    }
    key = f"relay-{now.id}"
    relay(data, key=key, on_want=partial(_do, now, key))


def _kept_order(visit: Visit, model: str) -> list[dict[str, Any]]:
    """Return the rows by section in the order in which this person found them; anew when other practices are asked."""
    kept: dict[tuple[str, str], list[dict[str, Any]]] = st.session_state.setdefault(ORDER, {})
    found, asked = kept.get((visit.id, model)), set(practices_asked_by(model, judging(visit)))
    if found is None or {practice for section in found for practice in section["practices"]} != asked:
        found = kept[visit.id, model] = [asdict(section) for section in rows_of(visit, model)]
    return found


def _do(visit: Visit, key: str) -> None:
    """Do what was asked for on the sheet. What others may see of it is judged where it is stored."""
    asked = wanted(key)
    ids = {ALL, *(model.id for model in asking_models(judging(visit)))}
    if asked.get("mine") and visit.may_edit:
        note_editions(visit)
    if asked.get("model") in ids:
        st.session_state[MODEL] = asked["model"]
        let_go()
    if asked.get("part") == ROADMAP:
        st.session_state[PART], st.session_state[RUN] = ROADMAP, True
    if asked.get("go") in st.session_state.get("pages", {}):
        st.session_state[GO] = asked["go"]
    if asked.get("blind") in ids - {ALL}:
        submit(visit, "room:", {"assessing": {"state": "open", "model": asked["blind"]}})
        st.session_state[RUN] = True
