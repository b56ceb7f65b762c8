"""What the service does is visible to Prometheus, and nobody can flood it with labels."""

from __future__ import annotations

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant.model import Answer, ModelFailed, Usage
from assistant.settings import Settings
from serving.app import create_app
from tests.scripted_model import Scripted


def _samples(client: TestClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def test_replies_fall_backs_tokens_and_refusals_are_counted(project: Settings) -> None:
    model = Scripted(Answer("yes", Usage(7, 3)), ModelFailed("down"))
    with TestClient(create_app(project, model)) as client:
        client.post("/answer", json={"question": "one"})
        client.post("/answer", json={"question": "two"})
        client.post("/answer", json={"question": ""})
        seen = _samples(client)
    assert seen[("replies_total", frozenset({("outcome", "answered")}))] == 1
    assert seen[("replies_total", frozenset({("outcome", "fallback")}))] == 1
    assert seen[("fallbacks_total", frozenset({("why", "failed")}))] == 1
    assert seen[("tokens_total", frozenset({("direction", "in")}))] == 7
    assert seen[("tokens_total", frozenset({("direction", "out")}))] == 3
    assert seen[("rejected_questions_total", frozenset())] == 1
    assert seen[("reply_seconds_count", frozenset())] == 2
    assert seen[("request_seconds_count", frozenset({("path", "/answer")}))] == 3


def test_made_up_paths_do_not_make_new_series(project: Settings) -> None:
    with TestClient(create_app(project)) as client:
        client.get("/made-up")
        before = len(_samples(client))
        for number in range(20):
            client.get(f"/made-up-{number}")
        after = _samples(client)
    assert not any("made-up" in value for _, labels in after for _, value in labels)
    # /metrics itself is a path that was first asked for when `before` was taken.
    assert len(after) - before < 20
