"""The service answers, refuses bad input, and has something to say when the model has not."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.model import Answer, ModelFailed, Usage
from assistant.settings import Settings
from assistant.stand_in import StandIn
from evaluation.run import accept, evaluate
from serving.app import create_app
from tests.scripted_model import Scripted, changed


def ask(client: TestClient, question: str = "When is the Saturday of the museum?") -> tuple[int, dict[str, Any]]:
    response = client.post("/answer", json={"question": question})
    return response.status_code, response.json()


def test_the_service_answers_under_the_prompt_and_model_that_it_names(project: Settings) -> None:
    with TestClient(create_app(project)) as client:
        status, told = ask(client)
        health = client.get("/healthz").json()
    assert status == 200
    assert "10:00" in told["answer"]
    assert (told["outcome"], told["fallback"], told["why"]) == ("answered", False, None)
    assert told["prompt"] == health["prompt"]
    assert told["model"] == health["model"] == "stand-in"


def test_health_says_that_a_stand_in_answers_and_a_real_model_does_not_say_so(project: Settings) -> None:
    with TestClient(create_app(project)) as client:
        assert "no real model" in client.get("/healthz").json()["detail"]
    with TestClient(create_app(project, Scripted())) as client:
        health = client.get("/healthz").json()
    assert (health["stand_in"], "detail" in health) == (False, False)


def test_health_says_whether_this_very_prompt_was_accepted(project: Settings) -> None:
    accept(project, evaluate(project, StandIn())[0])
    with TestClient(create_app(project)) as client:
        assert client.get("/healthz").json()["accepted"] is True
    project.prompt_file.write_text(project.prompt_file.read_text("utf-8") + "\n- A new fact.\n", encoding="utf-8")
    with TestClient(create_app(project)) as client:
        assert client.get("/healthz").json()["accepted"] is False


@pytest.mark.parametrize("kind", ["last-good", "rule", "person"])
def test_a_failing_model_leads_to_the_fall_back_with_its_flag(project: Settings, kind: str) -> None:
    with TestClient(create_app(changed(project, "fallback", kind=kind), Scripted(ModelFailed("down")))) as client:
        status, told = ask(client)
    assert (status, told["answer"]) == (200, project.fallback.sentence)
    assert (told["outcome"], told["fallback"], told["why"]) == ("fallback", True, "failed")


def test_without_a_fall_back_a_failing_model_is_a_503_that_says_so(project: Settings) -> None:
    with TestClient(create_app(changed(project, "fallback", kind="none"), Scripted(ModelFailed("down")))) as client:
        status, told = ask(client)
    assert (status, told["answer"], told["fallback"], told["why"]) == (503, None, True, "failed")


def test_a_slow_model_leads_to_the_fall_back_within_the_agreed_time(project: Settings) -> None:
    released = threading.Event()

    class Slow(Scripted):
        def ask(self, prompt: str, question: str) -> Answer:
            released.wait(20)
            return Answer("too late", Usage(1, 1))

    quick = changed(changed(project, "model", timeout_seconds=0.05), "fallback", kind="rule")
    try:
        with TestClient(create_app(quick, Slow())) as client:
            status, told = ask(client)
    finally:
        released.set()
    assert (status, told["fallback"], told["why"]) == (200, True, "slow")


def test_beyond_the_budget_the_fall_back_answers_and_the_model_is_not_asked(project: Settings) -> None:
    model = Scripted()
    poor = changed(changed(project, "budget", requests_per_day=1), "fallback", kind="rule")
    with TestClient(create_app(poor, model)) as client:
        assert ask(client)[1]["fallback"] is False
        status, told = ask(client)
        assert client.get("/healthz").json()["left_today"]["requests"] == 0
    assert (status, told["fallback"], told["why"]) == (200, True, "budget")
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    "body",
    [b"[", b"{}", b'{"question": ""}', b'{"question": " \\n "}', b'{"question": 1}', b'{"question": "a", "x": 1}'],
)
def test_a_malformed_request_is_refused_and_the_model_is_not_asked(project: Settings, body: bytes) -> None:
    model = Scripted()
    with TestClient(create_app(project, model)) as client:
        answer = client.post("/answer", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert model.asked == []


def test_a_question_that_is_too_long_is_refused(project: Settings) -> None:
    model = Scripted()
    most = project.serving.max_question_characters
    with TestClient(create_app(project, model)) as client:
        assert ask(client, "x" * most)[0] == 200
        status, told = ask(client, "x" * (most + 1))
    assert status == 422
    assert str(most) in told["detail"]
    assert len(model.asked) == 1


def test_a_request_that_is_too_large_is_refused_unread(project: Settings) -> None:
    body = json.dumps({"question": "x" * project.serving.max_body_bytes}).encode()
    with TestClient(create_app(project)) as client:
        answer = client.post("/answer", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 413
