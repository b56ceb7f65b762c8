"""The fixed words of the report, read from `words.yaml`. Holds no sentence of its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from canvas.method.credited import Credited
from canvas.reading.read import read_model
from canvas.reading.types import Id, Text

WORDS = Path(__file__).parent / "words.yaml"


class Words(Credited):
    """Sentences by id, and words in singular and plural."""

    words: dict[Id, Text]
    counts: dict[Id, tuple[Text, Text]]


@cache
def words() -> Words:
    """Return the shipped words. Raises `FileProblems` when the file breaks its contract."""
    return read_model(WORDS, Words)[1]


def say(word: str, **values: object) -> str:
    """Return a sentence with its values filled in. Braces inside a value stay as they are."""
    return words().words[word].format(**values)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, as in "1 note" and "2 notes"."""
    singular, plural = words().counts[noun]
    return f"{number} {singular if number == 1 else plural}"
