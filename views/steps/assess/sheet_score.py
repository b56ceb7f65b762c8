"""How the answers score, as the sheet shows it: the chosen model with its reasons, or every model in a line.

What is judged and every sentence about it come from `assessments/standing`; a workshop as it was is judged once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from assessments.library.packs import library
from assessments.standing.as_data import figure, standing
from assessments.standing.score_all import score_all
from assessments.standing.sheet_rows import SheetSection, sheet_rows
from assessments.standing.sheet_standing import SectionStanding, SheetStanding, sheet_standing
from assessments.standing.standing_change import told_change
from canvas.document.workshop import Answer, Workshop
from canvas.reading.text_gate import counted
from views.steps.assess.practices_asked import ALL, practices_asked_by
from views.steps.assess.sheet_data import board_says
from views.visit.clock import today
from views.visit.judging import judging
from views.visit.session import Visit, content

# What this person has been shown last, to tell what an answer changed.
SHOWN = "sheet-shown"


@dataclass(frozen=True)
class Accepting:
    """What accepting all open suggestions would make of the sure score."""

    count: int
    text: str


def rows_of(visit: Visit, model: str) -> tuple[SheetSection, ...]:
    """Return the practices to ask by section, in the order of what they would do now."""
    return sheet_rows(visit.workshop, library(), model, content())


def score_data(visit: Visit, model: str) -> dict[str, Any]:
    """Return what the answers amount to now, and what of it has changed since this person saw it last."""
    day = today()
    found = _judged(visit.id, visit.seq, model, day, visit.workshop)
    before: SheetStanding | None = st.session_state.get(SHOWN)
    st.session_state[SHOWN] = found
    accepting = _accepting(visit, model, found)
    return {
        "standing": _every_model(visit) if model == ALL else standing_data(found),
        "accepting": accepting and {"count": accepting.count, "text": accepting.text},
        "said": told_change(before, found) if before else None,
    }


@st.cache_data(max_entries=64, show_spinner=False)
def _judged(workshop_id: str, seq: int, model: str, day: date, _workshop: Workshop) -> SheetStanding:
    """Return how a workshop stood at `seq`: many people ask for the same, and everybody more than once."""
    return sheet_standing(_workshop, library(), model, day)


def _accepting(visit: Visit, model: str, now: SheetStanding) -> Accepting | None:
    """Return what accepting would do, worked out by scoring with all of it accepted."""
    answered = {answer.id for answer in visit.workshop.answers}
    asked = practices_asked_by(model, judging(visit)).keys() - answered
    found = [(one.practice, one.value) for one in board_says(visit) if one.practice in asked]
    if not found or now.lower is None:
        return None
    then = _accepted(visit.id, visit.seq, model, visit.workshop, found)
    if then is None:
        return None
    was, will = (figure(value, now.maximum) for value in (now.lower, then))
    text = f"the sure score goes from {was} to {will}." if was != will else f"the sure score stays {was}."
    return Accepting(len(found), text)


@st.cache_data(max_entries=64, show_spinner=False)
def _accepted(
    workshop_id: str, seq: int, model: str, _workshop: Workshop, _found: Iterable[tuple[str, Any]]
) -> float | None:
    answers = (*_workshop.answers, *(Answer(id=practice, value=value) for practice, value in _found))
    (result,) = score_all(_workshop.model_copy(update={"answers": answers}), library(), only=[model])
    return result.lower


def _every_model(visit: Visit) -> dict[str, Any]:
    return {"models": _in_lines(visit.id, visit.seq, visit.workshop)}


@st.cache_data(max_entries=32, show_spinner=False)
def _in_lines(workshop_id: str, seq: int, _workshop: Workshop) -> list[dict[str, Any]]:
    """Return each model in a line; `maximum` is 0 where there is no interval to draw."""
    return [
        {
            "title": result.title,
            "words": standing(result),
            "lower": result.lower or 0,
            "upper": result.upper or 0,
            "maximum": result.maximum if result.lower is not None else 0,
        }
        for result in score_all(_workshop, library())
    ]


def standing_data(found: SheetStanding) -> dict[str, Any]:
    """Return a standing as the sheet lays it out; without a value only words."""
    about = {"title": found.title, "official": found.official, "claimed": list(found.evidence), "next": _next(found)}
    if found.lower is None or found.upper is None:
        return {**about, "numbers": None, "notes": [found.verdict, *found.holding, *found.remarks], "holding": []}
    lower, upper = (figure(value, found.maximum) for value in (found.lower, found.upper))
    open_words = f"Solid is sure. Striped depends on {counted(found.open_answers, 'answer')} not known yet."
    return {
        **about,
        "lower": found.lower,
        "upper": found.upper,
        "maximum": found.maximum,
        "numbers": {"lower": lower, "upper": upper, "maximum": f"{found.maximum:g}"},
        "level": found.verdict,
        "open": open_words if found.upper > found.lower else None,
        "bounds": list(found.bounds),
        "sections": [_section(section) for section in found.sections],
        "holding": list(found.holding),
        "notes": list(found.remarks),
    }


def _section(section: SectionStanding) -> dict[str, Any]:
    lower, upper = (figure(value, section.maximum) for value in (section.lower, section.upper))
    return {
        "title": section.title,
        "lower": section.lower,
        "upper": section.upper,
        "maximum": section.maximum,
        "numbers": lower if lower == upper else f"{lower} to {upper}",
        "holds": section.holds,
    }


def _next(found: SheetStanding) -> dict[str, Any] | None:
    """Return which answer comes next and why, or why none does."""
    best = found.next_best
    if best is None:
        return {"practice": None, "title": None, "because": [found.no_next]} if found.no_next else None
    return {"practice": best.practice, "title": best.title, "because": [best.section_title, best.because]}
