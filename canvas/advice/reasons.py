"""What speaks for an option as a sentence of the team's own, for whoever chooses it to change or to stand by."""

from __future__ import annotations

import re
from collections.abc import Iterable

# More would be a list, and nobody stands by a list.
MOST = 3
# Advice speaks to the team; a reason is what the team says.
_OURS = (
    (re.compile(r"\b(for|from|give|gives|let|lets|of|save|saves|spare|spares|to|with) you\b", re.I), r"\1 us"),
    (re.compile(r"\byourselves\b|\byourself\b", re.I), "ourselves"),
    (re.compile(r"\byours\b", re.I), "ours"),
    (re.compile(r"\byour\b", re.I), "our"),
    (re.compile(r"\byou\b", re.I), "we"),
)


def reason_from(becauses: Iterable[str]) -> str:
    """Return the strongest reasons, which come first, as one sentence; an empty text where there are none."""
    said = [_ours(because).strip().rstrip(".") for because in list(becauses)[:MOST]]
    if not said:
        return ""
    last = f"; and {said[-1]}" if len(said) > 1 else ""
    sentence = "; ".join(said[:-1]) + last if last else said[0]
    return f"{sentence[0].upper()}{sentence[1:]}."


def _ours(text: str) -> str:
    for pattern, ours in _OURS:
        text = pattern.sub(ours, text)
    return text
