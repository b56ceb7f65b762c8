"""ML Test Score, infrastructure and monitoring: the service answers, refuses bad input, and says when it cannot."""

from __future__ import annotations

import json
import time
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from fastapi.testclient import TestClient

from pipeline.metrics import Predicted
from pipeline.settings import Settings
from serving.app import create_app

# A budget below this is not for a test to check; measure it under load on your own hardware.
SHORTEST_MEASURABLE_MS = 50


def test_the_service_answers_with_the_champion(client: TestClient, records: list[dict[str, object]]) -> None:
    """The ML pipeline is integration tested: from the registry to an answer over HTTP."""
    answer = client.post("/predict", json={"records": records[:3]})
    assert answer.status_code == 200
    assert answer.json()["model_version"] == "1"
    assert len(answer.json()["predictions"]) == 3
    assert client.get("/health").json()["ready"] is True


def test_a_bad_record_is_refused_with_field_and_reason(client: TestClient, records: list[dict[str, object]]) -> None:
    """Data invariants hold for inputs: nothing is predicted when one record of a request breaks the schema."""
    name = next(iter(records[0]))
    body = json.dumps({"records": [records[0], {**records[1], "misspelt\ud800": 1, name: [1]}]})
    answer = client.post("/predict", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    found = {(error["record"], error["field"]) for error in answer.json()["errors"]}
    assert (1, "misspelt\\ud800") in found
    assert "predictions" not in answer.json()


@pytest.mark.parametrize("body", [b"[", b"{}", b'{"records": []}', b'{"records": [1]}', b'{"records": [{"x": 1e999}]}'])
def test_a_malformed_request_is_refused(client: TestClient, body: bytes) -> None:
    """Data invariants hold for inputs: whatever comes in, the answer is an explanation and never a crash."""
    answer = client.post("/predict", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_too_many_records_are_refused(client: TestClient, trained: Settings, records: list[dict[str, object]]) -> None:
    """Data invariants hold for inputs: one request cannot take the service for itself."""
    answer = client.post("/predict", json={"records": records[:1] * (trained.serving.max_records + 1)})
    assert answer.status_code == 422
    assert "at most" in answer.json()["errors"][0]["reason"]


def test_a_request_that_is_too_large_is_refused_unread(client: TestClient, trained: Settings) -> None:
    """Data invariants hold for inputs: size is limited before anything is parsed."""
    body = b" " * (trained.serving.max_body_bytes + 1)
    assert client.post("/predict", content=body, headers={"content-type": "application/json"}).status_code == 413


def test_without_a_champion_the_service_says_how_to_mend_it(
    project: Settings, records: list[dict[str, object]]
) -> None:
    """Model quality is validated before serving: without a registered model there is no answer, only the way to one."""
    with TestClient(create_app(project)) as empty:
        for answer in (empty.post("/predict", json={"records": records[:1]}), empty.get("/health")):
            assert answer.status_code == 503
            assert "make train" in answer.json()["detail"]


def test_an_answer_that_is_no_number_is_not_given(trained: Settings, records: list[dict[str, object]]) -> None:
    """Models are numerically stable: NaN from the model becomes an error that is counted, not an answer."""
    app = create_app(trained)
    broken = Predicted(np.array([np.nan]))
    with TestClient(app) as client, patch("pipeline.model.Model.predict", return_value=broken):
        assert client.post("/predict", json={"records": records[:1]}).status_code == 500
        assert "unusable_predictions_total 1.0" in client.get("/metrics").text


def test_predictions_are_logged_for_the_drift_check(trained: Settings, records: list[dict[str, object]]) -> None:
    """Prediction quality has not regressed: inputs and answers are kept, so that labels can be joined later."""
    logging = trained.model_copy(update={"serving": trained.serving.model_copy(update={"log_inputs": True})})
    with TestClient(create_app(logging)) as client:
        client.post("/predict", json={"records": records[:2]})
    lines: list[dict[str, Any]] = []
    for file in trained.prediction_logs.iterdir():
        lines.extend(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    assert lines[-1]["record"] == records[1]
    assert {"at", "version", "prediction"} <= set(lines[-1])


def test_an_answer_takes_no_more_computing_than_the_latency_budget_has_room_for(
    client: TestClient, trained: Settings, held_out: list[dict[str, object]]
) -> None:
    """Computing performance has not regressed: single predictions stay within the budget of config/project.yaml.

    What counts is the time that this process computes, so that a busy machine fails nobody. How long people wait under
    load is measured on your own hardware.
    """
    taken = []
    for record in held_out[:40]:
        started = time.process_time()
        assert client.post("/predict", json={"records": [record]}).status_code == 200
        taken.append((time.process_time() - started) * 1000)
    assert np.quantile(taken, 0.5) <= max(trained.serving.latency_p95_ms, SHORTEST_MEASURABLE_MS)
