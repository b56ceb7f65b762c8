"""A card of facts: questions that are asked together, each with what it is for and what is assumed while it is open."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from canvas.advice.excluded import omitted
from canvas.advice.facts import Fact
from canvas.advice.step_progress import answered
from canvas.document.unfit import given_values, range_of
from canvas.document.workshop import Requirement
from canvas.method.facts import FactSection, RequirementDefinition
from views.literal import literal
from views.steps.method.blind_question import QuestionRound
from views.steps.method.fact_menu import fact_menu
from views.visit.session import Visit, content
from views.widgets.choices import choice_field
from views.widgets.fields import saver
from views.widgets.value_widget import value_widget

STATES = {"decided": "Decided", "assumed": "Assumed"}
ABSENT = "Does not apply"
# Letters of small print that fit into a line beside a question, or below it on a phone; and the lines that "Decided"
# and "Assumed" are as high as, or what is assumed meanwhile.
LETTERS = 50
STATE_LINES = 2


def facts_card(
    visit: Visit, section: FactSection, facts: Mapping[str, Fact], asked: set[str], alone: QuestionRound
) -> None:
    """Show one section with how many of its questions are answered, then what is asked elsewhere and counts here.

    `facts` are all of the workshop. `asked` are the requirements that the page asks for on another card; they are told
    here and not asked again. Those that this card asks for are added to it. What everybody answers `alone` now is not
    answered here meanwhile.
    """
    given = {item.id: item for item in visit.workshop.requirements}
    left = omitted(visit.workshop, content())
    asked_here = [definition.id for definition in section.requirements if definition.id not in left]
    done = len(answered(visit.workshop).intersection(asked_here))
    with st.container(border=True, key=f"section-{section.id}"):
        st.subheader(section.title, anchor=section.id, help=section.purpose)
        counted = f" {done} of {len(asked_here)} answered." if asked_here else ""
        st.caption(f"About {section.minutes} minutes.{counted}")
        for definition in section.requirements:
            _row(visit, facts[definition.id], given.get(definition.id), alone)
        if section.also:
            st.caption("Asked elsewhere, and counted here as well:")
            for id_ in section.also:
                if id_ in asked:
                    st.markdown(f"{facts[id_].definition.title}: {literal(facts[id_].printed)}")
                else:
                    asked.add(id_)
                    _row(visit, facts[id_], given.get(id_), alone)


def _row(visit: Visit, fact: Fact, given: Requirement | None, alone: QuestionRound) -> None:
    """Show one requirement: the question at the left, with what it is for behind a mark, the answer at the right."""
    definition = fact.definition
    # Laid out by its style: a page has dozens, and the blocks of columns for each cost time.
    with st.container(key=f"asked-{definition.id}"):
        unit = f" :gray[({definition.unit})]" if definition.unit else ""
        st.markdown(f"**{definition.question}**{unit}", help=_explained(definition))
        fact_menu(visit, definition, given, running=alone.running is not None)
        with _kept_free(definition):
            _answer(visit, fact, given, alone)


def _answer(visit: Visit, fact: Fact, given: Requirement | None, alone: QuestionRound) -> None:
    """Show the input of one requirement with what stands below it, or why there is none now."""
    definition = fact.definition
    if alone.hides == definition.id:
        st.caption("Everybody answers this alone now, at the top of this page.")
        return
    if fact.absent is not None:
        st.markdown(f"**{ABSENT}:** {literal(fact.absent)}")
        if given and given.value is not None:
            st.caption(f"Kept, and not counted meanwhile: {literal(definition.printed(given.value))}")
        return
    value_widget(visit, f"requirement:{definition.id}", "value", definition, given.value if given else None)
    _placeholder_scale(visit, fact, given)
    _meaning(definition, given)
    _state(visit, fact, given)


def _placeholder_scale(visit: Visit, fact: Fact, given: Requirement | None) -> None:
    """Say that an answer does not fit what we assume of another; what does not fit an answer, its input says."""
    if fact.unfit is None or given is None or not isinstance(given.value, int | float):
        return
    if range_of(fact.definition, given_values(visit.workshop), content()).holds(given.value):
        st.markdown(f":orange[:material/error:] {literal(fact.unfit)}")


def _meaning(definition: RequirementDefinition, given: Requirement | None) -> None:
    """Say under a choice what it means."""
    text = next((option.help for option in definition.options if given and option.id == given.value), None)
    if text:
        st.caption(text)


def _kept_free(definition: RequirementDefinition) -> Any:
    """Return the place of an answer, as high as whatever will stand below its input: no answer moves the next question.

    Below an open one is what is assumed, below a given one what it means and how sure it is. See `pages.css`.
    """
    meaning = max((len(option.help or "") for option in definition.options), default=0)
    return st.container(key=f"answer-{math.ceil(meaning / LETTERS) + STATE_LINES}-{definition.id}")


def _state(visit: Visit, fact: Fact, given: Requirement | None) -> None:
    """Under an answer: decided or assumed. Under an open one: what everything else will assume."""
    definition = fact.definition
    if given is None or given.value is None:
        if fact.value is not None:
            st.caption(f"Open. Assumed meanwhile: **{fact.printed}**.", help=fact.because)
        return
    item = f"requirement:{definition.id}"
    choice_field(
        f"How sure: {definition.title}",
        STATES,
        given.state,
        visit.base(item, "state", "value"),
        saver(visit, item, "state"),
        key=f"{item}:state",
        segments=True,
        required=True,
        label_visibility="collapsed",
        disabled=not visit.may_edit,
    )


def _explained(definition: RequirementDefinition) -> str:
    """Return what a question is for, and what each choice means: for the question mark beside it."""
    choices = [f"- **{option.title}**: {option.help}" for option in definition.options if option.help]
    return "\n".join((definition.purpose, "", *choices))
