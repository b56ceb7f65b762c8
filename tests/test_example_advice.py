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

EXAMPLES = Path(__file__).parents[1] / "examples"
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
FLAWS = {
    STARTER: {"tuned-on-test-set", "promoted-before-evaluation", "stack-without-serving", "stack-without-monitoring"},
    PACKAGE: {"promoted-before-evaluation", "stack-without-monitoring", "target-leak"},
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


@pytest.mark.parametrize("name", FLAWS)
def test_the_flaws_that_are_known_of_a_case_are_found_in_its_notes_and_decisions(name: str) -> None:
    assert FLAWS[name] <= {finding.definition.id for finding in sheet(name).findings}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_finding_says_where_it_was_seen(name: str) -> None:
    for finding in sheet(name).findings:
        assert finding.subjects or finding.notes or finding.undecided, finding.definition.id


def test_the_mature_case_shows_none_of_the_severe_flaws_of_the_others() -> None:
    severe = {finding.definition.id for finding in sheet(PLATFORM).findings if finding.definition.severity == "high"}
    assert severe.isdisjoint(FLAWS[STARTER] | FLAWS[PACKAGE])


def test_the_terminal_prints_each_advice_with_its_answers_and_each_finding_with_its_place() -> None:
    done = CliRunner().invoke(cli.app, ["advise", PACKAGE])
    assert done.exit_code == 0
    assert "Should this be machine learning: Stop\n" in done.stdout
    assert "Workflow type: Forecast\n" in done.stdout
    assert "Contradictions: none\n" in done.stdout
    assert "    seen: note '" in done.stdout
