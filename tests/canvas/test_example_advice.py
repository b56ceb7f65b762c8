"""What the three real cases amount to: the advice that a competent reader of their notes would give."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from canvas.advice.sheet import AdviceSheet, advice_sheet
from canvas.document.file import load_workshop
from canvas.method.load import shipped

EXAMPLES = Path(__file__).parents[2] / "examples"
STARTER, PACKAGE, PLATFORM = "starter-git-dvc-make", "open-source-mlops-package", "platform-at-scale"
EXPECTED: dict[str, dict[str, Any]] = {
    # Nobody has said who looks after the tag suggester, so neither go nor stop can be said.
    STARTER: {
        "go": None,
        "readiness": "tactical",
        "workflow_type": "forecast",
        "serving_pattern": "precompute",
        "governance_variant": 3,
    },
    # Two inputs add up to the target: an addition does it.
    PACKAGE: {
        "go": "stop",
        "readiness": "tactical",
        "workflow_type": "forecast",
        "serving_pattern": "precompute",
        "governance_variant": 3,
    },
    PLATFORM: {
        "go": "go",
        "readiness": "transformational",
        "workflow_type": "web-service",
        "serving_pattern": "model-as-service",
        "governance_variant": 2,
    },
}
# What is known of each case, and nothing beside it: a flaw that no source shows is not claimed.
FINDINGS = {
    STARTER: {
        "delivery-not-measured",
        "expected-change-unattended",
        "no-baseline",
        "no-documents",
        "no-launch-criterion",
        "no-test-set",
        "no-tests",
        "no-validation-split",
        "packages-not-pinned",
        "preprocessing-not-packaged",
        "promoted-before-evaluation",
        "results-not-proven",
        "rows-lost-silently",
        "sample-unlike-traffic",
        "stack-without-monitoring",
        "stack-without-serving",
        "tuned-on-test-set",
    },
    PACKAGE: {
        "built-only-at-release",
        "delivery-not-measured",
        "evaluated-on-training-rows",
        "expected-change-unattended",
        "no-baseline",
        "no-documents",
        "no-fallback",
        "no-prediction-log",
        "no-retraining-trigger",
        "no-test-set",
        "nobody-says-no",
        "promoted-before-evaluation",
        "review-can-be-skipped",
        "stack-without-monitoring",
        "step-lives-in-notebook",
        "target-leak",
        "tuned-settings-lost",
    },
    PLATFORM: {
        "features-computed-twice",
        "stale-values-served",
        "truth-comes-late",
    },
}


@cache
def sheet(name: str) -> AdviceSheet:
    return advice_sheet(load_workshop(EXAMPLES / f"{name}.workshop.yaml"), shipped())


def advised(name: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli.app, ["advise", name, "--json"])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_case_gets_the_advice_of_a_competent_reader(name: str) -> None:
    found = advised(name)
    assert {key: found[key]["value"] for key in EXPECTED[name]} == EXPECTED[name]
    for key, value in EXPECTED[name].items():
        assert {"value", "ranked", "because", "missing"} <= set(found[key])
        assert bool(found[key]["because"]) is (value is not None)
        assert value is not None or found[key]["missing"]


@pytest.mark.parametrize("name", FINDINGS)
def test_the_flaws_that_are_known_of_a_case_are_found_in_its_answers_tables_and_decisions(name: str) -> None:
    assert {finding.definition.id for finding in sheet(name).findings} == FINDINGS[name]


@pytest.mark.parametrize("name", FINDINGS)
def test_a_place_of_a_finding_is_one_that_the_case_fills(name: str) -> None:
    found = sheet(name)
    for finding in found.findings:
        assert all(subject in found.facts for subject in finding.subjects), finding.definition.id


@pytest.mark.parametrize("name", EXPECTED)
def test_every_finding_says_where_it_was_seen(name: str) -> None:
    for finding in sheet(name).findings:
        assert finding.subjects or finding.undecided, finding.definition.id


def test_the_mature_case_shows_none_of_the_severe_flaws_of_the_others() -> None:
    severe = {finding.definition.id for finding in sheet(PLATFORM).findings if finding.definition.severity == "high"}
    assert severe.isdisjoint(FINDINGS[STARTER] | FINDINGS[PACKAGE])


def test_the_terminal_prints_each_advice_with_its_answers_and_each_finding_with_its_place() -> None:
    done = CliRunner().invoke(cli.app, ["advise", PACKAGE])
    assert done.exit_code == 0
    assert "Should this be machine learning: Stop\n" in done.stdout
    assert "Workflow type: Forecast\n" in done.stdout
    assert "Contradictions: none\n" in done.stdout
    assert "    seen: Data checklist › Inputs that give the answer away are dropped › State: Not done\n" in done.stdout
    assert "note '" not in done.stdout


@pytest.mark.parametrize("name", FINDINGS)
def test_a_finding_in_json_names_its_places_as_subjects(name: str) -> None:
    keys = {"id", "severity", "title", "because", "mend", "subjects"}
    for finding in advised(name)["findings"]:
        assert set(finding) == keys
        assert finding["subjects"]
