"""The one gate for text: what may be in a note or title, how live input is cleaned; counted nouns, and directions.

Files are checked and refused with a line; live input is cleaned, because nobody can mend what they pasted by accident.
"""

from __future__ import annotations

import re
import unicodedata

# Bidirectional overrides and isolates can make a line read differently from what it says (U+202A-202E, U+2066-2069).
_BIDI = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))

# Nobody may type these, so that what stands in an output is ours. U+2066, U+2068, U+2069.
_LEFT_TO_RIGHT, _FIRST_STRONG, _END = "\u2066", "\u2068", "\u2069"
# Numbers of several parts, which are taken apart among Arabic letters: 2026-11-29, 10:30, 1.5, 3/4.
_NUMBERS = re.compile(r"\d+(?:[-./:,–]\d+)+")


def _forbidden(char: str) -> bool:
    # Surrogates and non-characters cannot be written as UTF-8 or make PDF and XML writers fail.
    if char == "\n":
        return False
    return char in _BIDI or unicodedata.category(char) in {"Cc", "Cs"} or (ord(char) & 0xFFFE) == 0xFFFE


def forbidden_characters(text: str) -> list[str]:
    """Return the code points of `text` that no file may hold, as `U+202E`, each once, in order of appearance."""
    if text.isprintable():
        # Nothing that is forbidden can be printed, and this is known without looking at each character.
        return []
    return list(dict.fromkeys(f"U+{ord(char):04X}" for char in text if _forbidden(char)))


def clean(text: str) -> str:
    r"""Return live input as it is stored: NFC, `\n` newlines, no tabs, nothing forbidden, no outer space."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(char for char in text if not _forbidden(char)).strip()


def isolated(text: str) -> str:
    """Return a text to stand beside others on one line, so that the direction of its script moves none of them.

    Dates and numbers in it keep the order in which they were written. Text that reads from the left stays as it is.
    """
    if not reads_from_the_right(text):
        return text
    in_written_order = _NUMBERS.sub(lambda found: f"{_LEFT_TO_RIGHT}{found.group()}{_END}", text)
    return f"{_FIRST_STRONG}{in_written_order}{_END}"


def reads_from_the_right(text: str) -> bool:
    """Return whether a text has letters of a script that is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, as in "1 note" and "2 notes"; `many` where an s at the end is not enough."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
