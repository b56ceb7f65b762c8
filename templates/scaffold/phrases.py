"""The sentences of phrases.yaml, which generated files are made of. Reads them and knows no wording."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from canvas.method.credited import Credited
from canvas.reading.read import read_model
from canvas.reading.types import Model, Text

HeaderName = Literal["belongs", "everywhere"]
Worded = Literal["no-part", "none-yet", "left-out", "like", "beside", "by-hand", "not-applicable", "kept"]
OwnFile = Literal["record", "workshop", "manifest", "baseline"]

PHRASES = Path(__file__).parent / "phrases.yaml"


class StepPhrase(Model):
    """A step's title and text, with names in braces."""

    title: Text
    text: Text


class Phrases(Credited):
    """The sentences of phrases.yaml."""

    origin: dict[Literal["decided", "assumed", "open", "absent", "not-applicable", "replaced"], Text]
    headers: dict[HeaderName, Text]
    because: dict[OwnFile, Text]
    nothing_here: Text
    stand_in: Text
    instead: dict[Literal["no-part", "like", "beside", "by-hand"], Text]
    decision: dict[Literal["accepted", "proposed", "draft", "default"], Text]
    steps: dict[Worded, StepPhrase]


@cache
def phrases() -> Phrases:
    """Return the sentences of phrases.yaml. Raises `FileProblems` when the file breaks its contract."""
    return read_model(PHRASES, Phrases)[1]
