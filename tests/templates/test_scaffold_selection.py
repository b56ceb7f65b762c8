from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.library.load import shipped as shipped_library
from canvas.method.load import shipped
from templates.errors import ScaffoldError
from templates.scaffold.definitions import Dependency, release
from templates.scaffold.parts import load_parts, shipped_parts
from templates.scaffold.select import merged, select
from templates.scaffold.values import sample_of
from tests.scaffold_support import copied_part, plan, project, rewrite, text

CONTENT = shipped()
SLOTS = list(CONTENT.slots)
UNSERVED = [
    (slot, entry.id)
    for slot in SLOTS
    for entry in CONTENT.options(slot)
    if not any(p.part.serves_choice(slot, entry.id) for p in shipped_parts().values())
]


def chosen(**requirements: str) -> set[str]:
    made = plan({name.replace("_", "-"): value for name, value in requirements.items()})
    return {loaded.part.id for loaded in select(made, shipped_parts()).parts}


def options(requirement: str) -> list[str]:
    return [option.id for option in CONTENT.requirements[requirement].options]


def test_without_any_decision_the_embedded_stack_is_chosen() -> None:
    selection = select(plan(), shipped_parts())
    assert set(selection.coverage.values()) == {"served"}
    assert {step.kind for step in selection.steps} == {"to-do"}


def test_every_task_and_input_has_exactly_one_sample() -> None:
    for task, kind in product(options("task-type"), options("input-kind")):
        selection = select(plan({"task-type": task, "input-kind": kind}), shipped_parts())
        assert sample_of(selection).task == (
            "regression" if task in ("regression", "forecasting") else "classification"
        )


@pytest.mark.parametrize("task", ["multi-label", "ranking", "anomaly-detection", "clustering", "generation", "other"])
@pytest.mark.parametrize("kind", ["tabular", "text"])
def test_a_task_without_its_own_sample_is_named_as_a_step(task: str, kind: str) -> None:
    usual = {step.title for step in project({"task-type": "binary-classification", "input-kind": kind}).manual_steps}
    stand_in = {step.title for step in project({"task-type": task, "input-kind": kind}).manual_steps}
    # The metric that goes with such a task is often none that the stand-in computes.
    assert len(stand_in - usual - {"Choose the metric of the gate"}) == 1


@pytest.mark.parametrize(("slot", "choice"), UNSERVED)
def test_a_choice_without_a_part_gets_the_stand_in_and_a_named_step(slot: str, choice: str) -> None:
    selection = select(plan(decisions={slot: choice}), shipped_parts())
    default = CONTENT.slots[slot].default
    assert selection.coverage[slot] == "stand-in"
    assert any(loaded.part.serves_choice(slot, default) for loaded in selection.parts)
    (step,) = [step for step in selection.steps if step.kind == "no-part"]
    assert (step.slot, step.title) == (slot, CONTENT.catalog[choice].title)


def test_free_text_as_a_choice_gets_a_step_in_the_teams_own_words() -> None:
    made = project(decisions={"data.storage": "other: our old mainframe"})
    (step,) = [step for step in made.manual_steps if step.kind == "no-part"]
    assert "our old mainframe" in step.title
    assert CONTENT.catalog["local-files"].title in step.text
    assert "our old mainframe" in text(made, "docs/adoption.md")


def test_practices_of_a_stand_in_are_not_claimed() -> None:
    usual = {claim.id for claim in project().practices}
    without = {claim.id for claim in project(decisions={"data.validation": "great-expectations"}).practices}
    assert {"data.schema", "features.rules", "data.privacy"} <= usual - without


def test_practices_of_a_service_are_not_claimed_when_another_runtime_is_decided() -> None:
    made = project(decisions={"serving.runtime": "kserve", "serving.pattern": "model-as-service"})
    assert made.file("serving/app.py")
    assert "serving.prediction-log" not in {claim.id for claim in made.practices}


def test_tests_count_as_automated_only_with_continuous_integration() -> None:
    with_ci = {claim.id: claim.value for claim in project().practices}
    without = {claim.id: claim.value for claim in project(decisions={"pipeline.ci": "none-yet"}).practices}
    other = {claim.id: claim.value for claim in project(decisions={"pipeline.ci": "jenkins"}).practices}
    for practice in ("features.tests", "training.reproducible", "pipeline.integration-test", "deployment.rollback"):
        assert (with_ci[practice], without[practice], other[practice]) == ("automated", "manual", "manual")


def test_the_prediction_log_is_off_and_not_claimed_with_personal_data() -> None:
    made = project({"personal-data": True})
    assert "log_inputs: false" in text(made, "config/project.yaml")
    assert "serving.prediction-log" not in {claim.id for claim in made.practices}


def test_none_yet_leaves_an_optional_part_out_and_says_so() -> None:
    made = project(decisions={"pipeline.ci": "none-yet"})
    assert not [file.path for file in made.files if file.path.startswith(".github/workflows")]
    assert [step.kind for step in made.manual_steps if step.slot == "pipeline.ci"] == ["left-out"]


def test_none_yet_keeps_a_part_that_the_project_needs_and_says_so() -> None:
    made = project(decisions={"registry.models": "none-yet"})
    assert made.file("pipeline/registry.py")
    assert "none-yet" in {step.kind for step in made.manual_steps if step.slot == "registry.models"}
    assert "registry.versions" not in {claim.id for claim in made.practices}


def test_batch_scoring_comes_with_the_service() -> None:
    for decisions in ({"serving.runtime": "batch-job"}, {"serving.pattern": "precompute"}):
        paths = {file.path for file in project(decisions=decisions).files}
        assert {"serving/batch.py", "make/predict.mk", "serving/app.py"} <= paths
    assert "serving/batch.py" not in {file.path for file in project().files}


def test_gitlab_replaces_github() -> None:
    paths = {f.path for f in project(decisions={"pipeline.ci": "gitlab-ci", "foundations.repository": "gitlab"}).files}
    assert ".gitlab-ci.yml" in paths
    assert not [path for path in paths if path.startswith(".github")]


def test_each_unsuitable_metric_is_replaced_and_named() -> None:
    for task, metric in product(options("task-type"), options("main-metric")):
        made = project({"task-type": task, "main-metric": metric})
        told = [step for step in made.manual_steps if step.title == "Choose the metric of the gate"]
        assert len(told) == (f"metric: {metric} " not in text(made, "config/project.yaml"))


@pytest.mark.parametrize(("task", "metric"), [("regression", "mape"), ("multi-label", "macro-f1")])
def test_a_metric_that_suits_the_task_and_is_not_computed_is_not_called_unsuitable(task: str, metric: str) -> None:
    made = project({"task-type": task, "main-metric": metric})
    assert "this project does not compute the metric of phase zero" in text(made, "config/project.yaml")
    (told,) = [step.text for step in made.manual_steps if step.title == "Choose the metric of the gate"]
    assert "is not one that pipeline/metrics.py computes" in told


def test_an_assumed_threshold_is_not_used_for_another_metric() -> None:
    assert "threshold: null" in text(project({"main-metric": "log-loss"}), "config/project.yaml")
    assert "threshold: 0.3 " in text(
        project({"main-metric": "log-loss", "metric-threshold": 0.3}), "config/project.yaml"
    )


@given(
    st.dictionaries(st.sampled_from(SLOTS), st.sampled_from(["none-yet", "other: x", *CONTENT.catalog]), max_size=18)
)
@settings(max_examples=60, deadline=None)
def test_any_set_of_decisions_gives_a_selection(decisions: dict[str, str]) -> None:
    fitting = {
        slot: choice
        for slot, choice in decisions.items()
        if choice not in CONTENT.catalog or slot in CONTENT.catalog[choice].slots
    }
    selection = select(plan(decisions=fitting), shipped_parts())
    assert set(selection.coverage) == set(SLOTS)
    for slot, covered in selection.coverage.items():
        named = {step.kind for step in selection.steps if step.slot == slot}
        assert (covered == "served") == named.isdisjoint({"no-part", "none-yet", "left-out"})
    assert {claim.id for claim in selection.practices} <= set(shipped_library().practices)


def test_bounds_of_the_same_distribution_are_narrowed() -> None:
    wide = Dependency(name="Thing", at_least="1.2", below="3")
    narrow = Dependency(name="thing", at_least="1.10", below="2.0")
    (found,) = merged([wide, narrow])
    assert (found.at_least, found.below) == ("1.10", "2.0")
    with pytest.raises(ScaffoldError, match="No release of thing"):
        merged([wide, Dependency(name="thing", at_least="3", below="4")])


def test_releases_compare_as_numbers() -> None:
    assert release("1.10") > release("1.9")
    assert release("2.0") == release("2")


def test_two_parts_with_the_same_file_are_refused(tmp_path: Path) -> None:
    for name in ("project", "local-files", "docker"):
        copied_part(tmp_path, name)
    docker = tmp_path / "docker"
    (docker / "files/data").mkdir()
    (docker / "files/data/readme.MD").write_text("x", encoding="utf-8")
    listed = yaml.safe_load((docker / "part.yaml").read_text(encoding="utf-8"))["files"]
    same = {"path": "data/readme.MD", "owner": "seed", "slots": ["deployment.packaging"], "because": "x"}
    rewrite(docker / "part.yaml", files=[*listed, same])
    with pytest.raises(ScaffoldError, match=r"both bring data/readme\.md"):
        select(plan(), load_parts(tmp_path, CONTENT, shipped_library().practices))


def test_parts_fit_the_kind_of_data() -> None:
    assert "sample-text-classification" in chosen(input_kind="text")
    assert "sample-tabular-regression" in chosen(task_type="forecasting")
    assert "sample-tabular-classification" in chosen(task_type="binary-classification")


def test_a_part_brings_along_only_what_fits_the_answers(tmp_path: Path) -> None:
    for name in shipped_parts():
        copied_part(tmp_path, name)
    rewrite(tmp_path / "answer-image/part.yaml", includes=["answer-service", "make"])
    parts = load_parts(tmp_path, CONTENT, shipped_library().practices)
    selected = {loaded.part.id for loaded in select(plan({"model-source": "ready-made"}), parts).parts}
    assert {"answer-image", "answer-service"} <= selected
    assert "make" not in selected
