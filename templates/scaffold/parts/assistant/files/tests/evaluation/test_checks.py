"""What is expected of an answer is checked property by property, and an expectation that cannot be met is refused."""

from __future__ import annotations

import pytest

from assistant.model import ModelFailed
from assistant.prompts import Prompt
from assistant.settings import ConfigError, Settings
from evaluation.checks import shortcomings
from evaluation.questions import Expected, load_questions
from evaluation.run import evaluate
from tests.scripted_model import Scripted

PROMPT = Prompt("p", 1, "d", "text", "I do not know.")


@pytest.mark.parametrize(
    ("answer", "expected", "wrong"),
    [
        ("At TEN o'clock", Expected(contains=("ten", "Clock")), ()),
        ("At ten", Expected(contains=("ten", "clock")), ("lacks 'clock'",)),
        ("At ten", Expected(contains_any=("eleven", "ten")), ()),
        ("At one", Expected(contains_any=("eleven", "ten")), ("has none of 'eleven', 'ten'",)),
        ("At ten", Expected(lacks=("Ten",)), ("contains 'Ten'",)),
        ("Sorry, i do not know. Ask.", Expected(refuses=True), ()),
        ("At ten", Expected(refuses=True), ("should have been refused",)),
        ("I do not know.", Expected(lacks=("x",)), ("was refused",)),
        ("four", Expected(at_most_characters=4), ()),
        ("fifth", Expected(at_most_characters=4), ("has 5 characters, more than 4",)),
    ],
)
def test_each_property_is_checked(answer: str, expected: Expected, wrong: tuple[str, ...]) -> None:
    assert shortcomings(answer, expected, PROMPT) == wrong


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        ("[]", "questions"),
        ("[{id: a, ask: b, expect: {}}]", "say what is expected"),
        ("[{id: a, ask: b, expect: {refuses: false}}]", "say what is expected"),
        ("[{id: a, ask: b, expect: {refuses: true, contains: [c]}}]", "cannot refuse and contain"),
        ("[{id: a, ask: b, expect: {contains: [1]}}]", "contains"),
        ("[{id: a, ask: b, expect: {lacks: [c]}}, {id: a, ask: d, expect: {lacks: [c]}}]", "occurs twice"),
        ("[{id: a, ask: b, expects: {lacks: [c]}}]", "expects"),
    ],
)
def test_questions_that_cannot_be_judged_are_refused(project: Settings, questions: str, told: str) -> None:
    project.questions_file.write_text(f"questions: {questions}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        load_questions(project.questions_file)


def test_no_answer_is_a_wrong_answer(project: Settings) -> None:
    found, verdict = evaluate(project, Scripted(ModelFailed("The provider is down.")))
    assert {question.shortcomings for question in found.questions} == {("no answer: The provider is down.",)}
    assert not verdict.passed
