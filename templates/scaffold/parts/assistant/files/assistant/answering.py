"""The one path from a question to a reply, whatever asks: budget, model within its time, fall-back, log."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from assistant.budget import Budget
from assistant.fallback import Fallback
from assistant.model import Answer, Model, ModelFailed, ModelSlow, Usage
from assistant.prompts import Prompt, load_prompt
from assistant.request_log import Entry, Outcome, RequestLog, Why, utc_now
from assistant.settings import Settings

NOTHING = Usage(0, 0)


@dataclass(frozen=True)
class Reply:
    """What is given back. `text` is None when there is neither an answer nor a fall-back."""

    text: str | None
    outcome: Outcome
    why: Why | None
    usage: Usage
    latency_ms: float


class Assistant:
    """A model under one prompt, with everything around it. Safe to use from several threads."""

    def __init__(self, settings: Settings, model: Model, now: Callable[[], datetime] = utc_now) -> None:
        self.settings = settings
        self.model = model
        self.prompt: Prompt = load_prompt(settings.prompt_file)
        self._now = now
        self._log = RequestLog(settings.logs / "requests", self.prompt, model.name, settings.serving.log_text)
        self.budget = Budget(settings.budget, self._log.spent(now().date()), lambda: now().date())
        self._fallback = Fallback(settings.fallback, settings.logs / "for-a-person.jsonl")
        self._pool = ThreadPoolExecutor(settings.model.at_once, thread_name_prefix="model")

    def answer(self, question: str) -> Reply:
        """Answer a question, or give the fall-back. Never raises what a model or a budget does."""
        started = time.perf_counter()
        why: Why | None = None
        found: Answer | None = None
        asked = self.budget.take()
        try:
            if not asked:
                why = "budget"
            else:
                found = self._ask(question)
        except ModelSlow:
            why = "slow"
        except ModelFailed:
            why = "failed"
        reply = self._reply(question, found, why, started)
        self.budget.add(reply.usage.total)
        entry = Entry(reply.outcome, why, asked, reply.latency_ms, reply.usage, question, reply.text)
        self._log.write(entry, self._now())
        return reply

    def _ask(self, question: str) -> Answer:
        """Ask the model in a thread of its own, so that none, however it is connected, holds a caller too long."""
        asking = self._pool.submit(self.model.ask, self.prompt.text, question)
        try:
            return asking.result(self.settings.model.timeout_seconds)
        except TimeoutError:
            asking.cancel()
            raise ModelSlow("The model did not answer in time.") from None

    def _reply(self, question: str, found: Answer | None, why: Why | None, started: float) -> Reply:
        if found is None:
            text = self._fallback.give(question, self._now())
            return Reply(text, "fallback", why, NOTHING, _since(started))
        refused = self.prompt.is_refusal(found.text)
        if not refused:
            self._fallback.remember(question, found.text)
        return Reply(found.text, "refused" if refused else "answered", None, found.usage, _since(started))


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
