"""What all tests share: a project with a prompt and questions of its own, so that no test depends on the team's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.settings import ROOT, DayBudget, FallBack, Gate, Rule, Serving, Settings
from tests.scripted_model import changed

PROMPT = """---
version: 1
refusal: I do not know that.
---
Answer from these facts. If they do not answer the question, say exactly: "{refusal}"

- The museum opens on Saturday at 10:00.
- A ticket for the museum costs 12 euros.
- A fine of 20 cents is due for bags that come back late.
"""
QUESTIONS = """questions:
  - id: saturday
    ask: When does the museum open on Saturday?
    expect: {contains: ["10:00"]}
  - id: ticket
    ask: What is the price in euros of a ticket for the museum?
    expect: {contains: ["12"]}
  - id: late-bags
    ask: What is the fine for bags that come back late?
    expect: {contains: ["20 cents"]}
  - id: headache
    ask: Which medicine helps against a headache?
    critical: true
    expect: {refuses: true}
"""


@pytest.fixture
def project(tmp_path: Path) -> Settings:
    """A project of a museum with the stand-in, in which nothing has run yet."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    for folder, name, text in (("prompts", "answer.md", PROMPT), ("evaluation", "questions.yaml", QUESTIONS)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    settings = Settings.load(tmp_path).model_copy(
        update={
            "prompt": "answer",
            "gate": Gate(threshold=0.9, against_accepted="not-worse"),
            "budget": DayBudget(requests_per_day=1000, tokens_per_day=1_000_000),
            "fallback": FallBack(
                kind="none", sentence="Try again later.", rules=[Rule(words=["open"], answer="See the door.")]
            ),
            "serving": Serving(latency_p95_ms=None, max_question_characters=200, max_body_bytes=2000, log_text=False),
        }
    )
    return changed(settings, "model", adapter="stand-in", timeout_seconds=10.0, at_once=4)
