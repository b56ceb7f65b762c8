"""Choosing among things that have ids: the state of each input is an id, whatever its label says at the moment.

Streamlit sends the label that was chosen, and keeps it as the state when the labels change, or when two are alike.
Here labels are told apart, and an input whose labels change is a new one that shows the same id.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from views.visit.shown import drawn_anew
from views.widgets.keeping import Save, beside, follow, settle

Id = TypeVar("Id", str, bool, int)
NEVER: Any = object()


def pick(
    label: str, titles: Mapping[Id, str], *, key: str, default: Id | None = None, where: Any = st, **look: Any
) -> Id:
    """Let one of `titles` be picked from a list and return its id, which `st.session_state[key]` holds too.

    What is no longer there gives way to `default`, else to the first. Raises `StopIteration` when there are none.
    """
    _hold(key, titles, default if default in titles else next(iter(titles)))
    _draw(where.selectbox, label, titles, key, index=0, **look)
    picked: Id = st.session_state[key]
    return picked


def pick_segment(
    label: str, titles: Mapping[Id, str], *, key: str, default: Id | None = None, where: Any = st, **look: Any
) -> Id:
    """Let one of a few be picked from a row of buttons; otherwise as `pick`."""
    _hold(key, titles, default if default in titles else next(iter(titles)))
    _draw(where.segmented_control, label, titles, key, required=True, wrap=True, **look)
    picked: Id = st.session_state[key]
    return picked


def form_segment(label: str, titles: Mapping[Id, str], *, key: str, default: Id) -> Id:
    """Let one of a few be picked within a form, where nothing happens before the form is sent."""
    picked: Id = st.segmented_control(
        label, list(titles), default=default, format_func=titles.__getitem__, key=key, required=True, wrap=True
    )
    return picked


def pick_many(label: str, titles: Mapping[Id, str], *, key: str, where: Any = st, **look: Any) -> list[Id]:
    """Let any of `titles` be picked and return their ids; what is no longer there falls out."""
    st.session_state[key] = [one for one in st.session_state.get(key, []) if one in titles]
    _draw(where.multiselect, label, titles, key, **look)
    picked: list[Id] = st.session_state[key]
    return picked


def choice_field(
    label: str,
    titles: Mapping[Id, str],
    saved: Id | None,
    seq: object,
    save: Save,
    *,
    key: str,
    segments: bool = False,
    where: Any = st,
    **look: Any,
) -> Id | None:
    """Let a saved value be chosen or emptied; what is chosen goes to `save`. Returns what the input shows."""
    follow(key, seq, saved, saved if saved in titles else None)
    _hold(key, titles, None)
    widget, more = (where.segmented_control, {"wrap": True}) if segments else (where.selectbox, {"index": None})
    _draw(widget, label, titles, key, lambda: _settle(key, save), **more, **look)
    beside(key, save, lambda value: titles.get(value, str(value)), saved)
    shown: Id | None = st.session_state[key]
    return shown


def choices_field(
    label: str,
    titles: Mapping[Id, str],
    saved: Sequence[Id],
    seq: object,
    save: Save,
    *,
    key: str,
    where: Any = st,
    **look: Any,
) -> None:
    """Let several saved values be chosen; the list of their ids goes to `save`."""
    known: list[Id] = [one for one in saved if one in titles]
    follow(key, seq, known, known)
    st.session_state[key] = [one for one in st.session_state[key] if one in titles]
    _draw(where.multiselect, label, titles, key, lambda: _settle(key, save), **look)
    beside(key, save, lambda value: ", ".join(titles.get(one, str(one)) for one in value), known)


def _hold(key: str, titles: Mapping[Id, str], otherwise: Id | None) -> None:
    if st.session_state.get(key, NEVER) not in titles:
        st.session_state[key] = otherwise


def _settle(key: str, save: Save) -> None:
    chosen = st.session_state[key]
    settle(key, chosen, chosen, save)


def _draw(
    widget: Any, label: str, titles: Mapping[Id, str], key: str, then: Callable[[], None] | None = None, **look: Any
) -> None:
    told, wire = _wire(key, titles)
    widget(
        label, list(titles), format_func=told.__getitem__, key=wire, on_change=_taken, args=(key, wire, then), **look
    )


def _wire(key: str, titles: Mapping[Id, str]) -> tuple[dict[Id, str], str]:
    """Return labels of which no two are alike, and a key that is new when they change; it shows what `key` holds."""
    told: dict[Id, str] = {}
    used: set[str] = set()
    for one, title in titles.items():
        label, number = title, 1
        while label in used:
            number += 1
            label = f"{title} ({number})"
        used.add(label)
        told[one] = label
    wire = f"{key}~{zlib.crc32(repr(list(told.items())).encode()):08x}"
    if drawn_anew(wire) or st.session_state.get(wire, NEVER) != st.session_state[key]:
        st.session_state[wire] = st.session_state[key]
    return told, wire


def _taken(key: str, wire: str, then: Callable[[], None] | None) -> None:
    st.session_state[key] = st.session_state[wire]
    if then is not None:
        then()
