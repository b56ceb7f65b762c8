"""A workshop file as both doors read it: held against the canvas and against the practices and models in use."""

from __future__ import annotations

from datetime import date
from functools import partial

from assessments.scoring.sheet import broken_answers
from assessments.scoring.unfit import unfit_answers
from assessments.shapes.library import Library
from canvas.document.days import impossible_days
from canvas.document.file import Check, check_workshop, open_workshop
from canvas.document.workshop import Workshop
from canvas.errors import Problem
from canvas.method.content import Content
from canvas.reading.strict_yaml import Source


def checked_workshop(source: Source, content: Content, library: Library, today: date) -> tuple[Workshop, list[Problem]]:
    """Return the workshop of a file with all its problems. Raises `FileProblems` for a wrong shape."""
    return check_workshop(source, content, *_checks(library, today))


def opened_workshop(source: Source, content: Content, library: Library, today: date) -> tuple[Workshop, list[Problem]]:
    """Return the workshop of a file to be worked on, with its numbers and days that cannot be true: they are kept.

    Raises `FileProblems` for everything else that is wrong with it.
    """
    answers, *values = _checks(library, today)
    return open_workshop(source, content, answers, kept=values)


def live_workshop(source: Source, content: Content, library: Library, today: date) -> tuple[Workshop, list[Problem]]:
    """Return a workshop that is open in the app, with all that is wrong with its answers, which are kept.

    The pack of an answer or a target may have gone since: it is judged nowhere then, and everything else still is.
    Raises `FileProblems` for what is wrong with the rest of it.
    """
    return open_workshop(source, content, kept=_checks(library, today))


def _checks(library: Library, today: date) -> tuple[Check, Check, Check]:
    """Return what holds a workshop against a library and a calendar: its answers, then its numbers and its days."""
    return (
        partial(broken_answers, library=library),
        partial(unfit_answers, library=library),
        partial(impossible_days, today=today),
    )
