"""Show people's text as they wrote it: nothing in it becomes Markdown, mathematics, an icon or markup."""

from __future__ import annotations

import re

from canvas.reading.text_gate import isolated

_RECOGNISED = re.compile(r":(?=[\w+-]+:)|://|www\.|@(?=\w)", re.IGNORECASE)
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def literal(text: str) -> str:
    """Return Markdown that reads as `text`: ASCII marks escaped, line breaks kept, moving nothing beside it."""
    # Shortcodes and bare addresses are recognised after escapes are gone; a zero-width space keeps them apart.
    apart = _RECOGNISED.sub(lambda found: found[0][0] + "\u200b" + found[0][1:], isolated(text))
    escaped = _MARKS.sub(r"\\\1", apart)
    return escaped.replace("\n", "  \n")
