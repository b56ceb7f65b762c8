"""The provider: the form of a request, few attempts within one time limit, and the key nowhere but in its header."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import httpx2
import pytest

from assistant.connect import connect
from assistant.model import ModelFailed, ModelSlow, Usage
from assistant.provider import KEY, Provider, provider_from
from assistant.settings import ConfigError, ModelChoice, Settings
from tests.scripted_model import changed

SECRET = "sk-very-secret"
CHOICE = ModelChoice(
    adapter="provider",
    endpoint="https://models.example.org/v1/",
    name="some-model-2026-05-01",
    timeout_seconds=10.0,
    attempts=3,
    at_once=2,
    max_tokens=50,
)
FINE = {
    "choices": [{"message": {"content": " At ten. "}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 30, "completion_tokens": 4},
}


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def provider(handler: Callable[[httpx2.Request], httpx2.Response], time: Time | None = None) -> Provider:
    time = time or Time()
    return Provider(CHOICE, SECRET, httpx2.MockTransport(handler), lambda: time.now, time.sleep)


def test_prompt_and_question_are_messages_of_their_own_and_the_answer_comes_with_its_usage() -> None:
    sent: list[httpx2.Request] = []

    def endpoint(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(200, json=FINE)

    answer = provider(endpoint).ask("Be brief.", "When?")
    assert (answer.text, answer.usage) == ("At ten.", Usage(30, 4))
    (request,) = sent
    assert str(request.url) == "https://models.example.org/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {SECRET}"
    assert json.loads(request.content) == {
        "model": "some-model-2026-05-01",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "When?"}],
        "max_tokens": 50,
        "temperature": 0,
    }


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_provider_is_asked_again_after_growing_pauses(status: int) -> None:
    time, replies = Time(), [httpx2.Response(status), httpx2.Response(status), httpx2.Response(200, json=FINE)]
    assert provider(lambda _: replies.pop(0), time).ask("p", "q").text == "At ten."
    assert time.slept == [0.0, 0.5, 1.0]


def test_attempts_are_bounded() -> None:
    asked: list[httpx2.Request] = []

    def broken(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        raise httpx2.ConnectError("no route")

    with pytest.raises(ModelFailed, match="3 attempts"):
        provider(broken).ask("p", "q")
    assert len(asked) == 3


@pytest.mark.parametrize("status", [301, 400, 401, 404])
def test_a_refusal_is_not_repeated(status: int) -> None:
    asked: list[httpx2.Request] = []

    def refuse(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(status, headers={"location": "https://elsewhere.example.org"}, text=f"bad key {SECRET}")

    with pytest.raises(ModelFailed, match=str(status)):
        provider(refuse).ask("p", "q")
    assert len(asked) == 1


def test_all_attempts_share_one_time_limit() -> None:
    time = Time()

    def slow(_: httpx2.Request) -> httpx2.Response:
        time.now += 6
        return httpx2.Response(503)

    with pytest.raises(ModelSlow):
        provider(slow, time).ask("p", "q")
    assert time.now < CHOICE.timeout_seconds + 6


def test_a_timeout_is_slow() -> None:
    def late(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadTimeout("late", request=request)

    with pytest.raises(ModelSlow):
        provider(late).ask("p", "q")


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"<html>",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": ""}}]}',
        b'{"choices": [{"message": {"content": "half an"}, "finish_reason": "length"}]}',
    ],
)
def test_a_reply_that_is_no_whole_answer_is_none(reply: bytes) -> None:
    with pytest.raises(ModelFailed):
        provider(lambda _: httpx2.Response(200, content=reply)).ask("p", "q")


def test_a_reply_without_usage_is_an_answer() -> None:
    reply = {"choices": [{"message": {"content": "Yes."}}]}
    assert provider(lambda _: httpx2.Response(200, json=reply)).ask("p", "q").usage == Usage(0, 0)


def test_the_key_and_the_question_are_in_no_log_and_no_message(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ModelFailed) as refused:
        provider(lambda _: httpx2.Response(401, text=f"{SECRET} my question")).ask("p", "my question")
    with pytest.raises(ModelFailed) as broken:
        provider(lambda _: httpx2.Response(200, text=f"{SECRET} my question")).ask("p", "my question")
    for told in (str(refused.value), str(broken.value), caplog.text):
        assert SECRET not in told
        assert "my question" not in told


@pytest.mark.parametrize("environment", [{}, {KEY: " "}, {KEY: "with\nline"}, {KEY: "schlüssel"}])
def test_without_a_usable_key_the_name_of_its_place_is_told(environment: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=KEY) as refused:
        provider_from(CHOICE, environment)
    assert "schlüssel" not in str(refused.value)


def test_the_configuration_chooses_the_model(project: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, SECRET)
    values = CHOICE.model_dump()
    assert connect(project).stand_in is True
    chosen = connect(changed(project, "model", **values))
    assert (chosen.stand_in, chosen.name) == (False, "some-model-2026-05-01")
