"""The terminal door and own packs: the commands of docs/packs.md run, and a broken pack stops only who asked for it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from canvas.document.file import save_workshop
from canvas.document.workshop import Answer, Workshop

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/packs.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`(on-call/[a-z./-]+\.yaml)`.*?\n\n```yaml\n(.*?)```", PAGE, re.S | re.M))
COMMANDS = re.findall(r"^python cli.py (.*)$", PAGE, re.M)
ANSWERS = {
    "before": {"monitoring.quality": "manual"},
    "ours": {"monitoring.quality": "manual", "team.runbook": "manual"},
    "after": {"monitoring.quality": "automated", "team.runbook": "automated"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The pack of the page, and three workshop files with answers to it."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name, given in ANSWERS.items():
        answers = tuple(Answer(id=id_, value=value) for id_, value in given.items())
        save_workshop(Workshop(title="Parcels", answers=answers), tmp_path / f"{name}.workshop.yaml")
    return tmp_path


def run(folder: Path, command: str, packs: str = "") -> subprocess.CompletedProcess[str]:
    words = [sys.executable, str(ROOT / "cli.py"), *shlex.split(command)]
    environment = {**os.environ, "STACK_CANVAS_PACKS": packs}
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120, env=environment)


def break_pack(folder: Path) -> None:
    """Give the second level of the pack's model less to ask than the first."""
    file = folder / "on-call/models/on-call.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "section: level-1, item: team.runbook, at_least: manual", "section: level-1, item: team.runbook"
    )
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_page_runs(command: str, folder: Path) -> None:
    done = run(folder, command)
    assert done.returncode == 0, done.stderr


def test_the_verbs_that_judge_know_the_packs() -> None:
    assert {command.split()[0] for command in COMMANDS} == {"check", "score", "report", "compare", "check-content"}


def test_scores_comparison_and_report_speak_of_the_own_model(folder: Path) -> None:
    assert "Ready for the night (First, derived rule): 1 of 2" in run(folder, COMMANDS[1]).stdout
    assert "Ready for the night" in run(folder, COMMANDS[3]).stdout
    run(folder, COMMANDS[2])
    report = (folder / "report.md").read_text(encoding="utf-8")
    assert "Ready for the night" in report
    assert "Platform team" in report or "Handbook of our platform team" in report


def test_an_own_model_can_gate(folder: Path) -> None:
    for bar, code in (("1", 0), ("2", 1)):
        done = run(folder, f"score --packs on-call ours.workshop.yaml --fail-under on-call={bar}")
        assert done.returncode == code
    assert "Ready for the night: 1 is under 2" in done.stderr


def test_the_setting_does_the_same_as_the_option(folder: Path) -> None:
    asked = run(folder, "score ours.workshop.yaml --packs on-call --json")
    assert run(folder, "score ours.workshop.yaml --json", packs="on-call").stdout == asked.stdout


def test_answers_to_a_pack_are_unknown_without_it(folder: Path) -> None:
    done = run(folder, "check ours.workshop.yaml")
    assert done.returncode == 1
    assert re.search(r"^ours.workshop.yaml:\d+: unknown practice 'team.runbook'.*packs.md", done.stderr, re.M)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_broken_pack_ends_the_command_that_names_it(command: str, folder: Path) -> None:
    break_pack(folder)
    done = run(folder, command)
    assert (done.returncode, done.stdout) == (1, "")
    lines = FILES["on-call/models/on-call.yaml"].splitlines()
    broken = next(number for number, line in enumerate(lines, 1) if "{id: runbooks," in line)
    assert f"on-call/models/on-call.yaml:{broken}: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_pack_of_the_setting_is_told_and_the_others_judge(folder: Path) -> None:
    good = folder / "good/measures"
    good.mkdir(parents=True)
    text = FILES["on-call/measures/team.alert-response.yaml"].replace("team.alert-response", "team.pager")
    (good / "team.pager.yaml").write_text(text, encoding="utf-8")
    break_pack(folder)
    done = run(folder, "score before.workshop.yaml --json", packs=os.pathsep.join(["on-call", "good"]))
    assert done.returncode == 0
    assert "Pack refused: on-call/models/on-call.yaml:" in done.stderr
    assert '"id": "google"' in done.stdout
    assert '"id": "on-call"' not in done.stdout


def test_several_packs_are_given_one_by_one_or_joined(folder: Path) -> None:
    models = folder / "second/models"
    models.mkdir(parents=True)
    (models / "second.yaml").write_text(
        FILES["on-call/models/on-call.yaml"].replace("id: on-call", "id: second"), encoding="utf-8"
    )
    for given in ("--packs on-call --packs second", f"--packs on-call{os.pathsep}second"):
        done = run(folder, f"score {given} ours.workshop.yaml --model second")
        assert (done.returncode, done.stderr) == (0, "")
