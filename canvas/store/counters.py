"""What one process counts about itself while it runs, for Prometheus to read; `views/web/telemetry.py` hands it out.

Nothing here knows a workshop or a person: what is not revealed must not be told by a counter either.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

# Upper bounds in seconds. A change on SQLite takes about a millisecond, on PostgreSQL a few.
LATENCY_BOUNDS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

# When a counter began is when the process did, which Prometheus knows.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Counters:
    """Counters since the process started, in a registry of their own. Safe to use from several threads."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry(auto_describe=False)
        self._accepted = Counter("stack_canvas_ops_accepted", "Changes accepted here.", registry=registry)
        self._events = Counter("stack_canvas_events", "Events appended to logs here.", registry=registry)
        self._refused = Counter(
            "stack_canvas_ops_refused", "Changes refused here, by reason.", labelnames=["code"], registry=registry
        )
        self._overflows = Counter(
            "stack_canvas_overflows", "Clients that did not keep up and were told to come back.", registry=registry
        )
        self._latency = Histogram(
            "stack_canvas_op_seconds",
            "Time from a checked change to its commit, in seconds.",
            buckets=LATENCY_BOUNDS_S,
            registry=registry,
        )

    def count_accepted(self, events: int, seconds: float) -> None:
        """Note one op that was written, or known already: the events it appended, and how long it took."""
        self._accepted.inc()
        self._events.inc(events)
        self._latency.observe(seconds)

    def count_refused(self, code: str) -> None:
        """Note one op that was refused, by the code its client got."""
        self._refused.labels(code).inc()

    def count_overflow(self) -> None:
        """Note one client that did not keep up and was told to come back."""
        self._overflows.inc()
