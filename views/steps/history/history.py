"""History: the workshop at any earlier change, two moments side by side, the trend, the earlier texts of each note."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from assessments.compare.cause_words import ASSESSORS
from assessments.compare.comparison import Comparison, Line, compare
from assessments.library.packs import library
from assessments.standing.as_data import standing
from canvas.method.typed_values import TEXT_LIMITS
from canvas.reading.text_gate import clean
from canvas.store.lookback import Moment
from canvas.store.store import new_id
from views.board import board
from views.literal import literal
from views.steps.history.earlier_texts import earlier_texts
from views.steps.history.past import Past
from views.steps.history.trend_charts import trend_charts
from views.visit.changing import ask, submit
from views.visit.clock import zone
from views.visit.fragments import dialog
from views.visit.session import Visit, content
from views.widgets.choices import pick, pick_segment
from views.widgets.difference_lines import line_in_words
from views.widgets.fields import too_long


def position_key(visit: Visit) -> str:
    """Return the key of the slider. The log's length is in it, because a slider cannot change its end."""
    return f"history-{visit.id}-{visit.seq}"


def go_to(visit: Visit, seq: int) -> None:
    """Move the slider."""
    st.session_state[position_key(visit)] = st.session_state["history-at"] = seq


def remember(visit: Visit) -> None:
    """Keep where the slider stands for the time when the log has grown."""
    st.session_state["history-at"] = st.session_state[position_key(visit)]


def replay(past: Past) -> None:
    """Show the board as it was after any change."""
    visit = past.visit
    if visit.seq < 2:
        st.info("Nothing has changed yet since this workshop started.", icon=":material/history:")
        return
    seq = slider(visit)
    state = past.state(seq)
    named = next((moment for moment in past.moments if moment.at == seq), None)
    by_itself = ":gray[kept by itself] · " if named and named.by_itself else ""
    title = f"**{literal(named.name)}** · {by_itself}" if named else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{title}:gray[Change {seq} of {visit.seq} ·] {literal(past.told(seq, state))}")
        name_moment(visit, seq, named)
        if visit.leads:
            wanted = st.button("Bring this back…", disabled=seq == visit.seq, icon=":material/restore:")
            if wanted:
                confirm_restore(visit, past, seq)
    moment_row(past, seq)
    board(past.board(state), key=f"replay-{visit.id}")


def slider(visit: Visit) -> int:
    """Show the slider between two buttons for single changes; return where it stands."""
    key = position_key(visit)
    st.session_state.setdefault(key, min(st.session_state.get("history-at", visit.seq), visit.seq))
    with st.container(horizontal=True, vertical_alignment="center"):
        before, after = st.session_state[key] - 1, st.session_state[key] + 1
        st.button("‹", help="One change back", on_click=go_to, args=(visit, before), disabled=before < 1)
        seq: int = st.slider(
            "Change", 1, visit.seq, key=key, label_visibility="collapsed", on_change=remember, args=(visit,)
        )
        st.button("›", help="One change on", on_click=go_to, args=(visit, after), disabled=after > visit.seq)
    return seq


def moment_row(past: Past, seq: int) -> None:
    """Show the moments as places to jump to."""
    if not past.moments:
        return
    with st.container(horizontal=True, gap="small"):
        for moment in past.moments:
            st.button(
                literal(moment.name),
                key=f"moment-{moment.id}",
                icon=":material/update:" if moment.by_itself else ":material/flag:",
                help="Kept by itself as the agenda went on" if moment.by_itself else None,
                type="primary" if moment.at == seq else "secondary",
                on_click=go_to,
                args=(past.visit, moment.at),
            )


def name_moment(visit: Visit, seq: int, named: Moment | None) -> None:
    """Let people who may edit give this point a name, or take a name away."""
    label = "Rename" if named else "Name this moment"
    with st.popover(label, icon=":material/flag:", disabled=not visit.may_edit):
        with st.form(f"name-{seq}-{visit.seq}", border=False):
            typed = st.text_input("Name", named.name if named else "", placeholder="After the first hour")
            kept = st.form_submit_button("Keep", type="primary")
            name = clean(typed)
            if kept and len(name) > TEXT_LIMITS["text"]:
                st.error(too_long(name, TEXT_LIMITS["text"]))
            elif kept and name:
                if named:
                    submit(visit, f"moment:{named.id}", {"name": name})
                else:
                    ask(visit, "add", f"moment:m-{new_id()}", {"name": name, "at": seq})
                st.rerun()
        if named:
            label = "Remove this moment" if named.by_itself else "Remove the name"
            st.button(label, on_click=submit, args=(visit, f"moment:{named.id}", {"deleted": True}))


@dialog("Bring this state back?", leads=True)
def confirm_restore(visit: Visit, past: Past, seq: int) -> None:
    """Say what would change and what stays, and do it when confirmed."""
    found = compare(visit.workshop, past.restored(seq), content(), library())
    st.markdown(
        f"The workshop becomes what it was after change {seq}. Nothing is lost: the way back is "
        "added to its history, change by change."
    )
    groups = [f"{title}: {len(list(lines))}" for title, lines in groupby(found.lines, key=lambda line: line.group)]
    st.markdown("Differences that this makes  \n" + ("  \n".join(groups) or "None"))
    kept = past.kept_decisions(seq)
    if kept:
        numbers = ", ".join(str(number) for number in kept)
        st.info(f"Recorded decisions are for ever and stay: no. {numbers}.", icon=":material/task_alt:")
    st.caption("Timer, locks, votes and notes of a private round that runs now stay as they are.")
    if st.button("Bring it back", type="primary", icon=":material/restore:"):
        if ask(visit, "restore", "workshop:", seq):
            st.session_state.pop("history-at", None)
        st.rerun()


def side_by_side(past: Past) -> None:
    """Compare any two moments: what changed, and what it did to the scores. It starts with the last two that differ."""
    last = past.last_that_differ()
    if last is None:
        st.info(
            "Nothing has changed between the start, the moments and now. Each step of the agenda keeps a moment by "
            "itself once something has changed.",
            icon=":material/equal:",
        )
        return
    points = {point.id: point for point in past.points}
    titles = {point.id: point.name for point in past.points}
    left, right = st.columns(2)
    older = points[pick("From", titles, key="compare-from", default=last[0].id, where=left)]
    newer = points[pick("To", titles, key="compare-to", default=last[1].id, where=right)]
    found = compare(past.document(older.at), past.document(newer.at), content(), library())
    main, side = st.columns([3, 2], gap="medium")
    with main:
        if not found.lines:
            st.info("The two are the same.", icon=":material/equal:")
        for title, lines in groupby(found.lines, key=lambda line: line.group):
            difference_card(title, list(lines))
    with side, st.container(border=True):
        scores_card(found)


def difference_card(title: str, lines: list[Line]) -> None:
    """Show the differences of one group with the old and the new value of each."""
    with st.container(border=True):
        st.markdown(f"**{title}** :gray[{len(lines)}]")
        # One element for all: a board of a thousand notes makes a long list.
        st.markdown("\n\n".join(line_in_words(line) for line in lines))


def scores_card(found: Comparison) -> None:
    """Show every maturity model before and after, and what each cause did to what is sure."""
    st.markdown("**Scores**")
    for score in found.scores:
        before, after = literal(standing(score.before)), literal(standing(score.after))
        told = f"{before} → **{after}**" if score.changed else f"{after} :gray[· as before]"
        why = f"  \n:gray[:small[{literal(score.because)}]]" if score.because else ""
        st.markdown(f"{score.after.title}  \n{told}{why}")
    if found.judged_differently:
        st.caption(f"By assessors: {ASSESSORS}")


MODES = {"Replay": replay, "Compare": side_by_side, "Trend": trend_charts, "Earlier texts": earlier_texts}

visit: Visit = st.session_state["visit"]
modes = {mode: mode for mode in MODES}
mode = pick_segment("What to look at", modes, key="history-mode", label_visibility="collapsed")
MODES[mode](Past(visit, zone()))
