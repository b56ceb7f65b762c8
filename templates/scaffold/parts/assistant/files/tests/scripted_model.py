"""A model for tests that says what it is told to, and settings with single values changed."""

from __future__ import annotations

from assistant.model import Answer, ModelFailed, Usage
from assistant.settings import Settings

FINE = Answer("It is so.", Usage(10, 4))


class Scripted:
    """Fills the port `Model`: gives or raises each of `script` in turn, the last one for ever."""

    name = "scripted"
    stand_in = False

    def __init__(self, *script: Answer | ModelFailed) -> None:
        self._script = list(script or [FINE])
        self.asked: list[str] = []

    def ask(self, prompt: str, question: str) -> Answer:
        self.asked.append(question)
        said = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        if isinstance(said, ModelFailed):
            raise said
        return said


def changed(settings: Settings, section: str, **values: object) -> Settings:
    """Return settings with values of one section changed."""
    return settings.model_copy(update={section: getattr(settings, section).model_copy(update=values)})
