"""The page on the gate: its workflows are valid, their commands run, and each exit code is what the page says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessments.library.load import shipped
from assessments.standing.score_all import score_all
from canvas.document.file import save_workshop
from canvas.document.workshop import Answer, Workshop

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/ci-gate.md").read_text(encoding="utf-8")
BINARIES = Path(sys.executable).parent
EXAMPLE = ROOT / "examples/open-source-mlops-package.workshop.yaml"
GITHUB, GITLAB = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
CONSOLE = re.findall(r"^\$ (python .*)\n((?:(?!\$ ).*\n)*)\$ echo \$\?\n(\d)$", PAGE, re.M)


@cache
def steps(pipeline: str) -> list[str]:
    """The commands of a pipeline of the page, in their order."""
    read: dict[str, Any] = yaml.safe_load(GITHUB if pipeline == "github" else GITLAB)
    if pipeline == "gitlab":
        return list(read["maturity"]["script"])
    return [step["run"] for step in read["jobs"]["score"]["steps"] if "run" in step]


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{BINARIES}{os.pathsep}{os.environ['PATH']}"
    words = ["bash", "-e", "-c", command]
    return subprocess.run(
        words, cwd=folder, capture_output=True, text=True, timeout=120, env={**os.environ, "PATH": path}
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder as the runner has it: the tool beside the team's workshop file, which is the example."""
    (tmp_path / "stack-canvas").symlink_to(ROOT)
    (tmp_path / "ours.workshop.yaml").write_bytes(EXAMPLE.read_bytes())
    return tmp_path


def everything_done(folder: Path) -> None:
    answers = tuple(Answer(id=id_, value="automated") for id_ in shipped().practices)
    save_workshop(Workshop(title="All of it", answers=answers), folder / "ours.workshop.yaml")


def test_the_workflow_passes_its_linter(tmp_path: Path) -> None:
    file = tmp_path / ".github/workflows/maturity.yml"
    file.parent.mkdir(parents=True)
    file.write_text(GITHUB, encoding="utf-8")
    command = [str(BINARIES / "actionlint"), str(file)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_workflow_has_few_rights_and_keeps_no_credentials() -> None:
    workflow = yaml.safe_load(GITHUB)
    assert workflow["permissions"] == {"contents": "read"}
    checkouts = [s for s in workflow["jobs"]["score"]["steps"] if s.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False, False]


def test_both_pipelines_run_the_same_commands_of_the_tool() -> None:
    assert [s for s in steps("github") if "cli.py" in s] == [s for s in steps("gitlab") if "cli.py" in s]
    (command,) = re.findall(r"```sh\npython cli.py (score FILE .*)\n", PAGE)
    used = f"python stack-canvas/cli.py {command.replace('FILE', 'ours.workshop.yaml')} > maturity.json"
    assert steps("github")[-1] == used


@pytest.mark.parametrize("pipeline", ["github", "gitlab"])
def test_what_a_pipeline_installs_is_a_file_of_the_tool(pipeline: str, checkout: Path) -> None:
    (install,) = [step for step in steps(pipeline) if step.startswith("pip install -r ")]
    assert (checkout / install.removeprefix("pip install -r ")).is_file()


@pytest.mark.parametrize("pipeline", ["github", "gitlab"])
@pytest.mark.parametrize("reached", [True, False])
def test_the_pipelines_pass_what_reaches_the_bars_and_stop_what_does_not(
    pipeline: str, reached: bool, checkout: Path
) -> None:
    if reached:
        everything_done(checkout)
    check, score = (step for step in steps(pipeline) if "cli.py" in step)
    assert shell(check, checkout).returncode == 0
    done = shell(score, checkout)
    assert done.returncode == (0 if reached else 1), done.stderr
    assert ("is under" in done.stderr) != reached
    models = json.loads((checkout / "maturity.json").read_text(encoding="utf-8"))["models"]
    assert {"id", "value", "lower", "upper", "band", "blockers", "unlock"} <= set(models[0])


def test_a_broken_file_stops_the_pipeline(checkout: Path) -> None:
    (checkout / "ours.workshop.yaml").write_text("format: 1\ntitle: [\n", encoding="utf-8")
    for step in (step for step in steps("github") if "cli.py" in step):
        done = shell(step, checkout)
        assert done.returncode == 1
        assert "ours.workshop.yaml:" in done.stderr


def test_the_page_shows_each_exit_code() -> None:
    assert [code for _, _, code in CONSOLE] == ["0", "1", "2"]
    assert [line[0] for line in re.findall(r"^\| (\d) \|", PAGE, re.M)] == ["0", "1", "2"]


@pytest.mark.parametrize(("command", "says", "code"), CONSOLE)
def test_the_commands_of_the_page_end_as_shown(command: str, says: str, code: str, tmp_path: Path) -> None:
    done = shell(command.replace("cli.py", str(ROOT / "cli.py"), 1), tmp_path)
    assert (done.returncode, done.stderr) == (int(code), says)


def test_the_page_lists_the_models_that_can_gate_with_their_range() -> None:
    rows = re.findall(r"^\| (`[a-z`, -]+`) \| [a-z, ]*0 to (\d+)", PAGE, re.M)
    listed = {id_: float(most) for ids, most in rows for id_ in re.findall(r"`([a-z-]+)`", ids)}
    results = score_all(Workshop(title="Nothing yet"), shipped())
    assert listed == {result.id: result.maximum for result in results if result.can_gate}
    (cannot,) = re.findall(r"^(`delivery` .*cannot gate)", PAGE, re.M | re.S)
    named = set(re.findall(r"`([a-z0-9-]+)`", cannot.split("cannot gate")[0]))
    assert named == {result.id for result in results if not result.can_gate}


def test_the_next_steps_can_be_read_from_the_result(checkout: Path) -> None:
    shell(steps("github")[-1], checkout)
    (command,) = re.findall(r"```sh\n(python -c .*)\n", PAGE)
    done = shell(command, checkout)
    assert done.returncode == 0
    assert set(done.stdout.split()) <= set(shipped().practices)
    assert done.stdout
