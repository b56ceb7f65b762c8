"""From a question to a reply: the model within its time and budget, the fall-back otherwise, and the log of it."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.answering import Assistant
from assistant.model import Answer, ModelFailed, ModelSlow, Usage
from assistant.settings import Settings
from assistant.stand_in import StandIn
from tests.scripted_model import FINE, Scripted, changed

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def logged(settings: Settings) -> list[dict[str, Any]]:
    files = sorted((settings.logs / "requests").iterdir())
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_answer_of_the_model_is_the_reply(project: Settings) -> None:
    reply = Assistant(project, Scripted()).answer("Is it so?")
    assert (reply.text, reply.outcome, reply.why, reply.usage) == (FINE.text, "answered", None, FINE.usage)


def test_a_refusal_is_told_apart_from_an_answer(project: Settings) -> None:
    assistant = Assistant(project, StandIn())
    assert assistant.answer("Which medicine helps against a headache?").outcome == "refused"
    assert assistant.answer("When does the museum open on Saturday?").outcome == "answered"


def test_each_request_is_logged_with_prompt_model_time_tokens_and_outcome(project: Settings) -> None:
    assistant = Assistant(project, Scripted(FINE, ModelFailed("down")))
    assistant.answer("one")
    assistant.answer("two")
    first, second = logged(project)
    assert first["prompt"] == {"name": "answer", "version": 1, "digest": assistant.prompt.digest}
    assert (first["model"], first["tokens_in"], first["tokens_out"]) == ("scripted", 10, 4)
    assert [(line["outcome"], line["why"]) for line in (first, second)] == [("answered", None), ("fallback", "failed")]
    assert first["latency_ms"] >= 0


def test_neither_question_nor_answer_is_logged_unless_that_was_decided(project: Settings) -> None:
    Assistant(project, Scripted()).answer("my secret")
    assert "my secret" not in json.dumps(logged(project))
    assert FINE.text not in json.dumps(logged(project))
    Assistant(changed(project, "serving", log_text=True), Scripted()).answer("my secret")
    assert (logged(project)[-1]["question"], logged(project)[-1]["answer"]) == ("my secret", FINE.text)


@pytest.mark.parametrize(("error", "why"), [(ModelFailed("down"), "failed"), (ModelSlow("late"), "slow")])
@pytest.mark.parametrize("kind", ["last-good", "rule", "person", "none"])
def test_no_answer_leads_to_the_fall_back_that_was_decided(
    project: Settings, kind: str, error: ModelFailed, why: str
) -> None:
    reply = Assistant(changed(project, "fallback", kind=kind), Scripted(error)).answer("Why?")
    assert (reply.outcome, reply.why) == ("fallback", why)
    assert reply.text == (None if kind == "none" else project.fallback.sentence)


def test_the_last_good_answer_comes_back_for_the_same_question_only(project: Settings) -> None:
    assistant = Assistant(changed(project, "fallback", kind="last-good"), Scripted(FINE, ModelFailed("down")))
    assistant.answer("Is it so?")
    again, other = assistant.answer("  is it SO? "), assistant.answer("Is it?")
    assert (again.text, again.outcome) == (FINE.text, "fallback")
    assert other.text == project.fallback.sentence


def test_a_refusal_is_no_good_answer_to_come_back_to(project: Settings) -> None:
    settings = changed(project, "fallback", kind="last-good")
    assistant = Assistant(settings, Scripted(FINE))
    refusal = Answer(assistant.prompt.refusal, Usage(1, 1))
    assistant.model = Scripted(refusal, ModelFailed("down"))
    assert assistant.answer("x?").outcome == "refused"
    assert assistant.answer("x?").text == project.fallback.sentence


def test_a_rule_answers_when_all_its_words_are_asked(project: Settings) -> None:
    assistant = Assistant(changed(project, "fallback", kind="rule"), Scripted(ModelFailed("down")))
    assert assistant.answer("Are you OPEN today?").text == project.fallback.rules[0].answer
    assert assistant.answer("Is there coffee?").text == project.fallback.sentence


def test_a_person_finds_the_question(project: Settings) -> None:
    assistant = Assistant(changed(project, "fallback", kind="person"), Scripted(ModelFailed("down")), lambda: NOON)
    assistant.answer("Who\nhelps?")
    (line,) = (project.logs / "for-a-person.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {"at": "2026-05-04T12:00:00.000+00:00", "question": "Who\nhelps?"}


def test_a_model_that_hangs_holds_nobody_longer_than_agreed(project: Settings) -> None:
    released, ended = threading.Event(), threading.Event()

    class Hanging(Scripted):
        def ask(self, prompt: str, question: str) -> Answer:
            released.wait(600)
            ended.set()
            return FINE

    settings = changed(project, "model", timeout_seconds=0.05, at_once=1)
    assistant = Assistant(settings, Hanging())
    try:
        # The second one finds the only thread taken, and does not wait for it either.
        whys = [assistant.answer("Still there?").why for _ in range(2)]
        assert not ended.is_set()
    finally:
        released.set()
    assert whys == ["slow", "slow"]


def test_beyond_the_requests_of_the_day_the_model_is_not_asked(project: Settings) -> None:
    model = Scripted()
    assistant = Assistant(changed(project, "budget", requests_per_day=2), model, lambda: NOON)
    assert [assistant.answer("x").why for _ in range(3)] == [None, None, "budget"]
    assert len(model.asked) == 2


def test_beyond_the_tokens_of_the_day_the_model_is_not_asked_until_the_next(project: Settings) -> None:
    days = [NOON]
    model = Scripted(Answer("yes", Usage(90, 10)))
    assistant = Assistant(changed(project, "budget", tokens_per_day=100), model, lambda: days[0])
    assert [assistant.answer("x").why for _ in range(2)] == [None, "budget"]
    days[0] = NOON.replace(day=5)
    assert assistant.answer("x").why is None


def test_a_restart_does_not_renew_the_budget(project: Settings) -> None:
    settings = changed(project, "budget", requests_per_day=2)
    Assistant(settings, Scripted(), lambda: NOON).answer("x")
    log = project.logs / "requests" / "2026-05-04.jsonl"
    log.write_text(log.read_text(encoding="utf-8") + '{"cut off by a cra', encoding="utf-8")
    again = Assistant(settings, Scripted(), lambda: NOON)
    assert again.budget.left()["requests"] == 1
