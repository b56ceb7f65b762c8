"""The stand-in gives the same answer to the same question, and depends on the prompt as a model would."""

from __future__ import annotations

from assistant.prompts import load_prompt
from assistant.settings import Settings
from assistant.stand_in import StandIn

QUESTION = "When does the museum open on Saturday?"


def test_the_same_question_gets_the_same_answer(project: Settings) -> None:
    prompt = load_prompt(project.prompt_file)
    first, second = (StandIn().ask(prompt.text, QUESTION) for _ in range(2))
    assert first == second
    assert first.usage.total > 0


def test_without_the_fact_it_refuses(project: Settings) -> None:
    prompt = load_prompt(project.prompt_file)
    without = "\n".join(line for line in prompt.text.splitlines() if "Saturday" not in line)
    assert "10:00" in StandIn().ask(prompt.text, QUESTION).text
    assert StandIn().ask(without, QUESTION).text == prompt.refusal
