"""What the project is set to: config/project.yaml as typed, checked values, and where each file lives.

Every number that a team may want to change is there, never in the code. Reads files only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

ROOT = Path(__file__).resolve().parents[1]

# What a person writes by mistake, and how to mend it.
MENDS = {
    "float_type": "write a number with a decimal point and nothing behind it, such as 0.92",
    "int_type": "write a whole number in digits, such as 40",
    "finite_number": "write a finite number",
}
Count = Annotated[int, Field(ge=1)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class ConfigError(Exception):
    """A file of the project, or the environment, is wrong. The message names the place and how to mend it."""


class Section(BaseModel):
    """Base of all settings: unknown keys and numbers that are not finite are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class ModelChoice(Section):
    """Which model answers. `stand-in` needs neither key nor network; `provider` is a chat completions endpoint."""

    adapter: Literal["stand-in", "provider"]
    endpoint: str | None
    name: str | None
    timeout_seconds: Annotated[float, Field(gt=0, le=600)]
    attempts: Annotated[int, Field(ge=1, le=5)]
    at_once: Annotated[int, Field(ge=1, le=200)]
    max_tokens: Count

    @model_validator(mode="after")
    def _a_provider_is_named_and_safe(self) -> Self:
        if self.adapter == "provider":
            if not self.endpoint or not self.name:
                raise ValueError("the adapter provider needs endpoint and name")
            address = urlsplit(self.endpoint)
            # The key and the questions travel to this address.
            if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1"):
                raise ValueError("endpoint must begin with https://, or lead to this machine")
        return self


class Gate(Section):
    """What a prompt and model must reach on the golden questions.

    `against_accepted` says whether a new prompt must be better than the accepted one, or only not worse.
    """

    threshold: Annotated[float, Field(gt=0, le=1)]
    against_accepted: Literal["better", "not-worse"]


class DayBudget(Section):
    """How much may be asked in one day (UTC). Beyond it the fall-back answers."""

    requests_per_day: Count
    tokens_per_day: Count


class Rule(Section):
    """An answer without a model, for a question that has all these words."""

    words: Annotated[list[str], Field(min_length=1)]
    answer: Annotated[str, Field(min_length=1)]


class FallBack(Section):
    """What is given when no answer comes in time. `sentence` is said where the kind itself has nothing to give."""

    kind: Literal["last-good", "rule", "person", "none"]
    sentence: Annotated[str, Field(min_length=1)]
    rules: list[Rule]


class Serving(Section):
    """Limits of the service. `latency_p95_ms` is what was asked for, or none; `log_text` logs questions and answers."""

    latency_p95_ms: Annotated[float, Field(gt=0)] | None
    max_question_characters: Count
    max_body_bytes: Annotated[int, Field(ge=1000)]
    log_text: bool


class Config(Section):
    """The content of config/project.yaml."""

    title: str
    system_name: str
    prompt: Name
    model: ModelChoice
    gate: Gate
    budget: DayBudget
    fallback: FallBack
    serving: Serving


class Settings(Config):
    """The configuration together with the folder it belongs to."""

    root: Path

    @classmethod
    def load(cls, root: Path = ROOT) -> Self:
        """Read config/project.yaml below `root`. Raises `ConfigError`."""
        config = read_config(root / "config" / "project.yaml", Config)
        return cls(**dict(config), root=root)

    @property
    def prompt_file(self) -> Path:
        return self.root / "prompts" / f"{self.prompt}.md"

    @property
    def questions_file(self) -> Path:
        return self.root / "evaluation" / "questions.yaml"

    @property
    def accepted_file(self) -> Path:
        """The result of the last evaluation that was accepted."""
        return self.root / "evaluation" / "accepted.json"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def logs(self) -> Path:
        return self.root / "logs"


T = TypeVar("T", bound=BaseModel)


def read_config(path: Path, model: type[T]) -> T:
    """Read one YAML file as `model`. Raises `ConfigError` naming the file and every key that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{path} is missing. Restore it from version control.") from None
    return parse_config(text, path, model)


def parse_config(text: str, path: Path, model: type[T]) -> T:
    """Read YAML that came from `path` as `model`. Raises `ConfigError` naming the file and every key that is wrong."""
    try:
        content: Any = yaml.safe_load(text)
        return model.model_validate(content)
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} is not valid YAML: {error}") from None
    except ValidationError as error:
        named = [(".".join(map(str, e["loc"])) or "the file", e["type"], e["msg"]) for e in error.errors()]
        wrong = [f"  {name}: {MENDS.get(kind, message.removeprefix('Value error, '))}" for name, kind, message in named]
        raise ConfigError("\n".join([f"{path} has wrong or missing keys:", *wrong])) from None
