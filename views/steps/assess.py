"""Assess: one practice at a time, and at the right every model moving from the same answers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from assessments.content import shipped as library
from assessments.definitions import PracticeDefinition
from assessments.present import standing
from assessments.result import Change, Result
from assessments.score import score_all
from canvas.text import clean
from canvas.workshop import Answer, Evidence
from views.bars import interval_bar
from views.literal import literal
from views.session import Visit, content, submit

CHOICES = {
    "none": "Not done",
    "manual": "By hand, documented",
    "automated": "Automated",
    "unknown": "Don't know",
    "not-applicable": "Not applicable",
}
SHOWN_CHANGES = 6
MARKS = {"none": "○", "manual": "◐", "automated": "●", "unknown": "?", "not-applicable": "n/a", None: "☐"}


def given_choice(answer: Answer | None) -> str | None:
    """Return which of the five choices an answer is, or None when there is no answer."""
    if answer is None:
        return None
    return str(answer.value) if answer.state == "answered" else answer.state


def answer_practice(visit: Visit, practice: str, key: str) -> None:
    """Store one of the five choices; taking the choice back leaves the practice unanswered."""
    picked, item = st.session_state[key], f"answer:{practice}"
    if picked is None:
        submit(visit, item, {"deleted": True})
        return
    changes: dict[str, Any] = {"deleted": None}
    if picked in {"none", "manual", "automated"}:
        changes |= {"value": picked, "state": "answered"}
    elif picked == "unknown":
        changes |= {"value": None, "state": "unknown"}
    else:
        # Nothing is stored before there is a reason; the page asks for it now.
        return
    submit(visit, item, changes)


def save_reason(visit: Visit, practice: str, key: str) -> None:
    """Store that a practice does not apply, and why."""
    reason = clean(st.session_state[key])
    if reason:
        changes = {"deleted": None, "value": None, "reason": reason, "state": "not-applicable"}
        submit(visit, f"answer:{practice}", changes)


def add_evidence(visit: Visit, practice: str, answer: Answer | None, key: str) -> None:
    """Add what the person typed to the evidence of a practice."""
    text = clean(st.session_state[key])[:200]
    if text:
        found = [*(answer.evidence if answer else ()), Evidence(ref=text)]
        submit(visit, f"answer:{practice}", {"evidence": [e.model_dump(exclude_none=True) for e in found]})


def drop_evidence(visit: Visit, practice: str, answer: Answer, index: int) -> None:
    """Take one piece of evidence away."""
    found = [e.model_dump(exclude_none=True) for i, e in enumerate(answer.evidence) if i != index]
    submit(visit, f"answer:{practice}", {"evidence": found})


def practice_picker(visit: Visit) -> PracticeDefinition:
    """Let the person pick a practice; the first unanswered one comes up by itself."""
    practices = library().practices
    given = {answer.id: answer for answer in visit.workshop.answers}
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


def _block_number(practice: PracticeDefinition) -> int:
    block = content().block(practice.blocks[0])
    return block.number if block else 0


def _step(order: list[str], by: int) -> None:
    at = order.index(st.session_state["practice"]) + by
    st.session_state["practice"] = order[at % len(order)]


def practice_card(visit: Visit, practice: PracticeDefinition) -> None:
    """Show a practice with how to verify it, and take the answer."""
    answer = next((a for a in visit.workshop.answers if a.id == practice.id), None)
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
            why = f"{item}:reason:{visit.base(item, 'reason')}"
            st.text_input(
                "Why it does not apply",
                (answer.reason if answer else None) or "",
                key=why,
                placeholder="Saved once there is a reason",
                on_change=save_reason,
                args=(visit, practice.id, why),
                disabled=not visit.may_edit,
            )
        st.markdown(f"**By hand** means: {practice.manual}  \n**Automated** means: {practice.automated}")
        st.markdown(f"**How to verify.** {practice.verify}")
        evidence_list(visit, practice, answer)


def evidence_list(visit: Visit, practice: PracticeDefinition, answer: Answer | None) -> None:
    """Show what proves the answer, let people add to it, and say what would and would not count."""
    st.markdown("**Evidence**")
    for index, found in enumerate(answer.evidence if answer else ()):
        text, drop = st.columns([8, 1], vertical_alignment="center")
        text.text(found.ref)
        drop.button(
            "",
            key=f"drop-{practice.id}-{index}",
            icon=":material/close:",
            help="Remove",
            on_click=drop_evidence,
            args=(visit, practice.id, answer, index),
            disabled=not visit.may_edit,
        )
    key = f"evidence-{practice.id}:{visit.base(f'answer:{practice.id}', 'evidence')}"
    st.text_input(
        "Add a link, a path or a sentence",
        key=key,
        on_change=add_evidence,
        args=(visit, practice.id, answer, key),
        max_chars=200,
        disabled=not visit.may_edit or answer is None,
        help="Answer first, then say what shows it.",
    )
    st.caption("**Enough:** " + "; ".join(practice.evidence.enough))
    st.caption("**Not enough:** " + "; ".join(practice.evidence.not_enough))


def model_row(result: Result) -> None:
    """Show one model: value or open band, the bar of sure and open, its sections."""
    kind = ":green-badge[official]" if result.official else ":gray-badge[derived]"
    st.markdown(f"**{result.title}** {kind} :gray[{literal(standing(result))}]")
    if result.assessable and result.lower is not None and result.upper is not None:
        interval_bar(result.lower, result.upper, result.maximum, f"{result.title}: {standing(result)}")
    lowest = min((s.lower for s in result.sections), default=0)
    parts = [
        f":red[**{s.title}: {s.lower:g}**]"
        if s.lower == lowest and result.method == "min_of_sections"
        else f"{s.title}: {s.lower:g} of {s.maximum:g}"
        for s in result.sections
    ]
    st.markdown(f":small[{' · '.join(parts)} · {result.coverage:.0%} answered]")


def show_change(change: Change, titles: dict[str, str]) -> None:
    """Show one answer to raise: from what to what, how much effort, and what comes first."""
    effort = "●" * change.effort + "○" * (5 - change.effort)
    step = f"{CHOICES.get(change.current, change.current)} → {CHOICES.get(change.to, change.to)}"
    first = ", ".join(titles.get(p, p) for p in change.prerequisites)
    st.markdown(f"{change.title}  \n:gray[:small[{step} · effort {effort}{f' · first: {first}' if first else ''}]]")


def holding_back(result: Result) -> None:
    """Show what holds a model's value and the smallest change that raises it."""
    titles = {practice.id: practice.title for practice in library().practices.values()}
    st.markdown(f"**{result.title}**")
    if result.unlock is None:
        st.caption("Nothing left to reach here.")
        return
    st.caption(f"Smallest change that reaches {result.unlock.reaches}:")
    for change in result.unlock.changes[:SHOWN_CHANGES]:
        show_change(change, titles)
    rest = result.unlock.changes[SHOWN_CHANGES:]
    if rest:
        with st.expander(f"{len(rest)} more"):
            for change in rest:
                show_change(change, titles)
    if result.not_helping:
        with st.expander("What would not help now"):
            st.caption(", ".join(titles.get(p, p) for p in result.not_helping))


visit: Visit | None = st.session_state["visit"]
if visit is None:
    st.info("Open a workshop first.")
    st.page_link("steps/start.py", label="To the start page")
else:
    results = score_all(visit.workshop)
    main, side = st.columns([3, 2], gap="medium")
    with main:
        practice_card(visit, practice_picker(visit))
    with side:
        with st.container(border=True):
            st.subheader("All models, one answer sheet")
            st.caption("Solid: sure. Striped: depends on answers still open. Official: published arithmetic.")
            for scored in results:
                model_row(scored)
        with st.container(border=True):
            st.subheader("What holds you back")
            for scored in results:
                holding_back(scored)
