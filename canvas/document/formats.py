"""The formats of workshop files: which one is written here, which are read, and how an older one becomes the present.

A format's number changes when an older version of the tool could not read what is written. Every format that was ever
written stays readable, and one file of each is kept in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from canvas.document.found import Found

FORMAT = 2
# The version of the tool that first reads a format.
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}$")
NEEDS: Mapping[int, str] = {1: "0.1", 2: "0.2"}


def refused_format(data: Mapping[str, Any]) -> Found | None:
    """Return what is wrong with the format that a document names, or None. One that names none has the first."""
    given = data.get("format", 1)
    if isinstance(given, bool) or not isinstance(given, int | float):
        found = f"format: {str(given)[:60]!r} is not a number", f"Write format: {FORMAT}, without quotes"
    elif given > FORMAT:
        needs = data.get("needs")
        newer = f"version {needs} or later" if isinstance(needs, str) and _VERSION.match(needs) else "a newer version"
        what = f"this file has format {given:g}, and read here is up to format {FORMAT}"
        found = what, f"Open it with {newer} of this tool"
    elif given not in NEEDS:
        found = f"there never was a format {given:g}", f"Write format: {FORMAT}"
    else:
        return None
    return ("format",), *found


def upgraded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document of any known format as one of the present format, which holds the same."""
    document = {"format": 1, **data}
    for given in range(int(document["format"]), FORMAT):
        document = {**_STEPS[given](document), "format": given + 1}
    return document


def _as_it_is(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Format 2 allows more: all that format 1 could say is said in the same way."""
    return document


# From which format each leads to the next.
_STEPS: Mapping[int, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {1: _as_it_is}
