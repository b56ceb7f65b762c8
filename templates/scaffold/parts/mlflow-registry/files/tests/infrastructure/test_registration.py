"""ML Test Score, infrastructure: only a model that passed its gate is registered, and an earlier one can come back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipeline import register as stage
from pipeline.model import load
from pipeline.registry import champion, versions
from pipeline.rollback import rollback
from pipeline.schema import Schema
from pipeline.settings import Settings
from pipeline.stages import StageFailed, read_json, write_json


@pytest.fixture
def copy(trained: Settings, tmp_path: Path) -> Settings:
    """A trained project that a test may change. Moving it also shows that the registry holds no absolute paths."""
    shutil.copytree(trained.root, tmp_path / "moved")
    return Settings.load(tmp_path / "moved")


def test_a_model_below_the_gate_is_not_registered(copy: Settings) -> None:
    """Model quality is validated before serving: a failed gate leaves the champion as it was."""
    verdict = read_json(copy.build / "evaluation.json", "evaluate")
    write_json(copy.build / "evaluation.json", {**verdict, "passed": False, "sentence": "gate FAILED: made up"})
    with pytest.raises(StageFailed, match=r"(?s)gate FAILED.*Nothing was registered"):
        stage.register(copy)
    assert versions(copy) == ["1"]
    assert champion(copy).version == "1"


def test_an_evaluation_of_another_model_does_not_count(copy: Settings) -> None:
    """Model quality is validated before serving: the verdict is bound to the file it was measured on."""
    with (copy.build / "model.skops").open("ab") as file:
        file.write(b" ")
    with pytest.raises(StageFailed, match="another model file"):
        stage.register(copy)
    assert versions(copy) == ["1"]


def test_the_registered_model_predicts_like_the_trained_one(
    copy: Settings, schema: Schema, unseen_rows: pd.DataFrame
) -> None:
    """The ML pipeline is integration tested: nothing is lost between training and registry, also after a move."""
    trained = load(copy.build / "model.skops", schema).predict(unseen_rows)
    assert list(champion(copy).model.predict(unseen_rows).values) == list(trained.values)


def test_an_earlier_version_can_be_put_back(copy: Settings) -> None:
    """Serving models can be rolled back: by one command, to any registered version."""
    stage.register(copy)
    assert champion(copy).version == "2"
    assert "version 1 is the champion again" in rollback(copy)
    assert champion(copy).version == "1"
    rollback(copy, to="2")
    assert champion(copy).version == "2"
    with pytest.raises(StageFailed, match="no version 9"):
        rollback(copy, to="9")


def test_there_is_nothing_to_roll_back_to_at_first(copy: Settings) -> None:
    """Serving models can be rolled back: the first version has no predecessor, and the message says so."""
    with pytest.raises(StageFailed, match="no earlier version"):
        rollback(copy)
