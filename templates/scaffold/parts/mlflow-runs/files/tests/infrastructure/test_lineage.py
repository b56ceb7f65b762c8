"""ML Test Score, infrastructure: each version tells where it comes from, so that it can be explained and rebuilt."""

from __future__ import annotations

import hashlib

from pipeline.registry import champion_version
from pipeline.settings import Settings
from pipeline.tracking import connect


def test_a_version_leads_to_data_configuration_code_and_environment(trained: Settings) -> None:
    """Training is reproducible: the run behind a version names every input by hash, and the packages."""
    version = champion_version(trained)
    assert version is not None
    tags = connect(trained).get_run(version.run_id).data.tags
    assert tags["data_sha256"] == hashlib.sha256(trained.data_file.read_bytes()).hexdigest()
    assert tags["schema_sha256"] == hashlib.sha256(trained.schema_file.read_bytes()).hexdigest()
    assert "scikit-learn==" in tags["packages"]
    assert tags["code_commit"]


def test_a_run_keeps_its_parameters_metrics_and_reports(trained: Settings) -> None:
    """The model is debuggable: what was tried, measured and reported is kept with the run."""
    version = champion_version(trained)
    assert version is not None
    client = connect(trained)
    run = client.get_run(version.run_id)
    assert {"candidate", "seed"} <= set(run.data.params)
    assert {trained.gate.metric, "without_learning", "cross_validation"} <= set(run.data.metrics)
    kept = {item.path for item in client.list_artifacts(version.run_id)}
    assert {"training.json", "evaluation.json", "reference.json", "schema.yaml", "reports"} <= kept
