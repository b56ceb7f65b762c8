"""A blind round about one question: everybody answers it alone, then all see how many said what, and one is taken.

That about the practices of a maturity model is in `steps/assess/blind_round.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from canvas.log.blind_answers import own_reply, shown_replies
from canvas.log.events import State
from canvas.log.facilitation import Assessing, room_of
from canvas.method.facts import RequirementDefinition
from canvas.method.steps import StepDefinition
from canvas.reading.text_gate import counted
from canvas.reading.types import RequirementValue
from views.literal import literal
from views.visit.changing import Refusal, change, submit
from views.visit.session import Visit, content, read
from views.widgets.rows import text_and_button
from views.widgets.value_widget import value_widget


@dataclass(frozen=True)
class QuestionRound:
    """What one person may know of the blind rounds: what runs, what they said to its question, who said what in it.

    `by` is empty before the reveal.
    """

    running: Assessing | None
    own: RequirementValue | None
    by: Mapping[str, RequirementValue]

    @property
    def shown(self) -> tuple[RequirementValue, ...]:
        """What was revealed."""
        return tuple(self.by.values())

    @property
    def hides(self) -> str | None:
        """The question that everybody answers alone just now."""
        return self.running.question if self.running and self.running.state == "open" else None


def question_round(visit: Visit) -> QuestionRound:
    """Return the blind round that runs, as far as this person may know it."""

    def look(state: State) -> QuestionRound:
        running = room_of(state).assessing
        number = running.round if running else None
        shown = next((found for found in shown_replies(state) if found.round == number), None)
        return QuestionRound(running, own_reply(state, visit.member.id), shown.by if shown else {})

    return read(visit, look)


def blind_question(visit: Visit, step: StepDefinition, found: QuestionRound) -> None:
    """Show the question of the round as a card, if it is one of this step."""
    running = found.running
    if running is None or running.question is None:
        return
    sections = content().sections_of(step.id)
    here = {id_ for section in sections for id_ in (*section.also, *(r.id for r in section.requirements))}
    definition = content().requirements.get(running.question)
    if running.question not in here or definition is None:
        return
    with st.container(border=True, key="blind-question"):
        if running.state == "open":
            _answer(visit, definition, running, found.own)
        else:
            _spread(visit, definition, Counter(found.shown))
        if visit.leads:
            _lead(visit, running)


def _answer(visit: Visit, definition: RequirementDefinition, running: Assessing, own: RequirementValue | None) -> None:
    st.markdown(":material/visibility_off: **Everybody answers this alone**")
    unit = f" :gray[({definition.unit})]" if definition.unit else ""
    st.subheader(f"{definition.question}{unit}", anchor=False)
    st.caption(definition.purpose)
    if not visit.may_edit:
        st.info("This link is for viewing only. What the room answers is shown at the reveal.")
        return
    item = f"judgement:{definition.id}"
    place = {"key": f"{item}:{running.round}", "seq": own, "save": partial(reply, visit, item, own)}
    value_widget(visit, item, "reply", definition, own, place=place)
    kept = "Your answer is kept. " if own is not None else ""
    counts = " The bar at the top counts who has answered." if visit.leads else ""
    st.caption(f"{kept}Nobody sees it before the reveal.{counts}")


def reply(
    visit: Visit, item: str, own: RequirementValue | None, value: RequirementValue | None, over: bool
) -> Refusal | None:
    """Keep what a person says alone. Returns why not."""
    # A browser that has not drawn the reveal yet sends once more what is kept already, and that is not too late.
    return None if value == own else change(visit, item, {"reply": value}, over=over)


def _lead(visit: Visit, running: Assessing) -> None:
    with st.container(horizontal=True):
        if running.state == "open":
            shown = {"state": "shown", "question": running.question}
            st.button("Reveal", type="primary", icon=":material/visibility:", on_click=_set, args=(visit, shown))
        st.button("Close", key="close-question", icon=":material/done_all:", on_click=_set, args=(visit, None))


def _set(visit: Visit, value: Mapping[str, str | None] | None) -> None:
    submit(visit, "room:", {"assessing": value})


def _spread(visit: Visit, definition: RequirementDefinition, said: Counter[RequirementValue]) -> None:
    """Show each value with how many gave it; numbers in their order, all else by how many."""
    st.markdown(f":material/visibility: **Revealed** :gray[· {counted(said.total(), 'answer')}]")
    st.subheader(definition.question, anchor=False)
    if not said:
        st.info("Nobody answered it.")
    given = next((item.value for item in visit.workshop.requirements if item.id == definition.id), None)
    in_order = sorted(said) if definition.type == "number" else [value for value, _ in said.most_common()]
    for place, value in enumerate(in_order):
        text, act = text_and_button()
        text.markdown(f"**{literal(definition.printed(value))}** :gray[{'●' * min(said[value], 40)} {said[value]}]")
        if value == given:
            act.markdown(":green-badge[:material/check: the answer]")
        elif visit.leads:
            act.button("Take as the answer", key=f"take-{place}", on_click=_take, args=(visit, definition.id, value))


def _take(visit: Visit, question: str, value: RequirementValue) -> None:
    submit(visit, f"requirement:{question}", {"value": value, "state": "decided"})
