"""Measured values: set beside dated clusters, never summed up, never gated, and refused when they cannot be true."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assessments.library.golden import failing_cases
from assessments.library.lint import model_problems
from assessments.library.load import CONTENT, shipped
from assessments.library.packs import library
from assessments.scoring.methods.banded_metric import fitting
from assessments.scoring.sheet import broken_answers
from assessments.scoring.unfit import unfit_answers
from assessments.shapes.measures import MeasureDefinition, Reach
from assessments.shapes.model import ModelDefinition
from assessments.shapes.result import Result
from assessments.standing.as_data import as_json, as_text
from assessments.standing.score_all import score_all
from canvas.document.workshop import Answer, Workshop
from canvas.reading.read import read_model

FILES = sorted((CONTENT / "measures").glob("[!_]*.yaml"))
DELIVERY = CONTENT / "models" / "delivery.yaml"


def delivery(*answers: Answer) -> Result:
    return score_all(Workshop(title="Test", answers=answers), library(), only=["delivery"])[0]


def problems_of(folder: Path, old: str, new: str) -> list[str]:
    text = DELIVERY.read_text(encoding="utf-8")
    assert old in text
    path = folder / "delivery.yaml"
    shutil.copy(DELIVERY.parent / "_meta.yaml", folder)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    source, model = read_model(path, ModelDefinition)
    broken = [problem.what for problem in model_problems(source, model, shipped())]
    return broken or [what for _, what, _ in failing_cases(model, shipped())]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_measure_can_be_asked_and_verified(path: Path) -> None:
    measure = read_model(path, MeasureDefinition)[1]
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../schemas/measure.schema.json")
    assert measure.id == path.stem
    assert measure.question.endswith("?")
    assert measure.source.url is not None
    assert len(measure.verify) > 80
    assert (measure.maximum == 100) == (measure.unit == "percent")


def test_every_measure_is_asked_for_by_a_model() -> None:
    library = shipped()
    assert set(library.measures) == {path.stem for path in FILES}
    assert not [id_ for id_ in library.measures if not library.models_using(id_)]


def test_a_measure_shows_its_clusters_and_no_value() -> None:
    result = delivery(Answer(id="delivery.lead-time", value=5.0, measured_on="2026-11-02"))
    assert (result.value, result.lower, result.upper, result.band, result.unlock) == (None, None, None, None, None)
    assert (result.can_gate, result.ordered, result.coverage) == (False, False, 1 / 7)
    measured = next(m for m in result.measures if m.item == "delivery.lead-time")
    assert measured.clusters == ("Elite 2024", "Elite 2019")
    assert measured.reading == "5 hours, measured on 2026-11-02; fits Elite 2024, Elite 2019"
    assert [c.state for c in result.criteria if c.item == "delivery.lead-time"] == ["measured"]


def test_a_measure_without_any_reference_says_so() -> None:
    result = delivery(Answer(id="delivery.model-lead-time", value=40.0))
    measured = next(m for m in result.measures if m.value is not None)
    assert measured.clusters is None
    assert measured.reading == "40 hours; no published reference"


def test_nothing_measured_is_printed_as_such() -> None:
    result = delivery()
    text = as_text([result])
    assert "Delivery metrics (Clusters of 2019 and 2024, derived rule): no overall value, 0 of 7 measured" in text
    assert "Lead time for changes: not measured" in text
    printed = json.loads(json.dumps(as_json([result]), allow_nan=False))["models"][0]
    assert {"value", "band", "lower", "upper", "maximum"} <= {key for key in printed if printed[key] is None}
    assert (printed["sections"], printed["blockers"], printed["unlock"]) == ([], [], [])


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (Answer(id="delivery.change-fail-rate", value=101.0), "101 cannot be: it goes from 0 to 100 percent"),
        (Answer(id="delivery.lead-time", value=-1.0), "-1 cannot be: it is a number of at least 0 hours"),
        (Answer(id="delivery.lead-time", value="manual"), "a number is needed, in hours"),
        (Answer(id="delivery.lead-time", value=None), "a number is needed, in hours"),
        (Answer(id="data.schema", value=0.25), "Use one of none, manual, automated"),
    ],
    ids=["too large", "negative", "a practice's answer", "empty", "half an answer to a practice"],
)
def test_an_answer_that_cannot_be_true_is_named_and_counts_as_open(answer: Answer, wrong: str) -> None:
    workshop = Workshop(title="Test", answers=(answer,))
    ((path, what, mend),) = [*broken_answers(workshop, shipped()), *unfit_answers(workshop, shipped())]
    assert path == ("answers", 0, "value")
    assert wrong in f"{what}. {mend}"
    assert delivery(answer).coverage == 0
    readings = [measure.reading for measure in delivery(answer).measures if measure.item == answer.id]
    number = isinstance(answer.value, float) and bool(readings)
    assert readings == ([f"not counted: {wrong}"] if number else ["not measured"] if readings else [])


def test_an_answer_without_a_value_needs_none() -> None:
    answers = (
        Answer(id="delivery.lead-time", state="unknown"),
        Answer(id="delivery.rework-rate", state="not-applicable", reason="No users yet"),
    )
    assert not list(broken_answers(Workshop(title="Test", answers=answers), shipped()))
    assert [c.state for c in delivery(*answers).criteria if c.state != "unanswered"] == ["unknown", "not-applicable"]


@given(st.floats(0, 1000))
def test_the_nearest_typical_value_of_a_report_always_fits_and_nothing_nearer_exists(value: float) -> None:
    clusters = shipped().model("delivery").clusters
    item = "delivery.change-fail-rate"
    typical = {c.id: c.reach[item].typical for c in clusters if c.year == 2024}
    fits = [c.id for c in fitting(clusters, item, value) if c.year == 2024]
    nearest = min(abs(value - t) for t in typical.values() if t is not None)
    assert fits
    assert all(abs(value - t) == nearest for id_, t in typical.items() if id_ in fits and t is not None)


@pytest.mark.parametrize(
    ("reach", "inside", "outside"),
    [
        ({"minimum": 1, "maximum": 7}, [1, 3, 7], [0.99, 7.01]),
        ({"below": 1}, [0, 0.99], [1, 2]),
        ({"minimum": 2}, [2, 99], [1.99]),
    ],
    ids=["both ends", "below", "open above"],
)
def test_the_edges_of_a_cluster(reach: dict[str, float], inside: list[float], outside: list[float]) -> None:
    read = Reach.model_validate(reach)
    assert all(read.holds(value) for value in inside)
    assert not any(read.holds(value) for value in outside)


@pytest.mark.parametrize("reach", [{}, {"typical": 5, "maximum": 9}, {"below": 1, "maximum": 2}])
def test_a_cluster_has_bounds_or_a_typical_value(reach: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Reach.model_validate(reach)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("id: high-2024", "id: elite-2024", "is here twice"),
        ("item: delivery.rework-rate", "item: data.schema", "only names measures"),
        ("{typical: 5}", "{maximum: 5}", "typical value in another"),
        ("item: delivery.recovery-time", "item: delivery.model-lead-time", "no criterion asks for"),
        ("delivery.lead-time: [High 2024]", "delivery.lead-time: [Low 2024]", "expected ['Low 2024']"),
    ],
    ids=["twice", "a practice", "two forms", "stranger", "golden case"],
)
def test_a_broken_model_of_measures_is_refused(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert any(what in problem for problem in problems_of(tmp_path, old, new))


@pytest.mark.parametrize(
    "change",
    [
        {"can_gate": True},
        {"clusters": []},
        {"method": "share"},
        {"bands": [{"at": 0, "label": "a", "meaning": "b"}, {"above": 0, "label": "c", "meaning": "d"}]},
    ],
    ids=["gate", "no clusters", "a value", "bands"],
)
def test_a_model_of_measures_has_clusters_and_nothing_that_orders(change: dict[str, object]) -> None:
    model = read_model(DELIVERY, ModelDefinition)[1].model_dump(by_alias=True)
    with pytest.raises(ValidationError):
        ModelDefinition.model_validate(model | change)
