"""What one process counts about itself while it runs. Plain numbers; `views/web/telemetry.py` shows them to Prometheus.

Nothing here knows a workshop or a person: what is not revealed must not be told by a counter either.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from dataclasses import dataclass, field

# Upper bounds in seconds. A change on SQLite takes about a millisecond, on PostgreSQL a few.
LATENCY_BOUNDS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


@dataclass
class Measures:
    """Counters since the process started. Safe to use from several threads."""

    accepted: int = 0
    events: int = 0
    overflows: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    # One more than the bounds: the last one holds what took longer than all of them.
    buckets: list[int] = field(default_factory=lambda: [0] * (len(LATENCY_BOUNDS_S) + 1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count_accepted(self, events: int, seconds: float) -> None:
        """Note one op that was written, or known already: the events it appended, and how long it took."""
        with self._lock:
            self.accepted += 1
            self.events += events
            self.seconds += seconds
            self.buckets[bisect_left(LATENCY_BOUNDS_S, seconds)] += 1

    def count_refused(self, code: str) -> None:
        """Note one op that was refused, by the code its client got."""
        with self._lock:
            self.refused[code] = self.refused.get(code, 0) + 1

    def count_overflow(self) -> None:
        """Note one client that did not keep up and was told to come back."""
        with self._lock:
            self.overflows += 1
