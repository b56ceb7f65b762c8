"""Golden questions and what is expected of each answer, as evaluation/questions.yaml has them. Asks nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from assistant.settings import Name, Section, read_config

Words = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(strict=False)]


class Expected(Section):
    """What an answer must be like. Upper and lower case are the same.

    `contains` are all needed, of `contains_any` one, `lacks` must not occur. With `refuses` the answer must be the
    prompt's refusal; without it, it must not.
    """

    contains: Words = ()
    contains_any: Words = ()
    lacks: Words = ()
    refuses: bool = False
    at_most_characters: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _says_something_that_can_be(self) -> Self:
        if self == Expected.model_construct():
            raise ValueError("say what is expected of the answer")
        if self.refuses and (self.contains or self.contains_any):
            raise ValueError("an answer cannot refuse and contain something else; drop one of them")
        return self


class Question(Section):
    """One golden question. A `critical` one must pass, whatever the others do."""

    id: Name
    ask: Annotated[str, Field(min_length=1)]
    critical: bool = False
    expect: Expected

    @property
    def digest(self) -> str:
        """Equal for questions that ask and expect the same."""
        return hashlib.sha256(self.model_dump_json(exclude={"id"}).encode()).hexdigest()[:16]


class Questions(Section):
    """The content of evaluation/questions.yaml."""

    questions: Annotated[list[Question], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_id_once(self) -> Self:
        ids = [question.id for question in self.questions]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            raise ValueError(f"the id {', '.join(twice)} occurs twice")
        return self


def load_questions(path: Path) -> list[Question]:
    """Read the golden questions. Raises `ConfigError`."""
    return read_config(path, Questions).questions
