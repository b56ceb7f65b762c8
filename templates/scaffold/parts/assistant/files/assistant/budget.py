"""What may be asked in one day, so that a bill or a loop has an end. Counts only; the rest is the fall-back's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from assistant.settings import DayBudget


@dataclass(frozen=True)
class Spent:
    """What has been asked on one day (UTC)."""

    day: date
    requests: int = 0
    tokens: int = 0


class Budget:
    """Counts the requests and tokens of the current day. Safe to use from several threads of one process.

    `spent` is what earlier processes used today. Requests that run at the same time can pass the limit of tokens by
    what they cost themselves.
    """

    def __init__(self, limits: DayBudget, spent: Spent, today: Callable[[], date]) -> None:
        self._limits = limits
        self._spent = spent
        self._today = today
        self._lock = Lock()

    def take(self) -> bool:
        """Take one request out of the day's budget; False when nothing is left."""
        with self._lock:
            now = self._current()
            if now.requests >= self._limits.requests_per_day or now.tokens >= self._limits.tokens_per_day:
                return False
            self._spent = Spent(now.day, now.requests + 1, now.tokens)
            return True

    def add(self, tokens: int) -> None:
        """Note what an answer cost."""
        with self._lock:
            now = self._current()
            self._spent = Spent(now.day, now.requests, now.tokens + tokens)

    def left(self) -> dict[str, int]:
        """Return what may still be asked today."""
        with self._lock:
            now = self._current()
        requests = max(0, self._limits.requests_per_day - now.requests)
        return {"requests": requests, "tokens": max(0, self._limits.tokens_per_day - now.tokens)}

    def _current(self) -> Spent:
        day = self._today()
        return self._spent if self._spent.day == day else Spent(day)
