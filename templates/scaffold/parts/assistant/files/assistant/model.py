"""The port: what the project asks of a model, whichever it is. Knows no provider, no prompt file and no service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Usage:
    """What one answer cost, in tokens."""

    tokens_in: int
    tokens_out: int

    @property
    def total(self) -> int:
        return self.tokens_in + self.tokens_out


@dataclass(frozen=True)
class Answer:
    """What a model said, and what that cost."""

    text: str
    usage: Usage


class ModelFailed(Exception):
    """No answer came. The message says why, without the key and without the question."""


class ModelSlow(ModelFailed):
    """No answer came in time."""


class Model(Protocol):
    """A model that can be asked. Several threads may ask at once."""

    @property
    def name(self) -> str:
        """What reports and logs call it; for a provider the exact model."""
        ...

    @property
    def stand_in(self) -> bool:
        """True when nothing that it says is a real model's answer."""
        ...

    def ask(self, prompt: str, question: str) -> Answer:
        """Answer a question under a prompt. Raises `ModelFailed`, or `ModelSlow` when it took too long."""
        ...
