"""Systems that could not be said before, through every verb: what each output says of them and what not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessments.library.packs import library
from assessments.standing.kept_answers import kept_answers
from assessments.standing.score_all import score_all
from canvas.advice.excluded import kept_back
from canvas.advice.facts import known_facts
from canvas.advice.sheet import advice_sheet, as_json
from canvas.document.file import arrange, check_workshop, dump_workshop, load_workshop
from canvas.document.workshop import Decision, Workshop
from canvas.method.load import shipped
from canvas.reading.strict_yaml import read_file
from canvas.store.store import Store
from templates.adr.records import records
from templates.architecture.graph import architecture
from templates.plan import Plan, make_plan
from templates.report.markdown import to_markdown
from templates.report.model import report_model
from templates.scaffold.parts import shipped_parts
from templates.scaffold.render import render_project

CASES = Path(__file__).parent / "cases"
PHOTOS, DESK = "shelf-photos", "advice-desk"

each = pytest.mark.parametrize("name", sorted(path.name.partition(".")[0] for path in CASES.glob("*.yaml")))


def path(name: str) -> Path:
    return CASES / f"{name}.workshop.yaml"


def case(name: str) -> Workshop:
    return load_workshop(path(name))


def plan(name: str) -> Plan:
    return make_plan(case(name), shipped(), library())


def report(name: str) -> str:
    workshop = case(name)
    return to_markdown(report_model(plan(name), score_all(workshop, library()), "2026-11-30"))


def files(name: str) -> dict[str, str]:
    return {f.path: f.content.decode() for f in render_project(plan(name), shipped_parts()).files if _is_text(f.path)}


def _is_text(path: str) -> bool:
    return not path.endswith(".zip")


@each
def test_a_case_is_fine_and_is_written_as_it_stands(name: str) -> None:
    workshop, problems = check_workshop(read_file(path(name)), shipped())
    assert problems == []
    assert dump_workshop(arrange(workshop, shipped())) == path(name).read_text(encoding="utf-8")


@each
def test_a_case_goes_through_a_room_and_comes_back_the_same(name: str, tmp_path: Path) -> None:
    store = Store.in_folder(tmp_path)
    assert arrange(store.document(store.create(case(name))), shipped()) == case(name)


def test_photos_are_judged_by_what_suits_several_labels_and_a_rare_one() -> None:
    found = as_json(advice_sheet(case(PHOTOS), shipped(), known_facts(case(PHOTOS), shipped())))
    assert not [one for one in found["findings"] if one["id"] in ("metric-misleads", "metric-unsuited")]
    by_accuracy = [r.model_copy(update={"value": "subset-accuracy"}) if r.id == "main-metric" else r
                   for r in case(PHOTOS).requirements]  # fmt: skip
    misled = case(PHOTOS).model_copy(update={"requirements": tuple(by_accuracy)})
    told = as_json(advice_sheet(misled, shipped(), known_facts(misled, shipped())))["findings"]
    (finding,) = [one for one in told if one["id"] == "metric-misleads"]
    assert "0.4 %" in json.dumps(finding)


def test_photos_hold_two_frameworks_a_likeness_and_what_ended() -> None:
    said = report(PHOTOS)
    assert "PyTorch, beside it TensorFlow with Keras" in said
    assert "own Kotlin service that calls a Python process (like FastAPI)" in said
    assert "rejected, 2026-10-12" in said
    assert "deprecated, 2026-05" in said
    assert "Nobody; the camera blurs faces before it stores a photo" in said
    titles = {node.slot: node.title for node in architecture(plan(PHOTOS)).nodes}
    assert titles["experiments.framework"] == "PyTorch + TensorFlow with Keras"
    assert "features.store" not in titles


def test_photos_are_known_by_what_own_words_are_like() -> None:
    assert known_facts(case(PHOTOS), shipped()).choices["serving.runtime"] == "fastapi"


def test_the_project_says_what_it_generates_for_and_what_is_wired_by_hand() -> None:
    made = files(PHOTOS)
    adoption = made["docs/adoption.md"]
    assert "own Kotlin service that calls a Python process" in adoption
    assert "TensorFlow with Keras" in adoption
    assert not [path for path in made if path.startswith("docs/adr/") and "kserve" in path]
    assert len([path for path in made if path.startswith("docs/adr/00")]) == 7
    assert sorted(records(plan(PHOTOS))) == sorted(path for path in made if path.startswith("docs/adr/"))


def test_a_desk_on_a_hosted_model_is_not_asked_about_training() -> None:
    said = report(DESK)
    assert "| Retraining | does not apply | A ready-made model answers" in said
    assert "Google Cloud MLOps levels stands" not in said
    results = {result.id: result for result in score_all(case(DESK), library())}
    assert results["google"].left_because
    assert results["google"].unlock is None
    assert all(not result.left_because for id_, result in results.items() if id_ in ("mltestscore", "delivery"))
    assert {gone.subject for gone in kept_back(case(DESK), shipped())} == set()
    assert list(kept_answers(case(DESK), library())) == ["monitoring.drift"]


def test_the_desk_gets_a_project_that_trains_nothing_and_asks_what_was_decided() -> None:
    made = files(DESK)
    assert "train" not in made["Makefile"]
    assert "threshold: 0.85" in made["config/project.yaml"]
    assert "kind: person" in made["config/project.yaml"]
    assert ".gitlab-ci.yml" in made
    graph = architecture(plan(DESK))
    drawn = {node.slot for node in graph.nodes}
    assert {"serving.runtime", "pipeline.ci"} <= drawn
    assert not drawn & {"experiments.framework", "experiments.tracking", "registry.models", "features.store"}
    assert not [edge for edge in graph.edges if edge.kind == "feedback"]


def test_a_desk_that_begins_to_train_is_asked_everything_again() -> None:
    trained = [r.model_copy(update={"value": "own"}) if r.id == "model-source" else r for r in case(DESK).requirements]
    workshop = case(DESK).model_copy(update={"requirements": tuple(trained)})
    results = {result.id: result for result in score_all(workshop, library())}
    assert not any(result.left_because or result.omitted for result in results.values())
    assert not kept_answers(workshop, library())


def test_the_canvas_of_the_desk_asks_nothing_where_a_rule_left_no_place() -> None:
    workshop = case(DESK)
    (canvas,) = report_model(plan(DESK), score_all(workshop, library()), "2026-11-30").canvases
    absent = {block.id: block.absent for block in canvas.blocks if block.absent}
    assert set(absent) == {"features", "registry"}
    assert f"*Does not apply: {absent['features']}*" in report(DESK)
    assert "No answer counts for a model yet, so none is shown." in report(DESK)


def test_a_decision_that_a_rule_took_out_is_told_as_that() -> None:
    kept = Decision(
        number=6, slot="registry.models", status="accepted", choice="mlflow-registry", because="It is here."
    )
    workshop = case(DESK).model_copy(update={"decisions": (*case(DESK).decisions, kept)})
    made = report_model(make_plan(workshop, shipped(), library()), score_all(workshop, library()), "2026-11-30")
    (gone,) = made.not_in_force
    assert (gone.number, gone.status) == (6, "left by a rule")
    assert gone.ended == shipped().omissions["no-own-training"].slots["registry.models"]
