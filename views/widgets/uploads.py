"""A workshop file that somebody chooses in the browser: how it is read, and how its problems are told."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assessments.library.packs import library
from assessments.library.workshop_check import opened_workshop
from canvas.document.workshop import Workshop
from canvas.errors import Problem
from canvas.reading.strict_yaml import read_bytes
from views.visit.clock import today
from views.visit.session import content

SHOWN_PROBLEMS = 50


def read_upload(raw: bytes, name: str) -> tuple[Workshop, list[Problem]]:
    """Return the workshop of an uploaded file, with its numbers and days that cannot be true.

    Raises `FileProblems` with all that is wrong with it, line by line, when it cannot be opened.
    """
    return opened_workshop(read_bytes(raw, name), content(), library(), today())


def tell_problems(problems: Sequence[Problem]) -> None:
    """Show what is wrong with a file: line, what it is, and how to mend it."""
    told = [str(problem) for problem in problems[:SHOWN_PROBLEMS]]
    if len(problems) > SHOWN_PROBLEMS:
        told.append(f"and {len(problems) - SHOWN_PROBLEMS} more")
    st.code("\n".join(told), language=None, wrap_lines=True)
