"""ML Test Score, infrastructure: the whole pipeline runs, and running it again gives the same model."""

from __future__ import annotations

import pytest

from pipeline.run import STAGES
from pipeline.settings import Settings
from pipeline.stages import StageFailed, read_json

BEFORE_REGISTRATION = tuple(name for name in STAGES if name != "register")


def test_the_pipeline_runs_from_data_to_champion(trained: Settings) -> None:
    """The ML pipeline is integration tested: every stage leaves what the next one needs."""
    for name in ("validated.csv", "train.csv", "test.csv", "model.skops", "evaluation.json", "reference.json"):
        assert (trained.build / name).stat().st_size > 0
    assert (trained.reports / "model-card.md").exists()


def test_the_same_data_and_seed_give_the_same_model_and_metrics(trained: Settings, project: Settings) -> None:
    """Training is reproducible: a second run elsewhere ends with the same metrics and the same predictions."""
    for name in BEFORE_REGISTRATION:
        STAGES[name](project)
    first, second = (read_json(s.build / "evaluation.json", "evaluate") for s in (trained, project))
    assert first["metrics"] == second["metrics"]
    assert first["slices"] == second["slices"]
    assert (trained.build / "reference.json").read_bytes() == (project.build / "reference.json").read_bytes()


@pytest.mark.parametrize(("stage", "before"), [("split", "validate"), ("train", "split"), ("evaluate", "train")])
def test_a_stage_without_its_input_says_which_stage_comes_first(project: Settings, stage: str, before: str) -> None:
    """The ML pipeline is integration tested: stages can be run alone, and explain what they lack."""
    with pytest.raises(StageFailed, match=f"pipeline.{before}"):
        STAGES[stage](project)
