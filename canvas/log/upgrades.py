"""Events as earlier versions of the tool wrote them, brought to the present version one step after the other.

Everything that reads an event from where it is kept gets it from here. What is kept is never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from canvas import __version__
from canvas.document.formats import upgraded as upgraded_document
from canvas.errors import EventTooNew
from canvas.log.events import VERSION, Event


def event_from(data: Mapping[str, Any]) -> Event:
    """Return the event in plain data of any version up to the present one, as one of the present.

    Raises `EventTooNew` for one of a later version, and `TypeError` or `ValueError` for what is no event.
    """
    return upgraded(Event(**data))


def upgraded(event: Event) -> Event:
    """Return an event of an earlier version as one of the present, which says the same. Raises as `event_from`."""
    if event.version == VERSION:
        return event
    if type(event.version) is not int or event.version < 1:
        raise ValueError(f"There never was a version {event.version!r} of events.")
    if event.version > VERSION:
        raise EventTooNew(
            f"This log holds changes of version {event.version}, and version {__version__} of this app reads up to "
            f"{VERSION}. Read it with the version of the app that wrote it, or a later one."
        )
    for version in range(event.version, VERSION):
        event = replace(_STEPS[version](event), version=version + 1)
    return event


def _allowing_more(event: Event) -> Event:
    """Version 2 allows more decisions and facts, version 3 chosen models. What was said before is said as before."""
    return replace(event, value=upgraded_document(event.value)) if event.action == "import" else event


# From which version each leads to the next.
_STEPS: Mapping[int, Callable[[Event], Event]] = {1: _allowing_more, 2: _allowing_more}
