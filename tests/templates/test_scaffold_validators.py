from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from canvas.method.load import shipped
from templates.scaffold.parts import PARTS
from templates.scaffold.sample_data import SAMPLES, as_csv
from templates.scaffold.write import write_project
from tests.scaffold_support import project, text

TOOLS = Path(sys.executable).parent


def check(tool: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(TOOLS / tool), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("retraining", [option.id for option in shipped().requirements["retraining"].options])
def test_workflows_pass_their_linter(tmp_path: Path, retraining: str) -> None:
    write_project(project({"retraining": retraining}), tmp_path / "p")
    workflows = sorted((tmp_path / "p/.github/workflows").iterdir())
    assert {path.name for path in workflows} == {"ci.yml", *(["train.yml"] if retraining != "never" else [])}
    done = check("actionlint", *map(str, workflows), folder=tmp_path / "p")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_workflow_linter_refuses_a_broken_workflow(tmp_path: Path) -> None:
    write_project(project(), tmp_path / "p")
    file = tmp_path / "p/.github/workflows/ci.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("runs-on", "needs: nobody\n    runs-on"), encoding="utf-8")
    assert check("actionlint", ".github/workflows/ci.yml", folder=tmp_path / "p").returncode != 0


def test_workflows_have_few_rights_and_keep_no_credentials() -> None:
    made = project()
    for name in ("ci", "train"):
        workflow = yaml.safe_load(text(made, f".github/workflows/{name}.yml"))
        assert workflow["permissions"] == {"contents": "read"}
        (job,) = workflow["jobs"].values()
        checkout = next(step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@"))
        assert checkout["with"]["persist-credentials"] is False


def test_pipelines_call_commands_that_the_makefile_has() -> None:
    made = project(decisions={"pipeline.ci": "gitlab-ci"})
    gitlab = yaml.safe_load(text(made, ".gitlab-ci.yml"))
    called = {line.split()[1] for job in ("test", "train") for line in gitlab[job]["script"]}
    github = project()
    for name in ("ci", "train"):
        (job,) = yaml.safe_load(text(github, f".github/workflows/{name}.yml"))["jobs"].values()
        called |= {step["run"].split()[1] for step in job["steps"] if "run" in step}
    makefile = text(made, "Makefile")
    assert called == {"setup", "lint", "test", "train"}
    assert all(f"\n{target}:" in makefile for target in called)


def test_updates_are_proposed_only_for_what_the_project_has() -> None:
    def watched(decisions: dict[str, str]) -> list[str]:
        updates = yaml.safe_load(text(project(decisions=decisions), ".github/dependabot.yml"))["updates"]
        return [update["package-ecosystem"] for update in updates]

    assert watched({}) == ["pip", "github-actions", "docker"]
    assert watched({"deployment.packaging": "none-yet", "pipeline.ci": "none-yet"}) == ["pip"]


def test_the_dockerfile_passes_its_linter(tmp_path: Path) -> None:
    write_project(project(), tmp_path / "p")
    done = check("hadolint", "Dockerfile", folder=tmp_path / "p")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_dockerfile_linter_refuses_a_broken_file(tmp_path: Path) -> None:
    write_project(project(), tmp_path / "p")
    file = tmp_path / "p/Dockerfile"
    file.write_text(file.read_text(encoding="utf-8").replace("python:3.11-slim", "python"), encoding="utf-8")
    assert check("hadolint", "Dockerfile", folder=tmp_path / "p").returncode != 0


def test_the_image_gets_what_the_service_imports_and_no_more() -> None:
    made = project()
    dockerfile, ignored = text(made, "Dockerfile"), text(made, ".dockerignore").splitlines()
    copied = [line.split()[1] for line in dockerfile.splitlines() if line.startswith("COPY")]
    assert copied == ["requirements.txt", "config", "pipeline", "monitoring", "serving"]
    assert ignored[1] == "*"
    assert [line[1:] for line in ignored if line.startswith("!")] == [
        "requirements.txt",
        *sorted(copied[1:], key=copied.index),
    ]
    assert "\nUSER 10001\n" in dockerfile


@pytest.mark.parametrize("part", SAMPLES)
def test_the_sample_data_are_what_the_program_makes(part: str) -> None:
    committed = (PARTS / part / "files/data/sample.csv").read_bytes()
    assert as_csv(part) == committed
    assert 20_000 < len(committed) < 150_000


def test_the_sample_data_are_not_ignored_by_git() -> None:
    root = PARTS.parents[2]
    files = [str(path.relative_to(root)) for path in PARTS.glob("*/files/**/*") if path.is_file()]
    files = [file for file in files if "_cache" not in file and "__pycache__" not in file]
    done = subprocess.run(["git", "check-ignore", *files], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.stdout == ""
