"""What the page hands over to the sheet as plain data: the cards, the answers with who gave them, what the board says.

It comes once with the page. What the answers amount to is in `practice_sheet.py`, and comes after each of them.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import streamlit as st

from assessments.hints.suggested_answers import Suggestion, suggestions
from assessments.library.packs import library
from assessments.shapes.answers import answer_list
from assessments.shapes.library import Library
from assessments.shapes.practice import PracticeDefinition
from assessments.standing.evidence import shipped_rule
from canvas.document.workshop import Workshop
from canvas.live.frames import answers
from canvas.log.events import Item, State
from canvas.store.lookback import times_of
from views.live import seen_by
from views.steps.assess.practices_asked import ALL, asking_models, practices_asked_by
from views.visit.clock import today
from views.visit.judging import judging
from views.visit.session import Visit, content, log_of, names, read

# What says how a practice is answered; the rest is said about the answer.
SAYING = ("value", "state", "deleted")


def sheet_data(visit: Visit) -> dict[str, Any]:
    """Return the first picture of the sheet for one person; see `docs/live-protocol.md`."""
    judged = judging(visit)
    return {
        **seen_by(visit.member, visit.seq),
        "today": today().isoformat(),
        "evidenceDays": shipped_rule().days,
        "answers": _recorded(visit),
        "words": [{"id": id_, **_words(words)} for id_, words in answer_list().answers.items()],
        "practices": {id_: _card(practice) for id_, practice in judged.practices.items()},
        "models": _models(judged),
        "hints": _hints(visit),
        "blind": visit.leads,
        **_who_answered(visit),
    }


def board_says(visit: Visit) -> tuple[Suggestion, ...]:
    """Return what the board says about each practice, whether it is answered or not."""
    board = visit.workshop.model_copy(update={"answers": (), "editions": {}})
    return _board_says(sha256(board.model_dump_json().encode()).hexdigest(), board)


@st.cache_data(max_entries=32, show_spinner=False)
def _board_says(known_by: str, _board: Workshop) -> tuple[Suggestion, ...]:
    """Read every note and decision, which takes longer than to score; answers change, and what is read does not."""
    return suggestions(_board, content(), library())


def _words(words: Any) -> dict[str, str]:
    return {"title": words.title, "short": words.short, "within": words.within}


def _card(practice: PracticeDefinition) -> dict[str, Any]:
    blocks = [block for block in map(content().block, practice.blocks) if block]
    return {
        "title": practice.title,
        "question": practice.question,
        "why": practice.why,
        "manual": practice.manual,
        "automated": practice.automated,
        "verify": practice.verify,
        "enough": list(practice.evidence.enough),
        "notEnough": list(practice.evidence.not_enough),
        "blocks": " · ".join(f"block {block.number} {block.short}" for block in blocks),
        "revision": practice.revision,
        "changed": practice.changed,
    }


def _models(judged: Library) -> list[dict[str, Any]]:
    """Return whose practices can be asked, and with `blind` whether people can answer them alone."""
    models = [(m.id, m.title, m.ordered) for m in asking_models(judged)]
    counted = [(id_, title, len(practices_asked_by(id_, judged)), blind) for id_, title, blind in models]
    every = (ALL, "All models", len(judged.practices), False)
    return [{"id": id_, "title": title, "count": n, "blind": blind} for id_, title, n, blind in (*counted, every)]


def _hints(visit: Visit) -> dict[str, Any]:
    return {
        found.practice: {
            "value": found.value,
            "hints": [{"value": h.value, "because": h.because, "places": list(h.places)} for h in found.hints],
        }
        for found in board_says(visit)
    }


def _recorded(visit: Visit) -> dict[str, Any]:
    """Return the answers as the live route words them; those carried over to another practice, for who only looks."""
    known = read(visit, answers)
    carried = (answer for answer in visit.workshop.answers if answer.id not in known)
    return known | {a.id: {**a.model_dump(mode="json", exclude={"id"}, exclude_none=True), "seqs": {}} for a in carried}


def _who_answered(visit: Visit) -> dict[str, Any]:
    """Return who gave each answer and when, and their names; only the times while authors are hidden."""

    def look(state: State) -> dict[str, tuple[int, str]]:
        found = ((item.id, _last(item)) for item in state.of_kind("answer"))
        return {id_: last for id_, last in found if last}

    last = read(visit, look)
    with log_of(visit) as connection:
        times = times_of(connection, visit.id, {seq for seq, _ in last.values()})
    signed = not visit.room["hide_authors"]
    known = names(visit) if signed else {}
    authors = {author for _, author in last.values()}
    who = {
        id_: {"author": author if signed or author == visit.member.id else None, "at": times[seq]}
        for id_, (seq, author) in last.items()
        # Nobody of this room gave what came with a file.
        if seq in times
    }
    return {"who": who, "names": {id_: name for id_, name in known.items() if id_ in authors}}


def _last(item: Item) -> tuple[int, str] | None:
    said = [item.properties[prop] for prop in SAYING if prop in item.properties]
    newest = max(said, key=lambda found: found.seq, default=None)
    return (newest.seq, newest.author) if newest else None
