"""The project's own configuration, prompt, golden questions and accepted result can be read."""

from __future__ import annotations

from assistant.prompts import load_prompt
from assistant.settings import Settings
from evaluation.questions import load_questions
from evaluation.result import load_accepted


def test_the_files_of_the_project_are_what_the_code_expects() -> None:
    settings = Settings.load()
    assert load_prompt(settings.prompt_file).text
    assert load_questions(settings.questions_file)
    load_accepted(settings.accepted_file)
