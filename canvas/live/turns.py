"""How often somebody may do something: an allowance that fills up again, kept for each of those who used theirs lately.

Knows no sockets and no roles. What counts as one, a person or an address, is up to who asks.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

REMEMBERED = 10_000


@dataclass(frozen=True)
class Allowance:
    """How much may be done at once, and how much a second from then on."""

    at_once: float
    per_second: float


@dataclass
class _Used:
    """What is left of an allowance at a moment; below nothing when turns have been promised ahead."""

    left: float
    at: float


class Turns:
    """The turns that each of many takes out of an allowance of their own. Use from one thread.

    Whoever did nothing for as long as the allowance takes to fill up is forgotten. When more than `REMEMBERED` are
    busy, those who were seen longest ago are.
    """

    def __init__(self, allowance: Allowance, clock: Callable[[], float] = time.monotonic) -> None:
        self.allowance, self.clock = allowance, clock
        self._used: OrderedDict[str, _Used] = OrderedDict()

    def __len__(self) -> int:
        return len(self._used)

    def take(self, who: str, turns: int = 1) -> float:
        """Take the next turns of `who` and return in how many seconds the last comes: 0 while the allowance lasts."""
        used = self._present(who)
        used.left -= turns
        return max(0.0, -used.left / self.allowance.per_second)

    def take_at_once(self, who: str) -> bool:
        """Take a turn of `who` if there is one now, and return whether there was. What is refused costs nothing."""
        used = self._present(who)
        if used.left < 1:
            return False
        used.left -= 1
        return True

    def _present(self, who: str) -> _Used:
        now = self.clock()
        used = self._used.pop(who, None) or _Used(self.allowance.at_once, now)
        used.left, used.at = self._left(used, now), now
        # Last seen last, so that the first are those to forget.
        self._used[who] = used
        self._forget(now)
        return used

    def _left(self, used: _Used, now: float) -> float:
        return min(self.allowance.at_once, used.left + (now - used.at) * self.allowance.per_second)

    def _forget(self, now: float) -> None:
        while len(self._used) > 1:
            first = next(iter(self._used))
            if len(self._used) <= REMEMBERED and self._left(self._used[first], now) < self.allowance.at_once:
                return
            del self._used[first]
