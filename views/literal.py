"""Show people's text as they wrote it: nothing in it becomes Markdown, mathematics, an icon or markup."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def literal(text: str) -> str:
    """Return Markdown that reads as `text`: every ASCII mark escaped, line breaks kept."""
    # A zero-width space keeps `:word:` from being replaced by a symbol after the escapes are gone.
    escaped = _MARKS.sub(r"\\\1", re.sub(r":(?=[\w+-]+:)", ":\u200b", text))
    return escaped.replace("\n", "  \n")
