"""The evidence of one answer: what shows it, when that was last seen, and how a piece is added, renewed and removed.

Which answers lack evidence, and what that does to scores, is shown in `evidence_card.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from assessments.standing.evidence import claims, last_day, seen_again, shipped_rule
from canvas.document.days import has_been
from canvas.document.workshop import Answer, Evidence
from views.visit.answering import answer_item
from views.visit.changing import Refusal, refusing, tell
from views.visit.clock import today
from views.visit.session import Visit, present, visit_of
from views.widgets.add_input import add_input

MOST_LETTERS = 200


@refusing
def add_evidence(visit: Visit, item: str, text: str) -> Refusal | None:
    """Add what the person typed, seen today, to what the answer has by now. Returns why not, or None."""
    now = visit_of(present(visit))
    answer = next((answer for answer in now.workshop.answers if answer.id == item), None)
    if answer is None:
        return Refusal("unknown", "This answer was taken back meanwhile. Answer again, then say what shows it.")
    return _stored(now, item, [*answer.evidence, Evidence(ref=text, seen_on=today().isoformat())])


def renew_evidence(visit: Visit, item: str, answer: Answer, index: int) -> None:
    """Write down that one piece was seen today."""
    seen = seen_again(answer.evidence[index : index + 1], today())
    _store(visit, item, [*answer.evidence[:index], *seen, *answer.evidence[index + 1 :]])


def renew_newest(visit: Visit, item: str, answer: Answer) -> None:
    """Write down that the newest piece was seen today."""
    _store(visit, item, seen_again(answer.evidence, today()))


def drop_evidence(visit: Visit, item: str, answer: Answer, index: int) -> None:
    """Take one piece away."""
    _store(visit, item, [*answer.evidence[:index], *answer.evidence[index + 1 :]])


def _store(visit: Visit, item: str, evidence: Sequence[Evidence]) -> None:
    tell(_stored(visit, item, evidence))


def _stored(visit: Visit, item: str, evidence: Sequence[Evidence]) -> Refusal | None:
    return answer_item(visit, item, {"evidence": [found.model_dump(exclude_defaults=True) for found in evidence]})


def evidence_list(visit: Visit, item: str, answer: Answer | None) -> None:
    """Show each piece with its day, and take another one once there is an answer."""
    if answer is not None:
        for index in range(len(answer.evidence)):
            _piece(visit, item, answer, index)
    label = "Answer first, then say what shows it" if answer is None else "Add a link, a path or a sentence, seen today"
    closed = answer is None or not visit.may_edit
    add = partial(add_evidence, visit, item)
    add_input(label, f"evidence-{item}", add, max_chars=MOST_LETTERS, disabled=closed)


def _piece(visit: Visit, item: str, answer: Answer, index: int) -> None:
    found, now = answer.evidence[index], today()
    with st.container(horizontal=True, vertical_alignment="center", key=f"piece-{item}-{index}"):
        with st.container(width="stretch", gap=None):
            st.text(found.ref)
            st.markdown(_since(found, claims(answer), now))
        st.button(
            "Seen today",
            key=f"renew-{item}-{index}",
            type="tertiary",
            icon=":material/update:",
            help="Somebody looked today, and it still shows the answer",
            on_click=renew_evidence,
            args=(visit, item, answer, index),
            disabled=not visit.may_edit or found.hint or found.seen_on == now.isoformat(),
        )
        st.button(
            "",
            key=f"drop-{item}-{index}",
            type="tertiary",
            icon=":material/close:",
            help="Remove",
            on_click=drop_evidence,
            args=(visit, item, answer, index),
            disabled=not visit.may_edit,
        )


def _since(found: Evidence, claimed: bool, now: date) -> str:
    """Say when a piece was seen, and for an answer that needs proof until when it counts."""
    if found.hint:
        return ":gray-badge[hint, no proof] :gray[:small[where the answer was read off]]"
    if found.seen_on is None:
        return ":gray[:small[no day given]]"
    if not has_been(found.seen_on, now):
        return f":orange-badge[cannot be] :gray[:small[seen {found.seen_on}, which is before 1990 or still to come]]"
    if not claimed:
        return f":gray[:small[seen {found.seen_on}]]"
    last = last_day(found.seen_on, shipped_rule().days)
    if last < now:
        return f":orange-badge[expired] :gray[:small[seen {found.seen_on}, counted until {last}]]"
    return f":gray[:small[seen {found.seen_on}, counts until {last}]]"
