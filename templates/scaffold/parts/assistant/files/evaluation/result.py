"""What an evaluation found, as it is written down and compared later. Shapes only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from assistant.settings import ConfigError, Section

Listed = Annotated[tuple[str, ...], Field(strict=False)]


class Judged(Section):
    """One golden question with what was wrong with the answer; nothing means that it passed."""

    id: str
    digest: str
    critical: bool
    shortcomings: Listed

    @property
    def passed(self) -> bool:
        return not self.shortcomings


class Evaluation(Section):
    """All golden questions under one prompt and one model."""

    prompt: str
    prompt_version: int
    prompt_digest: str
    model: str
    stand_in: bool
    tokens: Annotated[int, Field(ge=0)]
    questions: Annotated[tuple[Judged, ...], Field(min_length=1, strict=False)]

    @property
    def share(self) -> float:
        return share_of(self.questions)

    def asks_the_same(self, other: Evaluation) -> bool:
        """Return whether both are about the same prompt and model, so that neither is newer."""
        return (self.prompt_digest, self.model) == (other.prompt_digest, other.model)


def share_of(questions: tuple[Judged, ...]) -> float:
    """Return the share of questions that passed."""
    return sum(question.passed for question in questions) / len(questions)


def load_accepted(path: Path) -> Evaluation | None:
    """Return the accepted evaluation, or None when there is none yet. Raises `ConfigError` when it is damaged."""
    try:
        return Evaluation.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValidationError:
        raise ConfigError(f"{path} is damaged. Restore it from version control, or delete it to begin anew.") from None


def as_json(evaluation: Evaluation) -> str:
    """Return an evaluation as text; the same one gives the same bytes."""
    return json.dumps(evaluation.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
