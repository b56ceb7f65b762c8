"""The formats of workshop files: which one is written here, which are read, and how an older one becomes the present.

A format's number changes when an older version of the tool could not read what is written. Every format that was ever
written stays readable, and one file of each is kept in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import Any

from canvas import __version__
from canvas.document.found import Found

FORMAT = 3
# The version of the tool that first reads a format.
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}$")
NEEDS: Mapping[int, str] = {1: "0.1", 2: "0.2", 3: "0.2"}


def refused_format(data: Mapping[str, Any]) -> Found | None:
    """Return what is wrong with the format that a document names, or None. One that names none has the first."""
    given = data.get("format", 1)
    if isinstance(given, bool) or not isinstance(given, int | float):
        found = f"format: {str(given)[:60]!r} is not a number", f"Write format: {FORMAT}, without quotes"
    elif given > FORMAT:
        what = f"this file has format {given:g}, and read here is up to format {FORMAT}"
        found = what, _later_version(data.get("needs"))
    elif given not in NEEDS:
        found = f"there never was a format {given:g}", f"Write format: {FORMAT}"
    else:
        return None
    return ("format",), *found


def _later_version(needs: object) -> str:
    """Return which version of the tool reads a file of a later format; what the file says of it counts if it can be."""
    if not isinstance(needs, str) or not _VERSION.match(needs):
        return "Open it with a newer version of this tool"
    if _parts(needs) > _parts(__version__):
        return f"Open it with version {needs} or later of this tool"
    return (
        f"Open it with a newer version of this tool. The file names version {needs}, which is not newer than this one "
        f"({__version__}), so somebody may have changed its first lines by hand"
    )


def _parts(version: str) -> tuple[int, ...]:
    """Return a version as numbers to compare, without the zeros at its end that make no difference."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def not_a_workshop(data: Mapping[str, Any], fields: Collection[str]) -> Found | None:
    """Return that a document is about something else, or None: no workshop file has any of its keys."""
    # A slip in the one key that each file has is told as such.
    known = (*fields, "format", *get_close_matches("title", map(str, data)))
    if any(key in data for key in known):
        return None
    return (), "this is not a workshop file", f"A workshop file starts with 'format: {FORMAT}' and 'title: ...'"


def upgraded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document of any known format as one of the present format, which holds the same."""
    document = {"format": 1, **data}
    for given in range(int(document["format"]), FORMAT):
        document = {**_STEPS[given](document), "format": given + 1}
    return document


def _as_it_is(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A later format allows more: all that the one before it could say is said in the same way.

    2: decisions and facts that format 1 had no words for. 3: the models that a workshop leads with.
    """
    return document


# From which format each leads to the next.
_STEPS: Mapping[int, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {1: _as_it_is, 2: _as_it_is}
