"""Which runs of its page a browser has shown when it sends something.

A browser sends the state of all its inputs with every click. When a run has just given one of them what somebody else
saved, and the browser has not shown that yet, it sends the old state once more, and Streamlit takes that for a change.
So each run ends by writing its number into an input that nobody sees, and the browser sends that along.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

RUN = "run"
SHOWN = "shown-run"
HIDDEN = f"<style>.st-key-{SHOWN} {{ display: none; }}</style>"


@contextmanager
def counted_run() -> Iterator[None]:
    """Run a page, and let the browser tell that it has shown it with all that it sends from then on."""
    st.session_state[RUN] = present_run() + 1
    yield
    st.session_state[SHOWN] = str(present_run())
    st.html(HIDDEN)
    st.text_input("Shown", key=SHOWN, label_visibility="collapsed")


def present_run() -> int:
    """Return the number of the run of this tab; in a callback, of the last run."""
    run: int = st.session_state.get(RUN, 0)
    return run


def has_shown(run: int) -> bool:
    """Return whether the browser had shown a run when it sent what started this one.

    A page that ended early told it no number, and a browser may send anything: then it counts as shown.
    """
    shown = st.session_state.get(SHOWN, "")
    return not shown.isdecimal() or int(shown) >= run
