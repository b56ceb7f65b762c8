"""The errors of the templates room. Doors catch `TemplatesError` and print its message; nothing else is user-facing."""

from __future__ import annotations


class TemplatesError(Exception):
    """Base of all errors of this room; the message says what is wrong and how to mend it."""


class DiagramError(TemplatesError):
    """The architecture picture could not be laid out or drawn."""


class ReportError(TemplatesError):
    """The report or a canvas page could not be set as PDF."""


class UnknownFormat(TemplatesError):
    """A file ending that no renderer of this room writes."""


class ScaffoldError(TemplatesError):
    """The project cannot be put together, or not be written where it was asked for."""
