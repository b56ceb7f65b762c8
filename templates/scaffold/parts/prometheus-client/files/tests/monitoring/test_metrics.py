"""ML Test Score, monitoring: what the service does is visible to Prometheus."""

from __future__ import annotations

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from pipeline.settings import Settings
from serving.app import create_app


def _samples(client: TestClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def test_requests_latency_predictions_and_refusals_are_counted(
    trained: Settings, records: list[dict[str, object]]
) -> None:
    """Computing performance has not regressed: rate, latency, errors and the spread of predictions can be watched."""
    with TestClient(create_app(trained)) as client:
        client.post("/predict", json={"records": records[:5]})
        client.post("/predict", json={"records": [{**records[0], "misspelt": 1}]})
        seen = _samples(client)
    path = ("path", "/predict")
    assert seen[("requests_total", frozenset({path, ("status", "200")}))] == 1
    assert seen[("requests_total", frozenset({path, ("status", "422")}))] == 1
    assert seen[("request_seconds_count", frozenset({path}))] == 2
    assert seen[("rejected_inputs_total", frozenset({("field", "unknown")}))] == 1
    names = ("predicted_class_total", "predicted_value_count")
    assert sum(value for (name, _), value in seen.items() if name in names) == 5


def test_the_age_of_the_model_is_a_metric(client: TestClient) -> None:
    """Models are not too stale: an alert can be set on the age."""
    assert 0 <= _samples(client)[("model_age_days", frozenset())] < 1


def test_made_up_paths_and_fields_do_not_make_new_series(trained: Settings, records: list[dict[str, object]]) -> None:
    """Computing performance has not regressed: nobody can fill the memory with labels from outside."""
    with TestClient(create_app(trained)) as client:
        before = len(_samples(client))
        for number in range(20):
            client.get(f"/made-up-{number}")
            client.post("/predict", json={"records": [{**records[0], f"made-up-{number}": 1}]})
        after = _samples(client)
    assert not any("made-up" in value for _, labels in after for _, value in labels)
    assert len(after) - before < 60
