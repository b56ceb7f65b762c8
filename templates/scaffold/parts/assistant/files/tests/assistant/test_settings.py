"""A wrong configuration or prompt file is refused with its place and a mend, before anything is asked."""

from __future__ import annotations

import re

import pytest
import yaml

from assistant.prompts import load_prompt
from assistant.settings import ConfigError, Settings


@pytest.mark.parametrize(
    ("section", "values", "told"),
    [
        ("model", {"adapter": "provider", "name": None}, "model: the adapter provider needs endpoint and name"),
        ("model", {"adapter": "provider", "name": "m", "endpoint": "http://a.example"}, "must begin with https"),
        ("model", {"adapter": "magic"}, "model.adapter"),
        ("model", {"timeout_seconds": 0.0}, "model.timeout_seconds"),
        ("gate", {"threshold": 90.0}, "gate.threshold"),
        ("gate", {"threshold": float("nan")}, "gate.threshold: write a finite number"),
        ("budget", {"requests_per_day": 2.5}, "budget.requests_per_day: write a whole number in digits"),
        ("fallback", {"kind": "hope"}, "fallback.kind"),
        ("serving", {"colour": 1}, "serving.colour"),
    ],
)
def test_a_wrong_value_is_refused_with_its_key(
    project: Settings, section: str, values: dict[str, object], told: str
) -> None:
    file = project.root / "config" / "project.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    content[section] |= values
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(told)):
        Settings.load(project.root)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Just a prompt.", "must begin with a head"),
        ("---\nversion: 1\nrefusal: no\n---\n", "must begin with a head"),
        ("---\nversion: one\nrefusal: no\n---\nText", "version"),
        ("---\nversion: 1\n---\nText", "refusal"),
        ("---\nversion: [\n---\nText", "not valid YAML"),
    ],
)
def test_a_prompt_without_its_head_is_refused(project: Settings, content: str, told: str) -> None:
    project.prompt_file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        load_prompt(project.prompt_file)


def test_a_prompt_that_is_not_there_is_named(project: Settings) -> None:
    with pytest.raises(ConfigError, match="other"):
        load_prompt(project.prompt_file.with_name("other.md"))


def test_the_digest_tells_prompts_apart_whatever_their_version_and_line_ends(project: Settings) -> None:
    first = load_prompt(project.prompt_file)
    text = project.prompt_file.read_text(encoding="utf-8")
    project.prompt_file.write_bytes(text.replace("\n", "\r\n").encode())
    assert load_prompt(project.prompt_file) == first
    project.prompt_file.write_text(text.replace("12 euros", "13 euros"), encoding="utf-8")
    changed = load_prompt(project.prompt_file)
    assert (changed.version, changed.digest == first.digest) == (first.version, False)


def test_the_sentence_of_refusal_stands_in_the_prompt(project: Settings) -> None:
    prompt = load_prompt(project.prompt_file)
    assert prompt.refusal in prompt.text
    assert "{refusal}" not in prompt.text
