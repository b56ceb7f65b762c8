"""Scores as claimed beside scores that evidence carries, and the answers whose evidence wants looking after.

What counts as evidence, and until when, is decided in `assessments/standing/evidence.py`. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from assessments.library.packs import library
from assessments.standing.as_data import figure
from assessments.standing.evidence import BackedScore, Backing, EvidenceCheck, check_evidence, shipped_rule
from canvas.document.workshop import Answer, Workshop
from views.literal import literal
from views.steps.assess.evidence_list import evidence_list, renew_newest
from views.steps.assess.practice_sheet import PART, PRACTICES
from views.steps.assess.practices_asked import bring_up
from views.visit.clock import today
from views.visit.session import Visit
from views.widgets.bars import interval_bar

SHOWN = 8
UNDATED_WORDS = {
    "missing": "nothing shows it yet",
    "hinted": "read off the board, and nobody has looked yet",
    "undated": "nobody said when it was seen",
    "misdated": "the day given has not been yet, or was before 1990",
}


def evidence_card(visit: Visit) -> None:
    """Show every model as claimed and as backed, then the answers to look after, the most urgent first."""
    check = _checked(visit.id, visit.seq, today(), visit.workshop)
    with st.container(border=True, key="backed-scores"):
        _scores(check)
    if check.backings:
        with st.container(border=True, key="evidence-due"):
            _to_look_after(visit, check)


@st.cache_data(max_entries=32, show_spinner=False)
def _checked(workshop_id: str, seq: int, day: date, _workshop: Workshop) -> EvidenceCheck:
    """Return the check of a workshop as it was at `seq`; a page runs often between two changes."""
    return check_evidence(_workshop, library(), day)


def _scores(check: EvidenceCheck) -> None:
    st.subheader("Claimed, and backed by evidence", anchor="evidence")
    if not check.backings:
        st.caption("No answer says yet that something is done, so nothing needs evidence.")
        return
    backed = sum(backing.counts for backing in check.backings)
    st.markdown(f"**{backed} of {len(check.backings)}** answers that claim something have evidence that counts.")
    st.caption(
        f"Evidence counts for {check.days} days after somebody saw it. An answer without it counts as open in the "
        "backed score. Solid: backed. Striped: claimed only."
    )
    judged = [score for score in check.scores if score.claimed.coverage and score.claimed.lower is not None]
    for score in judged:
        if score.claimed.lower:
            _score(score)
    at_zero = [literal(score.claimed.title) for score in judged if not score.claimed.lower]
    if at_zero:
        st.caption(f"At 0 with or without evidence: {', '.join(at_zero)}.")


def _score(score: BackedScore) -> None:
    claimed, backed, most = score.claimed.lower or 0, score.backed.lower or 0, score.claimed.maximum
    numbers = f"claimed {figure(claimed, most)}, backed {figure(backed, most)} of {most:g}"
    named = f"**{literal(score.claimed.title)}**"
    st.markdown(f"{named} {numbers}" if backed < claimed else f"{named} :gray[{numbers}]")
    interval_bar(backed, claimed, most, f"{score.claimed.title}: {numbers}")


def _to_look_after(visit: Visit, check: EvidenceCheck) -> None:
    st.subheader("Evidence to look after", anchor="evidence-due")
    days = shipped_rule().due_days
    due = check.due(days)
    fine = tuple(backing for backing in check.of("fresh") if backing not in due)
    _group(visit, "Without evidence", check.of("missing", "hinted"))
    _group(visit, "Expired", check.of("expired"))
    _group(visit, "Of a day that cannot be", check.of("misdated"))
    _group(visit, f"Expires within {days} days", due)
    if not any((check.of("missing", "hinted", "expired", "misdated"), due)):
        st.caption("Every claim has evidence, and none of it expires soon.")
    _folded(visit, "No day given, so it never expires", check.of("undated"))
    _folded(visit, "Counts for longer", fine)


def _group(visit: Visit, title: str, found: Sequence[Backing]) -> None:
    if not found:
        return
    st.markdown(f"**{title}** :gray-badge[{len(found)}]")
    for backing in found[:SHOWN]:
        _row(visit, backing)
    _folded(visit, "More", found[SHOWN:])


def _folded(visit: Visit, title: str, found: Sequence[Backing]) -> None:
    if found:
        with st.expander(f"{title} ({len(found)})"):
            for backing in found:
                _row(visit, backing)


def _row(visit: Visit, backing: Backing) -> None:
    answer = next(answer for answer in visit.workshop.answers if answer.id == backing.item)
    with st.container(horizontal=True, vertical_alignment="center", key=f"backing-{backing.item}"):
        with st.container(width="stretch"):
            st.markdown(f"{literal(backing.title)}  \n:gray[:small[{_since(backing)}]]")
        if backing.state not in {"missing", "hinted"}:
            st.button(
                "Seen today",
                key=f"seen-{backing.item}",
                type="tertiary",
                icon=":material/update:",
                help="Somebody looked today, and the newest piece still shows the answer",
                on_click=renew_newest,
                args=(visit, backing.item, answer),
                disabled=not visit.may_edit or backing.seen_on == today(),
            )
        _opener(visit, backing, answer)


def _opener(visit: Visit, backing: Backing, answer: Answer) -> None:
    """Lead to the practice; a measured figure has no page of its own, so its evidence opens here."""
    if backing.item in library().practices:
        st.button("Open", key=f"open-{backing.item}", help=backing.title, on_click=_open, args=(backing.item,))
    else:
        with st.popover("Open", help=backing.title):
            evidence_list(visit, backing.item, answer)


def _open(practice: str) -> None:
    bring_up(practice)
    st.session_state[PART] = PRACTICES


def _since(backing: Backing) -> str:
    if backing.expires_on is None:
        return UNDATED_WORDS[backing.state]
    counts = "counted" if backing.state == "expired" else "counts"
    return f"{counts} until {backing.expires_on}, seen {backing.seen_on}"
