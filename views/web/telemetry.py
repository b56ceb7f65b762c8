"""What operators look at: `/healthz` for the proxy and `/metrics` for Prometheus. Figures only.

No label carries a workshop, a person or a text, because what a room has not revealed must not show here either.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from canvas import __version__
from canvas.errors import DatabaseAway, DatabaseDamaged, DatabaseOvertaken
from canvas.live.hub import Hub
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
    except DatabaseOvertaken as overtaken:
        log.error("%s", overtaken)
        status = "overtaken"
    except (DatabaseAway, TimeoutError):
        pass
    database = {"kind": store.engine.dialect.name, "status": status}
    if seconds is not None:
        database["latency_ms"] = round(seconds * 1000, 2)
    state = {"status": "ok" if seconds is not None else "failing", "version": __version__, "database": database}
    return JSONResponse(state, 200 if seconds is not None else 503, {"Cache-Control": "no-store"})


async def metrics(_request: Request) -> Response:
    """Answer the figures of this process in the Prometheus text format."""
    here = CollectorRegistry(auto_describe=False)
    here.register(Connected(context().hub))
    text = generate_latest(context().store.counters.registry) + generate_latest(here)
    return Response(text, headers={"Content-Type": TEXT_FORMAT, "Cache-Control": "no-store"})


class Connected(Collector):
    """Who is connected to this process at the moment of a scrape."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def collect(self) -> Iterator[Metric]:
        """Yield how many clients there are, and in how many workshops."""
        clients, rooms = self.hub.size()
        yield GaugeMetricFamily("stack_canvas_clients", "Live connections of this process.", clients)
        yield GaugeMetricFamily("stack_canvas_rooms", "Workshops with a live connection here.", rooms)


def _look(store: Store) -> float:
    """Return how long the database takes for the smallest question, in seconds."""
    began = time.perf_counter()
    store.check()
    return time.perf_counter() - began
