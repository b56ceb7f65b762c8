"""One practice at a time: its question, the five answers, what they mean, and the evidence for the one given."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assessments.shapes.answers import answer_mark
from assessments.shapes.library import Library
from assessments.shapes.practice import PracticeDefinition
from canvas.document.workshop import Answer
from canvas.method.typed_values import TEXT_LIMITS
from views.literal import literal
from views.steps.assess.asking import answer_field, ask, spread_words
from views.steps.assess.check_again import check_again
from views.steps.assess.evidence_list import evidence_list
from views.visit.answering import answer_item
from views.visit.changing import Refusal
from views.visit.judging import judging
from views.visit.session import Visit, content
from views.widgets.choices import pick
from views.widgets.fields import text_field
from views.widgets.keeping import Save

ALL = "all"


def given_choice(answer: Answer | None) -> str | None:
    """Return which of the five choices an answer is, or None when there is no answer."""
    if answer is None:
        return None
    return str(answer.value) if answer.state == "answered" else answer.state


def bring_up(practice: str) -> None:
    """Make a practice the one that is asked, whichever model's practices were chosen. Only for callbacks."""
    st.session_state["practices-of"] = ALL
    st.session_state["practice"] = practice


def answer_practice(visit: Visit, practice: str, choice: str | None, over: bool) -> Refusal | None:
    """Store one of the five choices; taking the choice back leaves the practice unanswered. Returns why not."""
    if choice is None:
        return answer_item(visit, practice, {"deleted": True}, over=over)
    if choice == "not-applicable":
        # Nothing is stored before there is a reason; the page asks for it now.
        return None
    known = choice != "unknown"
    changes = {"deleted": None, "value": choice if known else None, "state": "answered" if known else "unknown"}
    return answer_item(visit, practice, changes, over=over)


def save_reason(visit: Visit, practice: str, reason: str, over: bool) -> Refusal | None:
    """Store that a practice does not apply, and why. Returns why not."""
    changes = {"deleted": None, "value": None, "reason": reason, "state": "not-applicable"}
    return answer_item(visit, practice, changes, over=over)


def ask_why_not(visit: Visit, practice: str, answer: Answer | None, save: Save) -> None:
    """Ask why a practice does not apply; `save` gets the reason, never an empty one."""
    given = answer is not None and answer.state == "not-applicable"

    def save_some(reason: str | None, over: bool) -> Refusal | None:
        if reason is not None:
            return save(reason, over)
        needed = "A practice that does not apply needs its reason. Write one, or choose another answer above."
        return Refusal("malformed", needed) if given else None

    text_field(
        "Why it does not apply",
        answer.reason if answer else None,
        visit.base(f"answer:{practice}", "reason"),
        save_some,
        key=f"why-not:{practice}",
        limit=TEXT_LIMITS["long-text"],
        placeholder="Saved once there is a reason",
        disabled=not visit.may_edit,
    )


def practice_picker(visit: Visit) -> PracticeDefinition:
    """Let the person pick a practice, of one model or of all; the first unanswered one comes up by itself."""
    given = {answer.id: answer for answer in visit.workshop.answers}
    judged = judging(visit)
    models = {ALL: "All models"} | {model.id: model.title for model in judged.models.values() if model.sections}
    asking = pick("Practices of", models, key="practices-of")
    practices = practices_asked_by(asking, judged)
    order = sorted(practices, key=lambda p: (_block_number(practices[p]), p))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice = st.container(width="stretch")
        st.button("", on_click=_step, args=(order, -1), icon=":material/arrow_back:", help="Previous", key="back")
        st.button("", on_click=_step, args=(order, 1), icon=":material/arrow_forward:", help="Next", key="forth")
    picked = pick(
        f"Practice ({len(set(given) & set(practices))} of {len(practices)} answered)",
        {p: f"{answer_mark(given_choice(given.get(p)))} {practices[p].title}" for p in order},
        key="practice",
        default=next((p for p in order if p not in given), order[0]),
        where=choice,
    )
    return practices[picked]


def practices_asked_by(model_id: str, judged: Library) -> dict[str, PracticeDefinition]:
    """Return the practices that a model asks for; all of them when it asks for none, as a model of measures does."""
    practices = dict(judged.practices)
    if model_id == ALL:
        return practices
    asked = {criterion.item for criterion in judged.models[model_id].criteria}
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
    blocks = [b for b in (content().block(block) for block in practice.blocks) if b]
    with st.container(border=True):
        st.caption(" · ".join(f"block {b.number} {b.short}" for b in blocks))
        ask(practice, lambda: _take(visit, practice, answer), heading=True)
        st.markdown("**Evidence**")
        evidence_list(visit, practice.id, answer)
        st.caption("**Enough:** " + "; ".join(practice.evidence.enough))
        st.caption("**Not enough:** " + "; ".join(practice.evidence.not_enough))


def _take(visit: Visit, practice: PracticeDefinition, answer: Answer | None) -> None:
    """Take the answer, with its reason where the practice does not apply, above what assessors had said before."""
    item = f"answer:{practice.id}"
    picked = answer_field(
        practice.title,
        given_choice(answer),
        visit.base(item, "value", "state", "deleted"),
        partial(answer_practice, visit, practice.id),
        key=item,
        label_visibility="collapsed",
        disabled=not visit.may_edit,
    )
    if picked == "not-applicable":
        ask_why_not(visit, practice.id, answer, partial(save_reason, visit, practice.id))
    if answer is not None and answer.spread:
        _what_was_said(answer)


def _what_was_said(answer: Answer) -> None:
    """Show under an answer what the assessors had said before they agreed, and who still sees it otherwise."""
    dissent = f" Otherwise: {literal(answer.dissent)}" if answer.dissent else ""
    st.caption(f"Before the room agreed: {spread_words(answer.spread)}.{dissent}")
