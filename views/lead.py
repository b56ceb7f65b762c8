"""What the facilitator leads the room with: agenda, timer, locks, private writing, voting, and bringing people along.

Plain widgets that send ops; what the room sees of them is drawn live by the header and the board.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from canvas.definitions import Agenda, AgendaEntry
from canvas.room import BOARD, Room, room_of
from views.agenda import agenda_of
from views.context import context
from views.session import Visit, content, submit

MINUTES = (2, 3, 5, 8, 15)


def lead(visit: Visit) -> None:
    """Show the controls. Only facilitators get here; the server checks again."""
    room = context().store.read(visit.id, room_of)
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
    agenda = agenda_of(visit.id)
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
    titles = {id_: f"{found.title}: {len(found.entries)} stretches" for id_, found in known.items()}
    key = f"lead-plan:{agenda.id}"
    st.selectbox(
        "Time you have",
        list(known),
        list(known).index(agenda.id),
        format_func=lambda id_: titles[id_],
        key=key,
        on_change=lambda: submit(visit, "room:", {"plan": st.session_state[key], "agenda": None}),
    )


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
    if room.timer:
        _act(visit, "Stop the timer", "timer", None, ":material/timer_off:")
        return
    minutes = st.segmented_control("Timer, minutes", MINUTES, default=5, required=True, key="lead-minutes")
    _act(visit, "Start the timer", "timer", {"seconds": minutes * 60, "label": ""}, ":material/timer:")


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
        budget = st.number_input("Dots each", 1, 99, 5, key="lead-budget")
        _act(visit, "Start a vote", "voting", {"state": "open", "budget": budget}, ":material/how_to_vote:")
    else:
        # Who has voted is counted live in the header; a number here would be as old as the page.
        _act(visit, "Show the result", "voting", {"state": "shown"}, ":material/leaderboard:", on=True)


def _locks(visit: Visit, room: Room) -> None:
    blocks = {block.id: f"{block.number} {block.short}" for block in content().canvases["stack-canvas"].blocks}
    titles: Callable[[str], str] = lambda block: blocks.get(block, "The whole board")  # noqa: E731
    key = f"lead-locks:{visit.base('room:', 'locked')}"
    st.multiselect(
        "Locked for participants",
        [BOARD, *blocks],
        list(room.locked),
        format_func=titles,
        key=key,
        on_change=lambda: _set(visit, "locked", list(st.session_state[key])),
    )
