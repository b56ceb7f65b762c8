"""What a choice means for people: not applicable, like a catalog entry, beside the main one, left out by a rule."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from canvas.method.load import shipped
from templates.plan import Plan
from templates.scaffold.parts import shipped_parts
from templates.scaffold.project import Project
from templates.scaffold.render import render_project
from templates.scaffold.select import NOT_APPLICABLE, Selection, select
from tests.scaffold_support import plan, text

WORDS = "our own Kotlin service"


def deciding(slot: str, choice: str, because: str = "It fits.", source: str = "own", **more: Any) -> Plan:
    """Return a plan in which one slot is decided, by a decision with further properties."""
    made = plan({"model-source": source})
    title = choice.removeprefix("other: ")
    decision = SimpleNamespace(number=None, like=more.get("like"), beside=more.get("beside", ()))
    title = shipped().catalog[choice].title if choice in shipped().catalog else title
    decided = replace(made.choices[slot], choice=choice, title=title, entry=None, status="accepted", because=because)
    return replace(made, choices={**made.choices, slot: replace(decided, decision=decision)})


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
    assert f"scikit-learn; beside it, wired in by hand: PyTorch, {WORDS} |" in row
    assert claimed(project) == claimed(render_project(plan({"model-source": "own"})))


@pytest.mark.parametrize("choice", ["scikit-learn", "pytorch", "none-yet"])
def test_a_slot_that_a_rule_takes_out_has_no_parts_whatever_was_decided(choice: str) -> None:
    made = deciding("monitoring.metrics", choice, source="ready-made", beside=("prometheus-client",))
    object.__setattr__(made, "omitted", {"monitoring.metrics": SimpleNamespace(because="The rule says so.")})
    selection = select(made, shipped_parts())
    (step,) = [step for step in selection.steps if step.slot == "monitoring.metrics" and step.kind != "to-do"]
    assert (step.kind, step.text, selection.coverage["monitoring.metrics"]) == (
        "not-applicable",
        "The rule says so.",
        "not-applicable",
    )


def test_nothing_to_do_is_told_apart_from_what_is_to_do() -> None:
    made = render_project(deciding("pipeline.ci", NOT_APPLICABLE, "A build server of another team."))
    assert {step.kind for step in made.not_applicable} == {"not-applicable"}
    assert "not-applicable" not in {step.kind for step in made.manual_steps}
