"""The questions of a step one at a time: what is brought to the component `views/question`, and what it asks for.

What is typed comes as text and is read and judged as in the fields of the list; nothing of that is done in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from canvas.advice.excluded import omissions_in_force, worded
from canvas.advice.question_order import question_groups
from canvas.method.content import Content
from canvas.method.steps import StepDefinition
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.text_gate import clean
from views.live import seen_by
from views.live.relay import relay, wanted
from views.question import VIEW_COOKIE, question
from views.steps.method.blind_question import reply
from views.steps.method.fact_menu import say_absent, take_back
from views.steps.method.question_data import question_data
from views.steps.method.question_told import Draft, told
from views.steps.method.typed_answer import read_answer
from views.visit.changing import Refusal, change
from views.visit.fragments import fragment
from views.visit.session import UNSAVED, Visit, content, visit_of

ONE, LIST = "one", "list"
# Which of the two this tab shows.
VIEW = "questions-view"
# The questions that this tab is at, by step; what of its answers was taken or refused; whether the page has to run.
DRAFT = "question-draft"
RESULTS = "question-results"
RUN = "question-run"
GO = "question-go"
# The rules of omission by whose words the page was drawn.
WORDING = "question-wording"
MOST_SAVES = 60
MOST_NAMED = 40
# Anything may come from a browser; no answer needs more, and what is longer is refused with its length.
MOST_TYPED = 20_000


def shows_one(step: StepDefinition) -> bool:
    """Return whether the questions of a step are shown one at a time: what this browser chose last, else so."""
    if not content().sections_of(step.id):
        return False
    chosen = st.session_state.get(VIEW) or st.context.cookies.to_dict().get(VIEW_COOKIE)
    return chosen != LIST


def show(view: str) -> None:
    """Show the other view from now on."""
    st.session_state[VIEW] = view


def one_question(visit: Visit, step: StepDefinition) -> None:
    """Show the questions of a step one at a time."""
    st.session_state[WORDING] = _wording(visit)
    moving(visit, step.id)
    question(question_data(visit, step, content()), key=f"question-{visit.id}-{step.id}")


@fragment
def moving(visit: Visit, step_id: str) -> None:
    """Bring the component what the answers amount to now, and do what somebody has asked for on it."""
    now = visit_of(visit.member)
    if st.session_state.pop(RUN, False) or st.session_state.get(WORDING) != _wording(now):
        st.rerun()
    if step := st.session_state.pop(GO, None):
        st.switch_page(st.session_state["pages"][step], query_params=visit.query)
    known = worded(now.workshop, content())
    asked = _asked(step_id, known)
    data = {
        **seen_by(now.member, now.seq),
        **told(now, known.steps[step_id], asked, st.session_state.get(DRAFT, {}).get(step_id), known),
        "step": step_id,
        "results": st.session_state.get(RESULTS, {}),
    }
    key = f"relay-question-{now.id}-{step_id}"
    relay(data, key=key, on_want=partial(_do, now, step_id, key))


def _asked(step_id: str, known: Content) -> tuple[str, ...]:
    return tuple(id_ for group in question_groups(step_id, known) for id_ in group.questions)


def _wording(visit: Visit) -> tuple[str, ...]:
    return tuple(rule.id for rule in omissions_in_force(visit.workshop, content().omissions.values()) if rule.words)


def _do(visit: Visit, step_id: str, key: str) -> None:
    """Do what was asked for on the component. Whoever asks may send anything, so all of it is checked."""
    wants = wanted(key)
    asked = _asked(step_id, worded(visit.workshop, content()))
    saves = wants.get("saves")
    known = [save for save in saves[:MOST_SAVES] if _is_save(save, asked)] if isinstance(saves, list) else []
    before: dict[str, Any] = st.session_state.get(RESULTS, {})
    # What is not asked for any more has been heard.
    st.session_state[RESULTS] = {save["id"]: before[save["id"]] for save in known if save["id"] in before}
    for save in known:
        _settle(visit, save)
    at, typed = wants.get("at"), wants.get("typed")
    if isinstance(at, str) and at in asked:
        draft = Draft(at, typed if isinstance(typed, str) and len(typed) <= MOST_TYPED else None)
        st.session_state.setdefault(DRAFT, {})[step_id] = draft
    if wants.get("view") == LIST:
        show(LIST)
        st.session_state[RUN] = True
    go = wants.get("go")
    if isinstance(go, str) and go in st.session_state.get("pages", {}):
        st.session_state[GO] = go


def _is_save(save: Any, asked: tuple[str, ...]) -> bool:
    named = isinstance(save, dict) and isinstance(save.get("id"), str) and len(save["id"]) <= MOST_NAMED
    return named and isinstance(save.get("question"), str) and save["question"] in asked


def _settle(visit: Visit, save: Mapping[str, Any]) -> None:
    """Save once what was asked for under one id, and keep what became of it until the component has heard."""
    results: dict[str, Any] = st.session_state.setdefault(RESULTS, {})
    if save["id"] in results:
        return
    refusal = _saved(visit, save)
    results[save["id"]] = None if refusal is None else {"code": refusal.code, "message": refusal.message}
    if refusal is not None and refusal.code == "out" and str(save.get("typed") or "").strip():
        # Whoever was put out sees the closed door next, and what they typed in front of it.
        st.session_state.setdefault(UNSAVED, []).append(str(save["typed"]))


def _saved(visit: Visit, save: Mapping[str, Any]) -> Refusal | None:
    """Make one change. Returns why not, or None."""
    item, over = f"requirement:{save['question']}", save.get("over") is True
    typed = save.get("typed")
    if not isinstance(typed, str) or len(typed) > MOST_TYPED:
        return Refusal("too-large", f"More than {MOST_TYPED:,} characters cannot be sent. Shorten it.")
    seen = save["base"] if isinstance(save.get("base"), int) else None
    kind = save.get("kind")
    if kind == "state":
        return change(visit, item, {"state": typed}, over=over, seen=seen)
    if kind == "absent":
        return _absent(visit, item, str(save["question"]), typed)
    if kind == "applies":
        return take_back(visit, item)
    value = read_answer(content().requirements[save["question"]], typed, visit.workshop, content())
    if isinstance(value, Refusal):
        return value
    if kind == "reply":
        return reply(visit, f"judgement:{save['question']}", None, value, over)
    if kind == "take":
        return _take(visit, item, value)
    return change(visit, item, {"value": value}, over=over, seen=seen)


def _absent(visit: Visit, item: str, question_id: str, typed: str) -> Refusal | None:
    reason = clean(typed)
    if len(reason) > TEXT_LIMITS["long-text"]:
        return Refusal("too-large", f"A reason has at most {TEXT_LIMITS['long-text']:,} characters. Shorten it.")
    given = next((one for one in visit.workshop.requirements if one.id == question_id), None)
    return say_absent(visit, item, given, reason or None, False)


def _take(visit: Visit, item: str, value: Any) -> Refusal | None:
    """Take what somebody said in a blind round as the answer; for who leads it."""
    if not visit.leads:
        return Refusal("forbidden", "Only the facilitator takes an answer of the round.")
    return change(visit, item, {"value": value, "state": "decided"})
