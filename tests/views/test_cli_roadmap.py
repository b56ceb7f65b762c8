"""The roadmap and other answers on the command line: what is written, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.views.test_cli import run

EXAMPLE = "starter-git-dvc-make"


@pytest.mark.parametrize(("suffix", "begins"), [(".md", "# Roadmap"), (".csv", "\ufeffphase,item,"), (".json", "[")])
def test_a_roadmap_is_written_in_the_form_its_name_asks_for(tmp_path: Path, suffix: str, begins: str) -> None:
    out = tmp_path / f"roadmap{suffix}"
    assert run("roadmap", EXAMPLE, "-o", str(out), "--capacity", "12").returncode == 0
    assert out.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize("words", [("-o", "roadmap.pdf"), ("-o", "roadmap.md", "--capacity", "0")])
def test_a_form_or_capacity_that_does_not_exist_is_a_usage_error(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run("roadmap", EXAMPLE, *words, cwd=tmp_path).returncode == 2
    assert not list(tmp_path.iterdir())


def test_score_can_be_asked_what_another_answer_would_do() -> None:
    words = ("score", EXAMPLE, "--json", "--model", "automation-levels")
    now = json.loads(run(*words).stdout)["models"][0]["value"]
    then = json.loads(run(*words, "--what-if", "pipeline.orchestrated=none").stdout)["models"][0]["value"]
    assert (now, then) == (1, 0)


@pytest.mark.parametrize("change", ["data.nothing=manual", "data.schema=yes", "data.schema", "delivery.lead-time=nan"])
def test_an_answer_that_cannot_be_is_a_usage_error(change: str) -> None:
    done = run("score", EXAMPLE, "--what-if", change)
    assert (done.returncode, done.stdout) == (2, "")
    assert change.partition("=")[0] in done.stderr
