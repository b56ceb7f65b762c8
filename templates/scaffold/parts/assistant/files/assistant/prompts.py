"""Prompts as files with a version: prompts/<name>.md. The digest says which text it really was."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from assistant.settings import ConfigError, Count, Section, parse_config

_FENCE = "---\n"


class Head(Section):
    """What stands above a prompt. `refusal` is the sentence for questions that it must not answer."""

    version: Count
    refusal: Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class Prompt:
    """A prompt as it is sent. Two with equal `digest` are the same prompt."""

    name: str
    version: int
    digest: str
    text: str
    refusal: str

    def identity(self) -> dict[str, str | int]:
        """Return what logs and reports note."""
        return {"name": self.name, "version": self.version, "digest": self.digest}

    def is_refusal(self, answer: str) -> bool:
        return self.refusal.casefold() in answer.casefold()


def load_prompt(path: Path) -> Prompt:
    """Read a prompt file. Raises `ConfigError` when it is missing or its head is wrong."""
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{path} is missing. Name a prompt that is there in config/project.yaml.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text.") from None
    parts = content.split(_FENCE, 2)
    if len(parts) != 3 or parts[0] or not parts[2].strip():
        raise ConfigError(f"{path} must begin with a head between two lines of ---, and go on with the prompt.")
    head = parse_config(parts[1], path, Head)
    text = parts[2].strip().replace("{refusal}", head.refusal)
    digest = hashlib.sha256(content.encode()).hexdigest()[:16]
    return Prompt(path.stem, head.version, digest, text, head.refusal)
