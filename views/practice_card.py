"""One practice at a time: its question, the five answers, what they mean, and the evidence for the one given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from assessments.definitions import PracticeDefinition
from assessments.packs import library
from canvas.text import clean
from canvas.workshop import Answer
from views.answering import answer_item
from views.check_again import check_again
from views.evidence_list import evidence_list
from views.literal import literal
from views.session import Visit, content

CHOICES = {
    "none": "Not done",
    "manual": "By hand, documented",
    "automated": "Automated",
    "unknown": "Don't know",
    "not-applicable": "Not applicable",
}
ALL = "all"
MARKS: Mapping[str | None, str] = {
    "none": "○",
    "manual": "◐",
    "automated": "●",
    "unknown": "?",
    "not-applicable": "n/a",
    None: "☐",
}


def given_choice(answer: Answer | None) -> str | None:
    """Return which of the five choices an answer is, or None when there is no answer."""
    if answer is None:
        return None
    return str(answer.value) if answer.state == "answered" else answer.state


def bring_up(practice: str) -> None:
    """Make a practice the one that is asked, whichever model's practices were chosen. Only for callbacks."""
    st.session_state["practices-of"] = ALL
    st.session_state["practice"] = practice


def answer_practice(visit: Visit, practice: str, key: str) -> None:
    """Store one of the five choices; taking the choice back leaves the practice unanswered."""
    picked = st.session_state[key]
    if picked is None:
        answer_item(visit, practice, {"deleted": True})
        return
    changes: dict[str, Any] = {"deleted": None}
    if picked in {"none", "manual", "automated"}:
        changes |= {"value": picked, "state": "answered"}
    elif picked == "unknown":
        changes |= {"value": None, "state": "unknown"}
    else:
        # Nothing is stored before there is a reason; the page asks for it now.
        return
    answer_item(visit, practice, changes)


def save_reason(visit: Visit, practice: str, reason: str) -> None:
    """Store that a practice does not apply, and why."""
    answer_item(visit, practice, {"deleted": None, "value": None, "reason": reason, "state": "not-applicable"})


def ask_why_not(visit: Visit, practice: str, answer: Answer | None, save: Callable[[str], object]) -> None:
    """Ask why a practice does not apply; `save` gets the reason, never an empty one."""
    key = f"why-not:{practice}:{visit.base(f'answer:{practice}', 'reason')}"

    def typed() -> None:
        reason = clean(st.session_state[key])
        if reason:
            save(reason)

    st.text_input(
        "Why it does not apply",
        (answer.reason if answer else None) or "",
        key=key,
        placeholder="Saved once there is a reason",
        on_change=typed,
        disabled=not visit.may_edit,
    )


def practice_picker(visit: Visit) -> PracticeDefinition:
    """Let the person pick a practice, of one model or of all; the first unanswered one comes up by itself."""
    given = {answer.id: answer for answer in visit.workshop.answers}
    models = {ALL: "All models"} | {model.id: model.title for model in library().models.values()}
    asking = st.selectbox("Practices of", list(models), format_func=lambda m: models[m], key="practices-of")
    practices = practices_asked_by(asking)
    order = sorted(practices, key=lambda p: (_block_number(practices[p]), p))
    if st.session_state.get("practice") not in practices:
        st.session_state["practice"] = next((p for p in order if p not in given), order[0])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice = st.container(width="stretch")
        st.button("", on_click=_step, args=(order, -1), icon=":material/arrow_back:", help="Previous", key="back")
        st.button("", on_click=_step, args=(order, 1), icon=":material/arrow_forward:", help="Next", key="forth")
    picked = choice.selectbox(
        f"Practice ({len(set(given) & set(practices))} of {len(practices)} answered)",
        order,
        format_func=lambda p: f"{MARKS[given_choice(given.get(p))]} {practices[p].title}",
        key="practice",
    )
    return practices[picked]


def practices_asked_by(model_id: str) -> dict[str, PracticeDefinition]:
    """Return the practices that a model asks for; all of them when it asks for none, as a model of measures does."""
    practices = dict(library().practices)
    if model_id == ALL:
        return practices
    asked = {criterion.item for criterion in library().models[model_id].criteria}
    return {id_: practice for id_, practice in practices.items() if id_ in asked} or practices


def _block_number(practice: PracticeDefinition) -> int:
    block = content().block(practice.blocks[0])
    return block.number if block else 0


def _step(order: list[str], by: int) -> None:
    at = order.index(st.session_state["practice"]) + by
    st.session_state["practice"] = order[at % len(order)]


def practice_card(visit: Visit, practice: PracticeDefinition) -> None:
    """Show a practice with how to verify it, and take the answer."""
    answer = next((a for a in visit.workshop.answers if a.id == practice.id), None)
    check_again(visit, practice)
    item = f"answer:{practice.id}"
    seq = max(visit.base(item, p) for p in ("value", "state", "deleted"))
    key = f"{item}:{seq}"
    blocks = [b for b in (content().block(block) for block in practice.blocks) if b]
    with st.container(border=True):
        st.caption(" · ".join(f"block {b.number} {b.short}" for b in blocks))
        st.subheader(practice.question)
        st.markdown(practice.why)
        picked = st.segmented_control(
            practice.title,
            list(CHOICES),
            default=given_choice(answer),
            format_func=lambda c: CHOICES[c],
            key=key,
            on_change=answer_practice,
            args=(visit, practice.id, key),
            label_visibility="collapsed",
            disabled=not visit.may_edit,
        )
        if picked == "not-applicable":
            ask_why_not(visit, practice.id, answer, lambda reason: save_reason(visit, practice.id, reason))
        if answer is not None and answer.spread:
            _what_was_said(answer)
        st.markdown(f"**By hand** means: {practice.manual}  \n**Automated** means: {practice.automated}")
        st.markdown(f"**How to verify.** {practice.verify}")
        st.markdown("**Evidence**")
        evidence_list(visit, practice.id, answer)
        st.caption("**Enough:** " + "; ".join(practice.evidence.enough))
        st.caption("**Not enough:** " + "; ".join(practice.evidence.not_enough))


def spread_words(spread: Mapping[str, int]) -> str:
    """Return how many assessors said what: `Not done 2 · By hand, documented 1`."""
    return " · ".join(f"{CHOICES[said]} {count}" for said, count in spread.items() if said in CHOICES)


def _what_was_said(answer: Answer) -> None:
    """Show under an answer what the assessors had said before they agreed, and who still sees it otherwise."""
    dissent = f" Otherwise: {literal(answer.dissent)}" if answer.dissent else ""
    st.caption(f"Before the room agreed: {spread_words(answer.spread)}.{dissent}")
