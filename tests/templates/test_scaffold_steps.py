"""What a choice means for people: not applicable, like a catalog entry, beside the main one, left out by a rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml

from assessments.library.packs import library
from canvas.document.workshop import Decision, Requirement
from canvas.method.load import shipped
from canvas.reading.types import NOT_APPLICABLE
from templates.plan import Plan, make_plan
from templates.scaffold.parts import shipped_parts
from templates.scaffold.project import Project
from templates.scaffold.render import render_project
from templates.scaffold.select import Selection, select
from tests.scaffold_support import plan, text, workshop

WORDS = "our own Kotlin service"


def deciding(slot: str, choice: str, because: str = "It fits.", source: str = "own", **more: Any) -> Plan:
    """Return a plan in which one slot is decided, by a decision with further properties."""
    decision = Decision(number=1, slot=slot, status="accepted", choice=choice, because=because, **more)
    made = workshop({"model-source": source}).model_copy(update={"decisions": (decision,)})
    return make_plan(made, shipped(), library())


def kinds(made: Selection, slot: str) -> list[str]:
    return [step.kind for step in made.steps if step.slot == slot and step.kind != "to-do"]


def claimed(made: Project) -> set[str]:
    return {claim.id for claim in made.practices}


def test_what_does_not_apply_leaves_nothing_to_do_and_says_why() -> None:
    made = render_project(deciding("deployment.packaging", NOT_APPLICABLE, "A buyer packs it."))
    assert not [file.path for file in made.files if file.path == "Dockerfile"]
    assert not [step for step in made.manual_steps if step.slot == "deployment.packaging"]
    (step,) = made.not_applicable
    assert (step.slot, step.kind, step.text) == ("deployment.packaging", "not-applicable", "A buyer packs it.")
    assert "| Packaging | A buyer packs it. |" in text(made, "docs/adoption.md")
    assert "Docker image" not in text(made, "docs/architecture.md")


@pytest.mark.parametrize("slot", ["experiments.framework", "registry.models", "foundations.environment"])
def test_what_does_not_apply_and_is_needed_to_run_is_kept_and_says_so(slot: str) -> None:
    made = render_project(deciding(slot, NOT_APPLICABLE, "We have none."))
    (step,) = [step for step in made.manual_steps if step.slot == slot and step.kind != "to-do"]
    assert step.kind == "kept"
    assert "We have none." in step.text
    default = shipped().catalog[shipped().slots[slot].default].title
    assert default in step.title
    assert [file for file in made.files if slot in file.slots]


def test_what_does_not_apply_is_not_claimed() -> None:
    lost = claimed(render_project(plan())) - claimed(render_project(deciding("data.validation", NOT_APPLICABLE)))
    assert "data.schema" in lost


def test_words_tied_to_an_entry_with_a_part_get_that_part_as_their_stand_in() -> None:
    made = deciding("serving.runtime", f"other: {WORDS}", like="batch-job")
    selection = select(made, shipped_parts())
    assert "batch-job" in {loaded.part.id for loaded in selection.parts}
    assert (kinds(selection, "serving.runtime"), selection.coverage["serving.runtime"]) == (["like"], "stand-in")
    project = render_project(made)
    (step,) = [step for step in project.manual_steps if step.kind == "like"]
    title = shipped().catalog["batch-job"].title
    assert WORDS in step.title
    assert f"which you said is like {title}" in step.text
    assert "serving/batch.py" in text(project, "docs/adoption.md").split(step.title)[1].split("\n## ")[0]
    assert "serving.prediction-log" not in claimed(project)


def test_words_tied_to_an_entry_without_a_part_get_the_default_as_their_stand_in() -> None:
    selection = select(deciding("serving.runtime", f"other: {WORDS}", like="kserve"), shipped_parts())
    assert kinds(selection, "serving.runtime") == ["no-part"]
    assert "fastapi" in {loaded.part.id for loaded in selection.parts}


def test_each_further_choice_beside_the_main_one_is_wired_in_by_hand() -> None:
    made = deciding("experiments.framework", "scikit-learn", beside=("pytorch", f"other: {WORDS}"))
    selection = select(made, shipped_parts())
    assert selection.coverage["experiments.framework"] == "served"
    project = render_project(made)
    beside = [step for step in project.manual_steps if step.kind == "beside"]
    assert [step.title for step in beside] == [
        "Wire in PyTorch, beside scikit-learn",
        f"Wire in {WORDS}, beside scikit-learn",
    ]
    row = next(
        line for line in text(project, "docs/files.md").splitlines() if line.startswith("| Training framework |")
    )
    assert f"[scikit-learn, beside it PyTorch and {WORDS}](adr/0001-experiments-framework.md)" in row
    assert claimed(project) == claimed(render_project(plan({"model-source": "own"})))


@pytest.mark.parametrize("choice", ["pytorch", "none-yet", "not-applicable", f"other: {WORDS}"])
def test_a_slot_that_a_rule_takes_out_leaves_nothing_to_do_whatever_was_decided(choice: str) -> None:
    made = render_project(deciding("experiments.framework", choice, source="ready-made"))
    (step,) = [step for step in made.not_applicable if step.slot == "experiments.framework"]
    rules = shipped().omissions.values()
    assert step.text in [rule.slots.get("experiments.framework") for rule in rules]
    assert "experiments.framework" not in {step.slot for step in made.manual_steps}


def test_a_part_for_a_slot_that_a_rule_takes_out_is_not_chosen() -> None:
    usual = deciding("deployment.packaging", "docker")
    gone = replace(
        usual.choices["deployment.packaging"],
        choice=NOT_APPLICABLE,
        status="omitted",
        because="The rule says so.",
        absent="The rule says so.",
    )
    made = render_project(replace(usual, choices={**usual.choices, "deployment.packaging": gone}))
    assert "Dockerfile" not in {file.path for file in made.files}
    assert [(step.slot, step.text) for step in made.not_applicable] == [("deployment.packaging", "The rule says so.")]


def test_nothing_to_do_is_told_apart_from_what_is_to_do() -> None:
    made = render_project(deciding("pipeline.ci", NOT_APPLICABLE, "A build server of another team."))
    assert {step.kind for step in made.not_applicable} == {"not-applicable"}
    assert "not-applicable" not in {step.kind for step in made.manual_steps}


READ = ("task-type", "input-kind", "main-metric", "metric-threshold", "metric-baseline", "latency-p95", "retraining")
READ_TOO = ("requests-per-day", "fallback", "personal-data", "prediction-timing", "prediction-target", "model-owner")


@pytest.mark.parametrize("source", ["own", "ready-made"])
@pytest.mark.parametrize("absent", [(id_,) for id_ in (*READ, *READ_TOO)] + [(*READ, *READ_TOO)], ids=str)
def test_a_fact_that_does_not_apply_still_gives_a_project_that_can_run(source: str, absent: tuple[str, ...]) -> None:
    made = workshop({"model-source": source})
    gone = tuple(Requirement(id=id_, state="not-applicable", reason="Not here.") for id_ in absent)
    said = made.model_copy(update={"requirements": (*made.requirements, *gone)})
    project = render_project(make_plan(said, shipped(), library()))
    config = text(project, "config/project.yaml")
    read = yaml.safe_load(config)
    # Nothing is assumed of a model that somebody else runs.
    assert read["serving"]["latency_p95_ms"] == (200 if source == "own" else None)
    if source == "own":
        assert read["task"]["kind"] == "classification"
        assert read["gate"]["metric"] == "roc-auc"
        assert read["monitoring"]["max_model_age_days"] == (365 if "retraining" in absent else 90)
    if source == "own" and "latency-p95" in absent:
        assert "latency_p95_ms: 200.0  # said not to apply" in config
    assert "None ms" not in text(project, "docs/runbook.md")


def readme(**facts: Any) -> str:
    return text(render_project(plan({"model-source": "own", **facts})), "README.md")


STANDS_IN = "Where it is a stand-in for what was chosen"


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"task-type": "multi-label"}, "- It predicts one class for each row, in place of several labels or none."),
        ({"input-kind": "image"}, "- It reads a table of numbers and categories, in place of images."),
        ({"input-kind": "image", "task-type": "regression"}, "in place of your kind of input."),
        (
            {"input-kind": "text", "task-type": "clustering"},
            "- It holds a classification of texts, in place of your task.",
        ),
        ({"main-metric": "map"}, "- The gate uses roc-auc, in place of the main metric."),
        ({"model-source": "tuned"}, "in place of the ready-made one that you train further."),
    ],
)
def test_the_readme_says_first_what_the_project_holds_in_place_of_what_was_said(
    facts: dict[str, Any], says: str
) -> None:
    opening = readme(**facts).split("## Start")[0]
    assert STANDS_IN in opening
    assert says in opening


def test_the_readme_of_a_project_that_holds_what_was_chosen_names_no_stand_in() -> None:
    said = {"task-type": "binary-classification", "input-kind": "tabular", "main-metric": "roc-auc"}
    made = readme(**said)
    assert STANDS_IN not in made
    assert "it learns from invented rows and predicts whether a machine breaks down" in made.split("## Start")[0]


@pytest.mark.parametrize(
    ("choice", "more", "says"),
    [
        ("pytorch", {}, "- Training framework: scikit-learn stands in for PyTorch."),
        (
            "scikit-learn",
            {"beside": ("pytorch",)},
            "- Training framework: PyTorch, named beside scikit-learn, is not in it.",
        ),
        (f"other: {WORDS}", {"like": "scikit-learn"}, f"- Training framework: scikit-learn stands in for {WORDS}."),
    ],
)
def test_the_readme_says_first_which_tools_are_stood_in_for(choice: str, more: dict[str, Any], says: str) -> None:
    made = render_project(deciding("experiments.framework", choice, **more))
    assert says in text(made, "README.md").split("## Start")[0]


def test_the_readme_of_a_project_on_a_ready_made_model_names_its_stand_ins_too() -> None:
    made = render_project(deciding("serving.runtime", f"other: {WORDS}", source="ready-made", like="fastapi"))
    assert f"- Serving runtime: FastAPI stands in for {WORDS}." in text(made, "README.md").split("## Start")[0]


@pytest.mark.parametrize(
    ("facts", "empty"),
    [
        ({"main-metric": "roc-auc", "metric-threshold": 0.8}, False),
        ({"main-metric": "map", "metric-threshold": 0.6}, True),
    ],
)
def test_no_page_promises_a_threshold_that_the_gate_does_not_have(facts: dict[str, Any], empty: bool) -> None:
    made = render_project(plan({"model-source": "own", **facts}))
    config = yaml.safe_load(text(made, "config/project.yaml"))
    assert (config["gate"]["threshold"] is None) is empty
    pages = text(made, "README.md"), text(made, "data/README.md")
    assert not any("threshold you decided" in page or "your own threshold" in page for page in pages)
    assert ("`gate.threshold` is empty there: this project does not compute" in pages[0]) is empty


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("accepted", "The decision for Training framework is PyTorch, and"),
        ("proposed", "The proposal for Training framework is PyTorch, and"),
        ("draft", "The draft for Training framework is PyTorch, and"),
    ],
)
def test_a_step_calls_a_choice_what_it_is(status: str, says: str) -> None:
    number = None if status == "draft" else 1
    said = {"number": number, "slot": "experiments.framework", "status": status, "choice": "pytorch"}
    made = workshop({"model-source": "own"}).model_copy(update={"decisions": (Decision.model_validate(said),)})
    page = text(render_project(make_plan(made, shipped(), library())), "docs/adoption.md")
    assert says in page
    assert ("The decision for Training framework" in page) == (status == "accepted")


NEVER = {
    "never": Requirement(id="retraining", value="never", state="decided"),
    "does not apply": Requirement(id="retraining", state="not-applicable", reason="The team retrains never."),
}


@pytest.mark.parametrize("ci", ["github-actions", "gitlab-ci"])
@pytest.mark.parametrize("said", NEVER.values(), ids=NEVER)
def test_a_project_that_is_not_trained_again_has_no_schedule_and_asks_for_none(said: Requirement, ci: str) -> None:
    def made_of(*more: Requirement) -> tuple[Project, str]:
        base = workshop({"model-source": "own"}, {"pipeline.ci": ci})
        made = render_project(
            make_plan(base.model_copy(update={"requirements": (*base.requirements, *more)}), shipped(), library())
        )
        pages = [text(made, path) for path in ("docs/adoption.md", "docs/runbook.md", "docs/architecture.md")]
        return made, "\n".join(pages)

    made, pages = made_of(said)
    usual, usual_pages = made_of()
    assert "retrain" not in pages
    assert "retrain on newer rows" in usual_pages
    assert not [step.title for step in made.manual_steps if "training" in step.title]
    assert [step.title for step in usual.manual_steps if "training" in step.title]
    assert "pipeline.triggers" in claimed(usual) - claimed(made)
    assert ".github/workflows/train.yml" not in {file.path for file in made.files}
    if ci == "gitlab-ci":
        jobs = yaml.safe_load(text(made, ".gitlab-ci.yml"))
        assert (jobs["stages"], "train" in jobs) == (["check"], False)


@pytest.mark.parametrize("source", ["own", "ready-made"])
def test_a_placeholder_is_not_called_the_requirement(source: str) -> None:
    def alarm(**said: Any) -> str:
        made = render_project(make_plan(workshop({"model-source": source, **said}), shipped(), library()))
        rows = [line for line in text(made, "docs/runbook.md").splitlines() if "slower than" in line]
        return "".join(rows)

    assert "slower than the requirement" in alarm(**{"latency-p95": 300})
    assert "requirement" not in alarm()
    # Nothing at all is assumed about how quickly somebody else's model answers.
    assert ("nobody has decided" in alarm()) == (source == "own")


def test_the_list_of_files_says_which_of_them_stand_in_for_a_choice() -> None:
    def row(choice: str, **more: Any) -> str:
        page = text(render_project(deciding("serving.runtime", choice, **more)), "docs/files.md")
        return next(line for line in page.splitlines() if line.startswith("| `serving/app.py` |"))

    assert f"| Serving runtime (stand-in for {WORDS}) |" in row(f"other: {WORDS}", like="fastapi")
    assert "| Serving runtime (stand-in for KServe) |" in row("kserve")
    assert "| Serving runtime |" in row("fastapi")
