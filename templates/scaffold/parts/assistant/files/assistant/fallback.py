"""What people get when no answer comes: the last good answer, a rule, a person, or nothing. Never calls the model."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from datetime import datetime
from pathlib import Path
from threading import Lock

from assistant.settings import FallBack

# Answers kept for `last-good`; they live in memory only and are gone after a restart.
KEPT = 1000


class Fallback:
    """The fall-back that was decided. Safe to use from several threads of one process."""

    def __init__(self, plan: FallBack, queue: Path) -> None:
        self._plan = plan
        self._queue = queue
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def remember(self, question: str, answer: str) -> None:
        """Keep a good answer, for the case that the same question comes when the model cannot answer."""
        if self._plan.kind == "last-good":
            with self._lock:
                self._kept[_same(question)] = answer
                self._kept.move_to_end(_same(question))
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)

    def give(self, question: str, now: datetime) -> str | None:
        """Return what is said instead of an answer; None when nothing is."""
        if self._plan.kind == "none":
            return None
        if self._plan.kind == "last-good":
            with self._lock:
                return self._kept.get(_same(question), self._plan.sentence)
        if self._plan.kind == "rule":
            return self._by_rule(question)
        self._hand_over(question, now)
        return self._plan.sentence

    def _by_rule(self, question: str) -> str:
        words = question.casefold()
        fitting = (rule.answer for rule in self._plan.rules if all(word.casefold() in words for word in rule.words))
        return next(fitting, self._plan.sentence)

    def _hand_over(self, question: str, now: datetime) -> None:
        """Put a question where a person finds it. Its text is kept: nobody could answer it otherwise."""
        line = json.dumps({"at": now.isoformat(timespec="milliseconds"), "question": question})
        with self._lock:
            self._queue.parent.mkdir(parents=True, exist_ok=True)
            with self._queue.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


def _same(question: str) -> str:
    """Return a key that is equal for questions that differ in case and spaces only, and from which none can be read."""
    return hashlib.sha256(" ".join(question.casefold().split()).encode()).hexdigest()
