from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from assessments.library.packs import library
from canvas.method.load import shipped
from templates.plan import make_plan
from templates.scaffold.parts import shipped_parts
from templates.scaffold.render import render_project
from templates.scaffold.write import write_project
from tests.running_project import run, served, set_up_once, share_environment
from tests.scaffold_support import HOSTILE, project, workshop

pytestmark = pytest.mark.long

BATCH = {"serving.runtime": "batch-job", "serving.pattern": "precompute"}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a hostile title in a folder with an awkward name, set up by its own command."""
    return set_up_once(tmp_path_factory.getbasetemp(), "my project (é) #1", write_hostile_project)


@pytest.fixture(scope="module")
def trained(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another such project, trained, which the tests of this worker may change."""
    folder = tmp_path_factory.mktemp("trained") / "my project (é) #2"
    write_hostile_project(folder)
    share_environment(home, folder)
    done = run(folder, "make", "train")
    assert done.returncode == 0
    assert re.findall(r"^(\d)/5 (\w+)", done.stdout, re.M) == [
        ("1", "validate"), ("2", "split"), ("3", "train"), ("4", "evaluate"), ("5", "register"),
    ]  # fmt: skip
    assert "version 1 is the champion" in done.stdout
    return folder


def write_hostile_project(folder: Path) -> None:
    write_project(render_project(make_plan(workshop(title=HOSTILE[:200]), shipped(), library())), folder)


def post(address: str, body: bytes) -> tuple[int, Any]:
    request = Request(f"{address}/predict", data=body, headers={"content-type": "application/json"})
    try:
        with urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "data/sample.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_training_leaves_a_version_with_its_card_and_report(trained: Path) -> None:
    card = (trained / "reports/model-card.md").read_text(encoding="utf-8")
    assert "Measured for this version" in card
    assert "roc-auc" in card
    assert (trained / "registry/mlflow.db").exists()
    assert not (trained / "pwned").exists()


def test_its_own_tests_pass(home: Path) -> None:
    done = run(home, "make", "test")
    assert done.returncode == 0
    assert re.search(r"\d\d+ passed", done.stdout)
    assert "skipped" not in done.stdout


def test_its_own_style_and_type_checks_pass(home: Path) -> None:
    assert run(home, "make", "lint").returncode == 0


def test_the_service_answers_the_example_of_the_readme(trained: Path) -> None:
    (example,) = re.findall(r"-d '(\{.*\})'", (trained / "README.md").read_text(encoding="utf-8"))
    with served(trained) as address:
        status, answer = post(address, example.encode())
        assert status == 200
        (prediction,) = answer["predictions"]
        assert prediction["prediction"] in ("fails", "runs")
        assert sum(prediction["probabilities"].values()) == pytest.approx(1, abs=1e-5)

        status, refused = post(address, example.replace("12.5", '"old"').encode())
        assert status == 422
        assert refused["errors"] == [{"record": 0, "field": "age_years", "reason": "must be a number, got 'old'"}]
        assert post(address, b"[")[0] == 422

        with urlopen(f"{address}/metrics", timeout=10) as metrics:
            text = metrics.read().decode()
        assert 'requests_total{path="/predict",status="200"} 1.0' in text
        assert 'rejected_inputs_total{field="age_years"} 1.0' in text
        with urlopen(f"{address}/openapi.json", timeout=10) as described:
            assert json.load(described)["info"]["title"] == HOSTILE[:200]


def test_drift_is_judged_from_what_the_service_logged(trained: Path) -> None:
    sample = [{k: v for k, v in row.items() if k != "outcome"} for row in rows(trained)[:300]]
    numbers = ("age_years", "load", "temperature", "vibration", "days_since_service")
    records = [{k: (float(v) if v else None) if k in numbers else v for k, v in row.items()} for row in sample]
    moved = [{**record, "age_years": 55.0} for record in records]
    with served(trained) as address:
        assert post(address, json.dumps({"records": records}).encode())[0] == 200
        quiet = run(trained, "make", "drift")
        assert (quiet.returncode, "stable" in quiet.stdout) == (0, True)
        assert post(address, json.dumps({"records": moved}).encode())[0] == 200
        alarm = run(trained, "make", "drift")
    assert alarm.returncode != 0
    assert "age_years" in alarm.stdout
    assert json.loads((trained / "reports/drift.json").read_text(encoding="utf-8"))["status"] == "drifted"


def test_a_model_below_the_gate_is_not_registered(trained: Path) -> None:
    config = trained / "config/project.yaml"
    before = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"sample_threshold: [\d.]+", "sample_threshold: 0.9999", before), encoding="utf-8")
    try:
        done = run(trained, "make", "train")
    finally:
        config.write_text(before, encoding="utf-8")
    assert done.returncode != 0
    assert "Nothing was registered; the champion stays as it was." in done.stderr


def test_a_bound_that_the_metric_cannot_reach_stops_the_run_with_its_mend(trained: Path) -> None:
    config = trained / "config/project.yaml"
    before = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"\n  threshold: \S+", "\n  threshold: 92", before), encoding="utf-8")
    try:
        done = run(trained, "make", "train")
    finally:
        config.write_text(before, encoding="utf-8")
    assert done.returncode != 0
    assert "gate: threshold 92 cannot be: roc-auc goes from 0 up to 1; did you mean 0.92?" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_champion_the_service_starts_and_says_what_to_do(home: Path, tmp_path: Path) -> None:
    write_project(project(), tmp_path / "fresh")
    share_environment(home, tmp_path / "fresh")
    with served(tmp_path / "fresh") as address:
        status, answer = post(address, b'{"records": [{}]}')
    assert status == 503
    assert "make train" in answer["detail"]


CASES: Sequence[tuple[dict[str, str], dict[str, str]]] = (
    ({"task-type": "forecasting", "main-metric": "r2"}, BATCH),
    ({"input-kind": "text", "main-metric": "average-precision"}, BATCH),
)


@pytest.mark.parametrize(("requirements", "decisions"), CASES)
def test_the_other_kinds_of_project_train_score_a_file_and_pass_their_tests(
    home: Path, tmp_path: Path, requirements: dict[str, str], decisions: dict[str, str]
) -> None:
    folder = tmp_path / "project"
    write_project(project(dict(requirements), decisions), folder)
    share_environment(home, folder)
    assert run(folder, "make", "train").returncode == 0
    assert run(folder, "make", "predict", "OUTPUT=build/scored file.csv").returncode == 0
    with (folder / "build/scored file.csv").open(encoding="utf-8", newline="") as file:
        scored = list(csv.DictReader(file))
    assert len(scored) == len(rows(folder))
    assert all(row["prediction"] and row["model_version"] == "1" for row in scored)
    assert run(folder, "make", "drift").returncode == 0
    done = run(folder, "make", "test")
    assert done.returncode == 0
    assert "skipped" not in done.stdout


GATES = """
import sys, yaml
from pipeline.gate import judge
from pipeline.run import STAGES
from pipeline.settings import Settings
from pipeline.stages import read_json

settings = Settings.load()
for name, threshold in yaml.safe_load(sys.argv[1]).items():
    gate = settings.gate.model_copy(update={"metric": name, "sample_threshold": float(threshold)})
    gated = settings.model_copy(update={"gate": gate, "training": settings.training.model_copy(update={"folds": 2})})
    for stage in ("validate", "split", "train", "evaluate"):
        STAGES[stage](gated)
    found = read_json(gated.build / "evaluation.json", "evaluate")
    constant = judge(found["without_learning"], found["without_learning"], [], gated)
    reasons = [reason for reason in constant.reasons if "sample data" in reason]
    print(name, found["passed"], reasons[0].startswith("NOT met"))
"""


@pytest.mark.parametrize(
    ("part", "requirements"),
    [
        ("sample-tabular-classification", {}),
        ("sample-tabular-regression", {"task-type": "regression"}),
        ("sample-text-classification", {"input-kind": "text"}),
    ],
)
def test_for_every_metric_a_model_passes_the_gate_and_a_constant_answer_does_not(
    home: Path, tmp_path: Path, part: str, requirements: dict[str, str]
) -> None:
    metrics = shipped_parts()[part].part.values["sample"]["metrics"]
    write_project(project(dict(requirements)), tmp_path / "p")
    done = run(tmp_path / "p", home / ".venv/bin/python", "-c", GATES, json.dumps(metrics))
    assert done.stdout.splitlines() == [f"{name} True True" for name in metrics]
