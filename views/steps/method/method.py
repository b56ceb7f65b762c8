"""The page of a step: what it is for, its parts as content lists them, the findings, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from canvas.advice.sheet import AdviceSheet, advice_sheet
from canvas.advice.step_progress import open_facts
from canvas.live import frames
from canvas.method.canvases import CanvasDefinition
from canvas.method.steps import StepDefinition, StepPart
from views.board import board
from views.board.picture import picture
from views.steps.method.advice_card import advice_card, finding_row
from views.steps.method.blind_question import blind_question, question_round
from views.steps.method.facts import facts_card
from views.steps.method.risk_register import risk_register
from views.steps.method.tables import table_card
from views.steps.method.task_list import task_list
from views.visit.session import Visit, content, read
from views.widgets.step_pictures import step_picture

LONG_PAGE = 4


def method_page(step_id: str) -> None:
    """Show one step of the method for the present visit."""
    visit: Visit = st.session_state["visit"]
    step = content().steps[step_id]
    if [part.kind for part in step.parts] == ["canvas"]:
        # A board alone takes the whole page.
        _board(visit, content().canvases[step.parts[0].id])
    else:
        _step(visit, step)


def _step(visit: Visit, step: StepDefinition) -> None:
    sheet = advice_sheet(visit.workshop, content())
    # The bar above the page says the first sentence, or what the room is to do here.
    if rest := step.purpose.partition(". ")[2]:
        st.markdown(rest)
    open_ones = len(open_facts(step, visit.workshop, content()))
    left = f" Open questions: {open_ones}." if open_ones else ""
    st.caption(f"About {step.minutes} minutes.{left} You leave with: {step.outcome}")
    _on_this_page(step)
    alone = question_round(visit)
    blind_question(visit, step, alone)
    asked = {r.id for section in content().sections_of(step.id) for r in section.requirements}
    for part in step.parts:
        if part.kind == "facts":
            facts_card(visit, content().sections[part.id], asked, alone)
        else:
            _part(visit, step, part, sheet)
    _findings(step, sheet)
    _feeds(visit, step)
    _words(step)


def _on_this_page(step: StepDefinition) -> None:
    """Link to the cards of a long page."""
    titles = {part.id or part.kind: _part_title(part) for part in step.parts if part.kind != "picture"}
    if len(titles) >= LONG_PAGE:
        links = " · ".join(f"[{title}](#{anchor})" for anchor, title in titles.items())
        st.markdown(f":small[On this page: {links}]")


def _part_title(part: StepPart) -> str:
    known: dict[str, Mapping[str, Any]] = {
        "facts": content().sections,
        "table": content().tables,
        "canvas": content().canvases,
        "advice": content().advisors,
    }
    if part.kind in known:
        return str(known[part.kind][part.id].title)
    return "Tasks" if part.kind == "tasks" else "Risks"


def _part(visit: Visit, step: StepDefinition, part: StepPart, sheet: AdviceSheet) -> None:
    if part.kind == "table":
        table_card(visit, content().tables[part.id])
    elif part.kind == "canvas":
        _board(visit, content().canvases[part.id])
    elif part.kind == "advice":
        advice_card(visit, sheet.advice[part.id], sheet, step.id)
    elif part.kind == "tasks":
        task_list(visit)
    elif part.kind == "risks":
        risk_register(visit)
    else:
        step_picture(visit, part.id)


def _findings(step: StepDefinition, sheet: AdviceSheet) -> None:
    """Show what is found that this step can mend."""
    found = [finding for finding in sheet.findings if finding.definition.step == step.id]
    if not found:
        return
    with st.container(border=True, key=f"findings-{step.id}"):
        st.subheader("Worth a look", anchor="findings")
        st.caption("Seen in your answers, tables and decisions.")
        for finding in found:
            finding_row(finding, sheet)


def _words(step: StepDefinition) -> None:
    """Explain the words of the field that this step uses."""
    terms = [term for term in content().terms.values() if term.step == step.id]
    if terms:
        with st.expander(f"Words used here ({len(terms)})"):
            st.markdown("\n".join(f"- **{term.term}**: {term.meaning}" for term in terms))


def _feeds(visit: Visit, step: StepDefinition) -> None:
    """Say where the work of this step is needed next."""
    pages = st.session_state["pages"]
    st.markdown("**Where this goes**")
    for feed in step.feeds:
        label = f"{content().steps[feed.step].title} :gray[· {feed.text}]"
        st.page_link(pages[feed.step], label=label, query_params=visit.query)


def _board(visit: Visit, canvas: CanvasDefinition) -> None:
    snapshot = read(visit, lambda state: frames.snapshot(state, visit.member.author))
    data: dict[str, Any] = picture(visit.workshop, snapshot, visit.member, canvas, content())
    board(data, key=f"board-{canvas.id}-{visit.id}")
