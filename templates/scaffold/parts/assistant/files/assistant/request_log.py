"""One JSON line for each request, one file a day in logs/requests/: prompt, model, time, tokens and what came of it.

Questions and answers are left out unless serving.log_text asks for them. Delete old files as your retention rule says.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from assistant.budget import Spent
from assistant.model import Usage
from assistant.prompts import Prompt

Outcome = Literal["answered", "refused", "fallback"]
Why = Literal["slow", "failed", "budget"]


@dataclass(frozen=True)
class Entry:
    """What is known about one request. `why` is set for a fall-back; `asked` says whether the model was asked."""

    outcome: Outcome
    why: Why | None
    asked: bool
    latency_ms: float
    usage: Usage
    question: str
    answer: str | None


class RequestLog:
    """Appends to the file of the day. Safe to use from several threads of one process."""

    def __init__(self, folder: Path, prompt: Prompt, model: str, log_text: bool) -> None:
        self._folder = folder
        self._same = {"prompt": prompt.identity(), "model": model}
        self._log_text = log_text
        self._lock = Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, entry: Entry, now: datetime) -> None:
        """Append one line."""
        line: dict[str, object] = {
            "at": now.isoformat(timespec="milliseconds"),
            **self._same,
            "outcome": entry.outcome,
            "why": entry.why,
            "asked": entry.asked,
            "latency_ms": round(entry.latency_ms, 1),
            "tokens_in": entry.usage.tokens_in,
            "tokens_out": entry.usage.tokens_out,
        }
        if self._log_text:
            line |= {"question": entry.question, "answer": entry.answer}
        with self._lock, self._file(now.date()).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def spent(self, day: date) -> Spent:
        """Return what the log of a day adds up to, so that a restart does not renew the budget."""
        requests = tokens = 0
        file = self._file(day)
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        for line in lines:
            try:
                entry = json.loads(line)
                requests += bool(entry["asked"])
                tokens += int(entry["tokens_in"]) + int(entry["tokens_out"])
            except (ValueError, KeyError, TypeError):
                continue  # a line that a crash cut off
        return Spent(day, requests, tokens)

    def _file(self, day: date) -> Path:
        return self._folder / f"{day}.jsonl"


def utc_now() -> datetime:
    """Return the time; tests hand in another."""
    return datetime.now(UTC)
