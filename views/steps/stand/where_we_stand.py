"""Where we stand: one page for somebody who was not in the room, to present, to print and to take along.

What it shows is in `stand_data.py` and `templates/summary`; here is what can be asked of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from canvas.store.store import new_id
from views.live.relay import relay, wanted
from views.stand import stand
from views.steps.assess.practice_sheet import PART, PRACTICES
from views.steps.assess.practices_asked import MODEL, bring_up
from views.steps.documents import document
from views.steps.exports import everything, summary_page
from views.steps.stand.stand_data import ASSIGNED, picture, stand_data, told_data
from views.visit.changing import Refusal, asked, change
from views.visit.clock import zone
from views.visit.fragments import fragment
from views.visit.session import Visit, visit_of
from views.widgets.downloads import download
from views.widgets.refused_packs import refused_packs

GO = "stand-go"
# What became of what was asked for, told once.
ANSWERED = "stand-answered"
# The picture that came with the page, to bring another one only when the decisions have changed.
DRAWN = "stand-drawn"


def files(visit: Visit) -> None:
    """Show what can be taken along from here."""
    ready = document(visit)
    slug = ready.slug or "workshop"
    with st.container(key="stand-files", horizontal=True):
        make = partial(summary_page, ready, zone())
        download(visit, "PDF summary", make, f"{slug}-where-we-stand.pdf", "application/pdf", icon=":material/article:")
        make = partial(everything, ready, zone())
        download(visit, "Download all", make, f"{slug}-everything.zip", "application/zip", icon=":material/download:")


@fragment
def told(visit: Visit) -> None:
    """Bring the page what has changed, and do what somebody has asked for on it."""
    if step := st.session_state.pop(GO, None):
        st.switch_page(st.session_state["pages"][step], query_params=visit.query)
    now = visit_of(visit.member)
    drawn = picture(now)
    changed = {} if drawn == st.session_state.get(DRAWN) else {"picture": drawn}
    answered = st.session_state.pop(ANSWERED, {})
    key = f"relay-{now.id}"
    relay({**told_data(now), **changed, **answered}, key=key, on_want=partial(_do, now, key))


def _do(visit: Visit, key: str) -> None:
    """Do what was asked for. Whether this person may is judged where it is stored."""
    wants = wanted(key)
    now = visit_of(visit.member)
    answered: dict[str, Any] = {"assigned": list(_assigned(now, wants.get("assign")))}
    if isinstance(wants.get("models"), list):
        refused = change(now, "workshop:", {"models": wants["models"] or None}, over=True)
        answered["refused"] = refused and refused.message
    if isinstance(wants.get("name"), str):
        refused = asked(now, "add", f"moment:m-{new_id()}", {"name": wants["name"]})
        answered |= {"momentRefused": refused and refused.message, "named": refused is None}
    _go(wants)
    st.session_state[ANSWERED] = answered


def _assigned(visit: Visit, wants: object) -> Iterator[dict[str, Any]]:
    """Set owners and days, each with what its writer saw of it. Yield what became of each."""
    for want in wants if isinstance(wants, Sequence) and not isinstance(wants, str) else ():
        if not isinstance(want, Mapping) or want.get("prop") not in ASSIGNED:
            continue
        refused = _assign(visit, f"assignment:{want.get('item')}", want)
        told = {"message": refused.message, "stale": refused.stale} if refused else {"message": None, "stale": False}
        yield {"n": want.get("n"), "key": want.get("key"), **told}


def _assign(visit: Visit, item: str, want: Mapping[str, Any]) -> Refusal | None:
    prop, value, base = str(want["prop"]), want.get("value"), want.get("base")
    value = value if isinstance(value, str) and value else None
    seen = base if isinstance(base, int) else 0
    looked = replace(visit, bases={**visit.bases, (item, prop): seen, (item, "deleted"): seen})
    return change(looked, item, {"deleted": None, prop: value}, over=want.get("over") is True)


def _go(wants: Mapping[str, Any]) -> None:
    step = wants.get("go")
    if not isinstance(step, str) or step not in st.session_state.get("pages", {}):
        return
    st.session_state[GO] = step
    if step == "assess":
        part, practice, model = (wants.get(name) for name in ("part", "practice", "model"))
        st.session_state[PART] = part if isinstance(part, str) else PRACTICES
        if isinstance(model, str):
            st.session_state[MODEL] = model
        if isinstance(practice, str):
            bring_up(practice)


visit: Visit = st.session_state["visit"]
refused_packs()
data = stand_data(visit)
st.session_state[DRAWN] = data["picture"]
told(visit)
# The component that follows it stands in one row with it.
files(visit)
stand(data, key=f"stand-{visit.id}")
