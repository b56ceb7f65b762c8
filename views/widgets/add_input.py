"""One line in which something new is named; the next one can be typed before the last one is stored.

A text input would be cleared by the run that its own text starts, together with what was typed meanwhile. A line that
cannot be added as it is, a pasted list or one too long, waits below until its person says what becomes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from canvas.reading.text_gate import clean
from views.literal import literal
from views.visit.changing import Refusal
from views.visit.shown import drawn_anew
from views.widgets.fields import too_long
from views.widgets.keeping import AWAY

WAITING = "waiting"

# Adds one thing by its name. Returns why it was not added, or None.
Add = Callable[[str], Refusal | None]


def add_input(label: str, key: str, add: Add, *, max_chars: int, disabled: bool = False) -> None:
    """Show the line; `add` gets each text that is sent, never an empty one. Its key never changes, nor may it."""

    def sent() -> None:
        text = clean(st.session_state[key] or "")
        lines = _lines(text)
        if len(lines) > 1 or len(text) > max_chars:
            _wait(key, text, "")
        else:
            _add_each(key, lines, add)

    st.chat_input(label, key=key, on_submit=sent, disabled=disabled)
    if key in st.session_state.get(WAITING, {}):
        _ask_what(label, key, add, max_chars)


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


def _wait(key: str, text: str, why: str) -> None:
    """Put a text below the line; what waits there already stays, above it."""
    waiting = st.session_state.setdefault(WAITING, {})
    before, _ = waiting.get(key, ("", ""))
    waiting[key] = ("\n".join(filter(None, (before, text))), why)
    st.session_state[f"{key}:waiting"] = waiting[key][0]


def _add_each(key: str, texts: Sequence[str], add: Add) -> None:
    """Add texts in order; from the first that is refused on they wait."""
    for index, text in enumerate(texts):
        refusal = add(text)
        if refusal is not None:
            _wait(key, "\n".join(texts[index:]), AWAY if refusal.code == "busy" else refusal.message)
            return


def _ask_what(label: str, key: str, add: Add, max_chars: int) -> None:
    """Show what waits, to be edited, and offer the ways in which it can be added."""
    field = f"{key}:waiting"
    if drawn_anew(field):
        st.session_state[field] = st.session_state[WAITING][key][0]
    with st.container(border=True, key=f"waiting-{key}"):
        typed = st.text_area(f"{label}: not added yet", key=field, height="content", on_change=_edited, args=(key,))
        lines, why = _lines(clean(typed)), st.session_state[WAITING][key][1]
        one = " ".join(lines)
        most = max((len(line) for line in lines), default=0)
        if why:
            st.markdown(f":red[:material/error:] {literal(why)}")
        if most > max_chars:
            longest = max(lines, key=len)
            st.markdown(f":red[:material/error:] {literal(too_long(longest, max_chars))}")
        with st.container(horizontal=True):
            several = len(lines) > 1
            if several and most <= max_chars:
                _way(f"Add {len(lines)}, one for each line", key, "each", add, primary=True)
            if lines and len(one) <= max_chars:
                _way("Add as one" if several else "Add", key, "one", add, primary=not several)
            st.button("Discard it", key=f"{key}:drop", type="tertiary", on_click=_drop, args=(key,))


def _way(label: str, key: str, way: str, add: Add, *, primary: bool) -> None:
    kind = "primary" if primary else "secondary"
    st.button(label, key=f"{key}:{way}", type=kind, on_click=_added, args=(key, way, add))


def _edited(key: str) -> None:
    st.session_state[WAITING][key] = (st.session_state[f"{key}:waiting"], "")


def _added(key: str, way: str, add: Add) -> None:
    lines = _lines(clean(st.session_state[f"{key}:waiting"]))
    _drop(key)
    _add_each(key, [" ".join(lines)] if way == "one" else lines, add)


def _drop(key: str) -> None:
    st.session_state[WAITING].pop(key, None)
    st.session_state.pop(f"{key}:waiting", None)
