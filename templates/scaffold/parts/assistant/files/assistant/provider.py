"""A provider over plain HTTP: any endpoint that speaks the chat completions format. The key comes from the environment.

No client library of a vendor: one request, a time limit, few attempts, and a reply that is checked before it is used.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Annotated

import httpx2
from pydantic import BaseModel, Field, ValidationError

from assistant.model import Answer, ModelFailed, ModelSlow, Usage
from assistant.settings import ConfigError, ModelChoice

KEY = "MODEL_API_KEY"
FIRST_PAUSE_SECONDS = 0.5

# Worth asking again: the provider is busy or broken. Any other refusal would only be repeated.
_AGAIN = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT, *(s for s in HTTPStatus if s >= 500)})


class _Message(BaseModel):
    content: Annotated[str, Field(min_length=1)]


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: Annotated[int, Field(ge=0)]
    completion_tokens: Annotated[int, Field(ge=0)]


class _Reply(BaseModel):
    choices: Annotated[list[_Choice], Field(min_length=1)]
    usage: _Usage | None = None


class Provider:
    """Fills the port `Model` by asking the endpoint of config/project.yaml.

    `transport`, `clock` and `sleep` are replaced in tests.
    """

    stand_in = False

    def __init__(
        self,
        choice: ModelChoice,
        key: str,
        transport: httpx2.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = choice.name or ""
        self._choice = choice
        self._clock = clock
        self._sleep = sleep
        self._address = f"{(choice.endpoint or '').rstrip('/')}/chat/completions"
        headers = {"authorization": f"Bearer {key}"}
        self._client = httpx2.Client(headers=headers, transport=transport, follow_redirects=False)

    def ask(self, prompt: str, question: str) -> Answer:
        """Ask once, and again after a pause while the provider is busy. All attempts share one time limit."""
        # The question is a message of its own and never part of the prompt, so that it cannot pose as the prompt.
        messages = [{"role": "system", "content": prompt}, {"role": "user", "content": question}]
        body = {"model": self.name, "messages": messages, "max_tokens": self._choice.max_tokens, "temperature": 0}
        deadline = self._clock() + self._choice.timeout_seconds
        for attempt in range(self._choice.attempts):
            pause = FIRST_PAUSE_SECONDS * 2 ** (attempt - 1) if attempt else 0.0
            left = deadline - self._clock() - pause
            if left <= 0:
                raise ModelSlow("The provider did not answer in time.")
            self._sleep(pause)
            response = self._send(body, left)
            if response is not None and response.status_code not in _AGAIN:
                return _read(response)
        raise ModelFailed(f"The provider gave no answer in {self._choice.attempts} attempts.")

    def _send(self, body: dict[str, object], seconds: float) -> httpx2.Response | None:
        """Return the response, or None when there was no connection."""
        try:
            return self._client.post(self._address, json=body, timeout=seconds)
        except httpx2.TimeoutException:
            raise ModelSlow("The provider did not answer in time.") from None
        except httpx2.HTTPError:
            return None


def provider_from(choice: ModelChoice, environment: Mapping[str, str] = os.environ) -> Provider:
    """Return the provider with the key of the environment. Raises `ConfigError` without one."""
    key = environment.get(KEY, "").strip()
    if not key or not key.isascii() or not key.isprintable():
        raise ConfigError(f"Set {KEY} to the key of the provider; config/project.yaml says model.adapter: provider.")
    return Provider(choice, key)


def _read(response: httpx2.Response) -> Answer:
    """Return the answer of a whole reply. What the provider wrote is not repeated: it may hold the question."""
    if response.status_code != HTTPStatus.OK:
        raise ModelFailed(f"The provider refused the request with status {response.status_code}.")
    try:
        reply = _Reply.model_validate_json(response.content)
    except ValidationError:
        raise ModelFailed("The provider's reply has not the form of a chat completion.") from None
    choice = reply.choices[0]
    if choice.finish_reason == "length":
        raise ModelFailed("The answer was cut off; model.max_tokens is too small for it.")
    usage = reply.usage
    counted = Usage(usage.prompt_tokens, usage.completion_tokens) if usage else Usage(0, 0)
    return Answer(choice.message.content.strip(), counted)
