"""The one gate for text: what may be in a note, a title or a reason, and how live input is cleaned; and counted nouns.

Files are checked and refused with a line; live input is cleaned, because nobody can mend what they pasted by accident.
"""

from __future__ import annotations

import unicodedata

# Bidirectional overrides and isolates can make a line read differently from what it says (U+202A-202E, U+2066-2069).
_BIDI = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))


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


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, as in "1 note" and "2 notes"; `many` where an s at the end is not enough."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
