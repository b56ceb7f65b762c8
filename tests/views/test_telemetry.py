"""What `/healthz` and `/metrics` tell, and what they never tell."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from canvas import __version__
from canvas.document.workshop import Workshop
from canvas.errors import DatabaseAway
from canvas.live.client import QUEUE_LENGTH
from canvas.store.access import Member, cookie_name
from canvas.store.counters import LATENCY_BOUNDS_S, Counters
from tests.route_client import ORIGIN, PLACE, hear, route_client, say
from views.web.context import context


@pytest.fixture
def client(own_store: None) -> Iterator[TestClient]:
    with route_client() as client:
        yield client


def figures(client: TestClient) -> dict[str, float]:
    """Return every sample by its name with labels, as Prometheus reads them."""
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_health_tells_status_version_and_the_database(client: TestClient) -> None:
    answer = client.get("/healthz")
    state = answer.json()
    assert answer.status_code == 200
    assert (state["status"], state["version"]) == ("ok", __version__)
    assert (state["database"]["kind"], state["database"]["status"]) == ("sqlite", "ok")
    assert 0 <= state["database"]["latency_ms"] < 5000


def test_health_says_so_when_the_database_is_away_and_tells_no_address(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise DatabaseAway("no route to db.internal as user canvas")

    monkeypatch.setattr(context().store.engine, "connect", away)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == {"kind": "sqlite", "status": "away"}
    assert "internal" not in answer.text


def test_health_says_so_when_a_later_version_has_upgraded_the_database(client: TestClient) -> None:
    with context().store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE writer SET level = 99, version = '9.9.0'")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert answer.json()["database"] == {"kind": "sqlite", "status": "overtaken"}


def test_health_does_not_wait_for_ever(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("views.web.telemetry.PATIENCE_S", 0.05)
    monkeypatch.setattr("views.web.telemetry._look", lambda store: asyncio.run(asyncio.sleep(0.3)))
    assert client.get("/healthz").status_code == 503


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == __version__


def test_the_figures_count_what_happens_on_the_live_route(client: TestClient) -> None:
    room = context().store.create(Workshop(title="Parcel delays"))
    _, cookie = context().access.join(context().access.new_link(room, "participant"))
    headers = {**ORIGIN, "cookie": f"{cookie_name(room, 'participant')}={cookie}"}
    before = figures(client)
    assert (before["stack_canvas_clients"], before["stack_canvas_ops_accepted_total"]) == (0, 0)
    with client.websocket_connect(f"/live?w={room}&as=participant", headers=headers) as socket:
        say(socket, t="hello", since=0)
        hear(socket, "snapshot")
        value = {"place": PLACE, "kind": "fact", "text": "salary of the director"}
        say(socket, t="op", op_id="o1", action="add", item="note:n1", value=value)
        hear(socket, "events")
        say(socket, t="op", op_id="o2", action="set", item="note:none", prop="text", value="x")
        hear(socket, "refused")
        say(socket, t="op", op_id="o3", action="add", item="note:n3", value="x" * 20_000)
        hear(socket, "refused")
        during = figures(client)
        text = client.get("/metrics").text
    assert (during["stack_canvas_clients"], during["stack_canvas_rooms"]) == (1, 1)
    assert (during["stack_canvas_ops_accepted_total"], during["stack_canvas_events_total"]) == (1, 1)
    assert during["stack_canvas_ops_refused_total{code=unknown}"] == 1
    assert during["stack_canvas_ops_refused_total{code=too-large}"] == 1
    assert during["stack_canvas_op_seconds_count"] == during["stack_canvas_op_seconds_bucket{le=+Inf}"] == 1
    assert during["stack_canvas_op_seconds_sum"] > 0
    for secret in (room, "salary", "Parcel", cookie, "n1", "stack-canvas-"):
        assert secret not in text


def test_a_client_that_does_not_keep_up_is_counted(client: TestClient) -> None:
    hub = context().hub

    async def flood() -> None:
        slow = hub.connect(Member("w", "m", "participant", None, "l"), "192.0.2.1")
        for _ in range(QUEUE_LENGTH + 1):
            slow.send("x")
        hub.disconnect(slow)

    asyncio.run(flood())
    assert figures(client)["stack_canvas_overflows_total"] == 1


def test_what_is_counted_can_be_read() -> None:
    counters = Counters()
    for seconds in (0.0, LATENCY_BOUNDS_S[0], LATENCY_BOUNDS_S[0] * 1.01, LATENCY_BOUNDS_S[-1], 100.0):
        counters.count_accepted(2, seconds)
    value = counters.registry.get_sample_value
    assert value("stack_canvas_op_seconds_bucket", {"le": str(LATENCY_BOUNDS_S[0])}) == 2
    assert value("stack_canvas_op_seconds_bucket", {"le": str(LATENCY_BOUNDS_S[-1])}) == 4
    assert (value("stack_canvas_ops_accepted_total"), value("stack_canvas_events_total")) == (5, 10)
