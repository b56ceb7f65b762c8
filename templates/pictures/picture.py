"""What a picture of a step is, and the fixed words of all of them, read from `pictures.yaml`. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from canvas.method.credited import Credited
from canvas.reading.read import read_model
from canvas.reading.types import Id, Model, ShortText, Text

WORDS = Path(__file__).parent / "pictures.yaml"
Half = Annotated[int, Field(ge=1, le=2)]


@dataclass(frozen=True)
class Picture:
    """A picture as SVG, and the same in words. `svg` is None when no engine could lay it out; `problem` says why.

    `filled` says whether a team has said anything that it shows; `told` whether the tables and the advice of its step
    say all of it too. With `absent` the question of the picture does not arise, and its words say why.
    """

    id: str
    title: str
    svg: str | None
    words: tuple[str, ...]
    filled: bool
    told: bool = True
    problem: str | None = None
    absent: bool = False


class Axis(Model):
    """What one axis of a field of four means, and the two ends of it: left and right, or bottom and top."""

    title: ShortText
    ends: tuple[ShortText, ShortText]


class FieldOfFour(Model):
    """A two-by-two picture of one advisor. `places` gives each outcome its column from the left and its row."""

    advisor: Id
    across: Axis
    up: Axis
    places: dict[Id, tuple[Half, Half]]


class PictureWords(Credited):
    """Titles and sentences by id, the fields of four, and from where to where each feedback loop leads."""

    titles: dict[Id, ShortText]
    words: dict[Id, Text]
    fields: dict[Id, FieldOfFour]
    loops: dict[Id, tuple[Id, Id]]


@cache
def picture_words() -> PictureWords:
    """Return the shipped words. Raises `FileProblems` when the file breaks its contract."""
    return read_model(WORDS, PictureWords)[1]


def say(word: str, **values: object) -> str:
    """Return a sentence with its values filled in. Braces inside a value stay as they are."""
    return picture_words().words[word].format(**values)


def sentences(parts: Sequence[str]) -> str:
    """Return the words of a picture as one text."""
    return " ".join(parts)
