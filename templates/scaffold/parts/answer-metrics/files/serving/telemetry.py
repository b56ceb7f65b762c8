"""What the service counts and times, for Prometheus to read at /metrics. Holds neither questions nor answers."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest

from assistant.model import Usage
from assistant.request_log import Outcome, Why

LATENCY_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0)

# The time at which each counter was made doubles the output and answers no question here.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Telemetry:
    """The metrics of one running service, in a registry of its own so that tests can start several."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        self.requests = Counter("requests", "Requests answered", ["path", "status"], registry=own)
        self.latency = Histogram("request_seconds", "Time to answer", ["path"], buckets=LATENCY_BUCKETS, registry=own)
        self.rejected = Counter("rejected_questions", "Questions of the wrong shape or length", registry=own)
        self.replies = Counter("replies", "Replies by what they are", ["outcome"], registry=own)
        self.fallbacks = Counter("fallbacks", "Fall-backs by their reason", ["why"], registry=own)
        self.tokens = Counter("tokens", "Tokens that were paid for", ["direction"], registry=own)
        self.reply = Histogram("reply_seconds", "Time to a reply", buckets=LATENCY_BUCKETS, registry=own)

    def observe(self, outcome: Outcome, why: Why | None, usage: Usage, seconds: float) -> None:
        """Count one reply."""
        self.replies.labels(outcome).inc()
        if why is not None:
            self.fallbacks.labels(why).inc()
        self.tokens.labels("in").inc(usage.tokens_in)
        self.tokens.labels("out").inc(usage.tokens_out)
        self.reply.observe(seconds)

    def exposition(self) -> bytes:
        """Return all metrics in the Prometheus text format."""
        return generate_latest(self.registry)
