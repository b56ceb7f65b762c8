"""What assessors said, once it is revealed: how well they agree, what to talk about, what the room settles on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from assessments.library.packs import library
from assessments.scoring.sheet import sheet_from
from assessments.shapes.answers import answer_title
from assessments.standing.agreement import Agreement, Question, ScoreRange, agreement, questions, score_range
from assessments.standing.as_data import figure
from canvas.document.workshop import Answer
from canvas.log.blind_answers import Judged, Said
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.text_gate import counted
from views.literal import literal
from views.steps.assess.asking import answer_field, ask, ask_why_not, spread_words
from views.steps.assess.practices_asked import practices_asked_by
from views.visit.answering import answer_item
from views.visit.changing import Refusal, tell
from views.visit.judging import judging
from views.visit.session import Visit
from views.visit.session import names as names_of
from views.widgets.fields import text_field

STRENGTHS = {
    "too-few": "Too little to say how well you agree: it takes two people and ten practices that both answered.",
    "alike": "Everybody gave the same answer everywhere.",
    "reliable": "You agree: most differences are chance. Talk about the few at the top and record the rest.",
    "tentative": "You agree roughly. Settle the differences before anybody quotes the score.",
    "weak": "You see this differently. The score means little before you have talked about the practices below.",
}
SIDES = 3


def consensus_card(visit: Visit, model: str, shown: Sequence[Judged], *, signed: bool) -> None:
    """Show a revealed round about the practices of a model as the agenda of a talk.

    `shown` is what was said in it, `signed` says whether names may be shown.
    """
    asked = practices_asked_by(model, judging(visit))
    judged = [one for one in shown if one.practice in asked]
    answers = {answer.id: answer for answer in visit.workshop.answers}
    found = questions(judged, sheet_from(visit.workshop), judging(visit))
    st.subheader(f"Revealed: {library().model(model).title}")
    if not found:
        st.info("Nobody answered anything in this round.")
        return
    _how_well(visit, model, judged, agreement(judged))
    by = {one.practice: one.by for one in judged} if signed else {}
    names = names_of(visit) if signed else {}
    apart = [question for question in found if question.agreed is None]
    alone = [question for question in found if question.people == 1]
    alike = [question for question in found if question.agreed is not None and question.people > 1]
    if apart:
        st.markdown(f"**To talk about: {len(apart)}.** Where you differ most and it moves most comes first.")
    for question in apart:
        with st.container(border=True, key=f"apart-{question.practice}"):
            said, settled = st.columns([2, 3], gap="medium")
            with said:
                _sides(question, by.get(question.practice, {}), names)
            with settled:
                _settle(visit, question, answers.get(question.practice))
            _asked(question)
    if alike:
        _alike(visit, alike, answers)
    if alone:
        _alone(visit, alone, answers)


def _how_well(visit: Visit, model: str, judged: Sequence[Judged], how: Agreement) -> None:
    st.markdown(STRENGTHS[how.strength])
    alpha = (
        f", Krippendorff's alpha {how.alpha:.2f} (1 is full agreement, 0 is chance)" if how.alpha is not None else ""
    )
    people, shared = counted(how.assessors, "assessor"), counted(how.shared, "practice")
    st.caption(f"{people}. Two or more of them said how it is done for {shared}{alpha}.")
    alone = _range_of(visit, model, judged)
    if alone:
        lowest, highest, now = (figure(value, alone.maximum) for value in (alone.lowest, alone.highest, alone.now))
        reach = f"{lowest} for everybody" if lowest == highest else f"from {lowest} to {highest}"
        st.caption(f"Each assessor alone would come to: {reach}, of {alone.maximum:g}. Recorded answers say {now}.")


def _range_of(visit: Visit, model: str, judged: Sequence[Judged]) -> ScoreRange | None:
    library = judging(visit)
    return score_range(library.model(model), judged, sheet_from(visit.workshop), library)


def _sides(question: Question, by: Mapping[str, Said], names: Mapping[str, str]) -> None:
    practice = library().practices[question.practice]
    st.markdown(f"**{practice.title}**  \n{spread_words(question.spread)}")
    if question.applies is None:
        st.caption("You differ on whether it applies at all. Settle that first.")
    if question.lowest != question.highest:
        ends = [_who(str(said), by, names) for said in (question.lowest, question.highest)]
        told = " ".join(end for end in ends if end)
        if told:
            st.caption(f"{told} Ask what they have seen.")


def _who(said: str, by: Mapping[str, Said], names: Mapping[str, str]) -> str:
    who = [literal(names[one]) for one, value in by.items() if value == said and one in names]
    more = f" and {len(who) - SIDES} more" if len(who) > SIDES else ""
    return f"{answer_title(said)}: {', '.join(who[:SIDES])}{more}." if who else ""


def _asked(question: Question) -> None:
    with st.expander("The question, and how to verify it"):
        ask(library().practices[question.practice], None)


def _settle(visit: Visit, question: Question, answer: Answer | None) -> None:
    """Take what the room agrees on, with its reason where it does not apply, and what speaks against it."""
    item = f"answer:{question.practice}"
    settled = answer is not None and dict(answer.spread) == dict(question.spread)
    given = (str(answer.value) if answer.state == "answered" else answer.state) if answer and settled else None
    picked = answer_field(
        "What the room agrees on",
        given,
        visit.base(item, "value", "state", "spread", "deleted"),
        partial(_record_picked, visit, question),
        key=f"consensus:{question.practice}",
        disabled=not visit.may_edit,
        help=f"The middle of your answers: {answer_title(question.suggestion)}.",
    )
    if picked == "not-applicable":
        ask_why_not(visit, question.practice, answer, partial(record, visit, question, "not-applicable"))
    if settled and answer is not None:
        text_field(
            "Who has another view, and why",
            answer.dissent,
            visit.base(item, "dissent"),
            lambda text, over: answer_item(visit, question.practice, {"dissent": text}, over=over),
            key=f"dissent:{question.practice}",
            limit=TEXT_LIMITS["long-text"],
            placeholder="Kept with the answer, also in the report",
            disabled=not visit.may_edit,
        )


def _record_picked(visit: Visit, question: Question, picked: str | None, over: bool) -> Refusal | None:
    if picked is None:
        return answer_item(visit, question.practice, {"deleted": True}, over=over)
    # What does not apply waits for its reason.
    return None if picked == "not-applicable" else record(visit, question, picked, None, over)


def record(visit: Visit, question: Question, said: str, reason: str | None, over: bool) -> Refusal | None:
    """Make what the room agrees on the answer, with what everybody had said before. Only a new reason replaces one.

    Returns why it was not done, or None.
    """
    state = said if said in {"unknown", "not-applicable"} else "answered"
    changes = {
        "deleted": None,
        "value": said if state == "answered" else None,
        "state": state,
        "spread": dict(question.spread),
        "dissent": None,
    }
    return answer_item(visit, question.practice, changes | ({"reason": reason} if reason else {}), over=over)


def _alike(visit: Visit, alike: Sequence[Question], answers: Mapping[str, Answer]) -> None:
    """Show what all said alike, and let it be recorded at once. What does not apply needs a reason of its own."""
    ready = [q for q in alike if q.agreed != "not-applicable" and not _recorded(q, answers.get(q.practice))]
    if ready:
        st.button(
            f"Record what all agree on ({len(ready)})",
            on_click=_record_all,
            args=(visit, ready),
            icon=":material/playlist_add_check:",
            disabled=not visit.may_edit,
        )
    with st.expander(f"All say the same: {len(alike)}"):
        for question in alike:
            mark = ":material/check: " if _recorded(question, answers.get(question.practice)) else ""
            st.markdown(f"{mark}{library().title(question.practice)}: {spread_words(question.spread)}")
            if question.agreed == "not-applicable":
                _settle(visit, question, answers.get(question.practice))


def _alone(visit: Visit, alone: Sequence[Question], answers: Mapping[str, Answer]) -> None:
    """Show what only one person answered: nobody has agreed on that yet, so each is recorded by itself."""
    with st.expander(f"Only one of you answered: {len(alone)}"):
        for question in alone:
            st.markdown(f"{library().title(question.practice)}: {spread_words(question.spread)}")
            _settle(visit, question, answers.get(question.practice))


def _recorded(question: Question, answer: Answer | None) -> bool:
    return answer is not None and dict(answer.spread) == dict(question.spread)


def _record_all(visit: Visit, ready: Sequence[Question]) -> None:
    for question in ready:
        if not tell(record(visit, question, str(question.agreed), None, False)):
            return
