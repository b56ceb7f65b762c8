"""ML Test Score, infrastructure: the whole pipeline runs, and running it again gives the same model."""

from __future__ import annotations

import pytest

from pipeline.run import STAGES, run
from pipeline.settings import Settings
from pipeline.stages import StageFailed, read_json
from pipeline.tracking import connect

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


def test_a_run_that_fails_early_is_recorded_too(project: Settings) -> None:
    """The model is debuggable: why a run ended is kept, so that nobody has to search old logs."""
    project.data_file.write_text("no,such,columns\n1,2,3\n", encoding="utf-8")
    with pytest.raises(StageFailed):
        run(project)
    (kept,) = connect(project).search_runs([_experiment(project)])
    assert kept.info.status == "FAILED"
    assert kept.data.tags["failed_stage"] == "validate"
    assert "is missing" in kept.data.tags["reason"]


def _experiment(project: Settings) -> str:
    found = connect(project).get_experiment_by_name(project.model_name)
    assert found is not None
    return str(found.experiment_id)


@pytest.mark.parametrize(("stage", "before"), [("split", "validate"), ("train", "split"), ("evaluate", "train")])
def test_a_stage_without_its_input_says_which_stage_comes_first(project: Settings, stage: str, before: str) -> None:
    """The ML pipeline is integration tested: stages can be run alone, and explain what they lack."""
    with pytest.raises(StageFailed, match=f"pipeline.{before}"):
        STAGES[stage](project)
