"""Phase zero: the typed requirements on one page, each with what it is for and what is assumed while it is open."""

from __future__ import annotations

from typing import Any

import streamlit as st

from canvas.definitions import PhaseZeroSection, RequirementDefinition
from canvas.requirements import Fact, resolve
from canvas.workshop import Requirement
from views.session import Visit, content, submit

STATES = {"decided": "Decided", "assumed": "Assumed"}


def save(visit: Visit, definition: RequirementDefinition, key: str) -> None:
    """Store what the widget `key` holds; an emptied field becomes open again."""
    value: Any = st.session_state[key]
    submit(visit, f"requirement:{definition.id}", {"value": None if value == "" else value})


def save_state(visit: Visit, requirement: str, key: str) -> None:
    """Store whether the team has decided a value or only assumes it."""
    submit(visit, f"requirement:{requirement}", {"state": st.session_state[key] or "decided"})


def answer_widget(visit: Visit, definition: RequirementDefinition, given: Requirement | None) -> None:
    """Show the input that fits the type. Its key holds the sequence it shows, so a foreign change makes it new."""
    item = f"requirement:{definition.id}"
    key = f"{item}:{visit.base(item, 'value')}"
    value = given.value if given else None
    common: dict[str, Any] = {
        "key": key,
        "on_change": save,
        "args": (visit, definition, key),
        "label_visibility": "collapsed",
        "disabled": not visit.may_edit,
    }
    if definition.type == "choice":
        ids = [option.id for option in definition.options]
        titles = {option.id: option.title for option in definition.options}
        index = ids.index(str(value)) if value in ids else None
        st.selectbox(
            definition.title, ids, index, format_func=lambda i: titles[i], placeholder="Not answered yet", **common
        )
        help_text = next((option.help for option in definition.options if option.id == value), None)
        if help_text:
            st.caption(help_text)
    elif definition.type == "yes-no":
        words = {True: "Yes", False: "No"}
        st.segmented_control(definition.title, [True, False], default=value, format_func=lambda v: words[v], **common)
    elif definition.type == "number":
        number = float(value) if isinstance(value, int | float) else None
        bounds = {"min_value": definition.minimum, "max_value": definition.maximum}
        st.number_input(definition.title, value=number, placeholder="Not answered yet", format="%g", **bounds, **common)
    else:
        st.text_area(definition.title, str(value or ""), height=68, max_chars=200, **common)


def state_widget(visit: Visit, fact: Fact, given: Requirement | None) -> None:
    """Under an answer: decided or assumed. Under an open one: what everything else will assume."""
    definition = fact.definition
    if given is None or given.value is None:
        if fact.value is not None:
            st.caption(f"Open. Assumed meanwhile: **{fact.printed}**. {fact.because or ''}")
        return
    item = f"requirement:{definition.id}"
    key = f"{item}:state:{visit.base(item, 'state')}:{visit.base(item, 'value')}"
    st.segmented_control(
        f"How sure: {definition.title}",
        list(STATES),
        default=given.state,
        format_func=lambda s: STATES[s],
        key=key,
        on_change=save_state,
        args=(visit, definition.id, key),
        label_visibility="collapsed",
        disabled=not visit.may_edit,
    )


def requirement_row(visit: Visit, fact: Fact, given: Requirement | None) -> None:
    """Show one requirement: the question and what it is for at the left, the answer at the right."""
    definition = fact.definition
    asked, answered = st.columns([3, 2], gap="medium")
    with asked:
        unit = f" :gray[({definition.unit})]" if definition.unit else ""
        st.markdown(f"**{definition.question}**{unit}", help=_choices(definition))
        st.caption(definition.purpose)
    with answered:
        answer_widget(visit, definition, given)
        state_widget(visit, fact, given)


def _choices(definition: RequirementDefinition) -> str | None:
    """Return what each choice means, for the question mark beside the question."""
    explained = [f"- **{option.title}**: {option.help}" for option in definition.options if option.help]
    return "\n".join(explained) or None


def section_card(visit: Visit, section: PhaseZeroSection) -> None:
    """Show one section with how many of its questions are answered."""
    facts = resolve(visit.workshop, content())
    given = {item.id: item for item in visit.workshop.requirements}
    done = sum(1 for r in section.requirements if r.id in given and given[r.id].value is not None)
    with st.container(border=True, key=f"section-{section.id}"):
        st.subheader(section.title, anchor=section.id)
        st.caption(
            f"{section.purpose} About {section.minutes} minutes; {done} of {len(section.requirements)} answered."
        )
        for definition in section.requirements:
            requirement_row(visit, facts[definition.id], given.get(definition.id))


visit: Visit | None = st.session_state["visit"]
if visit is None:
    st.info("Open a workshop first.")
    st.page_link("steps/start.py", label="To the start page")
else:
    st.markdown(
        "What must the system fulfil? Advice, scores, the report and the generated project read these answers. "
        "What stays open is assumed, and named as assumed wherever it counts."
    )
    for part in content().phase_zero:
        section_card(visit, part)
    st.page_link("steps/board.py", label="Next: the canvas", icon=":material/arrow_forward:", query_params=visit.query)
