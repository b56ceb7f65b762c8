"""Regular expressions that stand in content: checked when they are read, matched without regard to case."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        # pydantic turns a ValueError into a problem with its line; this error is none.
        raise ValueError(f"not a regular expression: {error}") from None
    return text


Pattern = Annotated[str, Field(min_length=2, max_length=300), AfterValidator(_pattern)]


def shows(pattern: str, text: str) -> bool:
    """Return whether a pattern is found in a text, without regard to case."""
    return _compiled(pattern).search(text) is not None


@lru_cache(256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
