"""The card that brings a changed file back: what differs, each with a tick, and a button that takes the ticked over."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from assessments.compare.comparison import TITLES
from canvas.document.workshop import Workshop
from canvas.errors import DatabaseAway, FileProblems, LinkRefused, OpRefused, Problem, WorkshopNotFound
from canvas.log.file_change import FileChange
from canvas.reading.text_gate import counted
from views.literal import literal
from views.steps.bring_back.preview import Preview, Taken, look, take_over, without_proposed_name
from views.visit.changing import take_back
from views.visit.fragments import fragment
from views.visit.session import Visit, read
from views.widgets.difference_lines import in_one_line, values_below
from views.widgets.uploads import read_upload, tell_problems

# A file that was chosen on the start page for a workshop: its id, the file's name, and what is in it.
HANDED = "file-handed-on"
_READ = "bring-back-read"
_SEEN = "bring-back-seen"
_TAKEN = "bring-back-taken"
_MOVED = "bring-back-moved"


@dataclass(frozen=True)
class _File:
    """A file that was read, and what in it cannot be true. `id` is another one for each time that it was chosen."""

    id: str
    name: str
    workshop: Workshop
    doubtful: tuple[Problem, ...]


def hand_on(workshop: str, name: str, raw: bytes) -> None:
    """Keep a file for the card of a workshop, which is on another page."""
    st.session_state[HANDED] = (workshop, name, raw)


@fragment
def bring_back(visit: Visit) -> None:
    """Take a changed file, show what it changes, and take over what is ticked."""
    if st.session_state.pop(_MOVED, False):
        # The rest of the page shows the workshop as it is now.
        st.rerun()
    handed = st.session_state.get(HANDED)
    mine = handed is not None and handed[0] == visit.id
    with st.expander("Bring back a changed file", expanded=mine, icon=":material/upload_file:"):
        if not visit.may_edit:
            st.caption("This link is for looking only. A participant or the facilitator can bring a file back.")
            return
        st.caption(
            "The workshop file of this workshop, changed elsewhere: you see what differs, and take over what you "
            "tick. Nothing changes before."
        )
        upload = st.file_uploader("The changed workshop file (.yaml)", type=["yaml", "yml"], key="file-back")
        if upload is not None:
            _file(visit, upload.getvalue(), upload.name, upload.file_id)
        elif mine and handed is not None:
            st.button(f"Put {literal(handed[1])} away", key="bring-away", icon=":material/close:", on_click=_put_away)
            _file(visit, handed[2], handed[1], f"handed-{zlib.crc32(handed[2]):08x}")


def _put_away() -> None:
    st.session_state.pop(HANDED, None)


def _file(visit: Visit, raw: bytes, name: str, file_id: str) -> None:
    try:
        file = _read(visit, raw, name, file_id)
    except FileProblems as error:
        st.error(f"{literal(name)} cannot be read as a workshop. Nothing was changed.")
        tell_problems(error.problems)
        return
    seen = _preview(visit, file)
    taken = _taken(file)
    if taken is not None:
        _told_of(visit, taken)
    if file.doubtful:
        st.warning(f"What {literal(name)} says here cannot be true. Mend it in the file, or leave it unticked:")
        tell_problems(file.doubtful)
    if not seen.changes:
        st.info("The file says what the workshop says. There is nothing to take over.", icon=":material/equal:")
        return
    _ticks(visit, seen, file)
    _cannot(seen)


def _read(visit: Visit, raw: bytes, name: str, file_id: str) -> _File:
    """Return what a file says; read once, because every tick runs the card again. Raises `FileProblems`."""
    kept: _File | None = st.session_state.get(_READ)
    if kept is None or kept.id != f"{visit.id}-{file_id}":
        workshop, doubtful = read_upload(raw, name)
        asked = without_proposed_name(visit, workshop)
        kept = st.session_state[_READ] = _File(f"{visit.id}-{file_id}", name, asked, tuple(doubtful))
    return kept


def _preview(visit: Visit, file: _File) -> Preview:
    """Return what the file changes now; worked out anew only when the workshop has moved on."""
    key, seq = (visit.id, visit.member.role, file.id), read(visit, lambda state: state.seq)
    kept = st.session_state.get(_SEEN)
    if kept is None or kept[0] != key or kept[1].seq != seq:
        kept = st.session_state[_SEEN] = (key, look(visit, file.workshop))
    seen: Preview = kept[1]
    return seen


def _taken(file: _File) -> Taken | None:
    """Return what was taken over of this file last."""
    kept: tuple[str, Taken] | None = st.session_state.get(_TAKEN)
    return kept[1] if kept is not None and kept[0] == file.id else None


def _ticks(visit: Visit, seen: Preview, file: _File) -> None:
    """Show the changes under their groups, each with a tick, and the button that takes them over."""
    taken = _taken(file)
    refused = taken.refused if taken is not None else {}
    keys = {change.key: _tick_key(file, change) for change in seen.possible}
    for name, key in keys.items():
        st.session_state.setdefault(key, name not in refused)
    ticked = [name for name, key in keys.items() if st.session_state[key]]
    _buttons(visit, seen, file, keys, ticked)
    for group, changes in groupby(seen.possible, key=lambda change: change.group):
        listed = list(changes)
        with st.container(border=True):
            st.markdown(f"**{TITLES[group]}** :gray[{len(listed)}]")
            for change in listed:
                _tick(seen, change, keys[change.key], refused.get(change.key))


def _buttons(visit: Visit, seen: Preview, file: _File, keys: Mapping[str, str], ticked: Sequence[str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        label = f"Accept {counted(len(ticked), 'change')}"
        args = (visit, file, seen, tuple(ticked))
        st.button(label, type="primary", key="bring-accept", disabled=not ticked, on_click=_accept, args=args)
        st.button("Tick all", key="bring-all", on_click=_set_all, args=(tuple(keys.values()), True))
        st.button("Tick none", key="bring-none", on_click=_set_all, args=(tuple(keys.values()), False))


def _set_all(keys: Collection[str], on: bool) -> None:
    for key in keys:
        st.session_state[key] = on


def _tick(seen: Preview, change: FileChange, key: str, refused: str | None) -> None:
    lines = seen.lines[change.key]
    st.checkbox(in_one_line(lines), key=key)
    if refused:
        st.markdown(f":orange[:material/merge: {literal(refused)}]")
    st.markdown(values_below(lines))


def _cannot(seen: Preview) -> None:
    """Tell what cannot be taken over, each with the reason."""
    left = [change for change in seen.changes if change.key in seen.refused]
    if not left:
        return
    with st.container(border=True):
        st.markdown(f"**Cannot be taken over** :gray[{len(left)}]")
        for change in left:
            lines = seen.lines[change.key]
            reason = f":material/block: {literal(seen.refused[change.key])}"
            st.markdown(f"{TITLES[change.group]}: {in_one_line(lines)}  \n{values_below(lines)}  \n{reason}")


def _accept(visit: Visit, file: _File, seen: Preview, keys: Collection[str]) -> None:
    try:
        taken = take_over(visit, file.workshop, seen, keys)
    except (OpRefused, DatabaseAway) as refused:
        taken = Taken("", 0, dict.fromkeys(keys, str(refused)))
    except (LinkRefused, WorkshopNotFound):
        # The page that runs next finds the door closed and says so.
        return
    st.session_state[_TAKEN] = (file.id, taken)
    st.session_state[_MOVED] = True
    for change in seen.possible:
        # What was not taken over stays, without its tick.
        if change.key in taken.refused:
            st.session_state[_tick_key(file, change)] = False


def _told_of(visit: Visit, taken: Taken) -> None:
    """Say what was taken over, and let it be taken back as one step."""
    if taken.count:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(f"{counted(taken.count, 'change')} taken over, as one step of the history.")
            st.button("Take it back", key="bring-undo", icon=":material/undo:", on_click=_undo, args=(visit, taken))
    if taken.refused:
        st.warning(f"{counted(len(taken.refused), 'change')} not taken over: the reason stands at each.")


def _undo(visit: Visit, taken: Taken) -> None:
    st.session_state[_MOVED] = True
    if take_back(visit, taken.op_id):
        st.session_state.pop(_TAKEN, None)


def _tick_key(file: _File, change: FileChange) -> str:
    return f"take-{file.id}-{zlib.crc32(change.key.encode()):08x}"
