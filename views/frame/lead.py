"""What the facilitator leads the room with: agenda, timer, locks, private writing, voting, and bringing people along.

Plain widgets that send ops; what the room sees of them is drawn live by the header and the board.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from canvas.log.facilitation import BOARD, Room, room_of
from canvas.method.steps import Agenda, AgendaEntry
from canvas.reading.number_range import NumberRange
from canvas.reading.text_gate import counted
from views.visit.agenda import agenda_of
from views.visit.changing import Refusal, change, submit
from views.visit.session import Visit, content, read
from views.widgets.choices import choice_field, choices_field, pick_segment
from views.widgets.fields import own_number, saver, typed_number

MINUTES = (2, 3, 5, 8, 15)
USUAL_MINUTES = 5
DOTS = NumberRange(1, 99, whole=True)
USUAL_DOTS = 5
# What is typed or picked here counts when its button is pressed.
# As `OVER_FOR_S` of the header, which shows the timer.
OVER_FOR = timedelta(hours=1)
TIMER, BUDGET = "lead-minutes", "lead-budget"


def lead(visit: Visit) -> None:
    """Show the controls. Only facilitators get here; the server checks again."""
    room = read(visit, room_of)
    with st.expander("Lead the room", icon=":material/campaign:", expanded=False):
        _agenda(visit, room)
        _timer(visit, room)
        _writing(visit, room)
        _voting(visit, room)
        _locks(visit, room)


def _set(visit: Visit, prop: str, value: object) -> None:
    submit(visit, "room:", {prop: value})


def _act(visit: Visit, label: str, prop: str, value: object, icon: str, on: bool = False) -> None:
    st.button(
        label,
        key=f"lead-{label}",
        icon=icon,
        type="primary" if on else "secondary",
        on_click=_set,
        args=(visit, prop, value),
        width="stretch",
    )


def _agenda(visit: Visit, room: Room) -> None:
    agenda = agenda_of(visit)
    entries = agenda.entries
    ids = [entry.id for entry in entries]
    now = ids.index(room.agenda) if room.agenda in ids else None
    _plan(visit, agenda)
    if now is not None:
        entry = entries[now]
        st.markdown(f"**{now + 1}. {entry.title}** :gray[{entry.minutes} min]")
        st.caption(entry.advice)
    following = entries[0] if now is None else entries[now + 1] if now + 1 < len(entries) else None
    if following:
        label = "Start the agenda" if now is None else "Next stretch"
        st.button(
            label,
            icon=":material/skip_next:",
            on_click=_begin,
            args=(visit, following),
            help=f"{following.title}, {following.minutes} min: starts its timer and brings everybody there",
            width="stretch",
            key="lead-next",
        )


def _plan(visit: Visit, agenda: Agenda) -> None:
    """Let the facilitator follow the course that fits the time there is."""
    known = content().agendas
    titles = {
        id_: f"{found.title}: {counted(len(found.entries), 'stretch', 'stretches')}" for id_, found in known.items()
    }

    def follow_plan(plan: str | None, over: bool) -> Refusal | None:
        return change(visit, "room:", {"plan": plan or agenda.id}, over=over)

    choice_field("Time you have", titles, agenda.id, agenda.id, follow_plan, key="lead-plan", required=True)


def _begin(visit: Visit, entry: AgendaEntry) -> None:
    """Go on to a stretch of the agenda: start its timer and bring everybody to its page."""
    block = entry.blocks[0] if entry.blocks else None
    changes = {
        "agenda": entry.id,
        "timer": {"seconds": entry.minutes * 60, "label": entry.title[:60]},
        "focus": {"step": entry.step, "block": block},
    }
    submit(visit, "room:", changes)


def _timer(visit: Visit, room: Room) -> None:
    if room.timer and datetime.fromisoformat(room.timer["ends_at"]) > datetime.now(UTC) - OVER_FOR:
        _act(visit, "Stop the timer", "timer", None, ":material/timer_off:")
        return
    pick_segment("Timer, minutes", {number: str(number) for number in MINUTES}, key=TIMER, default=USUAL_MINUTES)
    st.button(
        "Start the timer",
        key="lead-timer",
        icon=":material/timer:",
        on_click=_start_timer,
        args=(visit,),
        width="stretch",
    )


def _start_timer(visit: Visit) -> None:
    _set(visit, "timer", {"seconds": st.session_state[TIMER] * 60, "label": ""})


def _writing(visit: Visit, room: Room) -> None:
    if room.private is None:
        _act(visit, "Write privately", "private", True, ":material/visibility_off:")
    else:
        _act(visit, "Reveal all notes", "private", False, ":material/visibility:", on=True)
    shown = not room.hide_authors
    label = "Hide authors" if shown else "Show authors"
    _act(visit, label, "hide_authors", shown, ":material/no_accounts:")


def _voting(visit: Visit, room: Room) -> None:
    if room.voting is None or room.voting.state == "shown":
        own_number("Dots each", USUAL_DOTS, DOTS, key=BUDGET)
        st.button(
            "Start a vote",
            key="lead-vote",
            icon=":material/how_to_vote:",
            on_click=_start_vote,
            args=(visit,),
            width="stretch",
        )
    else:
        # Who has voted is counted live in the header; a number here would be as old as the page.
        _act(visit, "Show the result", "voting", {"state": "shown"}, ":material/leaderboard:", on=True)


def _start_vote(visit: Visit) -> None:
    budget = typed_number(BUDGET)
    if budget is not None:
        _set(visit, "voting", {"state": "open", "budget": budget})


def _locks(visit: Visit, room: Room) -> None:
    blocks = {block.id: f"{block.number} {block.short}" for block in content().canvases["stack-canvas"].blocks}
    choices_field(
        "Locked for participants",
        {BOARD: "The whole board", **blocks},
        room.locked,
        visit.base("room:", "locked"),
        saver(visit, "room:", "locked"),
        key="lead-locks",
    )
