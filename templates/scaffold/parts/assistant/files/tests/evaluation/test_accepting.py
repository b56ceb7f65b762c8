"""What is accepted is recorded, from the command line as well; the stand-in never replaces a real model."""

from __future__ import annotations

import json
import re

import pytest

from assistant.settings import ConfigError, Settings
from assistant.stand_in import StandIn
from evaluation.result import load_accepted
from evaluation.run import accept, evaluate, main
from tests.scripted_model import Scripted


@pytest.fixture
def from_the_terminal(project: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The project that the commands work on."""
    monkeypatch.setattr(Settings, "load", lambda: project)
    return project


def test_accepting_records_the_result_and_evaluating_alone_does_not(from_the_terminal: Settings) -> None:
    assert main([]) == 0
    assert not from_the_terminal.accepted_file.exists()
    assert main(["--accept"]) == 0
    assert load_accepted(from_the_terminal.accepted_file) == evaluate(from_the_terminal, StandIn())[0]


def test_what_the_gate_stops_is_not_recorded(from_the_terminal: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    file = from_the_terminal.prompt_file
    file.write_text(re.sub(r"\n- .*", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert main(["--accept"]) == 1
    assert "stops this prompt" in capsys.readouterr().err
    assert not from_the_terminal.accepted_file.exists()


def test_the_stand_in_does_not_replace_what_a_real_model_reached(project: Settings) -> None:
    real, _ = evaluate(project, Scripted())
    accept(project, real)
    with pytest.raises(ConfigError, match="scripted"):
        accept(project, evaluate(project, StandIn())[0])
    assert load_accepted(project.accepted_file) == real


def test_a_damaged_record_is_named(from_the_terminal: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    from_the_terminal.accepted_file.write_text(json.dumps({"share": 1}), encoding="utf-8")
    assert main([]) == 1
    assert "accepted.json is damaged" in capsys.readouterr().err
