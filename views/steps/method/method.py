"""The page of a step: what it is for, its parts as content lists them, the findings, and where it leads."""

from __future__ import annotations

from typing import Any

import streamlit as st

from canvas.advice.facts import resolve
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
from views.steps.method.one_question import ONE, one_question, show, shows_one
from views.steps.method.part_titles import part_title
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
    if shows_one(step):
        one_question(visit, step)
        return
    sheet = advice_sheet(visit.workshop, content())
    # The bar above the page says the first sentence, or what the room is to do here.
    rest = step.purpose.partition(". ")[2]
    open_ones = len(open_facts(step, visit.workshop, content()))
    left = f" Open questions: {open_ones}." if open_ones else ""
    st.caption(f"About {step.minutes} minutes.{left} You leave with: {step.outcome}", help=rest or None)
    if content().sections_of(step.id):
        st.button("One question at a time", key="one-question", icon=":material/filter_1:", on_click=show, args=(ONE,))
    _on_this_page(step)
    alone = question_round(visit)
    blind_question(visit, step, alone)
    asked = {r.id for section in content().sections_of(step.id) for r in section.requirements}
    facts = resolve(visit.workshop, content())
    for part in step.parts:
        if part.kind == "facts":
            facts_card(visit, content().sections[part.id], facts, asked, alone)
        else:
            _part(visit, step, part, sheet)
    _findings(step, sheet)
    _feeds(visit, step)


def _on_this_page(step: StepDefinition) -> None:
    """Link to the cards of a long page."""
    titles = {part.id or part.kind: part_title(part, content()) for part in step.parts if part.kind != "picture"}
    if len(titles) >= LONG_PAGE:
        links = " · ".join(f"[{title}](#{anchor})" for anchor, title in titles.items())
        st.markdown(f":small[On this page: {links}]")


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
        st.subheader("To check", anchor="findings")
        st.caption("Seen in your answers, tables and decisions.")
        for finding in found:
            finding_row(finding, sheet)


def _feeds(visit: Visit, step: StepDefinition) -> None:
    """Say where the work of this step is needed next."""
    pages = st.session_state["pages"]
    with st.container(horizontal=True, key="feeds", vertical_alignment="center"):
        st.caption("Needed next:")
        for feed in step.feeds:
            title = content().steps[feed.step].title
            st.page_link(pages[feed.step], label=title, help=feed.text, query_params=visit.query)


def _board(visit: Visit, canvas: CanvasDefinition) -> None:
    snapshot = read(visit, lambda state: frames.snapshot(state, visit.member.author))
    data: dict[str, Any] = picture(visit.workshop, snapshot, visit.member, canvas, content())
    board(data, key=f"board-{canvas.id}-{visit.id}")
