"""The project of a team that trains nothing: what is in it, what is not, and what every sentence of it speaks of."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from assessments.library.packs import library
from canvas.method.load import shipped
from canvas.reading.types import RequirementValue
from templates.plan import make_plan
from templates.scaffold.parts import shipped_parts
from templates.scaffold.project import Project
from templates.scaffold.render import render_project
from templates.scaffold.select import select
from tests.scaffold_support import HOSTILE, plan, project, text, workshop

READY_MADE: dict[str, RequirementValue] = {"model-source": "ready-made"}
GITLAB = {"pipeline.ci": "gitlab-ci", "foundations.repository": "gitlab", "deployment.packaging": "none-yet"}
CASES: tuple[tuple[dict[str, RequirementValue], dict[str, str]], ...] = (
    ({"fallback": "person", "task-type": "generation", "input-kind": "text"}, {}),
    ({"fallback": "rule", "personal-data": True, "requests-per-day": 50_000, "retraining": "weekly"}, GITLAB),
    ({"prediction-timing": "batch", "input-kind": "image"}, {"serving.runtime": "batch-job", "pipeline.ci": "jenkins"}),
    ({"fallback": "former-model"}, {"experiments.tracking": "none-yet", "pipeline.ci": "none-yet"}),
)

# What only a team that trains would have. "train" is in "constraint" as well, so words are looked for from their start.
TRAINING = re.compile(
    r"\b(re)?train|classif|feature[ -]store|champion|hyperparam|\bdrift|mlflow|scikit|sklearn|pandas|"
    r"sample\.csv|pipeline/|registry/",
    re.I,
)


@pytest.fixture(params=CASES, ids=str)
def made(request: pytest.FixtureRequest) -> Project:
    requirements, decisions = request.param
    return project({**READY_MADE, **requirements}, decisions)


def test_nothing_speaks_of_training(made: Project) -> None:
    for file in made.files:
        # The workshop holds the team's own answers, and the baseline is the other files once more.
        if file.path.startswith(".stack-canvas/") and not file.path.endswith("manifest.json"):
            continue
        # Records are the team's own decisions. The list of decisions without files has to name what is not there.
        content = file.content.decode("utf-8")
        if file.path == "docs/adoption.md":
            content = re.sub(r"## Nothing to do\n.*?(?=\n## )", "", content, flags=re.S)
        if not file.path.startswith("docs/adr/"):
            found = TRAINING.search(content)
            assert found is None, f"{file.path}: {content[max(0, found.start() - 60) : found.end() + 40]!r}"


def test_the_words_of_training_are_found_where_a_team_trains() -> None:
    for path in ("README.md", "Makefile", "docs/runbook.md", "config/project.yaml", "docs/adoption.md"):
        assert TRAINING.search(text(project({"model-source": "own"}), path))


@pytest.mark.parametrize("source", [None, "own", "tuned"])
def test_everybody_else_gets_the_project_that_trains(source: str | None) -> None:
    usual = {file.path for file in project({"model-source": source} if source else {}).files}
    assert {"pipeline/train.py", "serving/answers.py", "data/sample.csv"} <= usual
    assert not [path for path in usual if path.startswith(("assistant/", "evaluation/", "prompts/"))]


def test_a_model_that_is_trained_further_gets_a_step_for_it() -> None:
    titles = {source: {s.title for s in project({"model-source": source}).manual_steps} for source in ("own", "tuned")}
    assert titles["tuned"] - titles["own"] == {"Start from the ready-made model"}


def test_every_slot_is_covered_or_says_that_nothing_is_to_do(made: Project) -> None:
    named = {step.slot: step for step in made.not_applicable}
    assert {"experiments.framework", "features.store", "registry.models", "monitoring.drift"} <= set(named)
    assert all(step.text for step in named.values())
    assert not set(named) & {step.slot for step in made.manual_steps}
    listed = text(made, "docs/adoption.md").split("## Nothing to do")[1].split("\n## ")[0]
    assert all(f"| {step.slot_title} |" in listed for step in named.values())


def test_no_slot_that_does_not_apply_is_in_the_tables_of_decisions_or_the_picture(made: Project) -> None:
    # The record of a decision stays in the list of files, whatever it is about.
    for page in (text(made, "docs/files.md").split("## Files")[0], text(made, "docs/architecture.md")):
        for step in made.not_applicable:
            assert f"| {step.slot_title} |" not in page
    assert "scikit-learn" not in text(made, "docs/architecture.md")


def test_a_tool_that_was_decided_although_this_project_has_no_files_for_it_is_wired_in_by_hand() -> None:
    made = project(READY_MADE, {"data.storage": "postgresql"})
    (step,) = [step for step in made.manual_steps if step.slot == "data.storage"]
    assert (step.kind, step.title) == ("by-hand", f"Wire in {shipped().catalog['postgresql'].title}")
    assert "data.storage" not in {step.slot for step in made.not_applicable}


def test_only_practices_of_chosen_files_are_claimed(made: Project) -> None:
    paths = {file.path for file in made.files}
    claimed = {claim.id: claim.evidence for claim in made.practices}
    assert set(claimed.values()) <= paths
    assert {"deployment.quality-gate", "foundations.secrets"} <= set(claimed)
    assert not [id_ for id_ in claimed if id_.startswith(("training.", "features.", "data.", "experiments.", "model."))]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("person", "person"), ("rule", "rule"), ("last-good", "last-good"), ("none", "none"), ("former-model", "none")],
)
def test_the_fall_back_of_phase_zero_is_the_one_that_is_called(answer: str, kind: str) -> None:
    made = project({**READY_MADE, "fallback": answer})
    assert yaml.safe_load(text(made, "config/project.yaml"))["fallback"]["kind"] == kind
    assert ("deployment.fallback" in {claim.id for claim in made.practices}) == (kind != "none")


def test_an_open_fall_back_is_none_and_said_to_be_open() -> None:
    config = text(project(READY_MADE), "config/project.yaml")
    assert "kind: none  # open (open in phase zero)" in config


def test_every_fall_back_that_can_be_answered_gives_a_configuration() -> None:
    for option in shipped().requirements["fallback"].options:
        config = yaml.safe_load(text(project({**READY_MADE, "fallback": option.id}), "config/project.yaml"))
        assert config["fallback"]["kind"] in ("last-good", "rule", "person", "none")


@pytest.mark.parametrize(("expected", "budget"), [(0, 200), (20, 200), (50_000, 100_000)])
def test_the_budget_leaves_room_for_twice_the_busiest_day(expected: int, budget: int) -> None:
    config = yaml.safe_load(text(project({**READY_MADE, "requests-per-day": expected}), "config/project.yaml"))
    assert config["budget"] == {"requests_per_day": budget, "tokens_per_day": budget * 1500}


@pytest.mark.parametrize(("latency", "timeout"), [(200, 20), (10_000, 20), (30_000, 60), (900_000, 600)])
def test_an_answer_has_twice_the_time_that_most_have(latency: float, timeout: float) -> None:
    config = yaml.safe_load(text(project({**READY_MADE, "latency-p95": latency}), "config/project.yaml"))
    assert config["model"]["timeout_seconds"] == timeout


def test_text_of_people_is_never_logged_unless_somebody_decides_so(made: Project) -> None:
    assert yaml.safe_load(text(made, "config/project.yaml"))["serving"]["log_text"] is False


def test_only_what_this_project_reads_is_called_assumed() -> None:
    assumed = text(project(READY_MADE), "docs/adoption.md").split("## What is assumed")[1]
    titles = [line.split(":")[0].removeprefix("- ") for line in assumed.splitlines() if line.startswith("- ")]
    known = shipped().requirements
    assert titles == [known["requests-per-day"].title]


def test_each_host_gets_its_evaluation() -> None:
    github = yaml.safe_load(text(project(READY_MADE), ".github/workflows/evaluate.yml"))
    steps = github["jobs"]["evaluate"]["steps"]
    assert {"run": "make setup"} in steps
    assert [step["env"] for step in steps if step.get("run") == "make evaluate"] == [
        {"MODEL_API_KEY": "${{ secrets.MODEL_API_KEY }}"}
    ]
    gitlab = yaml.safe_load(text(project(READY_MADE, GITLAB), ".gitlab-ci.yml"))
    assert gitlab["stages"] == ["check", "evaluate"]
    assert gitlab["evaluate"]["script"] == ["make setup", "make evaluate"]
    assert "train" not in gitlab


def test_every_command_that_is_named_is_one_that_make_has(made: Project) -> None:
    makefiles = [f for f in made.files if f.path == "Makefile" or f.path.startswith("make/")]
    known = {name for f in makefiles for name in re.findall(r"^([a-z-]+):", f.content.decode(), re.M)}
    for file in made.files:
        if file.path.endswith((".md", ".yml", ".yaml", "Dockerfile")) and not file.path.startswith(".stack-canvas"):
            named = set(
                re.findall(
                    r"`make ([a-z-]+)|^ *- (?:run: )?make ([a-z-]+)|^make ([a-z-]+)", file.content.decode(), re.M
                )
            )
            assert {name for found in named for name in found if name} <= known, file.path


def test_serving_in_another_way_keeps_the_service_as_a_stand_in_and_says_so() -> None:
    made = project(
        {**READY_MADE, "prediction-timing": "batch"}, {"serving.runtime": "batch-job", "serving.pattern": "precompute"}
    )
    assert made.file("serving/app.py")
    kinds = {(step.slot, step.kind) for step in made.manual_steps}
    assert {("serving.runtime", "no-part"), ("serving.pattern", "no-part")} <= kinds
    assert "Ask from where answers are needed" in {step.title for step in made.manual_steps}
    assert "monitoring.data-invariants" not in {claim.id for claim in made.practices}


def test_hostile_text_is_harmless_here_too() -> None:
    facts = {**READY_MADE, "prediction-target": HOSTILE[:200], "users": HOSTILE[:200], "fallback": "person"}
    made = render_project(make_plan(workshop(facts, title=HOSTILE[:200], because=HOSTILE), shipped(), library()))
    assert yaml.safe_load(text(made, "config/project.yaml"))["title"] == HOSTILE[:200]
    for file in made.files:
        if not file.path.endswith((".md", ".zip", ".workshop.yaml")) and file.path != "config/project.yaml":
            assert b"drop table" not in file.content, file.path


def test_what_was_accepted_is_the_prompt_that_is_delivered(tmp_path: Path) -> None:
    made = project(READY_MADE)
    accepted = json.loads(text(made, "evaluation/accepted.json"))
    ids = [question["id"] for question in yaml.safe_load(text(made, "evaluation/questions.yaml"))["questions"]]
    assert [question["id"] for question in accepted["questions"]] == ids
    assert accepted["stand_in"] is True
    assert not any(question["shortcomings"] for question in accepted["questions"])


def test_no_part_of_one_kind_of_project_is_in_the_other() -> None:
    ready, own = (
        {loaded.part.id for loaded in select(plan({"model-source": source}), shipped_parts()).parts}
        for source in ("ready-made", "own")
    )
    assert ready & own == {"project", "pip-venv", "github", "github-actions"}
