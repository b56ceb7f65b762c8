"""Words in notes as signs of something: patterns, what takes them back, and the notes of a workshop that show them.

What a sign means is said where it is used: by findings here, by proposed answers in `assessments`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field

from canvas.document.workshop import Note, Workshop
from canvas.reading.types import Id, Model, NoteKind, Text


def _pattern(text: str) -> str:
    re.compile(text)
    return text


Pattern = Annotated[str, Field(min_length=2, max_length=300), AfterValidator(_pattern)]


class NoteSign(Model):
    """Words in a note: every pattern of `says` and none of `unless`, as regular expressions without regard to case.

    Only notes of these kinds and blocks are read; empty means all.
    """

    says: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    unless: tuple[Pattern, ...] = ()
    kinds: tuple[NoteKind, ...] = ("fact", "proposal", "risk")
    blocks: tuple[Id, ...] = ()

    def reads(self, block: str, note: Note) -> bool:
        """Return whether a note has one of its kinds and stands in one of its blocks."""
        return (not self.blocks or block in self.blocks) and (not self.kinds or note.kind in self.kinds)


class NoteExample(Model):
    """A note text with whether a sign must see it: kept in the content, run by the tests."""

    text: Text
    found: bool


def matching(sign: NoteSign, workshop: Workshop) -> Iterator[Note]:
    """Yield the notes that show a sign, in board order."""
    for canvas in workshop.canvases:
        for block, note in workshop.notes(canvas):
            if sign.reads(block, note) and says(sign, note.text):
                yield note


def says(sign: NoteSign, text: str) -> bool:
    """Return whether a text shows the words of a sign and none of those that take it back."""
    return all(shows(pattern, text) for pattern in sign.says) and not any(shows(p, text) for p in sign.unless)


def shows(pattern: str, text: str) -> bool:
    """Return whether a pattern is found in a text, without regard to case."""
    return _compiled(pattern).search(text) is not None


@lru_cache(1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
