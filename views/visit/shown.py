"""Which runs of its page a browser has shown when it sends something, and which inputs it had on it.

A browser sends the state of all its inputs with every click. When a run has just given one of them what somebody else
saved, and the browser has not shown that yet, it sends the old state once more, and Streamlit takes that for a change.
So each run ends by writing its number into an input that nobody sees, and the browser sends that along.

A run that ends early, at a closed door or in a fault, takes inputs off the page of which Streamlit still believes that
the browser knows what is in them. When they are drawn again the browser would show them empty, and send that. So an
input that was not on the page is always told what it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from canvas.store.store import new_id

RUNS = "runs"
SHOWN = "shown-run"
MARK = "run-ended"
HIDDEN = f"<style>.st-key-{SHOWN}, .st-key-{MARK} {{ display: none; }}</style>"


@dataclass
class Runs:
    """The runs of one tab: number and name of the present one, which of them ended last, in which each input was drawn.

    The number begins anew when the server does; the name never comes again.
    """

    present: int = 0
    name: str = ""
    ended: int = 0
    drawn: dict[str, int] = field(default_factory=dict)


@contextmanager
def counted_run() -> Iterator[None]:
    """Run a page, and let the browser tell that it has shown it with all that it sends from then on."""
    runs = _runs()
    runs.present += 1
    runs.name = new_id()
    try:
        yield
    except RerunException:
        # The next run follows at once, and until it ends what is on the page stays there.
        raise
    except BaseException:
        runs.ended = runs.present
        raise
    runs.ended = runs.present
    st.session_state[SHOWN] = str(runs.present)
    st.html(HIDDEN)
    with st.container(key=MARK):
        # The browser has drawn the whole page when it has drawn this.
        st.html(f"<i>{runs.name}</i>")
    st.text_input("Shown", key=SHOWN, label_visibility="collapsed")


def drawn_anew(key: str) -> bool:
    """Return whether the browser does not have this input on the page, which is drawn now."""
    runs = _runs()
    before, runs.drawn[key] = runs.drawn.get(key), runs.present
    return before is None or before < runs.ended


def is_on_page(key: str) -> bool:
    """Return whether this run has drawn an input."""
    runs = _runs()
    return runs.drawn.get(key) == runs.present


def run_name() -> str:
    """Return the name of the present run."""
    return _runs().name


def present_run() -> int:
    """Return the number of the run of this tab; in a callback, of the last run."""
    return _runs().present


def has_shown(run: int) -> bool:
    """Return whether the browser had shown a run when it sent what started this one.

    A page that ended early told it no number, and a browser may send anything: then it counts as shown.
    """
    shown = st.session_state.get(SHOWN, "")
    return not shown.isdecimal() or int(shown) >= run


def _runs() -> Runs:
    # One object, because nothing can be set in the state any more once a run is being stopped.
    runs: Runs = st.session_state.setdefault(RUNS, Runs())
    return runs
