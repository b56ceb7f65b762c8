"""What operators look at: `/healthz` for the proxy and `/metrics` for Prometheus. Figures only.

No label carries a workshop, a person or a text, because what a room has not revealed must not show here either.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from canvas import __version__
from canvas.errors import DatabaseAway, DatabaseDamaged
from canvas.live.hub import Hub
from canvas.store.counters import LATENCY_BOUNDS_S, Measures
from canvas.store.store import Store
from views.web.context import context

PATIENCE_S = 5.0

log = logging.getLogger(__name__)

TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"


async def health(_request: Request) -> Response:
    """Answer whether the process serves and its database can be read: 200, or 503 when it cannot."""
    store, seconds, status = context().store, None, "away"
    try:
        seconds, status = await asyncio.wait_for(asyncio.to_thread(_look, store), PATIENCE_S), "ok"
    except DatabaseDamaged as damaged:
        log.error("%s", damaged)
        status = "damaged"
    except (DatabaseAway, TimeoutError):
        pass
    database = {"kind": store.engine.dialect.name, "status": status}
    if seconds is not None:
        database["latency_ms"] = round(seconds * 1000, 2)
    state = {"status": "ok" if seconds is not None else "failing", "version": __version__, "database": database}
    return JSONResponse(state, 200 if seconds is not None else 503, {"Cache-Control": "no-store"})


async def metrics(_request: Request) -> Response:
    """Answer the figures of this process in the Prometheus text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(context().hub, context().store.measures))
    return Response(generate_latest(registry), headers={"Content-Type": TEXT_FORMAT, "Cache-Control": "no-store"})


class Figures(Collector):
    """Reads what the process counted, at the moment of a scrape."""

    def __init__(self, hub: Hub, measures: Measures) -> None:
        self.hub, self.measures = hub, measures

    def collect(self) -> Iterator[Metric]:
        """Yield every figure."""
        clients, rooms = self.hub.size()
        yield GaugeMetricFamily("stack_canvas_clients", "Live connections of this process.", clients)
        yield GaugeMetricFamily("stack_canvas_rooms", "Workshops with a live connection here.", rooms)
        yield CounterMetricFamily("stack_canvas_ops_accepted", "Changes accepted here.", value=self.measures.accepted)
        yield CounterMetricFamily("stack_canvas_events", "Events appended to logs here.", value=self.measures.events)
        text = "Clients that did not keep up and were told to come back."
        yield CounterMetricFamily("stack_canvas_overflows", text, value=self.measures.overflows)
        yield self._refused()
        yield self._latency()

    def _refused(self) -> Metric:
        family = CounterMetricFamily("stack_canvas_ops_refused", "Changes refused here, by reason.", labels=["code"])
        for code, count in sorted(self.measures.refused.items()):
            family.add_metric([code], count)
        return family

    def _latency(self) -> Metric:
        bounds = [*(f"{bound:g}" for bound in LATENCY_BOUNDS_S), "+Inf"]
        buckets = list(zip(bounds, accumulate(self.measures.buckets), strict=True))
        text = "Time from a checked change to its commit, in seconds."
        return HistogramMetricFamily("stack_canvas_op_seconds", text, buckets=buckets, sum_value=self.measures.seconds)


def _look(store: Store) -> float:
    """Return how long the database takes for the smallest question, in seconds."""
    began = time.perf_counter()
    store.check()
    return time.perf_counter() - began
