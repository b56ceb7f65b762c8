"""What the service counts and times, for Prometheus to read at /metrics. Holds no request data."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

from pipeline.metrics import Predicted

LATENCY_BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

# The time at which each counter was made doubles the output and answers no question here.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Telemetry:
    """The metrics of one running service, in a registry of its own so that tests can start several.

    `edges` part predicted numbers into the deciles seen in training, so that drift is visible in the histogram; without
    edges predictions are counted by class.
    """

    def __init__(self, edges: list[float]) -> None:
        own = self.registry = CollectorRegistry()
        self.requests = Counter("requests", "Requests answered", ["path", "status"], registry=own)
        self.latency = Histogram("request_seconds", "Time to answer", ["path"], buckets=LATENCY_BUCKETS, registry=own)
        self.rejected = Counter("rejected_inputs", "Values that broke the schema", ["field"], registry=own)
        self.unusable = Counter("unusable_predictions", "Answers that were no finite number", registry=own)
        self.model_age = Gauge("model_age_days", "Days since the model was registered", registry=own)
        self.values = Histogram("predicted_value", "Predicted numbers", buckets=edges, registry=own) if edges else None
        self.classes = Counter("predicted_class", "Predictions of each class", ["value"], registry=own)

    def observe_predictions(self, predicted: Predicted) -> None:
        """Count what was predicted: by value, or by class."""
        for value in predicted.values:
            if self.values is not None:
                self.values.observe(float(value))
            else:
                self.classes.labels(str(value)).inc()

    def exposition(self) -> bytes:
        """Return all metrics in the Prometheus text format."""
        return generate_latest(self.registry)
