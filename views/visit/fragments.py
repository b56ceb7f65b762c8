"""Parts of a page that run by themselves: fragments and dialogs.

They run without the page around them, and so without the question that it begins with: they ask the store themselves
who is there, before they show anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import streamlit as st

from canvas.errors import DatabaseAway, LinkRefused, WorkshopNotFound
from views.visit.session import Visit, present

P = ParamSpec("P")
Part = Callable[Concatenate[Visit, P], None]


def fragment(body: Part[P]) -> Part[P]:
    """Make a part of a page run by itself when something in it is used."""
    return st.fragment(_asking(body, leads=False))


def dialog(title: str, *, leads: bool) -> Callable[[Part[P]], Part[P]]:
    """Make a part that opens over the page. With `leads` it is only for facilitators."""
    return lambda body: st.dialog(title, width="medium")(_asking(body, leads=leads))


def _asking(body: Part[P], *, leads: bool) -> Part[P]:
    @wraps(body)
    def run(visit: Visit, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            present(visit, leads=leads)
            body(visit, *args, **kwargs)
        except (LinkRefused, WorkshopNotFound, DatabaseAway):
            # The whole page finds the same and says it in place of everything.
            st.rerun()

    return run
