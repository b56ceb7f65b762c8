"""A round of blind answers: everybody answers unseen until the reveal, and counted hands join in.

The facilitator opens it on the sheet; what is talked about once it is revealed is in `consensus_card.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from assessments.library.packs import library
from assessments.shapes.answers import answer_mark, answer_titles
from canvas.log.blind_answers import Judged, Said, hands_counted, own_judgements, shown_judgements
from canvas.log.events import State
from canvas.log.facilitation import TALLY, Assessing, room_of
from canvas.method.subjects import subject_step
from canvas.reading.number_range import NumberRange
from canvas.reading.text_gate import counted
from views.steps.assess.asking import answer_field, ask
from views.steps.assess.consensus_card import consensus_card
from views.steps.assess.practices_asked import practices_asked_by
from views.visit.changing import Refusal, change, submit
from views.visit.judging import judging
from views.visit.session import Visit, content, read
from views.widgets.choices import pick
from views.widgets.fields import own_number, typed_number

PICKED = "blind-practice"
HANDS = NumberRange(0, 999, whole=True)


@dataclass(frozen=True)
class Round:
    """What one person may know of the present round."""

    running: Assessing | None
    own: Mapping[str, Said]
    hands: Mapping[str, Mapping[Said, int]]
    shown: tuple[Judged, ...]
    signed: bool


def blind_round(visit: Visit) -> bool:
    """Show the round, if there is one. Returns whether people answer blind now."""
    found = _read(visit)
    leads = visit.member.role == "facilitator"
    if found.running is None:
        return False
    if found.running.question is not None:
        _elsewhere(visit, found.running.question, found.running.state)
        return False
    model = found.running.model
    known, blind = model in library().models, found.running.state == "open"
    with st.container(border=True, key="blind-round"):
        if model is None or not known:
            st.warning("The blind round asks for a maturity model that this app does not have. Close it to go on.")
        elif blind:
            _open(visit, found, model)
        else:
            judged = [one for one in found.shown if one.round == found.running.round]
            consensus_card(visit, model, judged, signed=found.signed)
        if leads and not (known and blind):
            st.button("Close the round", on_click=_set, args=(visit, None), icon=":material/done_all:")
    return known and blind


def _read(visit: Visit) -> Round:
    leads = visit.member.role == "facilitator"

    def look(state: State) -> Round:
        room = room_of(state)
        return Round(
            running=room.assessing,
            own=own_judgements(state, visit.member.id),
            hands=hands_counted(state) if leads else {},
            shown=shown_judgements(state),
            signed=not room.hide_authors,
        )

    return read(visit, look)


def _set(visit: Visit, value: object) -> None:
    submit(visit, "room:", {"assessing": value})


def _elsewhere(visit: Visit, question: str, state: str) -> None:
    """Say that the blind round which runs is about a question of another page, and lead there."""
    definition, step = content().requirements.get(question), subject_step(question, content())
    with st.container(border=True, key="blind-elsewhere"):
        title = f": {definition.title}" if definition else ""
        told = "The room answers one question alone just now" if state == "open" else "What the room answered alone"
        st.markdown(f":material/visibility_off: **{told}**{title}")
        if step:
            page = st.session_state["pages"][step]
            label = content().steps[step].title
            st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=visit.query)
        if visit.leads and step is None:
            # Its page would close it, but content has no such question any more.
            st.button("Close the round", on_click=_set, args=(visit, None), icon=":material/done_all:")


def _open(visit: Visit, found: Round, model: str) -> None:
    practices = practices_asked_by(model, judging(visit))
    order = list(practices)
    answered = sum(1 for practice in order if practice in found.own)
    st.subheader(f"Blind answers: {library().model(model).title}")
    st.caption(f"Nobody sees what you answer before the reveal. You have answered {answered} of {len(order)}.")
    if visit.member.role == "facilitator":
        value = {"state": "shown", "model": model}
        st.button(
            "Reveal the answers", on_click=_set, args=(visit, value), type="primary", icon=":material/visibility:"
        )
    if not visit.may_edit:
        st.info("This link is for viewing only. What the room answers is shown at the reveal.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.container(width="stretch")
        st.button("", on_click=_step, args=(order, -1), icon=":material/arrow_back:", help="Previous", key="blind-back")
        st.button("", on_click=_step, args=(order, 1), icon=":material/arrow_forward:", help="Next", key="blind-forth")
    picked = pick(
        "Practice",
        {practice: f"{answer_mark(found.own.get(practice))} {practices[practice].title}" for practice in order},
        key=PICKED,
        default=_next_open(order, found.own, order[-1]),
        where=chosen,
    )
    _question(visit, picked, order, found.own)
    if visit.member.role == "facilitator":
        _count_hands(visit, picked, found.hands.get(picked, {}))


def _question(visit: Visit, picked: str, order: list[str], own: Mapping[str, Said]) -> None:
    practice = library().practices[picked]
    said, save = own.get(picked), partial(_judge, visit, picked, order, own)

    def take() -> None:
        answer_field(practice.title, said, said, save, key=f"blind:{picked}", label_visibility="collapsed")

    ask(practice, take)


def _judge(
    visit: Visit, practice: str, order: list[str], own: Mapping[str, Said], said: Said | None, over: bool
) -> Refusal | None:
    """Keep what one assessor says, and go on to the next practice that waits for an answer. Returns why not."""
    refusal = change(visit, f"judgement:{practice}", {"value": said}, over=over)
    if refusal is None and said is not None:
        st.session_state[PICKED] = _next_open(order, {**own, practice: said}, practice)
    return refusal


def _next_open(order: list[str], own: Mapping[str, Said], here: str) -> str:
    """Return the first practice after `here` without an answer, round the end of the list; `here` when all have one."""
    at = order.index(here) + 1
    return next((practice for practice in (*order[at:], *order[:at]) if practice not in own), here)


def _step(order: list[str], by: int) -> None:
    st.session_state[PICKED] = order[(order.index(st.session_state[PICKED]) + by) % len(order)]


def _count_hands(visit: Visit, practice: str, hands: Mapping[Said, int]) -> None:
    """Let one driver count for the people in the room who have no device."""
    with st.expander("Count hands in the room", icon=":material/front_hand:", expanded=bool(hands)):
        choices = answer_titles()
        columns = st.columns(len(choices))
        keys = {said: f"hands:{practice}:{said}:{hands.get(said, 0)}" for said in choices}
        for column, (said, title) in zip(columns, choices.items(), strict=True):
            own_number(title, hands.get(said, 0), HANDS, key=keys[said], where=column)
        if hands:
            st.caption(f"Kept: {counted(sum(hands.values()), 'hand')}.")
        st.button("Keep the count", on_click=_keep_hands, args=(visit, practice, keys))


def _keep_hands(visit: Visit, practice: str, keys: Mapping[str, str]) -> None:
    typed = {said: typed_number(key) for said, key in keys.items()}
    if None not in typed.values():
        submit(visit, f"judgement:{practice}", {TALLY: {said: count for said, count in typed.items() if count}})
